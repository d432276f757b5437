"""One factory for each table of the response, valid by default and with few options."""

from decimal import Decimal

import factory

from plans.models import Commitment, Metric, Plan, Strategy
from plans.models.plan_figures import measure
from plans.models.plan_snapshot import snapshot_of
from tests.factories.reps import (
    NOON,
    ActivityKindFactory,
    OfOrganization,
    QuarterFactory,
    RepFactory,
)


class PlanFactory(OfOrganization):
    """A draft that says enough to be proposed, once a metric has a target."""

    class Meta:
        model = Plan

    rep = factory.SubFactory(
        RepFactory, organization=factory.SelfAttribute("..organization")
    )
    quarter = factory.SubFactory(
        QuarterFactory, organization=factory.SelfAttribute("..organization")
    )
    objective = "A bounce-back quarter."
    goal_low = Decimal(150_000)
    goal_high = Decimal(200_000)
    started_by = factory.SelfAttribute("rep.team.manager")
    started_at = NOON


class StrategyFactory(OfOrganization):
    class Meta:
        model = Strategy

    plan = factory.SubFactory(
        PlanFactory, organization=factory.SelfAttribute("..organization")
    )
    words = "Prospect before anything else"


class MetricFactory(OfOrganization):
    class Meta:
        model = Metric

    plan = factory.SubFactory(
        PlanFactory, organization=factory.SelfAttribute("..organization")
    )
    kind = factory.SubFactory(
        ActivityKindFactory, organization=factory.SelfAttribute("..organization")
    )
    weekly_target = 3


class CommitmentFactory(OfOrganization):
    class Meta:
        model = Commitment

    plan = factory.SubFactory(
        PlanFactory, organization=factory.SelfAttribute("..organization")
    )
    rep = factory.SelfAttribute("plan.rep")
    words = "Yoga, Tuesday"


def put_on_the_table(plan):
    """The manager proposes the page as it is; the rep's turn."""
    content = snapshot_of(measure(plan, today=NOON.date()))
    facts = {"reason": "as the test says", "at": NOON}
    return plan.propose(content, by=plan.rep.team.manager, side="manager", **facts)


def agree(plan):
    """The manager puts the page on the table as it is, and the rep signs it."""
    number = put_on_the_table(plan).number
    return plan.sign(number, by=plan.rep.user, side="rep", at=NOON)
