"""From a goal to demos a week: every figure here was worked out by hand first."""

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import inf

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plans.domain.arithmetic import (
    Figures,
    LeftOut,
    OutOfTime,
    Verdict,
    chain,
    days_counted,
    effective_weeks,
    reachable,
    when_out_of_time,
    why_left_out,
    why_out_of_time,
    working_days,
)
from reps.domain.funnel import SalesCycle, share_closed_within
from reps.domain.quarter import Span

CENT = Decimal("0.01")
GOAL, UPPER_END, BOOKED = Decimal(150_000), Decimal(200_000), Decimal(38_000)

# 5 October to 3 January: thirteen weeks, of which 9 November begins the sixth.
QUARTER = Span(date(2026, 10, 5), date(2027, 1, 3))
THANKSGIVING = (date(2026, 11, 26), date(2026, 11, 27))
HOLIDAYS = {*THANKSGIVING, date(2026, 12, 25), date(2027, 1, 1)}
MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5]
OFFICE = {"weekdays": MONDAY_TO_FRIDAY, "holidays": HOLIDAYS, "away": []}

# Figures as they are, so that most chains ask for something, and beyond all measure.
money = st.decimals(0, 10**12, places=2)
goals = st.one_of(st.decimals(50_000, 10**6, places=2), money)
bookings = st.one_of(st.decimals(-9_000, 50_000, places=2), money)
rates = st.one_of(st.decimals("0.05", 1, places=2), st.decimals(0, 1, places=4))
weeks = st.one_of(st.decimals(1, 13, places=1), st.decimals(0, 1, places=1))
counts = st.one_of(st.integers(0, 30), st.integers(0, 300))
figures_of_any_kind = st.builds(
    Figures,
    average_deal=st.one_of(st.decimals(1_000, 50_000, places=2), money),
    win_rate=rates,
    open_deals=counts,
    demo_rate=rates,
    demos_pending=counts,
    effective_weeks=weeks,
)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
closing_days = st.lists(st.integers(0, 200), max_size=30)


def figures(**overrides):
    """Theo's in week 6: 34 of 113 won, 113 of 183 demos became an opportunity."""
    prefill = {
        "average_deal": Decimal(19_000),
        "win_rate": Decimal("0.30"),
        "open_deals": 12,
        "demo_rate": Decimal("0.62"),
        "demos_pending": 0,
        "effective_weeks": Decimal("4.6"),
    }
    changes = {
        name: Decimal(value) if isinstance(value, str) else value
        for name, value in overrides.items()
    }
    return Figures(**prefill | changes)


def asked(goal, booked, using):
    """Demos a week, where no answer is worse than any number."""
    rate = chain(goal, booked, using).demos_a_week
    return inf if rate is None else rate


def test_the_example_of_the_plan_page_comes_out():
    answer = chain(GOAL, BOOKED, figures())
    assert answer.still_to_book == 112_000
    assert (round(answer.deals.exact, 1), answer.deals.whole) == (Decimal("5.9"), 6)
    assert (answer.opportunities.exact, answer.opportunities.whole) == (20, 20)
    assert answer.new_opportunities == 8
    assert (round(answer.demos.exact, 1), answer.demos.whole) == (Decimal("12.9"), 13)
    assert answer.demos_to_hold == 13
    assert (round(answer.weekly.exact, 1), answer.weekly.whole) == (Decimal("2.8"), 3)
    assert answer.demos_a_week == 3
    assert answer.verdict == Verdict.DEMOS_A_WEEK


def test_the_upper_end_of_the_range_has_a_chain_of_its_own():
    """162 ÷ 19 = 8.5 → 9 ÷ 30% = 30 − 12 = 18 ÷ 62% = 29.03 → 30 ÷ 4.6 = 6.5"""
    answer = chain(UPPER_END, BOOKED, figures())
    assert answer.still_to_book == 162_000
    assert (round(answer.deals.exact, 1), answer.deals.whole) == (Decimal("8.5"), 9)
    assert (answer.opportunities.whole, answer.new_opportunities) == (30, 18)
    assert (round(answer.demos.exact, 2), answer.demos.whole) == (Decimal("29.03"), 30)
    assert round(answer.weekly.exact, 1) == Decimal("6.5")
    assert answer.demos_a_week == 7


