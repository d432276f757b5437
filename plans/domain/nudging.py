"""When a nudge may go, and which ones a person is owed as of an instant.

Weeks, days and hours are the person's own, where they live; instants are in UTC. A week
is named by the Monday that lies in it, and is the organization's week (`WorkWeek`) that
holds the *local* date: at one instant it can be Monday in Kiritimati and still Saturday
in Honolulu.

A letter may go at any moment of a working day that is not quiet. A working day is one
of the working weekdays, no holiday, no day away, and has such a moment: a date that was
left out where somebody lives (Apia, 30 December 2011) has none.

The reminder follows two working days after the check-in nudge. With a check-in on
Friday that is Tuesday of the next week, still inside the life of the mailed link, which
ends with the week after the one asked about. So a reminder keeps the *week* it asks
about (one row a person, kind and week), and "nothing later than its own local week"
means for a reminder the week it is due in.
"""

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from reps.domain.quarter import ONE_DAY, ONE_WEEK
from reps.domain.work_week import WorkWeek

OF_USE_FOR = timedelta(hours=48)
DAYS_TO_REMINDER = 2
ONE_SECOND = timedelta(seconds=1)


class Kind(StrEnum):
    CHECK_IN_DUE = "check_in_due"
    REMINDER = "reminder"


class NotNow(StrEnum):
    """Why no letter may go at some moment."""

    NOT_A_WORKING_WEEKDAY = "not_a_working_weekday"
    DAY_OFF = "day_off"  # a holiday, or away
    QUIET_HOURS = "quiet_hours"


@dataclass(frozen=True, slots=True)
class Calendar:
    """A person's zone, and when their organization asks for the check-in.

    Weekdays are numbered from Monday, 1, to Sunday, 7. Quiet hours begin at
    `quiet_from` and are over at `quiet_to`, on the next day if that is the earlier
    time; when the two are equal there are none. `days_off` are holidays and days away.
    """

    zone: ZoneInfo
    check_in_day: int
    check_in_at: time
    quiet_from: time
    quiet_to: time
    work_week: WorkWeek
    days_off: Container[date]

    def is_quiet(self, hour: time) -> bool:
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to

    def why_not_on(self, day: date) -> NotNow | None:
        if day.isoweekday() not in self.work_week.weekdays:
            return NotNow.NOT_A_WORKING_WEEKDAY
        return NotNow.DAY_OFF if day in self.days_off else None


@dataclass(frozen=True, slots=True)
class Owed:
    """A row to be: one of a kind for a person and week.

    `week` is the one asked about. A reminder can be due in the next.
    """

    kind: Kind
    week: date
    due_at: datetime


def local_week(at: datetime, calendar: Calendar) -> date:
    """The Monday of the week an instant falls in, where somebody lives."""
    return calendar.work_week.monday_of(at.astimezone(calendar.zone).date())


def why_not_now(at: datetime, calendar: Calendar) -> NotNow | None:
    """None when a letter may go."""
    local = at.astimezone(calendar.zone)
    if calendar.is_quiet(local.time()):
        return calendar.why_not_on(local.date()) or NotNow.QUIET_HOURS
    return calendar.why_not_on(local.date())


def first_chance(at: datetime, calendar: Calendar) -> datetime | None:
    """The first instant from `at` on at which a letter may go; often `at` itself.

    For what is sent later than it was due: after an outage, after a try that failed,
    or when an absence was entered since. None when there is none in the next two weeks.
    """
    if why_not_now(at, calendar) is None:
        return at
    local = at.astimezone(calendar.zone)
    later_days = (local.date() + ahead * ONE_DAY for ahead in range(1, 15))
    hours = [(local.date(), local.time()), *((day, time.min) for day in later_days)]
    moments = (
        _first_moment(day, hour, calendar)
        for day, hour in hours
        if not calendar.why_not_on(day)
    )
    return next((moment for moment in moments if moment), None)


