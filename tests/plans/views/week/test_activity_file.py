"""What was done in each week as a file, which an import reads again."""

import pytest
from django.urls import reverse

from reps.domain.files.fields import Fact, Kind
from tests.factories.reps import ActivityKindFactory, RepFactory, TeamFactory, log
from tests.list_files import as_read, in_csv, in_sheet, name_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]
FILE = reverse("plans:activity_file")


@pytest.fixture
def calls(rep):
    of = {"organization": rep.organization}
    return ActivityKindFactory(name="@Calls", is_leading=False, order=2, **of)


@pytest.fixture
def mate(rep):
    return RepFactory(name="Zoë", team=rep.team, organization=rep.organization)


@pytest.fixture
def weeks(rep, mate, demos, calls):
    """Theo's taps in two weeks, one of them taken back; and a week of Zoë's."""
    of = {"organization": rep.organization}
    log(rep, demos, 3, **of)
    log(rep, demos, -1, **of)
    log(rep, calls, 12, **of)
    log(rep, demos, 4, weeks_ago=1, **of)
    log(rep, calls, 2, weeks_ago=1, **of)
    log(rep, calls, -2, weeks_ago=1, **of)
    log(mate, demos, 5, **of)


def taken_by(client, user, **query):
    client.force_login(user)
    return client.get(FILE, query)


def test_a_row_for_each_rep_week_and_kind(client, rep, mate, weeks):
    answer = taken_by(client, rep.team.manager)
    assert name_of(answer) == 'attachment; filename="activity.csv"'
    header, *rows = in_csv(answer)
    assert header == ["Rep", "Rep email", "Week", "Activity", "Count"]
    theo = ["Theo Lindqvist", rep.user.email]
    assert rows == [
        [*theo, "2026-11-02", "Demos held", "4"],
        [*theo, "2026-11-09", "Demos held", "2"],
        [*theo, "2026-11-09", "'@Calls", "12"],
        ["Zoë", mate.user.email, "2026-11-09", "Demos held", "5"],
    ]


def test_an_import_knows_every_column(client, rep, weeks):
    *_others, calls = as_read(taken_by(client, rep.user), Kind.ACTIVITY_COUNTS)
    assert calls == {
        Fact.OWNER: "Theo Lindqvist",
        Fact.OWNER_EMAIL: rep.user.email,
        Fact.WEEK: "2026-11-09",
        Fact.ACTIVITY: "@Calls",
        Fact.COUNT: "12",
    }


def test_a_week_is_told_by_a_day_that_is_in_it_everywhere(
    client, rep, weeks, sunday_first
):
    rows = in_csv(taken_by(client, rep.user))[1:]
    assert {row[2] for row in rows} == {"2026-11-02", "2026-11-09"}


def test_in_a_workbook_weeks_are_days_and_counts_are_numbers(client, rep, weeks):
    answer = taken_by(client, rep.user, **{"as": "xlsx"})
    _header, first, *_others, calls = in_sheet(answer)
    assert str(first[2]) == "2026-11-02 00:00:00"
    assert calls[3:] == ["@Calls", 12]


def whose(answer):
    return {row[0] for row in in_csv(answer)[1:]}


def test_it_keeps_to_the_team_and_the_rep(client, rep, mate, weeks, demos, leader):
    manager, of = rep.team.manager, {"organization": rep.organization}
    elsewhere = RepFactory(name="Elsewhere", team=TeamFactory(**of), **of)
    log(elsewhere, demos, 1, **of)
    both = {"Theo Lindqvist", "Zoë"}
    assert whose(taken_by(client, manager)) == both
    assert whose(taken_by(client, manager, rep=mate.pk)) == {"Zoë"}
    assert whose(taken_by(client, manager, team=rep.team.pk)) == both
    assert whose(taken_by(client, leader, selling=1)) == both
    assert whose(taken_by(client, leader, team=rep.team.above.pk)) == both
    for asked in ({"rep": elsewhere.pk}, {"team": elsewhere.team.pk}, {"rep": "x"}):
        assert taken_by(client, manager, **asked).status_code == 404


def test_a_rep_has_their_own_alone(client, rep, mate, weeks):
    assert whose(taken_by(client, rep.user)) == {"Theo Lindqvist"}
    assert taken_by(client, rep.user, rep=mate.pk).status_code == 404


def test_the_team_s_page_and_the_rep_s_offer_it(client, rep, weeks):
    client.force_login(rep.team.manager)
    team = client.get(reverse("plans:team_board")).text
    assert f'href="{FILE}?selling=1&amp;as=xlsx"' in team
    chosen = client.get(reverse("plans:team_board"), {"team": rep.team.pk}).text
    assert f'href="{FILE}?team={rep.team.pk}"' in chosen
    own = client.get(reverse("plans:rep_detail", args=[rep.pk])).text
    assert f'href="{FILE}?rep={rep.pk}"' in own