@pytest.mark.parametrize(
    ("changes", "steps"),  # deals, opportunities, new, demos, demos to hold, a week
    [
        ({}, (6, 20, 8, 13, 13, 3)),
        ({"demos_pending": 5}, (6, 20, 8, 13, 8, 2)),  # 8 ÷ 4.6 = 1.7
        ({"average_deal": "28_000"}, (4, 14, 2, 4, 4, 1)),  # 4 exactly; 13.3 → 14
        ({"average_deal": "27_999.99"}, (5, 17, 5, 9, 9, 2)),  # a cent makes it 5
        ({"win_rate": "0.20"}, (6, 30, 18, 30, 30, 7)),
        ({"win_rate": "1"}, (6, 6, 0, 0, 0, 0)),
        ({"win_rate": "0.01"}, (6, 600, 588, 949, 949, 207)),  # 948.4; 206.3
        ({"open_deals": 0}, (6, 20, 20, 33, 33, 8)),  # 32.3; 7.2
        ({"open_deals": 20}, (6, 20, 0, 0, 0, 0)),
        ({"open_deals": 21}, (6, 20, 0, 0, 0, 0)),  # never less than none
        ({"demo_rate": "1"}, (6, 20, 8, 8, 8, 2)),
        ({"demo_rate": "0.08"}, (6, 20, 8, 100, 100, 22)),  # 8 ÷ 8% = 100; 21.7
        ({"effective_weeks": "13"}, (6, 20, 8, 13, 13, 1)),
        ({"effective_weeks": "0.1"}, (6, 20, 8, 13, 13, 130)),
    ],
)
def test_each_figure_moves_the_chain_as_a_calculator_would(changes, steps):
    answer = chain(GOAL, BOOKED, figures(**changes))
    assert steps == (
        answer.deals.whole,
        answer.opportunities.whole,
        answer.new_opportunities,
        answer.demos.whole,
        answer.demos_to_hold,
        answer.demos_a_week,
    )


@pytest.mark.parametrize(
    ("deals", "rate", "opportunities"),
    [(6, "0.30", 20), (21, "0.70", 30), (21, "0.35", 60)],
)
def test_a_whole_quotient_is_not_rounded_up(deals, rate, opportunities):
    """In binary floating point 21 ÷ 70 % is a hair above 30."""
    using = figures(average_deal="1", win_rate=rate)
    answer = chain(Decimal(deals), Decimal(0), using)
    assert answer.opportunities.whole == answer.opportunities.exact == opportunities


@pytest.mark.parametrize(
    ("booked", "changes", "verdict", "rate"),
    [
        ("38_000", {}, "demos_a_week", 3),
        ("150_000", {}, "goal_met", 0),
        ("170_000", {}, "goal_met", 0),
        ("149_999.99", {}, "open_deals_enough", 0),  # 1 deal, 4 opportunities
        ("38_000", {"open_deals": 20}, "open_deals_enough", 0),
        ("38_000", {"demos_pending": 13}, "demos_held_enough", 0),
        ("38_000", {"demos_pending": 40}, "demos_held_enough", 0),
        ("38_000", {"average_deal": "0"}, "no_average_deal", None),
        ("38_000", {"win_rate": "0"}, "no_win_rate", None),
        ("38_000", {"demo_rate": "0"}, "no_demo_rate", None),
        ("38_000", {"effective_weeks": "0.0"}, "no_time", None),
        # what asks for nothing more is answered, whatever else is missing
        ("150_000", {"average_deal": "0", "win_rate": "0"}, "goal_met", 0),
        ("150_000", {"effective_weeks": "0.0"}, "goal_met", 0),
        ("38_000", {"open_deals": 20, "demo_rate": "0"}, "open_deals_enough", 0),
        (
            "38_000",
            {"demos_pending": 13, "effective_weeks": "0"},
            "demos_held_enough",
            0,
        ),
        # and the first figure that is missing is the one to mend
        ("38_000", {"win_rate": "0", "demo_rate": "0"}, "no_win_rate", None),
        # a cancellation can leave less than nothing booked: 155 ÷ 19 → 9 deals
        ("-5_000", {}, "demos_a_week", 7),
    ],
)
def test_it_says_what_it_comes_to_and_why_it_has_no_rate(
    booked, changes, verdict, rate
):
    answer = chain(GOAL, Decimal(booked), figures(**changes))
    assert (answer.verdict, answer.demos_a_week) == (verdict, rate)