def check_in_due_at(week: date, calendar: Calendar) -> datetime | None:
    """The one instant of a week's check-in nudge; None in a week without working days.

    On a check-in day that is not a working day it goes on the nearest earlier one,
    since later may be next week, and on the nearest later one when none is earlier.
    An hour that falls in quiet hours is put off to their end or, when that is tomorrow,
    brought forward to an hour before they begin. An hour that the clocks leave out is
    the first moment after it; one that comes twice counts the first time.
    """
    days = calendar.work_week.days_of(week)
    asked_on = calendar.work_week.day_of(week, calendar.check_in_day)
    before, after = (asked_on - days.starts_on).days, (days.ends_on - asked_on).days
    nearest_first = (*range(0, -before - 1, -1), *range(1, after + 1))
    moments = (_moment_on(asked_on + n * ONE_DAY, calendar) for n in nearest_first)
    return next((moment for moment in moments if moment), None)


def reminder_due_at(due_at: datetime, calendar: Calendar) -> datetime | None:
    """Two working days after a check-in nudge went, at the check-in's hour.

    By the same rules, and in the same week or the next. None when there are not so many
    before the link is dead, or before the next week's nudge, which asks again.
    """
    asked_on = due_at.astimezone(calendar.zone).date()
    week = calendar.work_week.monday_of(asked_on)
    ahead = range(1, (_last_day(week, calendar) - asked_on).days + 1)
    days = (asked_on + n * ONE_DAY for n in ahead)
    moments = (moment for day in days if (moment := _moment_on(day, calendar)))
    remind_at = next(islice(moments, DAYS_TO_REMINDER - 1, None), None)
    ask_again_at = check_in_due_at(week + ONE_WEEK, calendar)
    comes_first = remind_at and not (ask_again_at and ask_again_at <= remind_at)
    return remind_at if comes_first else None


def snoozed_until(now: datetime, calendar: Calendar) -> datetime | None:
    """The next working day, never today, at the check-in's hour.

    It stands for the reminder: on a Friday it moves to Monday, where a check-in nudge
    would be too late. None when no working day comes in the next two weeks.
    """
    today = now.astimezone(calendar.zone).date()
    days = (today + ahead * ONE_DAY for ahead in range(1, 15))
    moments = (_moment_on(day, calendar) for day in days)
    return next((moment for moment in moments if moment), None)


def is_too_late(
    week: date,
    due_at: datetime,
    *,
    at: datetime,
    calendar: Calendar,
    kind: str = Kind.CHECK_IN_DUE,
) -> bool:
    """Whether a letter would now be later than its own local week, or than 48 hours.

    A check-in nudge's own week is the one it asks about, whatever it has been put off
    to. A reminder's is the week it is due in: that one or the next.
    """
    weeks = calendar.work_week
    last_day = weeks.ends_on(week)
    if kind == Kind.REMINDER:
        due_in = weeks.ends_on(local_week(due_at, calendar))
        last_day = min(max(last_day, due_in), _last_day(week, calendar))
    on = at.astimezone(calendar.zone).date()
    return at > due_at + OF_USE_FOR or on > last_day


def owed(
    now: datetime,
    calendar: Calendar,
    *,
    asked: Mapping[date, datetime],
    checked_in: Container[date],
    since: datetime | None = None,
) -> list[Owed]:
    """The rows that have to exist as of an instant, due or not.

    This week's check-in nudge, all week long, so that a week in which nobody decided
    for a while is not missed; and the reminders of this week and the last. Too late or
    not is no question here: such a row is skipped, and says so.

    `asked` are the check-in nudges sent or still to be sent, by week, and when they
    went or are due. `checked_in` are the weeks with a check-in; one answers for the
    week before, too. What was due before `since`, when the plan began, is not owed.
    """
    week = local_week(now, calendar)
    due_at = check_in_due_at(week, calendar)
    rows = []
    if due_at and (since is None or since <= due_at):
        rows.append(Owed(Kind.CHECK_IN_DUE, week, due_at))
    for about in (week - ONE_WEEK, week):
        if about in asked:
            rows += _reminders(about, asked[about], calendar)
    return [row for row in rows if not _is_answered(row.week, checked_in)]


