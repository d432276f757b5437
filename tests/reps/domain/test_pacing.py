"""Pace, coverage and the order of the team board, in figures to check by hand."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.pacing import (
    BoardRow,
    Revision,
    Standing,
    UsualWeek,
    activity_expected_by,
    attainment,
    attention_order,
    coverage,
    coverage_needed,
    first_day_owed,
    held_revisions,
    nothing_owed,
    owed_between,
    pace,
    usual_week,
    weekly_rate_needed,
)
from reps.domain.quarter import Span

QUARTER = Span(date(2026, 7, 1), date(2026, 9, 30))
FULL = Decimal(92_000)  # 1,000 a day


def standing(*, starts_on=QUARTER.starts_on, quota=FULL, **overrides):
    """A rep halfway through a 92-day quarter with 30k of 92k booked.

    `quota` is what is owed for the days from `starts_on`.
    """
    facts = {
        "booked": Decimal(30_000),
        "ends_on": QUARTER.ends_on,
        "as_of": date(2026, 8, 15),
    } | overrides
    own = Span(starts_on, facts["ends_on"])
    expected = owed_between([Revision(quota)], own, starts_on, facts["as_of"])
    return Standing(quota=quota, starts_on=starts_on, expected=expected, **facts)


def owed(*revisions, first=QUARTER.starts_on, last=QUARTER.ends_on):
    return owed_between(revisions, QUARTER, first, last)


# --- What is owed, day by day ---------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 6, 30), 0),  # the day before it starts
        (date(2026, 7, 1), 1_000),  # the first day counts
        (date(2026, 8, 15), 46_000),  # halfway
        (date(2026, 9, 30), 92_000),  # the last day is the whole quota
        (date(2026, 10, 1), 92_000),  # and never more than that
    ],
)
def test_expected_by_now_spreads_the_quota_evenly(today, expected):
    assert owed(Revision(FULL), last=today) == expected


def test_thirteen_weeks_are_paced_by_their_own_days():
    quarter = Span(date(2026, 10, 5), date(2027, 1, 3))
    quota = [Revision(Decimal(200_000))]
    thursday_of_week_six = date(2026, 11, 12)
    expected = owed_between(quota, quarter, quarter.starts_on, thursday_of_week_six)
    assert round(expected) == 85_714  # 39 of 91 days


def test_a_newcomer_owes_from_the_day_their_quota_starts():
    newcomer = Revision(FULL, starts_on=date(2026, 8, 15))
    assert owed(newcomer, last=date(2026, 8, 14)) == 0
    assert owed(newcomer, last=date(2026, 8, 15)) == 1_000
    assert owed(newcomer) == 47_000
    assert first_day_owed([newcomer], QUARTER) == date(2026, 8, 15)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, 92_000),
        ({"ramp": Decimal("0.5")}, 46_000),
        ({"ramp": Decimal(0)}, 0),
        ({"starts_on": date(2026, 6, 1)}, 92_000),  # here before the quarter
        ({"starts_on": date(2026, 8, 16)}, 46_000),
        ({"starts_on": date(2026, 9, 30)}, 1_000),  # the last day
        ({"starts_on": date(2026, 12, 1)}, 0),  # after its quarter
        ({"starts_on": date(2026, 8, 16), "ramp": Decimal("0.25")}, 11_500),
    ],
)
def test_what_is_owed_counts_the_ramp_and_the_days_from_its_start(facts, expected):
    assert owed(Revision(FULL, **facts)) == expected


AUGUST = date(2026, 8, 1)  # July has 31 days, August and September 61
MID_AUGUST = date(2026, 8, 16)  # 46 days before it, 46 from it on


@pytest.mark.parametrize(
    ("revisions", "expected"),
    [
        # Cut to a half in the middle of the quarter: 46 × 1,000 + 46 × 500.
        ([{}, {"amount": 46_000, "holds_from": MID_AUGUST}], 69_000),
        # Put right for the whole of it: what was there before counts nowhere.
        ([{}, {"amount": 46_000}], 46_000),
        # The ramp ends after July: 31 × 250 + 61 × 1,000.
        ([{"ramp": "0.25"}, {"holds_from": AUGUST}], 68_750),
        # Nothing owed from August on: 31 × 1,000. Given back in mid-August: 46 more.
        ([{}, {"amount": 0, "holds_from": AUGUST}], 31_000),
        ([{}, {"amount": 0, "holds_from": AUGUST}, {"holds_from": MID_AUGUST}], 77_000),
        # Came on 16 August, and that was found out when the quota had been halved.
        (
            [
                {"starts_on": MID_AUGUST},
                {"amount": 46_000, "starts_on": MID_AUGUST, "holds_from": AUGUST},
            ],
            23_000,
        ),
        # The last recorded wins from its day on, also over one from a later day.
        (
            [
                {},
                {"amount": 0, "holds_from": MID_AUGUST},
                {"amount": 46_000, "holds_from": AUGUST},
            ],
            61_500,  # 31 × 1,000 + 61 × 500
        ),
        # From a day after the quarter it holds on none of its days.
        ([{}, {"amount": 0, "holds_from": date(2026, 10, 1)}], 92_000),
        ([], 0),
    ],
)
def test_each_day_owes_what_held_on_it(revisions, expected):
    assert owed(*(_revision(**facts) for facts in revisions)) == expected


def _revision(amount=FULL, ramp=1, **days):
    return Revision(Decimal(amount), Decimal(ramp), **days)


def test_a_part_of_the_quarter_owes_its_own_days():
    halved = [Revision(FULL), _revision(46_000, holds_from=MID_AUGUST)]
    assert owed(*halved, first=AUGUST, last=date(2026, 8, 31)) == 15_000 + 8_000
    assert owed(*halved, first=AUGUST, last=date(2026, 7, 31)) == 0
    assert owed(*halved, first=date(2026, 1, 1), last=date(2026, 12, 31)) == 69_000


@pytest.mark.parametrize(
    ("revisions", "held"),
    [
        ([{}], [{}]),
        ([{"starts_on": QUARTER.starts_on}], [{}]),
        # What is corrected in the whole quarter leaves nothing of what was before.
        ([{}, {"amount": 5, "holds_from": AUGUST}, {"amount": 7}], [{"amount": 7}]),
        (
            [{}, {"amount": 5, "holds_from": AUGUST}],
            [{}, {"amount": 5, "holds_from": AUGUST}],
        ),
        # Whoever leaves owes nothing more.
        (
            [{"ramp": Decimal("0.5")}, {"amount": 0, "holds_from": MID_AUGUST}],
            [{"ramp": Decimal("0.5")}, {"amount": 0, "holds_from": MID_AUGUST}],
        ),
        # The same from a day on is no other, nor is nothing before anything.
        ([{}, {"amount": 5, "holds_from": AUGUST}, {"holds_from": AUGUST}], [{}]),
        ([{"amount": 0}, {"holds_from": AUGUST}], [{"holds_from": AUGUST}]),
        ([{"amount": 0}], []),
        ([], []),
    ],
)
def test_what_holds_on_some_day_is_told_once(revisions, held):
    said = [_revision(**facts) for facts in revisions]
    assert held_revisions(said, QUARTER) == [_revision(**facts) for facts in held]


def test_a_quota_starts_on_the_first_day_that_owes_anything():
    nothing_first = [_revision(0), _revision(holds_from=MID_AUGUST)]
    assert first_day_owed(nothing_first, QUARTER) == MID_AUGUST
    assert first_day_owed([_revision(), _revision(0, holds_from=AUGUST)], QUARTER) == (
        QUARTER.starts_on
    )
    assert first_day_owed([], QUARTER) == QUARTER.starts_on


money = st.decimals(0, 10_000_000, places=2)
around = st.dates(date(2026, 6, 1), date(2026, 11, 1))
a_revision = st.builds(
    Revision,
    money,
    st.decimals(0, 1, places=4),
    st.none() | around,
    st.none() | around,
)
some_revisions = st.lists(a_revision, max_size=5)


@given(some_revisions, st.lists(around, max_size=6))
def test_the_parts_of_a_quarter_owe_together_what_the_whole_does(revisions, cuts):
    cuts = sorted(day for day in cuts if day in QUARTER)
    firsts = [QUARTER.starts_on, *(day + timedelta(1) for day in cuts)]
    lasts = [*cuts, QUARTER.ends_on]
    parts = (
        owed(*revisions, first=first, last=last)
        for first, last in zip(firsts, lasts, strict=True)
    )
    assert float(sum(parts)) == pytest.approx(float(owed(*revisions)))


@given(some_revisions)
def test_each_day_owes_what_a_plain_reading_of_the_revisions_says(revisions):
    plain = Decimal(0)
    for number in range(QUARTER.days):
        day = QUARTER.starts_on + timedelta(number)
        holding = [r for r in revisions if (r.holds_from or QUARTER.starts_on) <= day]
        if holding and (holding[-1].starts_on or QUARTER.starts_on) <= day:
            plain += holding[-1].amount * holding[-1].ramp
    assert owed(*revisions) == plain / QUARTER.days


@given(a_revision, around)
def test_what_is_expected_grows_from_nothing_to_what_is_owed(revision, today):
    now, tomorrow = (owed(revision, last=day) for day in (today, today + timedelta(1)))
    assert 0 <= now <= tomorrow <= owed(revision) <= revision.amount * revision.ramp
    assert owed(revision, last=QUARTER.starts_on - timedelta(1)) == 0


# --- How a rep stands -----------------------------------------------------------------


def test_weekly_rate_needed_counts_today_as_a_selling_day():
    assert weekly_rate_needed(standing(as_of=date(2026, 9, 24))) == 62_000


def test_weekly_rate_needed_before_the_start_has_the_whole_quarter():
    early = standing(booked=Decimal(0), as_of=date(2026, 6, 1))
    assert early.days_left == 92
    assert weekly_rate_needed(early) == 7_000


def test_no_weekly_rate_is_needed_once_time_is_up():
    assert weekly_rate_needed(standing(as_of=date(2026, 10, 1))) is None


def test_who_has_no_quota_owes_nothing_all_quarter():
    nothing = nothing_owed(QUARTER, booked=Decimal(5), as_of=date(2026, 8, 15))
    assert (nothing.quota, nothing.expected, nothing.gap) == (0, 0, 0)
    assert pace(nothing) == 5


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


@given(st.lists(st.integers(0, 50), min_size=1, max_size=13))
def test_half_the_weeks_had_no_more_and_half_no_less_than_usual(counts):
    usual = usual_week(counts)
    assert usual.weeks == len(counts)
    assert 2 * sum(count <= usual.count for count in counts) >= len(counts)
    assert 2 * sum(count >= usual.count for count in counts) >= len(counts)