def test_the_steps_before_a_missing_figure_are_still_shown():
    answer = chain(GOAL, BOOKED, figures(demo_rate="0"))
    assert (answer.opportunities.whole, answer.new_opportunities) == (20, 8)
    assert (answer.demos, answer.demos_to_hold, answer.weekly) == (None, None, None)


def test_prefilled_figures_are_what_the_page_shows():
    """Samples of 34/113 and 113/183 beside a team of 28 % and 60 %, as in the mock."""
    proposed = Figures.prefilled(
        average_deal=Decimal("19166.67"),
        win_rate=Decimal("0.2992"),
        open_deals=12,
        demo_rate=Decimal("0.6166"),
        demos_pending=0,
        effective_weeks=Decimal("4.6471"),
    )
    assert proposed == figures()


# Working days and effective weeks


def test_working_days_leave_out_weekends_holidays_and_days_away():
    away = [
        Span(date(2026, 11, 20), date(2026, 11, 23)),  # Friday to Monday
        Span(date(2026, 12, 2), date(2026, 12, 2)),
    ]
    worked = working_days(
        date(2026, 11, 19), date(2026, 12, 3), **OFFICE | {"away": away}
    )
    assert [f"{day:%d}" for day in worked] == ["19", "24", "25", "30", "01", "03"]


def test_an_office_may_work_on_sundays():
    week = working_days(
        date(2026, 11, 9),
        date(2026, 11, 15),
        weekdays=[7, 1, 2, 3, 4],
        holidays=set(),
        away=[],
    )
    assert [day.isoweekday() for day in week] == [1, 2, 3, 4, 7]


def test_there_are_no_working_days_between_tomorrow_and_yesterday():
    assert working_days(QUARTER.ends_on, QUARTER.starts_on, **OFFICE) == []


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 9), date(2026, 11, 10)),  # Monday: from Tuesday
        (date(2026, 11, 6), date(2026, 11, 9)),  # Friday: from Monday
        (date(2026, 11, 8), date(2026, 11, 9)),  # Sunday too
        (date(2026, 11, 25), date(2026, 11, 30)),  # over Thanksgiving
        (date(2026, 9, 1), date(2026, 10, 5)),  # a plan for the quarter to come
        (date(2026, 12, 30), date(2026, 12, 31)),
    ],
)
def test_the_current_week_counts_from_its_next_working_day(today, first):
    assert days_counted(today, QUARTER, **OFFICE)[0] == first


@pytest.mark.parametrize(
    "today", [date(2026, 12, 31), date(2027, 1, 3), date(2027, 2, 1)]
)
def test_no_day_counts_after_the_last_working_day(today):
    """New Year's Day is a Friday, and the quarter ends on the Sunday."""
    assert days_counted(today, QUARTER, **OFFICE) == []


def test_the_weeks_of_the_mock_are_five_less_thanksgiving():
    """Each win took 21 days: 9 November to 11 December count whole, later ones not."""
    counted = days_counted(date(2026, 11, 6), QUARTER, **OFFICE)
    team = SalesCycle.of([21] * 34)

    def share(days):
        return share_closed_within(days, team, team, usual_days=45).value

    left = effective_weeks(
        counted, ends_on=QUARTER.ends_on, share_closed_within=share, days_in_week=5
    )
    assert left == Decimal("4.6")


def test_each_day_weighs_what_still_closes_after_it():
    """With 4, 3, 2, 1, 0 days to go: ¾ + ½ + ½ + ¼ + ¼ = 2.25 days of 5"""
    cycle = SalesCycle.of([0, 2, 4, 90])
    left = effective_weeks(
        working_days(date(2026, 11, 9), date(2026, 11, 13), **OFFICE),
        ends_on=date(2026, 11, 13),
        share_closed_within=lambda days: cycle.closed_within(days).mean,
        days_in_week=5,
    )
    assert left == Decimal("0.45")


def test_a_shorter_working_week_makes_each_day_more_of_it():
    days_left = [date(2026, 11, 9), date(2026, 11, 10)]
    left = effective_weeks(
        days_left,
        ends_on=QUARTER.ends_on,
        share_closed_within=lambda days: Decimal(1),
        days_in_week=4,
    )
    assert left == Decimal("0.5")


def test_a_quarter_of_one_day_is_defined():
    """One win in four closed on the day it was opened: a quarter of a fifth."""
    only = Span(date(2026, 11, 9), date(2026, 11, 9))
    cycle = SalesCycle.of([0, 5, 5, 5])

    def weeks_left(today):
        return effective_weeks(
            days_counted(today, only, **OFFICE),
            ends_on=only.ends_on,
            share_closed_within=lambda days: cycle.closed_within(days).mean,
            days_in_week=5,
        )

    assert weeks_left(date(2026, 11, 8)) == Decimal("0.05")
    assert weeks_left(date(2026, 11, 9)) == 0


