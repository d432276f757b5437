"""The first checklist, in words: what is left to bring in, and the ways to do it."""

from datetime import date

import pytest
from django.urls import reverse

from reps.create_organization import create_organization
from reps.views.checklist import checklist_of, open_checklist
from tests.factories.reps import (
    MONDAY,
    NOON,
    ActivityEntryFactory,
    DealFactory,
    OrganizationFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
BOARD = reverse("reps:board")


@pytest.fixture
def organization():
    return create_organization("Harbor Analytics", today=TODAY)


@pytest.fixture
def admin(organization):
    return UserFactory(organization=organization, is_admin=True)


def ways(user):
    """How each line that is open is brought in."""
    lines = checklist_of(user, TODAY).open_lines
    return {line.name: [way.words for way in line.ways] for line in lines}


def line(user, name):
    return next(line for line in checklist_of(user, TODAY).lines if line.name == name)


def test_a_new_organization_has_ours_and_brings_the_rest(admin):
    found = checklist_of(admin, TODAY)

    assert [line.name for line in found.lines if line.is_done] == [
        "Currency and time zone",
        "Quarter",
        "Stages",
        "What people log",
    ]
    assert line(admin, "Quarter").words == (
        "It is Q4 2026, to 31 December 2026: the calendar’s. Yours may differ."
    )
    assert line(admin, "Stages").words.endswith("Contract: ours. Yours may differ.")
    assert ways(admin) == {
        "People and teams": ["Bring a file", "Type it in"],
        "Quotas": ["Bring a file"],
        "Deals": ["Bring a file"],
        "Activity so far": ["Bring a file"],
    }


def test_the_currency_is_said_before_an_amount_keeps_it(admin, organization):
    organization.currency, organization.time_zone = "EUR", "Europe/Berlin"
    organization.save()
    admin.refresh_from_db()
    found = line(admin, "Currency and time zone")
    begins = "Amounts are in EUR, days are those of Europe/Berlin."
    stays = f"{begins} The currency stays once the first quota or deal is there."

    assert found.words == stays
    assert [way.url for way in found.ways] == [reverse("reps:set_up") + "?edit"]

    DealFactory(organization=organization)
    assert line(admin, "Currency and time zone").words == begins


def test_where_there_is_nothing_one_may_start_with_ours():
    organization = OrganizationFactory()
    admin = UserFactory(organization=organization, is_admin=True)

    assert ways(admin) == {
        "Quarter": ["Start with ours", "Type it in"],
        "Stages": ["Start with ours", "Type it in"],
        "What people log": ["Start with ours", "Type it in"],
        "People and teams": ["Bring a file", "Type it in"],
        "Quotas": ["Bring a file"],
        "Deals": ["Bring a file"],
        "Activity so far": ["Bring a file"],
    }


def test_ones_own_are_not_called_ours(admin, organization):
    organization.stages.filter(order=1).update(name="Qualifying")
    organization.activity_kinds.filter(order=5).update(is_retired=True)

    assert line(admin, "Stages").words.startswith("Qualifying, Needs agreed")
    assert "ours" not in line(admin, "Stages").words
    assert "ours" not in line(admin, "What people log").words


def test_an_admin_who_runs_the_team_types_its_deals_and_weeks_in(admin):
    rep = RepFactory(team=TeamFactory(manager=admin))

    assert ways(admin) == {
        "Quotas": ["Bring a file", "Type it in"],
        "Deals": ["Bring a file", "Type it in"],
        "Activity so far": ["Bring a file", "Type it in"],
    }
    assert line(admin, "Quotas").words == "0 of 1 have one for Q4 2026."
    assert line(admin, "Deals").ways[1].url == f"{BOARD}?add=1"
    week = reverse("plans:my_week", args=[rep.pk])
    assert line(admin, "Activity so far").ways[1].url == week


def test_a_manager_brings_in_deals_and_activity_of_their_own_team(organization):
    rep = RepFactory(organization=organization)
    manager = rep.team.manager

    assert ways(manager) == {
        "Deals": ["Bring a file", "Type it in"],
        "Activity so far": ["Bring a file", "Type it in"],
    }
    assert not checklist_of(manager, TODAY).is_admins

    DealFactory(owner=rep)
    assert list(ways(manager)) == ["Activity so far"]
    assert line(manager, "Deals").ways[0].url == BOARD


def test_a_manager_whose_own_is_there_has_no_list(organization):
    rep = RepFactory(organization=organization)
    DealFactory(owner=rep)
    ActivityEntryFactory(rep=rep, week=MONDAY)
    assert checklist_of(rep.team.manager, TODAY) is None


def test_nobody_else_has_one(organization):
    rep = RepFactory(organization=organization)
    rep.team.above = TeamFactory(organization=organization)
    rep.team.save()
    assert checklist_of(rep.team.above.manager, TODAY) is None
    partner = UserFactory(organization=organization, is_hr_partner=True)
    assert checklist_of(rep.user, TODAY) is None
    assert checklist_of(partner, TODAY) is None


def test_an_admin_is_told_once_that_all_is_there(admin, organization):
    rep = RepFactory(organization=organization)
    QuotaFactory(rep=rep, quarter=organization.quarters.first())
    DealFactory(owner=rep)
    ActivityEntryFactory(rep=rep, week=MONDAY)

    assert open_checklist(admin, TODAY).is_done
    organization.close_checklist(at=NOON)
    admin.organization = organization
    assert open_checklist(admin, TODAY) is None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Stages", "Say from which stage on a deal counts as an opportunity."),
        ("What people log", "Say which one is the leading activity."),
    ],
)
def test_what_is_half_done_says_what_is_missing(admin, organization, name, said):
    organization.stages.update(is_opportunity=False)
    organization.activity_kinds.update(is_leading=False)
    assert (line(admin, name).is_done, line(admin, name).words) == (False, said)


def test_people_whose_team_nobody_runs_want_a_manager(admin, organization):
    team = TeamFactory(organization=organization, manager=None)
    RepFactory(team=team)
    assert ways(admin)["People and teams"] == ["Say who"]
    assert line(admin, "People and teams").words.endswith("Say who does.")


def test_a_quarter_of_ones_own_days_is_not_the_calendars():
    organization = QuarterFactory().organization
    admin = UserFactory(organization=organization, is_admin=True)
    assert line(admin, "Quarter").words == "It is Q4 2026, to 3 January 2027."


def test_whoever_has_quarters_of_their_own_adds_the_next(organization):
    admin = UserFactory(organization=organization, is_admin=True)
    lines = {one.name: one for one in checklist_of(admin, date(2027, 5, 3)).lines}
    assert [way.words for way in lines["Quarter"].ways] == ["Type it in"]
    assert lines["Quotas"].words == "They come once there is a quarter."
