"""What there is to start with, as far as somebody brings it in."""

from dataclasses import asdict

import pytest

from reps.models.checklist import what_is_there
from tests.factories.reps import (
    NOON,
    ActivityEntryFactory,
    ActivityKindFactory,
    DealFactory,
    OrganizationFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


@pytest.fixture
def organization():
    return OrganizationFactory()


@pytest.fixture
def admin(organization):
    return UserFactory(organization=organization, is_admin=True)


def said(user, *names):
    found = asdict(what_is_there(user, TODAY))
    return {name: found[name] for name in names} if names else found


def test_of_a_new_organization_there_is_nothing(admin):
    assert said(admin) == {
        "runs_a_team": False,
        "manages_sellers": False,
        "works_for": None,
        "has_deals": False,
        "has_activity": False,
        "quarter_id": None,
        "quarter_name": None,
        "ends_on": None,
        "has_quarters": False,
        "stage_names": [],
        "has_opportunities": False,
        "kind_names": [],
        "has_leading": False,
        "has_team": False,
        "selling": 0,
        "with_quota": 0,
    }


def test_an_admin_is_told_of_all_there_is(admin, organization):
    StageFactory(organization=organization, name="Proposal", order=2)
    StageFactory(organization=organization, name="Discovery", order=1)
    rep = RepFactory(organization=organization)
    RepFactory(team=rep.team)
    quarter = QuotaFactory(rep=rep).quarter
    ActivityEntryFactory(rep=rep, kind=ActivityKindFactory(organization=organization))
    DealFactory(owner=rep)

    assert said(admin) == {
        "runs_a_team": False,
        "manages_sellers": False,
        "works_for": None,
        "has_deals": True,
        "has_activity": True,
        "quarter_id": quarter.pk,
        "quarter_name": "Q4 2026",
        "ends_on": quarter.ends_on,
        "has_quarters": True,
        "stage_names": ["Discovery", "Proposal"],
        "has_opportunities": True,
        "kind_names": ["Demos held"],
        "has_leading": True,
        "has_team": True,
        "selling": 2,
        "with_quota": 1,
    }


def test_what_is_of_no_use_today_is_not_there(admin, organization):
    QuarterFactory(
        organization=organization, starts_on="2026-01-01", ends_on="2026-03-31"
    )
    team = TeamFactory(organization=organization, manager=None)
    left = RepFactory(team=team, left_on="2026-10-30")
    quarter = QuarterFactory(organization=organization, name="Q4 2026, ours")
    QuotaFactory(rep=left, quarter=quarter)
    QuotaFactory(rep=RepFactory(team=team), quarter=quarter, amount=0)
    StageFactory(organization=organization, is_opportunity=False)
    ActivityKindFactory(organization=organization, is_leading=False, is_retired=True)

    names = ("has_team", "selling", "with_quota", "has_opportunities", "kind_names")
    assert said(admin, *names) == {
        "has_team": False,
        "selling": 1,
        "with_quota": 0,
        "has_opportunities": False,
        "kind_names": [],
    }


def test_a_manager_is_told_of_their_own_teams_deals_and_activity():
    theirs = RepFactory()
    DealFactory(owner=RepFactory(organization=theirs.organization))
    ActivityEntryFactory(rep=theirs)

    found = said(theirs.team.manager)

    assert found["runs_a_team"]
    assert found["manages_sellers"]
    assert found["works_for"] == theirs.pk
    assert (found["has_deals"], found["has_activity"]) == (False, True)


def test_whoever_runs_only_teams_above_brings_nothing_in():
    team = TeamFactory()
    top = TeamFactory(organization=team.organization)
    assert said(top.manager, "manages_sellers") == {"manages_sellers": True}

    team.above = top
    team.save()

    assert said(top.manager, "manages_sellers") == {"manages_sellers": False}
    assert said(team.manager, "manages_sellers") == {"manages_sellers": True}


def test_whoever_sells_themselves_types_in_their_own_week_first():
    rep = RepFactory(name="Ann")
    manager = rep.team.manager
    own = RepFactory(name="Zoe", team=rep.team, user=manager)
    assert said(manager, "works_for") == {"works_for": own.pk}


def test_nothing_of_another_organization_is_there(admin):
    rep = RepFactory()
    QuotaFactory(rep=rep)
    DealFactory(owner=rep)
    names = ("has_deals", "quarter_id", "stage_names", "has_team", "selling")
    assert list(said(admin, *names).values()) == [False, None, [], False, 0]


def test_it_is_one_query(admin, django_assert_num_queries):
    with django_assert_num_queries(1):
        what_is_there(admin, TODAY)
