"""The numbers of a batch of letters: what each person's own page says, read once."""

from datetime import timedelta

import pytest

from plans.models.rep_week import (
    counted_in,
    logged_activities,
    rep_week,
    with_days_away,
)
from plans.models.week_numbers import WeekNumbers
from reps.models import ActivityEntry, Rep
from tests.factories.check_ins import NudgeFactory
from tests.factories.plans import PlanFactory
from tests.factories.reps import (
    MONDAY,
    NOON,
    AbsenceFactory,
    ActivityEntryFactory,
    ActivityKindFactory,
    QuarterFactory,
    RepFactory,
)

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(weeks=1)


def nudge_of(rep, week=MONDAY):
    of = {"organization": rep.organization, "person": rep.user}
    return NudgeFactory(**of, week=week)


def log(rep, kind, counts, *, until=MONDAY):
    """So many in this week, the one before, and so on."""
    of = {"organization": rep.organization, "rep": rep, "kind": kind}
    for weeks_ago, count in enumerate(counts):
        if count:
            ActivityEntryFactory(**of, week=until - weeks_ago * A_WEEK, change=count)


def sign(rep, quarter, kind, weekly):
    of = {"organization": rep.organization}
    plan = PlanFactory(**of, rep=rep, quarter=quarter)
    content = {"metrics": {str(kind.pk): {"name": kind.name, "weekly": weekly}}}
    plan.proposals.create(**of, number=1, revision=1, content=content)
    return plan


@pytest.fixture
def reps():
    """Three of one organization, who do not have the same past, and one of another."""
    first = RepFactory()
    of = {"organization": first.organization, "team": first.team}
    planned, away = RepFactory(**of), RepFactory(**of)
    quarter = QuarterFactory(organization=first.organization)
    demos = ActivityKindFactory(organization=first.organization)
    calls = ActivityKindFactory(
        organization=first.organization, name="Calls", is_leading=False
    )
    log(first, demos, (1, 2, 3, 2))
    log(first, calls, (0, 50))
    log(planned, demos, (4, *[1] * 26, 9))  # nine of them longer ago than is looked at
    sign(planned, quarter, demos, weekly=5)
    log(away, demos, (0, 0, 0, 6, 8))
    AbsenceFactory(
        organization=first.organization,
        rep=away,
        starts_on=MONDAY - 2 * A_WEEK,
        ends_on=MONDAY - timedelta(days=3),
    )
    stranger = RepFactory()
    log(stranger, ActivityKindFactory(organization=stranger.organization), (7, 7))
    return [first, planned, away, stranger]


def as_told(activities):
    return [(a.kind, a.done, a.target, a.usual, a.due, a.is_away) for a in activities]


def on_the_page(week):
    """What the week's own page loads."""
    kinds = counted_in(week)
    taps = ActivityEntry.objects.logged_counts(week.rep, week=week.monday, kinds=kinds)
    return logged_activities(week, kinds, taps)


def test_they_are_the_numbers_of_the_page_whoever_and_whenever(reps):
    nudges = [nudge_of(rep, week) for rep in reps for week in (MONDAY, MONDAY - A_WEEK)]
    numbers = WeekNumbers(nudges)
    for rep in with_days_away(Rep.objects.all()):
        for monday in (MONDAY, MONDAY - A_WEEK):
            week = rep_week(rep, monday, today=NOON.date())
            told = as_told(numbers.activities_of(week))
            assert told == as_told(on_the_page(week))
            assert told


def test_the_quarter_is_the_one_that_holds_the_first_day(reps):
    first, *_, stranger = with_days_away(Rep.objects.order_by("pk"))
    numbers = WeekNumbers([nudge_of(rep) for rep in (first, stranger)])
    week = rep_week(first, MONDAY, today=NOON.date())
    assert numbers.quarter_of(week) == first.organization.quarters.get()
    of_another = rep_week(stranger, MONDAY, today=NOON.date())
    assert numbers.quarter_of(of_another) is None


@pytest.mark.parametrize("people", [1, 4])
def test_they_cost_the_same_however_many_people(
    reps, people, django_assert_num_queries
):
    nudges = [nudge_of(rep) for rep in reps[:people]]
    with django_assert_num_queries(4):  # activities, quarters, what is agreed, taps
        WeekNumbers(nudges)


def test_each_organization_has_its_own_weeks(reps):
    """One batch, one Monday: of a quarter that begins with it and of one before."""
    sunday_first = RepFactory(organization__first_day_of_week=7)
    office = sunday_first.organization
    of = {"organization": office}
    demos = ActivityKindFactory(**of)
    log(sunday_first, demos, (2, 3))
    days = {"starts_on": MONDAY - 9 * A_WEEK, "ends_on": MONDAY - timedelta(days=1)}
    before = QuarterFactory(**of, name="Before", **days)
    QuarterFactory(**of, starts_on=MONDAY)
    sign(sunday_first, before, demos, weekly=7)
    numbers = WeekNumbers([nudge_of(rep) for rep in (*reps, sunday_first)])
    for rep in with_days_away(Rep.objects.all()):
        week = rep_week(rep, MONDAY, today=NOON.date())
        told = as_told(numbers.activities_of(week))
        assert told == as_told(on_the_page(week))
    rep = with_days_away(Rep.objects).get(pk=sunday_first.pk)
    week = rep_week(rep, MONDAY, today=NOON.date())
    [demo] = numbers.activities_of(week)
    assert (numbers.quarter_of(week), demo.target) == (before, 7)
