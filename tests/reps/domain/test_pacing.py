"""Pace, coverage and the order of the team board, in figures to check by hand."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.pacing import (
    BoardRow,
    Standing,
    UsualWeek,
    activity_expected_by,
    attainment,
    attention_order,
    coverage,
    coverage_needed,
    expected_by_now,
    pace,
    quota_owed,
    usual_week,
    weekly_rate_needed,
)

money = st.decimals(0, 10_000_000, places=2)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def standing(**overrides):
    """A rep halfway through a 92-day quarter with 30k of 92k booked."""
    facts = {
        "quota": Decimal(92_000),
        "booked": Decimal(30_000),
        "starts_on": date(2026, 7, 1),
        "ends_on": date(2026, 9, 30),
        "as_of": date(2026, 8, 15),
    }
    return Standing(**facts | overrides)


def owed(**overrides):
    """A full quota of 92k in a 92-day quarter."""
    facts = {
        "ramp": Decimal(1),
        "starts_on": date(2026, 7, 1),
        "quarter_starts_on": date(2026, 7, 1),
        "quarter_ends_on": date(2026, 9, 30),
    }
    return quota_owed(Decimal(92_000), **facts | overrides)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 6, 30), 0),  # the day before it starts
        (date(2026, 7, 1), 1_000),  # the first day counts
        (date(2026, 8, 15), 46_000),  # halfway
        (date(2026, 9, 30), 92_000),  # the last day is the whole quota
        (date(2026, 10, 1), 92_000),  # and never more than that
    ],
)
def test_expected_by_now_spreads_the_quota_evenly(as_of, expected):
    assert expected_by_now(standing(as_of=as_of)) == expected


def test_thirteen_weeks_are_paced_by_their_own_days():
    thursday_of_week_six = standing(
        quota=Decimal(200_000),
        starts_on=date(2026, 10, 5),
        ends_on=date(2027, 1, 3),
        as_of=date(2026, 11, 12),
    )
    assert round(expected_by_now(thursday_of_week_six)) == 85_714  # 39 of 91 days


def test_expected_by_now_runs_from_the_day_the_quota_starts():
    newcomer = standing(
        quota=owed(starts_on=date(2026, 8, 15)), starts_on=date(2026, 8, 15)
    )
    assert newcomer.quota == 47_000
    assert expected_by_now(newcomer) == 1_000


def test_a_quota_that_starts_after_its_quarter_expects_nothing():
    too_late = {"starts_on": date(2026, 10, 1)}
    assert owed(**too_late) == 0
    nothing = standing(quota=Decimal(0), as_of=date(2026, 10, 2), **too_late)
    assert expected_by_now(nothing) == 0


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        ({}, 92_000),
        ({"ramp": Decimal("0.5")}, 46_000),
        ({"ramp": Decimal(0)}, 0),
        ({"starts_on": date(2026, 6, 1)}, 92_000),  # here before the quarter
        ({"starts_on": date(2026, 8, 16)}, 46_000),
        ({"starts_on": date(2026, 9, 30)}, 1_000),  # the last day
        ({"starts_on": date(2026, 12, 1)}, 0),
        ({"starts_on": date(2026, 8, 16), "ramp": Decimal("0.25")}, 11_500),
    ],
)
def test_quota_owed_counts_the_ramp_and_the_days_from_its_start(overrides, expected):
    assert owed(**overrides) == expected


def test_weekly_rate_needed_counts_today_as_a_selling_day():
    assert weekly_rate_needed(standing(as_of=date(2026, 9, 24))) == 62_000


def test_weekly_rate_needed_before_the_start_has_the_whole_quarter():
    early = standing(booked=Decimal(0), as_of=date(2026, 6, 1))
    assert early.days_left == 92
    assert weekly_rate_needed(early) == 7_000


def test_no_weekly_rate_is_needed_once_time_is_up():
    assert weekly_rate_needed(standing(as_of=date(2026, 10, 1))) is None


def test_a_rep_over_quota_has_no_gap():
    assert standing(booked=Decimal(100_000)).gap == 0
    assert standing().gap == 62_000


@pytest.mark.parametrize(
    ("quota", "expected"),
    [(Decimal(120_000), Decimal("0.25")), (Decimal(20_000), 1.5), (Decimal(0), None)],
)
def test_attainment_is_booked_by_quota(quota, expected):
    assert attainment(standing(quota=quota)) == expected


def test_pace_is_ahead_when_positive():
    assert pace(standing()) == -16_000
    assert pace(standing(booked=Decimal(50_000))) == 4_000


@pytest.mark.parametrize(
    ("pipeline", "still_to_book", "expected"),
    [
        (265_500, 112_000, "2.37"),
        (0, 112_000, "0.00"),
        (500, 1, "500.00"),
        (265_500, 0, None),  # nothing left
        (265_500, -1, None),
    ],
)
def test_coverage_is_the_open_pipeline_by_what_is_left(
    pipeline, still_to_book, expected
):
    times = coverage(Decimal(pipeline), Decimal(still_to_book))
    assert times == expected or f"{times:.2f}" == expected


def test_coverage_needed_is_one_by_the_win_rate():
    assert round(coverage_needed(Decimal("0.30")), 1) == Decimal("3.3")
    assert coverage_needed(Decimal(0)) is None


@pytest.mark.parametrize(
    ("counts", "usual"),
    [
        ([], None),
        ([3], UsualWeek(Decimal(3), 1)),
        ([1, 0, 2, 4, 3], UsualWeek(Decimal(2), 5)),
        ([5, 2, 2, 3], UsualWeek(Decimal("2.5"), 4)),  # between the middle two
        ([3, 3, 4, 60], UsualWeek(Decimal("3.5"), 4)),  # a trade fair moves nothing
        ([0, 0, 1, 0, 2], UsualWeek(Decimal(0), 5)),  # rarely done
    ],
)
def test_the_usual_week_is_the_median(counts, usual):
    assert usual_week(counts) == usual


@pytest.mark.parametrize(
    ("gone", "working", "expected"),
    [
        (0, 5, "0"),
        (4, 5, "20.8"),  # by Thursday
        (5, 5, "26"),
        (7, 5, "26"),  # Sunday: the week is done
        (2, 3, "17.3"),  # two days of a short week
        (0, 0, "0"),  # away all week
        (2, 0, "0"),
    ],
)
def test_activity_is_expected_by_working_days(gone, working, expected):
    due = activity_expected_by(
        Decimal(26), working_days_gone=gone, working_days=working
    )
    assert round(due, 1) == Decimal(expected)


def row(name, *, coverage=None, activity=None, **facts):
    return BoardRow(
        standing=standing(**facts),
        coverage=None if coverage is None else Decimal(coverage),
        activity=None if activity is None else Decimal(activity),
        name=name,
    )


NOT_STARTED = {"starts_on": date(2026, 9, 1), "booked": Decimal(0)}

IN_ORDER = [
    row("Nothing booked", booked=Decimal(0)),
    row("Behind", booked=Decimal(23_000), coverage=9),
    row("Behind, small quota", quota=Decimal(920), booked=Decimal(240)),
    row("Even pace, thin pipeline", booked=Decimal(46_000), coverage=1, activity=2),
    row("Not started, quiet week", **NOT_STARTED, coverage=3, activity="0.5"),
    row("Even pace, usual week", booked=Decimal(46_000), coverage=3, activity=1),
    row("not started, away all week", **NOT_STARTED, coverage=3),
    row("Even pace, busy week", booked=Decimal(46_000), coverage=3, activity=2),
    row("Even pace, nothing left to book", booked=Decimal(46_000)),
    row("Ahead", booked=Decimal(92_000), activity=0),
    row("No quota, quiet week", quota=Decimal(0), activity=0),
    row("no quota", quota=Decimal(0), booked=Decimal(0)),
    row("No quota, booked", quota=Decimal(0), booked=Decimal(90_000)),
]


def test_the_board_begins_with_who_is_furthest_behind_pace():
    shuffled = IN_ORDER[::-2] + IN_ORDER[1::2]
    names = [row.name for row in sorted(shuffled, key=attention_order)]
    assert names == [row.name for row in IN_ORDER]


def test_the_name_decides_only_among_equals_and_ignores_capitals():
    equals = [row("anna"), row("Bo"), row("Carla"), row("zoe")]
    for shuffled in permutations(equals):
        assert sorted(shuffled, key=attention_order) == equals


def test_being_away_all_week_moves_nobody():
    away = row("Away", booked=Decimal(10_000))
    here = row("Here", booked=Decimal(20_000), activity=0)
    assert sorted([here, away], key=attention_order) == [away, here]


@given(money, money, days, st.integers(0, 100), st.integers(-200, 200))
def test_expected_by_now_grows_from_nothing_to_the_quota(
    quota, booked, starts_on, length, ahead
):
    def on(day):
        return Standing(
            quota, booked, starts_on, starts_on + timedelta(length), as_of=day
        )

    today = starts_on + timedelta(ahead)
    now, tomorrow = on(today), on(today + timedelta(1))
    assert 0 <= expected_by_now(now) <= expected_by_now(tomorrow) <= quota
    assert expected_by_now(on(now.ends_on)) == quota
    assert expected_by_now(on(starts_on - timedelta(1))) == 0
    assert pace(now) + expected_by_now(now) == pytest.approx(booked)


@given(money, st.decimals(0, 1, places=2), days, days, st.integers(0, 100))
def test_nobody_owes_more_than_the_full_quota(amount, ramp, starts_on, quarter, length):
    def owed_from(day):
        return quota_owed(
            amount,
            ramp=ramp,
            starts_on=day,
            quarter_starts_on=quarter,
            quarter_ends_on=quarter + timedelta(length),
        )

    later = starts_on + timedelta(1)
    assert 0 <= owed_from(later) <= owed_from(starts_on) <= amount * ramp


@given(st.lists(st.integers(0, 50), min_size=1, max_size=13))
def test_half_the_weeks_had_no_more_and_half_no_less_than_usual(counts):
    usual = usual_week(counts)
    assert usual.weeks == len(counts)
    assert 2 * sum(count <= usual.count for count in counts) >= len(counts)
    assert 2 * sum(count >= usual.count for count in counts) >= len(counts)
