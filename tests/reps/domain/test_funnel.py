"""Rates and their samples; every figure here was worked out by hand first."""

from decimal import Decimal
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.funnel import (
    Figure,
    SalesCycle,
    Sample,
    Source,
    UsualCycle,
    demo_to_opportunity,
    differ_much,
    prefilled_money,
    prefilled_rate,
    prefilled_weeks,
    share_closed_within,
    stage_weight,
    starting_weights,
    win_rate,
    win_rate_counting_stale_as_lost,
)

NONE_YET = Sample(0, 0)
THIRD = Decimal("0.33")

counts = st.integers(0, 500)
samples = st.builds(win_rate, counts, counts)
shares = st.decimals(0, 1, places=2)
closing_days = st.lists(st.integers(0, 400), max_size=60)


def percents(*values):
    return tuple(Decimal(value) / 100 for value in values)


def test_a_rate_is_mixed_with_ten_of_the_teams_cases():
    """(34 + 10 * 0.28) / (113 + 10) = 36.8 / 123 = 0.2992"""
    figure = Figure(win_rate(34, 79), win_rate(168, 432), THIRD)
    assert (figure.own.total, figure.own.cases) == (34, 113)
    assert figure.team.mean == Decimal("0.28")
    assert round(figure.value, 4) == Decimal("0.2992")
    assert prefilled_rate(figure.value) == Decimal("0.30")
    assert figure.source == figure.leans_on == Source.OWN


def test_demos_that_became_one_are_mixed_alike():
    """(113 + 10 * 0.60) / (183 + 10) = 119 / 193 = 0.6166"""
    own = demo_to_opportunity(reached=113, held=183)
    figure = Figure(own, demo_to_opportunity(reached=60, held=100), THIRD)
    assert prefilled_rate(figure.value) == Decimal("0.62")


def test_an_average_deal_is_mixed_alike():
    """(30,000 + 10 * 20,000) / (2 + 10) = 19,166.67"""
    own = Sample(Decimal(30_000), 2)
    team = Sample(Decimal(160_000), 8)
    figure = Figure(own, team, Decimal(5_000))
    assert round(figure.value, 2) == Decimal("19166.67")
    assert prefilled_money(figure.value) == 19_000


@pytest.mark.parametrize(
    ("own", "team", "value", "source", "leans_on"),
    [
        # (2 + 10 * 0.5) / (4 + 10): only four closed, so it leans on the team
        (win_rate(2, 2), win_rate(6, 6), "0.5", "own", "team"),
        (win_rate(0, 4), win_rate(7, 7), "0.3571", "own", "team"),
        (win_rate(0, 9), win_rate(7, 7), "0.2632", "own", "team"),
        (win_rate(0, 10), win_rate(7, 7), "0.25", "own", "own"),
        (NONE_YET, win_rate(7, 13), "0.35", "team", "team"),
        (NONE_YET, NONE_YET, "0.33", "starting", "starting"),
        # a rep lent from elsewhere: (4 + 10 * 0.33) / (4 + 10)
        (win_rate(4, 0), NONE_YET, "0.5214", "own", "starting"),
    ],
)
def test_a_figure_falls_back_to_the_team_and_then_to_the_start(
    own, team, value, source, leans_on
):
    figure = Figure(own, team, THIRD)
    assert round(figure.value, 4) == Decimal(value)
    assert (figure.source, figure.leans_on) == (source, leans_on)


def test_no_history_is_not_a_rate_of_zero():
    assert win_rate(0, 0).mean is None
    assert win_rate(0, 3).mean == 0


def test_a_demo_becomes_at_most_one_opportunity():
    assert demo_to_opportunity(reached=120, held=100) == Sample(100, 100)
    assert demo_to_opportunity(reached=3, held=0) == NONE_YET


def test_a_win_rate_can_count_the_deals_nobody_closed_as_lost():
    assert prefilled_rate(win_rate(110, 64).mean) == Decimal("0.63")
    honest = win_rate_counting_stale_as_lost(win_rate(110, 64), stale_open=41)
    assert honest == Sample(110, 215)
    assert prefilled_rate(honest.mean) == Decimal("0.51")


@pytest.mark.parametrize(
    ("mean", "median", "much"),
    [
        (125, 100, False),  # a quarter exactly
        (126, 100, True),
        (75, 100, False),
        (74, 100, True),
        (0, 0, False),
        (1, 0, True),
    ],
)
def test_more_than_a_quarter_apart_is_much(mean, median, much):
    assert differ_much(Decimal(mean), Decimal(median)) is much