def coming(
    now: datetime,
    calendar: Calendar,
    *,
    asked: Mapping[date, datetime],
    checked_in: Container[date],
    days: int = 7,
) -> list[Owed]:
    """What goes out from now on for so many days, soonest first, as things stand.

    A reminder is told of before it is known whether a check-in comes first. Facts as in
    `owed`; when a week was `asked`, that is its due time whatever the calendar says.
    """
    until = now + days * ONE_DAY
    week = local_week(now, calendar) - ONE_WEEK
    rows = []
    while week <= local_week(until, calendar):
        due_at = asked.get(week) or check_in_due_at(week, calendar)
        if due_at and (week in asked or due_at >= now):
            rows.append(Owed(Kind.CHECK_IN_DUE, week, due_at))
            rows += _reminders(week, due_at, calendar)
        week += ONE_WEEK
    due = [row for row in rows if now <= row.due_at <= until]
    due = [row for row in due if not _is_answered(row.week, checked_in)]
    return sorted(due, key=lambda row: row.due_at)


def _reminders(week: date, asked_at: datetime, calendar: Calendar) -> list[Owed]:
    """One, or none."""
    due_at = reminder_due_at(asked_at, calendar)
    return [Owed(Kind.REMINDER, week, due_at)] if due_at else []


def _is_answered(week: date, checked_in: Container[date]) -> bool:
    return week in checked_in or week + ONE_WEEK in checked_in


def _last_day(week: date, calendar: Calendar) -> date:
    """Of the link that asks about a week: the last of the week that follows."""
    return calendar.work_week.ends_on(week + ONE_WEEK)


def _moment_on(day: date, calendar: Calendar) -> datetime | None:
    """When that day's nudge goes; None if the day is not a working day."""
    if calendar.why_not_on(day):
        return None
    moments = (_first_moment(day, hour, calendar) for hour in _hours_to_try(calendar))
    return next((moment for moment in moments if moment), None)


def _hours_to_try(calendar: Calendar) -> Iterator[time]:
    """The check-in's; else an hour before the evening ends, two, … and the first."""
    yield calendar.check_in_at
    is_quiet_at_midnight = calendar.quiet_from > calendar.quiet_to
    evening = calendar.quiet_from if is_quiet_at_midnight else time(23)
    for hour in range(evening.hour - 1, -1, -1):
        yield time(hour, evening.minute)
    yield time.min


def _first_moment(day: date, hour: time, calendar: Calendar) -> datetime | None:
    """The first moment of a day, from an hour on, that is not quiet."""
    while True:
        if calendar.is_quiet(hour):
            if calendar.quiet_to <= hour:
                return None  # quiet until tomorrow
            # Inside an hour that comes twice, "from on" stays in the same one.
            hour = calendar.quiet_to.replace(fold=hour.fold)
        at = _instant(day, hour, calendar.zone)
        local = at.astimezone(calendar.zone)
        if local.date() != day:
            return None  # the clocks leave out the rest of the day
        if local.time() == hour:
            return at
        hour = local.time()  # the end of what the clocks leave out: it may be quiet


def _instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """When a clock on the wall there shows this day and hour, or first a later one."""
    wall = datetime.combine(day, hour, zone)
    at = wall.astimezone(UTC)
    if _wall(at, zone) == wall.replace(tzinfo=None):
        return at
    # Left out: the clocks went forward somewhere between these two.
    before = wall.replace(fold=1).astimezone(UTC)
    after = wall.replace(fold=0).astimezone(UTC)
    ahead = bisect_left(
        range(int((after - before).total_seconds())),
        wall.replace(tzinfo=None),
        key=lambda seconds: _wall(before + seconds * ONE_SECOND, zone),
    )
    return before + ahead * ONE_SECOND


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)
