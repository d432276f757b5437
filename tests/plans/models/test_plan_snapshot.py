"""A plan frozen: what a proposal keeps, and what comes out of it again."""

from datetime import date
from decimal import Decimal

import pytest

from plans.models import Plan
from plans.models.ogsm import targets_on
from plans.models.plan_figures import measure
from plans.models.plan_snapshot import figures_of_snapshot, snapshot_of, target_of
from tests.factories.plans import MetricFactory, PlanFactory, StrategyFactory, agree
from tests.factories.reps import NOON, ActivityKindFactory, DealFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return PlanFactory(backup_plan="Fernwood", win_rate=Decimal("0.305"))


def plan_figures(plan):
    return measure(
        Plan.objects.for_page(plan.rep.user).get(pk=plan.pk), today=NOON.date()
    )


def kind(plan, name, **facts):
    of = {"organization": plan.organization, "is_leading": False}
    return ActivityKindFactory(name=name, **of | facts)


def metric(plan, kind, target):
    MetricFactory(plan=plan, kind=kind, weekly_target=target)


def test_it_is_the_whole_page_in_plain_values(plan):
    of = {"organization": plan.organization}
    demos = kind(plan, "Demos held", is_leading=True)
    calls = kind(plan, "Calls")
    kind(plan, "Mails")  # counted, and not on this plan
    metric(plan, demos, None)
    metric(plan, calls, 25)
    strategy = StrategyFactory(plan=plan, source="Near misses", owner="both", **of)
    DealFactory(owner=plan.rep, amount=Decimal("38000.50"), won_on=NOON.date(), **of)
    DealFactory(owner=plan.rep, opened_on=date(2026, 10, 6), **of)

    assert snapshot_of(plan_figures(plan)) == {
        "objective": "A bounce-back quarter.",
        "goal_low": "150000",
        "goal_high": "200000",
        "strategies": {
            str(strategy.pk): {
                "words": "Prospect before anything else",
                "source": "Near misses",
                "owner": "both",
            }
        },
        "metrics": {
            # (150,000 − 38,000.50) ÷ 38,000 = 2.9 → 3 ÷ 30.5 % = 9.8 → 10 − 1 = 9
            # ÷ 50 % = 18 ÷ 2.0 = 9. The win took 38 days: 10 have as many after them.
            str(demos.pk): {"name": "Demos held", "leading": True, "weekly": 9},
            str(calls.pk): {"name": "Calls", "leading": False, "weekly": 25},
        },
        "backup_plan": "Fernwood",
        "booked": "38000.5",
        "figures": {
            "average_deal": "38000",
            "win_rate": "0.305",
            "open_deals": "1",
            "demo_rate": "0.5",
            "demos_pending": "0",
            "effective_weeks": "2",
        },
    }


def test_nothing_is_told_as_nothing(plan):
    Plan.objects.update(objective="", goal_low=None, goal_high=None, backup_plan="")
    told = snapshot_of(plan_figures(plan))
    assert (told["objective"], told["goal_low"], told["goal_high"]) == ("", "", "")
    assert (told["strategies"], told["metrics"], told["backup_plan"]) == ({}, {}, "")


def test_what_was_frozen_is_what_the_chain_was_worked_with(plan):
    metric(plan, kind(plan, "Demos held", is_leading=True), None)
    StrategyFactory(plan=plan)
    now = plan_figures(plan)
    agree(plan)
    Plan.objects.update(win_rate="0.9", goal_low=1_000)  # the working copy moves on
    frozen = plan.in_force().content
    assert figures_of_snapshot(frozen) == now.used
    assert frozen["goal_low"] == "150000"
    assert [row["weekly"] for row in frozen["metrics"].values()] == [now.asked]


def test_a_strategy_keeps_its_key_when_another_is_taken_out(plan):
    of = {"plan": plan, "organization": plan.organization}
    first = StrategyFactory(words="First", **of)
    second = StrategyFactory(words="Second", **of)
    first.delete()
    assert list(snapshot_of(plan_figures(plan))["strategies"]) == [str(second.pk)]


def test_an_activity_that_is_counted_no_longer_is_in_no_new_proposal(plan):
    faxes = kind(plan, "Faxes", is_retired=True)
    metric(plan, faxes, 3)
    assert snapshot_of(plan_figures(plan))["metrics"] == {}


@pytest.mark.parametrize(
    ("leading", "on_plan", "target", "asked", "weekly"),
    [
        (True, True, None, 3, 3),  # as the arithmetic asks
        (True, True, 5, 3, 5),  # unless somebody set one
        (True, True, None, None, 0),  # no rate
        (True, False, None, 3, 0),  # not on the plan at all
        (False, True, 25, 3, 25),
        (False, True, None, 3, 0),
        (False, False, None, 3, 0),
    ],
)
def test_the_target_is_what_was_set_or_what_the_arithmetic_asks(
    plan, leading, on_plan, target, asked, weekly
):
    activity = kind(plan, "Activity", is_leading=leading)
    if on_plan:
        metric(plan, activity, target)
    metric(PlanFactory(organization=plan.organization), activity, 99)
    assert target_of(targets_on(plan).get(), asked) == weekly