CYCLE = SalesCycle.of([21, 5, 40, 12])


@pytest.mark.parametrize(
    ("days", "closed"), [(4, 0), (5, 1), (20, 2), (21, 3), (99, 4)]
)
def test_a_cycle_says_how_many_wins_closed_in_so_many_days(days, closed):
    assert CYCLE.closed_within(days) == Sample(closed, 4)


def test_a_cycle_has_a_middle_and_an_end():
    assert CYCLE.median == Decimal("16.5")
    assert CYCLE.longest == 40
    assert SalesCycle.of([21, 5, 21, 40, 12]).median == 21


def test_a_cycle_is_the_same_from_its_wins_and_from_how_many_took_so_many_days():
    assert SalesCycle.of([5, 21, 5]) == SalesCycle.counted({21: 1, 5: 2})


def test_a_cycle_without_a_win_has_neither():
    empty = SalesCycle.of([])
    assert (empty.median, empty.longest, empty.age_when_closed()) == (None,) * 3
    assert empty.closed_within(30) == NONE_YET


@pytest.mark.parametrize(
    ("wins", "percent", "age"),
    [
        (100, 95, 95),
        (101, 95, 96),  # 95.95 of them: the 96th
        (20, 95, 19),
        (19, 95, 19),
        (200, 96, 192),
        (1, 95, 1),
        (4, 50, 2),
    ],
)
def test_the_age_when_most_wins_had_closed_is_one_that_happened(wins, percent, age):
    """Wins that took 1, 2, 3 … days."""
    cycle = SalesCycle.of(range(1, wins + 1))
    assert cycle.age_when_closed(percent) == age


def test_most_wins_are_95_percent_of_them():
    assert SalesCycle.of(range(1, 101)).age_when_closed() == 95


@pytest.mark.parametrize(
    ("own", "team", "days", "leans_on"),
    [
        ([30] * 10, [50] * 40, 30, Source.OWN),  # ten wins of their own are enough
        ([30] * 9, [50] * 40, 50, Source.TEAM),
        ([], [50, 60], 55, Source.TEAM),
        ([], [], 45, Source.STARTING),
        ([30, 40], [30, 40], 35, Source.TEAM),  # alone in the team
    ],
)
def test_a_usual_cycle_is_the_teams_until_there_are_ten_wins(own, team, days, leans_on):
    cycle = UsualCycle(SalesCycle.of(own), SalesCycle.of(team), 45)
    assert (cycle.days, cycle.leans_on) == (days, leans_on)


def test_the_share_that_closes_in_time_is_mixed_with_the_teams():
    """(2 + 10 * 0.9) / (4 + 10) = 11 / 14"""
    team = SalesCycle.of([10] * 9 + [90])
    figure = share_closed_within(20, CYCLE, team, usual_days=30)
    assert figure.value == Decimal(11) / 14


@pytest.mark.parametrize(
    ("days", "usual_days", "share"),
    [
        (-3, 30, "0"),
        (0, 30, "0"),
        (30, 30, "0.5"),
        (45, 30, "0.75"),
        (60, 30, "1"),
        (90, 30, "1"),
        (1, 0, "0.5"),
    ],
)
def test_without_history_wins_are_spread_over_twice_the_usual_days(
    days, usual_days, share
):
    nobody = SalesCycle.of([])
    figure = share_closed_within(days, nobody, nobody, usual_days=usual_days)
    assert (figure.value, figure.source) == (Decimal(share), Source.STARTING)


@pytest.mark.parametrize(
    ("won", "lost", "weight"),
    [(0, 0, "0.40"), (29, 0, "0.40"), (15, 15, "0.50"), (30, 0, "1")],
)
def test_a_stage_is_measured_once_thirty_have_closed_from_it(won, lost, weight):
    weighted = stage_weight(win_rate(won, lost), starting=Decimal("0.40"))
    assert weighted == Decimal(weight)


