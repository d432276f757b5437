"""Theo's plan on Thursday of week 6, the people around it, and their browsers."""

import pytest
from django.test import Client

from tests.factories.plans import MetricFactory, PlanFactory, StrategyFactory
from tests.factories.reps import (
    ActivityKindFactory,
    QuotaFactory,
    RepFactory,
    TeamFactory,
    UserFactory,
)


@pytest.fixture
def plan(thursday_of_week_6):
    """A draft that can be proposed: demos as the arithmetic asks, 25 calls a week."""
    plan = PlanFactory(
        rep__name="Theo Lindqvist",
        rep__team__name="West",
        rep__team__manager__name="Erin Castellano",
    )
    of = {"organization": plan.organization}
    team = plan.rep.team
    team.above = TeamFactory(name="Sales", manager__name="Lena Ortiz", **of)
    team.save()
    QuotaFactory(rep=plan.rep, quarter=plan.quarter, **of)
    StrategyFactory(plan=plan, source="Near misses", **of)
    MetricFactory(plan=plan, weekly_target=None, **of)
    calls = ActivityKindFactory(name="New calls", is_leading=False, order=2, **of)
    MetricFactory(plan=plan, kind=calls, weekly_target=25, **of)
    return plan


@pytest.fixture
def erin(plan):
    return plan.rep.team.manager


@pytest.fixture
def theo(plan):
    return plan.rep.user


@pytest.fixture
def lena(plan):
    """The leader above, who may read what both have signed."""
    return plan.rep.team.above.manager


OUTSIDERS = {
    "a peer": lambda team, of: RepFactory(team=team, **of).user,
    "another manager": lambda team, of: TeamFactory(**of).manager,
    "an admin": lambda team, of: UserFactory(is_admin=True, **of),
    "an HR partner": lambda team, of: UserFactory(is_hr_partner=True, **of),
    "a stranger": lambda team, of: TeamFactory().manager,
}
BYSTANDERS = OUTSIDERS | {"a leader above": lambda team, of: team.above.manager}


@pytest.fixture(params=OUTSIDERS)
def outsider(request, plan):
    """Everybody to whom this plan is not there at all."""
    of = {"organization": plan.organization}
    return OUTSIDERS[request.param](plan.rep.team, of)


@pytest.fixture(params=BYSTANDERS)
def bystander(request, plan):
    """Everybody who may not touch this plan; the leader above may see it."""
    of = {"organization": plan.organization}
    return BYSTANDERS[request.param](plan.rep.team, of)


@pytest.fixture
def as_():
    """`as_(user)`: a browser of theirs. `htmx=True`: whose requests come from htmx."""

    def browser(user, *, htmx=False):
        client = Client(headers={"HX-Request": "true"} if htmx else {})
        client.force_login(user)
        return client

    return browser
