"""Who is owed a nudge gets a row: once, in time, with the reason if none goes out."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from plans.models import Nudge
from plans.models.nudge import PUT_OFF
from plans.tasks import decide_nudges
from reps.models import User
from tests.factories.check_ins import CheckInFactory, NudgeFactory
from tests.factories.reps import (
    MONDAY,
    AbsenceFactory,
    OrganizationFactory,
    RepFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
FRIDAY, TUESDAY = date(2026, 11, 13), date(2026, 11, 17)


def on(day, hour, minute=0, zone=UTC):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


DUE = on(FRIDAY, 15)


def decided(at, *, times=1):
    """Every row there is once it was decided then: kind, week, due, state, why."""
    with time_machine.travel(at, tick=False):
        for _ in range(times):
            decide_nudges()
    facts = ("kind", "week", "due_at", "state", "why")
    return list(Nudge.objects.order_by("due_at", "pk").values_list(*facts))


def row(kind="check_in", week=MONDAY, due_at=DUE, state="owed", why=""):
    return (kind, week, due_at, state, why)


def sent(rep, *, kind="check_in", week=MONDAY, due_at=DUE, state="sent", **facts):
    facts |= {"kind": kind, "week": week, "due_at": due_at, "state": state}
    return NudgeFactory(person=rep.user, **facts)


def check_in(rep, week=MONDAY):
    return CheckInFactory(rep=rep, week=week)


def reminders():
    return list(Nudge.objects.filter(kind="reminder").values_list("due_at", "state"))


# --- When ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "rows"),
    [
        (on(FRIDAY, 13, 59), []),
        (on(FRIDAY, 14), [row()]),  # an hour ahead, so that it goes on the minute
        (on(FRIDAY, 18), [row()]),
    ],
)
def test_a_row_is_made_in_the_hour_before_it_is_due(at, rows):
    RepFactory()
    assert decided(at) == rows


@pytest.mark.parametrize(
    ("days_later", "rows"),
    [
        (2, [row()]),  # nobody decided for two days
        (3, [row()]),  # the week is over: the row is skipped, and says so
        (5, []),
    ],
)
def test_what_was_missed_is_on_record_for_two_days(days_later, rows):
    sent(RepFactory(), week=MONDAY - timedelta(weeks=1), due_at=DUE - timedelta(days=7))
    made = decided(on(FRIDAY + timedelta(days=days_later), 9))
    assert [row for row in made if row[0:2] == ("check_in", MONDAY)] == rows


@pytest.mark.parametrize("days_later", [1, 3])
def test_whoever_is_new_has_no_record_of_weeks_before(days_later):
    RepFactory()
    assert decided(on(FRIDAY + timedelta(days=days_later), 9)) == []


def test_deciding_again_changes_nothing():
    RepFactory()
    assert decided(DUE, times=3) == [row()]


@pytest.mark.django_db(transaction=True)
def test_three_who_decide_at_once_make_each_row_once(at_once):
    team = TeamFactory()
    RepFactory.create_batch(20, team=team)

    with time_machine.travel(DUE, tick=True):
        at_once(*[decide_nudges] * 3)

    assert Nudge.objects.count() == 20


def test_everybody_is_asked_by_the_clock_on_their_own_wall():
    organization = OrganizationFactory(time_zone="America/New_York")
    team = TeamFactory(organization=organization)
    for zone in ("", "Asia/Tokyo", "Pacific/Kiritimati"):
        person = UserFactory(organization=organization, time_zone=zone)
        RepFactory(organization=organization, team=team, user=person)

    for hour in (1, 6, 20):  # in UTC, when it is 15:00 in one zone after the other
        rows = decided(on(FRIDAY, hour))

    assert [due_at for _, _, due_at, _, _ in rows] == [
        on(FRIDAY, 15, zone=ZoneInfo("Pacific/Kiritimati")),
        on(FRIDAY, 15, zone=ZoneInfo("Asia/Tokyo")),
        on(FRIDAY, 15, zone=ZoneInfo("America/New_York")),
    ]


def test_an_absence_brings_it_forward():
    rep = RepFactory()
    AbsenceFactory(rep=rep, starts_on=FRIDAY, ends_on=FRIDAY)
    thursday = on(FRIDAY - timedelta(days=1), 15)
    assert decided(thursday) == [row(due_at=thursday)]


def test_who_is_away_all_week_is_not_asked():
    rep = RepFactory()
    AbsenceFactory(rep=rep)
    assert decided(DUE) == []


def test_a_public_holiday_brings_it_forward():
    organization = OrganizationFactory(holiday_calendar="US", check_in_day=4)
    RepFactory(organization=organization)
    thanksgiving = date(2026, 11, 26)
    [(_, week, due_at, _, _)] = decided(on(thanksgiving, 9))
    assert (week, due_at) == (date(2026, 11, 23), on(date(2026, 11, 25), 15))


# --- Who -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"email": None}, "no address"),
        ({"wants_nudges": False}, "unsubscribed"),
        ({"is_active": False}, "may not sign in"),
    ],
)
def test_who_gets_no_letter_has_a_row_that_says_why(changes, why):
    rep = RepFactory()
    User.objects.filter(pk=rep.user_id).update(**changes)
    assert decided(DUE) == [row(state="skipped", why=why)]


def test_who_left_in_the_week_has_a_row_that_says_so_and_no_other_after():
    RepFactory(left_on=FRIDAY - timedelta(days=1))
    left = row(state="skipped", why="left")
    assert decided(DUE) == [left]
    assert decided(DUE + timedelta(days=7)) == [left]


def test_who_sells_for_the_last_time_that_friday_is_asked():
    RepFactory(left_on=FRIDAY)
    assert decided(DUE) == [row()]


@pytest.mark.parametrize(
    "facts",
    [{"user": None}, {"joined_on": FRIDAY + timedelta(days=3)}],
    ids=["nobody signs in", "joins next week"],
)
def test_who_cannot_be_asked_has_no_row(facts):
    RepFactory(**facts)
    assert decided(DUE) == []


def test_who_joined_this_week_is_not_asked_for_the_last():
    RepFactory(joined_on=date(2026, 11, 16))
    assert decided(on(date(2026, 11, 16), 9)) == []


def test_a_check_in_that_came_before_is_the_reason():
    check_in(RepFactory())
    assert decided(DUE) == [row(state="skipped", why="checked in first")]


# --- The reminder --------------------------------------------------------------------


def test_one_reminder_follows_after_two_working_days():
    sent(RepFactory())
    decided(on(TUESDAY, 14), times=2)
    assert reminders() == [(on(TUESDAY, 15), "owed")]


@pytest.mark.parametrize("state", ["owed", "skipped", "dead"])
def test_nobody_is_reminded_of_what_they_were_not_asked(state):
    sent(RepFactory(), state=state)
    decided(on(TUESDAY, 15))
    assert reminders() == []


@pytest.mark.parametrize("week", [MONDAY, MONDAY + timedelta(weeks=1)])
def test_who_has_checked_in_is_not_reminded(week):
    rep = RepFactory()
    sent(rep)
    check_in(rep, week)
    decided(on(TUESDAY, 15))
    assert reminders() == []


def test_who_asked_to_be_asked_later_is_not_reminded_besides():
    nudge = sent(RepFactory())
    nudge.snooze(until=on(TUESDAY, 15))
    decided(on(TUESDAY, 15))
    assert reminders() == []


def test_a_reminder_that_was_owed_makes_way_for_the_later_letter():
    rep = RepFactory()
    reminder = sent(rep, kind="reminder", due_at=on(TUESDAY, 15), state="owed")
    sent(rep).snooze(until=on(TUESDAY, 15))
    reminder.refresh_from_db()
    assert (reminder.state, reminder.why) == ("skipped", "to be asked later")


def test_the_two_working_days_begin_when_the_letter_went():
    after_an_outage = on(MONDAY + timedelta(days=2), 14)
    sent(RepFactory(), due_at=on(MONDAY, 15), sent_at=after_an_outage)
    decided(on(FRIDAY, 14))
    assert reminders() == [(on(FRIDAY, 15), "owed")]


# --- What it costs -------------------------------------------------------------------


@pytest.mark.parametrize("people", [1, 40])
def test_it_costs_the_same_however_many_people(people, django_assert_num_queries):
    team = TeamFactory()
    RepFactory.create_batch(people, team=team)
    with (
        time_machine.travel(DUE, tick=False),
        django_assert_num_queries(3),  # reps, their organization, the rows
    ):
        decide_nudges()
    assert Nudge.objects.count() == people


# --- Put off -------------------------------------------------------------------------


def put_off(rep, *, until, **facts):
    told = {"retry_at": until, "why": PUT_OFF} | facts
    return NudgeFactory(person=rep.user, week=MONDAY, due_at=DUE, **told)


def waits_until(nudge):
    nudge.refresh_from_db()
    return nudge.retry_at


def test_when_the_quiet_hours_change_what_was_put_off_goes_at_the_next_working_hour():
    rep = RepFactory(organization__quiet_from=time(14), organization__quiet_to=time(18))
    nudge = put_off(rep, until=on(FRIDAY, 18))
    decided(on(FRIDAY, 15, 1))
    assert waits_until(nudge) == on(FRIDAY, 18)

    rep.organization.quiet_to = time(17)
    rep.organization.save()
    decided(on(FRIDAY, 15, 2))
    assert waits_until(nudge) == on(FRIDAY, 17)

    rep.organization.quiet_from, rep.organization.quiet_to = time(20), time(8)
    rep.organization.save()
    decided(on(FRIDAY, 15, 3))
    assert waits_until(nudge) == on(FRIDAY, 15, 3)


def test_what_waits_for_its_next_try_waits():
    rep = RepFactory()
    failed = put_off(rep, until=on(FRIDAY, 16), why="refused", attempts=1)
    decided(on(FRIDAY, 15, 1))
    assert waits_until(failed) == on(FRIDAY, 16)


def test_what_went_meanwhile_is_not_put_off():
    rep = RepFactory()
    went = put_off(rep, until=on(FRIDAY, 18), state="sent")
    decided(on(FRIDAY, 15, 1))
    assert (waits_until(went), went.state) == (on(FRIDAY, 18), "sent")


# --- Where weeks begin on Sunday -----------------------------------------------------


SUNDAY = FRIDAY + timedelta(days=2)


@pytest.fixture
def sunday_rep():
    """In an office from Sunday to Thursday, asked on a day the test says."""

    def rep(check_in_day):
        office = OrganizationFactory(
            working_days=[1, 2, 3, 4, 7], first_day_of_week=7, check_in_day=check_in_day
        )
        return RepFactory(organization=office)

    return rep


def test_on_sunday_the_week_that_begins_is_asked_about(sunday_rep):
    sunday_rep(check_in_day=7)
    next_week = MONDAY + timedelta(weeks=1)
    assert decided(on(SUNDAY, 15)) == [row(week=next_week, due_at=on(SUNDAY, 15))]


def test_a_check_in_on_their_weekend_is_brought_forward_to_thursday(sunday_rep):
    sunday_rep(check_in_day=6)
    thursday = on(FRIDAY - timedelta(days=1), 15)
    assert decided(thursday) == [row(due_at=thursday)]


def test_two_working_days_after_thursday_is_monday(sunday_rep):
    thursday = on(FRIDAY - timedelta(days=1), 15)
    sent(sunday_rep(check_in_day=4), due_at=thursday, sent_at=thursday)
    decided(on(FRIDAY + timedelta(days=3), 14))
    assert reminders() == [(on(FRIDAY + timedelta(days=3), 15), "owed")]


def test_who_left_before_its_sunday_was_not_there_that_week(sunday_rep):
    rep = sunday_rep(check_in_day=7)
    rep.left_on = SUNDAY - timedelta(days=1)
    rep.save()
    assert decided(on(SUNDAY, 15)) == []


def test_over_a_change_of_the_first_day_every_week_is_asked_about_once():
    office = OrganizationFactory(check_in_day=7, working_days=[1, 2, 3, 4, 5, 6, 7])
    rep = RepFactory(organization=office)
    sent(rep, week=MONDAY - timedelta(weeks=1), due_at=on(date(2026, 11, 8), 15))
    CheckInFactory(rep=rep, week=MONDAY - timedelta(weeks=1))
    office.begin_weeks_on(7, today=date(2026, 11, 9))  # from Sunday 15 November on
    for day in range(9, 23):
        rows = decided(on(date(2026, 11, day), 15))
    asked = [(week, due_at) for kind, week, due_at, *_ in rows if kind == "check_in"]
    assert asked[1:] == [
        (MONDAY, on(date(2026, 11, 14), 15)),  # it has no Sunday any more
        (MONDAY + timedelta(weeks=1), on(SUNDAY, 15)),
        (MONDAY + timedelta(weeks=2), on(date(2026, 11, 22), 15)),
    ]
