"""The people of the organization as a file, which an import reads again."""

from datetime import date

import pytest
from django.urls import reverse

from reps.domain.files.fields import Fact, Kind
from tests.factories.reps import RepFactory, TeamFactory, UserFactory
from tests.list_files import as_read, in_csv, in_sheet, name_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]
FILE = reverse("reps:people_file")


@pytest.fixture
def people(admin, organization):
    """A team and the one above it; who sells, who left, and one nobody signs in as."""
    of = {"organization": organization}
    lena = UserFactory(name="Lena Fox", email="lena@example.com", **of)
    erin = UserFactory(name="Erin Hart", email="erin@example.com", **of)
    above = TeamFactory(name="EMEA", manager=lena, **of)
    team = TeamFactory(name="DACH", manager=erin, above=above, **of)
    theo = UserFactory(
        name="Theo Berg", email="theo@example.com", time_zone="Asia/Tokyo", **of
    )
    RepFactory(name=theo.name, user=theo, team=team, joined_on=date(2025, 3, 3), **of)
    RepFactory(name="=Ana", user=None, team=team, **of)
    left = {"joined_on": date(2024, 1, 8), "left_on": date(2026, 6, 30)}
    gone = UserFactory(name="Gus Gone", email="gus@example.com", **of)
    RepFactory(name=gone.name, user=gone, team=team, **left, **of)


DACH = ["DACH", "EMEA", "Erin Hart", "erin@example.com"]


def test_everybody_is_in_it_and_a_team_without_sellers(admin, admin_client, people):
    answer = admin_client.get(FILE)
    assert name_of(answer) == 'attachment; filename="people.csv"'
    header, *rows = in_csv(answer)
    assert header == [
        *("Name", "Email", "Team", "Team above", "Manager", "Manager email"),
        *("Time zone", "Joined on", "Left on"),
    ]
    nothing = [""] * 7
    assert rows == [
        ["'=Ana", "", *DACH, "", "", ""],
        ["Theo Berg", "theo@example.com", *DACH, "Asia/Tokyo", "2025-03-03", ""],
        ["Ada Keeper", admin.email, *nothing],
        ["Erin Hart", "erin@example.com", *nothing],
        ["Lena Fox", "lena@example.com", *nothing],
        ["Gus Gone", "gus@example.com", *DACH, "", "2024-01-08", "2026-06-30"],
        ["", "", "EMEA", "", "Lena Fox", "lena@example.com", "", "", ""],
    ]


def test_an_import_knows_every_column(admin_client, people):
    ana, theo, *_others, _gone, emea = as_read(admin_client.get(FILE), Kind.PEOPLE)
    assert theo == {
        Fact.NAME: "Theo Berg",
        Fact.EMAIL: "theo@example.com",
        Fact.TEAM: "DACH",
        Fact.TEAM_ABOVE: "EMEA",
        Fact.MANAGER: "Erin Hart",
        Fact.MANAGER_EMAIL: "erin@example.com",
        Fact.TIME_ZONE: "Asia/Tokyo",
        Fact.JOINED_ON: "2025-03-03",
        Fact.LEFT_ON: "",
    }
    assert ana[Fact.NAME] == "=Ana"
    assert (emea[Fact.NAME], emea[Fact.TEAM]) == ("", "EMEA")


def test_in_a_workbook_days_are_days(admin_client, people):
    _header, ana, theo, *_others = in_sheet(admin_client.get(f"{FILE}?as=xlsx"))
    assert ana[:2] == ["=Ana", None]
    assert str(theo[7]) == "2025-03-03 00:00:00"


def test_it_is_the_admin_s_of_this_organization_alone(client, people, admin_client):
    stranger = UserFactory(name="Stranger", is_admin=True)
    client.force_login(stranger)
    assert [row[0] for row in in_csv(client.get(FILE))[1:]] == ["Stranger"]
    erin = UserFactory._meta.model.objects.get(email="erin@example.com")
    client.force_login(erin)
    assert client.get(FILE).status_code == 404


def test_the_page_offers_it(admin_client, people):
    page = admin_client.get(reverse("reps:people")).text
    assert f'href="{FILE}"' in page
    assert f'href="{FILE}?as=xlsx"' in page


@pytest.mark.parametrize("more", [0, 9])
def test_it_costs_the_same_however_many(
    admin_client, organization, people, more, django_assert_num_queries
):
    for team in TeamFactory.create_batch(more, organization=organization):
        RepFactory(team=team, organization=organization)
    # Session, user, organization, people, the teams they run, reps, teams.
    with django_assert_num_queries(7):
        admin_client.get(FILE).getvalue()
