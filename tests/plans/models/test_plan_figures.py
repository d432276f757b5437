"""What the records say a plan could count on: every figure worked out by hand first.

It is Thursday 12 November, week 6 of a quarter that ends on Sunday 3 January. Without a
history wins are spread evenly over 90 days (twice the 45 to start from), so a working
day with n days after it counts n/90:

    Fri 13 Nov 51; then week by week 230, 195, 160, 125, 90, 55, 20: 926 in all.
"""

from datetime import date
from decimal import Decimal

import pytest

from plans.domain.arithmetic import Figures, LeftOut, OutOfTime
from plans.models import Plan
from plans.models.plan_figures import booked_of, measure
from reps.domain.funnel import Source
from reps.domain.quarter import Span
from reps.models import Deal
from tests.factories.plans import MetricFactory, PlanFactory
from tests.factories.reps import (
    NOON,
    AbsenceFactory,
    ActivityEntryFactory,
    ActivityKindFactory,
    DealFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    StageFactory,
)

pytestmark = pytest.mark.django_db

THURSDAY = NOON.date()
OCT_6, OCT_20 = date(2026, 10, 6), date(2026, 10, 20)


@pytest.fixture
def plan():
    plan = PlanFactory()
    ActivityKindFactory(organization=plan.organization)
    return plan


def of(plan, **facts):
    return {"organization": plan.organization, **facts}


def deal(plan, **facts):
    return DealFactory(**of(plan, owner=plan.rep, **facts))


def won(plan, amount=19_000, owner=None, opened_on=OCT_6, won_on=OCT_20):
    facts = {"amount": amount, "opened_on": opened_on, "won_on": won_on}
    return DealFactory(**of(plan, owner=owner or plan.rep, **facts))


def plan_figures(plan, today=THURSDAY):
    fresh = Plan.objects.for_page(plan.rep.user).get(pk=plan.pk)
    return measure(fresh, today=today)


def weeks(plan, today=THURSDAY):
    return plan_figures(plan, today).figures.effective_weeks


# --- Where each figure comes from -----------------------------------------------------


def test_without_a_history_everything_is_a_starting_figure(plan):
    now = plan_figures(plan)
    assert now.figures == Figures(
        average_deal=Decimal(10_000),
        win_rate=Decimal("0.30"),
        open_deals=0,
        demo_rate=Decimal("0.50"),
        demos_pending=0,
        effective_weeks=Decimal("2.1"),
    )
    assert now.history.win_rate.source == Source.STARTING


def test_a_team_with_a_history_lends_it_to_who_has_none(plan):
    mate = RepFactory(**of(plan, team=plan.rep.team))
    won(plan, 25_000, owner=mate)
    DealFactory(**of(plan, owner=mate, lost_on=OCT_20, opened_on=OCT_6))
    now = plan_figures(plan)
    assert (now.figures.average_deal, now.figures.win_rate) == (25_000, Decimal("0.5"))
    assert now.history.win_rate.source == Source.TEAM


def test_ones_own_is_mixed_with_ten_of_the_teams(plan):
    mate = RepFactory(**of(plan, team=plan.rep.team))
    won(plan, 20_000)
    deal(plan, lost_on=OCT_20, opened_on=OCT_6)
    DealFactory(**of(plan, owner=mate, lost_on=OCT_20, opened_on=OCT_6))
    # Own 1 of 2, team 1 of 3: (1 + 10 × ⅓) ÷ 12 = 0.361.
    assert plan_figures(plan).figures.win_rate == Decimal("0.36")


def test_demos_count_from_the_first_week_somebody_logged(plan):
    ActivityEntryFactory(**of(plan, rep=plan.rep, week=date(2026, 10, 12), change=5))
    deal(plan, opened_on=date(2026, 10, 11))  # before anybody counted demos
    for day in (12, 13):
        deal(plan, opened_on=date(2026, 10, day))
    assert plan_figures(plan).figures.demo_rate == Decimal("0.4")


@pytest.mark.parametrize(
    ("amount", "figure"),
    [
        ("19_249.99", "19_000"),  # to 500 above 10,000
        ("19_250", "19_500"),
        ("1_349", "1_300"),  # to 100 from 100 up
        ("0.20", "1"),  # and never to nothing
    ],
)
def test_what_is_prefilled_is_rounded_before_it_enters_the_chain(plan, amount, figure):
    won(plan, Decimal(amount))
    now = plan_figures(plan)
    assert now.figures.average_deal == Decimal(figure)
    assert now.chain(Decimal(150_000)).figures.average_deal == Decimal(figure)


def test_the_window_is_the_last_four_quarters_and_this_one(plan):
    starts = [date(2025, 7, 7), date(2025, 10, 6), date(2026, 1, 5), date(2026, 4, 6)]
    ends = [date(2025, 10, 5), date(2026, 1, 4), date(2026, 4, 5), date(2026, 7, 5)]
    for number, (first, last) in enumerate(zip(starts, ends, strict=True)):
        QuarterFactory(**of(plan, name=f"{number}", starts_on=first, ends_on=last))
    QuarterFactory(
        **of(plan, name="Q3", starts_on=date(2026, 7, 6), ends_on=date(2026, 10, 4))
    )
    opened = {"opened_on": date(2025, 9, 1)}
    won(plan, 30_000, **opened, won_on=date(2025, 10, 6))
    won(plan, 90_000, **opened, won_on=date(2025, 10, 5))  # in the fifth one back
    assert plan_figures(plan).figures.average_deal == 30_000