@pytest.mark.parametrize(
    ("rate", "stages", "weights"),
    [
        (30, 5, percents(30, 40, 50, 65, 85)),
        (30, 1, percents(30)),
        (30, 0, ()),
        (30, 2, percents(30, 85)),
        (30, 3, percents(30, 50, 85)),
        # a third of the way is 1⅓ steps up: 40 + 10/3, then 50 + 15 * 2/3
        (30, 4, percents(30, 43, 60, 85)),
        (30, 9, percents(30, 35, 40, 45, 50, 58, 65, 75, 85)),
        (65, 5, percents(65, 70, 75, 83, 93)),  # 82.5 and 92.5 go up
        (100, 3, percents(100, 100, 100)),
    ],
)
def test_starting_weights_climb_from_the_win_rate(rate, stages, weights):
    assert starting_weights(Decimal(rate) / 100, stages) == weights


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0.2992", "0.30"),
        ("0.305", "0.31"),  # a half goes up
        ("0.3049", "0.30"),
        ("0.001", "0.01"),  # the plan divides by it
        ("0", "0.01"),
        ("1", "1"),
        ("1.2", "1"),
    ],
)
def test_a_rate_is_prefilled_in_whole_percents(value, shown):
    assert prefilled_rate(Decimal(value)) == Decimal(shown)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("19166.67", 19_000),
        ("19250", 19_500),  # a half goes up
        ("10249", 10_000),
        ("10000", 10_000),
        ("9950", 10_000),
        ("9949", 9_900),
        ("150", 200),
        ("100", 100),
        ("99.50", 100),
        ("42.40", 42),
        ("0.20", 1),  # never nothing
        ("0", 1),
    ],
)
def test_money_is_prefilled_in_round_figures(value, shown):
    assert prefilled_money(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [("4.64", "4.6"), ("4.65", "4.7"), ("0", "0.0")]
)
def test_weeks_are_prefilled_to_one_decimal(value, shown):
    assert prefilled_weeks(Decimal(value)) == Decimal(shown)


def test_an_exact_half_survives_the_mixing():
    """(51 + 10 * 1) / (190 + 10) = 0.305"""
    figure = Figure(win_rate(51, 139), win_rate(3, 0), THIRD)
    assert figure.value == Decimal("0.305")
    assert prefilled_rate(figure.value) == Decimal("0.31")


@given(samples, samples, shares)
def test_a_figure_lies_between_the_reps_own_and_what_it_leans_on(own, team, starting):
    figure = Figure(own, team, starting)
    lender = starting if team.mean is None else team.mean
    mine = lender if own.mean is None else own.mean
    assert min(mine, lender) - Decimal("1e-20") <= figure.value
    assert figure.value <= max(mine, lender) + Decimal("1e-20")


@given(counts, counts, samples, shares)
def test_one_more_win_never_lowers_the_rate(won, lost, team, starting):
    before = Figure(win_rate(won, lost), team, starting).value
    after = Figure(win_rate(won + 1, lost), team, starting).value
    assert after >= before


@given(samples, shares)
def test_more_history_moves_a_figure_closer_to_the_reps_own(team, starting):
    own = Sample(1, 5)
    far = Figure(own, team, starting).value
    near = Figure(Sample(100, 500), team, starting).value
    assert abs(near - own.mean) <= abs(far - own.mean)


@given(closing_days, closing_days, st.integers(0, 100), st.integers(0, 90))
def test_more_days_never_lower_the_share_that_closes(mine, teams, days, usual):
    own, team = SalesCycle.of(mine), SalesCycle.of(teams)
    soon, later = (
        share_closed_within(when, own, team, usual_days=usual).value
        for when in (days, days + 1)
    )
    assert 0 <= soon <= later <= 1


@given(closing_days.filter(bool))
def test_a_cycles_median_is_that_of_its_wins(wins):
    assert SalesCycle.of(wins).median == median(map(Decimal, wins))


@given(closing_days.filter(bool), st.integers(1, 100))
def test_so_many_percent_had_closed_by_that_age_and_not_a_day_before(wins, percent):
    cycle = SalesCycle.of(wins)
    age = cycle.age_when_closed(percent)
    assert cycle.closed_within(age).mean * 100 >= percent
    assert cycle.closed_within(age - 1).mean * 100 < percent


@given(st.decimals(0, 10_000_000, places=2))
def test_prefilled_money_is_close_and_never_nothing(value):
    shown = prefilled_money(value)
    assert shown > 0
    assert abs(shown - value) <= max(value / 3 + Decimal("0.5"), Decimal(1))
    assert prefilled_money(shown) == shown


@given(shares, st.integers(1, 12))
def test_starting_weights_never_fall(rate, stages):
    weights = starting_weights(rate, stages)
    assert len(weights) == stages
    assert list(weights) == sorted(weights)
    assert weights[0] == max(rate, Decimal("0.01"))
