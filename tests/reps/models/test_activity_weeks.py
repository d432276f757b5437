from datetime import date, timedelta
from decimal import Decimal

import pytest

from reps.domain.pacing import UsualWeek, nothing_owed
from reps.domain.quarter import Span
from reps.domain.work_week import MONDAY as MONDAY_FIRST
from reps.domain.work_week import WorkWeek
from reps.models import Absence
from reps.models.activity_weeks import activity_weeks
from reps.models.track_record import TrackRecord
from tests.factories.reps import (
    AbsenceFactory,
    ActivityEntryFactory,
    ActivityKindFactory,
    RepFactory,
)

pytestmark = pytest.mark.django_db

THURSDAY = date(2026, 11, 12)
MONDAY = date(2026, 11, 9)
WORK_WEEK = WorkWeek(frozenset(range(1, 6)), MONDAY_FIRST)


def log(rep, kind, **by_weeks_ago):
    """log(rep, kind, w0=2): two in this week; w1 was last week."""
    for ago, count in by_weeks_ago.items():
        week = MONDAY - timedelta(weeks=int(ago.removeprefix("w")))
        ActivityEntryFactory(rep=rep, kind=kind, week=week, change=count)


def weeks(rep, *kinds):
    nothing = nothing_owed(Span(THURSDAY, THURSDAY), booked=Decimal(0), as_of=THURSDAY)
    away = list(Absence.objects.filter(rep=rep))
    record = TrackRecord(rep, nothing, has_quota=False, away=away)
    return activity_weeks(record, kinds, today=THURSDAY, work_week=WORK_WEEK)


def test_this_week_stands_beside_the_usual_one(rep, demos):
    log(rep, demos, w0=2, w1=5, w2=1, w3=4)

    (demo,) = weeks(rep, demos)

    assert (demo.done, demo.usual) == (2, UsualWeek(Decimal(4), 3))
    assert demo.due == Decimal("3.2")  # four of the five working days are gone


def test_each_activity_is_counted_by_itself_in_the_order_given(rep, demos):
    calls = ActivityKindFactory(
        organization=rep.organization, name="Calls", is_leading=False
    )
    log(rep, demos, w0=1)
    log(rep, calls, w0=30, w1=40)

    demo, call = weeks(rep, demos, calls)

    assert (demo.kind, demo.done, demo.usual) == (demos, 1, None)
    assert (call.kind, call.done, call.usual.count) == (calls, 30, 40)


def test_nobody_elses_taps_are_counted(rep, demos):
    log(RepFactory(team=rep.team), demos, w0=3)

    assert weeks(rep, demos)[0].done == 0


def test_thirteen_weeks_are_shown_and_none_before_the_first_logged(rep, demos):
    log(rep, demos, w3=2, w1=1)

    shown = weeks(rep, demos)[0].weeks

    assert [week.done for week in shown] == [None] * 9 + [2, 0, 1, 0]
    assert (shown[0].begins_on, shown[-1].begins_on) == (date(2026, 8, 17), MONDAY)
    assert [week.is_now for week in shown] == [False] * 12 + [True]


def test_before_anything_is_logged_only_this_week_can_be_told(rep, demos):
    demo = weeks(rep, demos)[0]

    assert [week.done for week in demo.weeks] == [None] * 12 + [0]
    assert (demo.usual, demo.due) == (None, 0)


def test_a_week_away_is_shown_and_left_out_of_what_is_usual(rep, demos):
    log(rep, demos, w0=1, w1=4, w3=4)
    AbsenceFactory(rep=rep, starts_on=date(2026, 10, 26), ends_on=date(2026, 10, 30))

    demo = weeks(rep, demos)[0]

    assert demo.usual == UsualWeek(Decimal(4), 2)
    assert [week.is_away for week in demo.weeks[-4:]] == [False, True, False, False]
    assert demo.has_away
    assert not demo.is_away


def test_away_all_week_nothing_is_due(rep, demos):
    log(rep, demos, w1=4)
    AbsenceFactory(rep=rep)  # Monday to Friday

    demo = weeks(rep, demos)[0]

    assert (demo.due, demo.is_away) == (0, True)


@pytest.mark.parametrize("many", [1, 4])
def test_it_is_one_query_however_many_activities(rep, many, django_assert_num_queries):
    kinds = [
        ActivityKindFactory(
            organization=rep.organization, name=f"Kind {number}", is_leading=False
        )
        for number in range(many)
    ]
    for kind in kinds:
        log(rep, kind, w0=1, w1=2, w2=3)

    with django_assert_num_queries(2):  # days away (the test's own), weeks
        weeks(rep, *kinds)