@given(days, st.integers(0, 100), closing_days, closing_days, st.integers(0, 90))
def test_effective_weeks_shrink_day_by_day_and_are_never_more_than_the_weeks(
    today, length, mine, teams, usual
):
    own, team = SalesCycle.of(mine), SalesCycle.of(teams)
    quarter = Span(today, today + timedelta(days=length))

    def weeks_left(on):
        counted = days_counted(on, quarter, **OFFICE)
        left = effective_weeks(
            counted,
            ends_on=quarter.ends_on,
            share_closed_within=lambda within: (
                share_closed_within(within, own, team, usual_days=usual).value
            ),
            days_in_week=5,
        )
        assert 0 <= left <= Decimal(len(counted)) / 5
        return left

    assert weeks_left(today + timedelta(days=1)) <= weeks_left(today)


# Out of time


@pytest.mark.parametrize(
    ("today", "reason"),
    [
        (date(2027, 1, 4), OutOfTime.QUARTER_OVER),
        (date(2027, 1, 3), OutOfTime.NO_WORKING_DAY),  # the last day, a Sunday
        (date(2026, 12, 31), OutOfTime.NO_WORKING_DAY),
        (date(2026, 12, 28), OutOfTime.TOO_SLOW),  # three days, and wins took 21
    ],
)
def test_it_says_why_no_time_is_left(today, reason):
    counted = days_counted(today, QUARTER, **OFFICE)
    assert why_out_of_time(today, QUARTER, counted) == reason


LATE = figures(effective_weeks="0.0")
NEXT = figures(open_deals=3, effective_weeks="9.4")


def test_out_of_time_it_says_what_open_deals_bring_and_what_comes_next():
    """12 × 30% × 19,000 = 68,400 of 112,000. The next quarter, with a quota of 190,000:

    10 deals ÷ 30% = 33.3 → 34 − 3 = 31 ÷ 62% = 50 ÷ 9.4 = 5.3 → 6
    """
    outlook = when_out_of_time(
        GOAL, BOOKED, LATE, next_quota=Decimal(190_000), next_figures=NEXT
    )
    assert outlook.open_deals_bring == 68_400
    assert outlook.leaves == 43_600
    assert outlook.next_quarter.still_to_book == 190_000
    assert outlook.next_quarter.demos.whole == 50
    assert outlook.next_quarter.demos_a_week == 6


@pytest.mark.parametrize("next_quota", [None, Decimal(0)])
def test_without_a_next_quota_the_same_goal_stands_again(next_quota):
    outlook = when_out_of_time(
        GOAL, BOOKED, LATE, next_quota=next_quota, next_figures=NEXT
    )
    assert outlook.next_quarter.goal == GOAL
    assert outlook.next_quarter.booked == 0


def test_open_deals_that_bring_more_than_is_left_leave_nothing():
    outlook = when_out_of_time(
        GOAL, Decimal(100_000), LATE, next_quota=None, next_figures=NEXT
    )
    assert (outlook.open_deals_bring, outlook.leaves) == (68_400, 0)


# What can be reached


@pytest.mark.parametrize(
    ("demos_a_week", "changes", "goal"),
    [
        # 13 demos × 62% = 8.06, 8 + 12 open = 20 × 30% = 6 deals of 19,000
        (3, {}, 152_000),
        # 9 × 62% = 5.58, 5 + 12 = 17 × 30% = 5.1
        (2, {}, 133_000),
        # 12 × 30% = 3.6: the open deals alone
        (0, {}, 95_000),
        # 13 + 8 = 21 × 62% = 13.02, 13 + 12 = 25 × 30% = 7.5
        (3, {"demos_pending": 8}, 171_000),
        (3, {"effective_weeks": "0.0"}, 95_000),
        (3, {"win_rate": "0"}, 38_000),
        (3, {"average_deal": "0"}, 38_000),
    ],
)
def test_it_says_what_so_many_demos_a_week_can_reach(demos_a_week, changes, goal):
    assert reachable(BOOKED, figures(**changes), demos_a_week=demos_a_week) == goal