# --- Which open deals can still close -------------------------------------------------


def test_open_deals_that_cannot_close_are_left_out_with_the_reason(plan):
    won(plan)  # the team's only win took 14 days
    stage = StageFactory(**of(plan, order=9, is_opportunity=False))
    in_time = {"opened_on": date(2026, 10, 30)}  # 13 days old
    imported = deal(plan)
    Deal.objects.filter(pk=imported.pk).update(opened_on=None)
    expected = {
        deal(plan, **in_time): None,
        imported: None,  # nobody knows its age: the benefit of the doubt
        deal(plan, **in_time, expected_close_on=date(2027, 1, 3)): None,
        deal(plan, **in_time, expected_close_on=date(2026, 10, 5)): None,
        deal(plan, **in_time, expected_close_on=date(2027, 1, 4)): (
            LeftOut.EXPECTED_LATER
        ),
        deal(plan, **in_time, expected_close_on=date(2026, 10, 4)): (
            LeftOut.EXPECTED_EARLIER
        ),
        deal(plan, opened_on=date(2026, 10, 29)): LeftOut.TOO_OLD,
    }
    deal(plan, **in_time, stage=stage)  # no opportunity yet
    deal(plan, lost_on=OCT_20)
    DealFactory(**of(plan, **in_time))  # somebody else's

    now = plan_figures(plan)
    counted = {row.deal: None for row in now.counted}
    left_out = {row.deal: why for row, why in now.left_out}
    assert counted | left_out == expected
    assert now.figures.open_deals == len(counted) == 4


def test_without_a_win_to_compare_with_no_deal_is_too_old(plan):
    deal(plan, opened_on=date(2020, 1, 1))
    assert plan_figures(plan).figures.open_deals == 1


# --- Effective weeks ------------------------------------------------------------------


def test_each_working_day_counts_for_the_wins_that_still_close_after_it(plan):
    now = plan_figures(plan)
    assert len(now.days) == 36
    assert now.days[0] == date(2026, 11, 13)  # a plan changes the next day, not this
    assert now.figures.effective_weeks == Decimal("2.1")  # 926 ÷ 90 ÷ 5 = 2.06


def test_public_holidays_are_no_working_days(plan):
    plan.organization.holiday_calendar = "US"
    plan.organization.save()
    now = plan_figures(plan)
    assert list(now.holidays) == [
        date(2026, 11, 26),  # Thanksgiving: 38 days after it
        date(2026, 12, 25),  # 9
        date(2027, 1, 1),  # 2
    ]
    assert len(now.days) == 33
    assert now.figures.effective_weeks == Decimal("1.9")  # 877 ÷ 450 = 1.95


def test_a_holiday_on_a_day_off_takes_nothing_away(plan):
    plan.organization.holiday_calendar = "GB"
    plan.organization.save()
    # Boxing Day 2026 is a Saturday: the Monday after it stands in.
    assert list(plan_figures(plan).holidays) == [
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 1, 1),
    ]


def test_days_away_are_no_working_days(plan):
    AbsenceFactory(
        **of(plan, rep=plan.rep),
        starts_on=date(2026, 11, 30),
        ends_on=date(2026, 12, 4),
    )
    AbsenceFactory(**of(plan, rep=RepFactory(**of(plan))))
    AbsenceFactory(  # over before the next working day
        **of(plan, rep=plan.rep), starts_on=date(2026, 11, 9), ends_on=THURSDAY
    )
    now = plan_figures(plan)
    assert now.away == [Span(date(2026, 11, 30), date(2026, 12, 4))]
    assert len(now.days) == 31
    assert now.figures.effective_weeks == Decimal("1.7")  # 766 ÷ 450 = 1.70


def test_a_week_is_as_long_as_the_organizations(plan):
    plan.organization.working_days = [1, 2, 3, 4]
    plan.organization.save()
    # Without the Fridays 714 of 926; ÷ 90 ÷ 4 = 1.98.
    assert weeks(plan) == Decimal("2.0")


def test_who_begins_late_has_the_days_from_then_on(plan):
    quota = {"rep": plan.rep, "quarter": plan.quarter}
    QuotaFactory(**of(plan, **quota), starts_on=date(2026, 12, 7))
    # 125 + 90 + 55 + 20 = 290 ÷ 450.
    assert weeks(plan) == Decimal("0.6")


def test_ones_own_closing_times_weigh_the_days(plan):
    won(plan)  # in 14 days: every day with 14 after it counts in full
    assert weeks(plan) == Decimal("5.2")  # 26 of the 36


