"""Theo's plan on Thursday of week 6, the people around it, and their browsers."""

import pytest
from django.test import Client

from tests.factories.plans import MetricFactory, PlanFactory, StrategyFactory
from tests.factories.reps import (
    ActivityKindFactory,
    QuarterFactory,
    QuotaFactory,
)


@pytest.fixture
def quarter(rep):
    """The fourth of 2026: week 6 is in it."""
    return QuarterFactory(organization=rep.organization)


@pytest.fixture
def plan(thursday_of_week_6, rep, leader):
    """A draft that can be proposed: demos as the arithmetic asks, 25 calls a week."""
    plan = PlanFactory(rep=rep)
    QuotaFactory(rep=rep, quarter=plan.quarter)
    StrategyFactory(plan=plan, source="Near misses")
    MetricFactory(plan=plan, weekly_target=None)
    facts = {"organization": plan.organization, "is_leading": False, "order": 2}
    calls = ActivityKindFactory(name="New calls", **facts)
    MetricFactory(plan=plan, kind=calls, weekly_target=25)
    return plan


@pytest.fixture
def erin(plan):
    return plan.rep.team.manager


@pytest.fixture
def theo(plan):
    return plan.rep.user


@pytest.fixture
def lena(leader):
    """The leader above, who may read what both have signed."""
    return leader


@pytest.fixture
def as_():
    """`as_(user)`: a browser of theirs. `htmx=True`: whose requests come from htmx."""

    def browser(user, *, htmx=False):
        client = Client(headers={"HX-Request": "true"} if htmx else {})
        client.force_login(user)
        return client

    return browser