@given(bookings, figures_of_any_kind, st.integers(0, 50))
def test_what_can_be_reached_asks_for_no_more_and_a_cent_above_it_does(
    booked, using, demos_a_week
):
    goal = reachable(booked, using, demos_a_week=demos_a_week)
    assert goal >= booked
    assert asked(goal, booked, using) <= demos_a_week
    assert asked(goal + CENT, booked, using) > demos_a_week


# Which open deals count


@pytest.mark.parametrize(
    ("expected_on", "age", "reason"),
    [
        (None, None, None),  # nothing is known against it
        (date(2026, 10, 5), 10, None),
        (date(2026, 11, 2), 10, None),  # passed, but in this quarter
        (date(2027, 1, 3), 10, None),
        (date(2027, 1, 4), 10, LeftOut.EXPECTED_LATER),
        (date(2026, 10, 4), 10, LeftOut.EXPECTED_EARLIER),
        (None, 79, None),
        (None, 80, LeftOut.TOO_OLD),  # must be younger
        (date(2026, 12, 1), 200, LeftOut.TOO_OLD),
        (date(2027, 1, 4), 200, LeftOut.EXPECTED_LATER),  # one reason for each
    ],
)
def test_an_open_deal_is_left_out_for_a_reason(expected_on, age, reason):
    why = why_left_out(expected_on, age, quarter=QUARTER, most_closed_by=80)
    assert why == reason


def test_without_a_win_to_compare_with_no_deal_is_too_old():
    why = why_left_out(None, 900, quarter=QUARTER, most_closed_by=None)
    assert why is None


# What is always so


@given(goals, bookings, figures_of_any_kind)
@example(Decimal(10**12), Decimal(0), figures(average_deal="0.01", win_rate="0.0001"))
@example(Decimal(0), Decimal(0), Figures(*[Decimal(0)] * 6))
def test_every_step_is_the_smallest_whole_number_that_is_enough(goal, booked, using):
    """And defined, whatever is zero or enormous."""
    answer = chain(goal, booked, using)
    steps = [
        (answer.still_to_book, using.average_deal, answer.deals),
        (answer.deals and answer.deals.whole, using.win_rate, answer.opportunities),
        (answer.new_opportunities, using.demo_rate, answer.demos),
        (answer.demos_to_hold, using.effective_weeks, answer.weekly),
    ]
    for amount, by, quotient in steps:
        if quotient is None:
            assert amount is None or (amount > 0 and by == 0)
        else:
            enough = quotient.whole * Fraction(by)
            assert enough >= amount
            assert quotient.whole == 0 or enough - Fraction(by) < amount
            assert 0 <= quotient.whole - quotient.exact < 1
    assert (answer.demos_a_week is None) == answer.verdict.startswith("no_")
    asks = answer.demos_a_week is not None and answer.demos_a_week > 0
    assert asks == (answer.verdict == Verdict.DEMOS_A_WEEK)


@pytest.mark.parametrize("better", [field.name for field in fields(Figures)])
@given(data=st.data(), goal=goals, booked=bookings, using=figures_of_any_kind)
def test_a_better_figure_never_raises_the_answer(better, data, goal, booked, using):
    """A larger deal, a better rate, more weeks, more open deals or demos held."""
    now = getattr(using, better)
    highest = 1 if better.endswith("rate") else 10**6
    more = data.draw(
        st.integers(0, 300)
        if isinstance(now, int)
        else st.decimals(0, highest, places=2)
    )
    improved = replace(using, **{better: now + more})
    assert asked(goal, booked, improved) <= asked(goal, booked, using)


@given(goals, bookings, money, figures_of_any_kind)
def test_more_booked_or_a_lower_goal_never_raises_the_answer(goal, booked, more, using):
    before = asked(goal, booked, using)
    assert asked(goal, booked + more, using) <= before
    assert asked(goal - more, booked, using) <= before


@given(
    goals,
    bookings,
    figures_of_any_kind,
    st.integers(1, 1000),
    st.sampled_from([1, 100]),
)
def test_the_currency_does_not_matter(goal, booked, using, times, parts):
    """In yen, in cents or in thousands: the same deals, and the same demos."""
    scale = Decimal(times) / parts

    def counted(answer):
        return (answer.verdict, answer.deals, answer.opportunities, answer.weekly)

    elsewhere = replace(using, average_deal=using.average_deal * scale)
    assert counted(chain(goal * scale, booked * scale, elsewhere)) == counted(
        chain(goal, booked, using)
    )