def test_a_quarter_to_come_counts_from_its_first_day(plan):
    following = QuarterFactory(
        **of(plan, name="Q1", starts_on=date(2027, 1, 4), ends_on=date(2027, 4, 4))
    )
    later = PlanFactory(**of(plan, rep=plan.rep, quarter=following))
    now = plan_figures(later)
    assert (now.days[0], len(now.days)) == (date(2027, 1, 4), 65)
    # Mondays to Fridays have 90 … 86, 83 … 79 and so on to 6 … 2 days after them.
    assert now.figures.effective_weeks == Decimal("6.6")  # 2990 ÷ 450 = 6.64


# --- Overrides, the chain and the week's number ---------------------------------------


def test_an_override_takes_the_place_of_what_was_measured(plan):
    deal(plan)
    Plan.objects.update(win_rate="0.45", open_deals=0)
    now = plan_figures(plan)
    assert (now.figures.win_rate, now.figures.open_deals) == (Decimal("0.30"), 1)
    assert (now.used.win_rate, now.used.open_deals) == (Decimal("0.45"), 0)
    assert now.used.demo_rate == now.figures.demo_rate


def test_it_asks_for_so_many_a_week_of_the_lower_end(plan):
    # 150 ÷ 10 = 15 ÷ 30 % = 50 ÷ 50 % = 100 ÷ 2.1 = 47.6
    assert plan_figures(plan).asked == 48


def test_without_a_goal_it_asks_for_nothing(plan):
    Plan.objects.update(goal_low=None)
    assert plan_figures(plan).asked is None


# --- What is booked -------------------------------------------------------------------


def test_booked_is_what_was_won_inside_the_quarter(plan):
    won(plan, 38_000)
    won(plan, 7_000, opened_on=date(2026, 9, 1), won_on=date(2026, 10, 4))
    won(plan, 9_000, owner=RepFactory(**of(plan)))
    assert booked_of(plan) == 38_000
    assert plan_figures(plan).standing.booked == 38_000  # also without a quota
    QuotaFactory(**of(plan, rep=plan.rep, quarter=plan.quarter))
    now = plan_figures(plan)
    assert (now.standing.booked, now.standing.quota) == (38_000, 200_000)
    assert round(now.expected) == 85_714  # day 39 of 91


# --- Out of time ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "why"),
    [
        (date(2026, 12, 28), None),  # 4 more days: 5 + 4 + 3 + 2 = 14 ÷ 450 = 0.03 …
        (date(2027, 1, 2), OutOfTime.NO_WORKING_DAY),
        (date(2027, 1, 4), OutOfTime.QUARTER_OVER),
    ],
)
def test_it_says_why_no_time_is_left(plan, today, why):
    expected = why or OutOfTime.TOO_SLOW  # … which is 0.0 weeks
    assert plan_figures(plan, today).out_of_time == expected


def test_while_there_is_time_there_is_nothing_to_explain(plan):
    assert plan_figures(plan).out_of_time is None


def test_next_quarter_needs_its_own_quota_from_its_own_weeks(plan):
    following = QuarterFactory(
        **of(plan, name="Q1", starts_on=date(2027, 1, 4), ends_on=date(2027, 4, 4))
    )
    deal(plan, expected_close_on=date(2027, 2, 1))
    last_day = date(2027, 1, 3)
    goal = Decimal(150_000)

    # Without a quota the goal again: 15 ÷ 30 % = 50 − 1 = 49 ÷ 50 % = 98 ÷ 6.6.
    outlook = plan_figures(plan, last_day).outlook(goal)
    assert outlook.open_deals_bring == 0
    assert outlook.leaves == 150_000
    assert outlook.next_quarter.demos_a_week == 15

    # 60 ÷ 10 = 6 ÷ 30 % = 20 − 1 = 19 ÷ 50 % = 38 ÷ 6.6 = 5.8
    QuotaFactory(**of(plan, rep=plan.rep, quarter=following), amount=60_000)
    outlook = plan_figures(plan, last_day).outlook(goal)
    assert outlook.next_quarter.demos_a_week == 6


def test_what_the_open_deals_bring_is_taken_off_the_goal(plan):
    deal(plan)
    deal(plan)
    outlook = plan_figures(plan).outlook(Decimal(150_000))
    # 2 × 30 % × 10,000
    assert (outlook.open_deals_bring, outlook.leaves) == (6_000, 144_000)


# --- What it costs --------------------------------------------------------------------


@pytest.mark.parametrize("reps", [1, 9])
def test_it_costs_eight_queries_however_much_there_is(
    plan, reps, django_assert_num_queries
):
    for _ in range(reps):
        mate = RepFactory(**of(plan, team=plan.rep.team))
        won(plan, owner=mate)
        deal(plan)
        ActivityEntryFactory(**of(plan, rep=mate))
    MetricFactory(plan=plan, **of(plan))
    QuotaFactory(**of(plan, rep=plan.rep, quarter=plan.quarter))
    fresh = Plan.objects.for_page(plan.rep.user).get(pk=plan.pk)
    # Quarters of the window; activities with their targets; logged; reached; closed;
    # open deals; the quota with what is booked; absences.
    with django_assert_num_queries(8):
        measure(fresh, today=THURSDAY)
