"""An organization's weeks: which days stand around a Monday, and which it works on.

A week is named by the Monday that lies in it, wherever it is kept. It begins on that
Monday, or on the Sunday or Saturday before, and ends where the next begins. Where the
first day changes, the week before is so many days shorter or longer: each day stays in
exactly one week, and no week before that changes its days.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from reps.domain.quarter import ONE_DAY, ONE_WEEK, Span

MONDAY, SATURDAY, SUNDAY = 1, 6, 7
FIRST_DAYS = (MONDAY, SATURDAY, SUNDAY)


def monday_on_or_before(day: date) -> date:
    """By the calendar alone: the Monday of an organization's week is `WorkWeek`'s."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """Weekdays are numbered from Monday, 1, to Sunday, 7.

    `earlier` are the first days that were, the oldest first, each with the Monday from
    which it holds no more.
    """

    weekdays: frozenset[int]
    first_day: int
    earlier: tuple[tuple[int, date], ...] = ()

    def first_day_of(self, week: date) -> int:
        """The weekday on which this week begins, or began."""
        for first_day, until in self.earlier:
            if week < until:
                return first_day
        return self.first_day

    def begins_on(self, week: date) -> date:
        return _begins_on(week, self.first_day_of(week))

    def ends_on(self, week: date) -> date:
        return self.begins_on(week + ONE_WEEK) - ONE_DAY

    def days_of(self, week: date) -> Span:
        return Span(self.begins_on(week), self.ends_on(week))

    def monday_of(self, day: date) -> date:
        """The Monday that lies in the week which holds this day."""
        monday = monday_on_or_before(day)
        if day.isoweekday() < SATURDAY:  # on which no other week can begin
            return monday
        following = monday + ONE_WEEK
        return monday if day < self.begins_on(following) else following

    def working_days_of(self, week: date) -> tuple[date, ...]:
        """The week's days on which people work, holidays or not, the first first."""
        return _working_days(self, week)

    def day_of(self, week: date, weekday: int) -> date:
        """That weekday of the week: its last day where the weekday is cut off.

        The later of the two where it comes twice.
        """
        last = self.ends_on(week)
        day = last - (last.isoweekday() - weekday) % 7 * ONE_DAY
        return day if day in self.days_of(week) else last

    def weeks_of(self, starts_on: date, ends_on: date) -> tuple[date, ...]:
        """A quarter's weeks: those whose first day it holds, by their Mondays.

        The last may run on after `ends_on`.
        """
        first, weeks = self._first_and_count(starts_on, ends_on)
        return tuple(first + n * ONE_WEEK for n in range(weeks))

    def week_number(self, day: date, starts_on: date, ends_on: date) -> int | None:
        """Which week of the quarter a day is in, from 1; None when in none of its own.

        So the days before its first week have no number here: they are the end of the
        earlier quarter's last week. That week keeps its number to its last day.
        """
        first, weeks = self._first_and_count(starts_on, ends_on)
        number = (self.monday_of(day) - first).days // 7 + 1
        return number if 1 <= number <= weeks else None

    def beginning_on(self, first_day: int, *, after: date) -> "WorkWeek":
        """With another first day from the first week on that is wholly `after` a day.

        Nothing up to that day moves into another week. A change that was to come is
        given up for it.
        """
        if first_day == self.first_day:
            return self
        now = self._without_change_to_come(after)
        if first_day == now.first_day:
            return now
        week = now.monday_of(after) + ONE_WEEK
        if _begins_on(week, first_day) <= after:
            week += ONE_WEEK
        earlier = (*now.earlier, (now.first_day, week))
        return WorkWeek(self.weekdays, first_day, earlier)

    def change_to_come(self, today: date) -> date | None:
        """The Monday of the first week that begins on the new first day."""
        until = self.earlier[-1][1] if self.earlier else None
        return until if until and self.monday_of(today) < until else None

    def _first_and_count(self, starts_on: date, ends_on: date) -> tuple[date, int]:
        """The Monday of a quarter's first week, and how many weeks it has."""
        first, last = self.monday_of(starts_on), self.monday_of(ends_on)
        if self.begins_on(first) < starts_on:
            first += ONE_WEEK
        return first, (last - first).days // 7 + 1

    def _without_change_to_come(self, today: date) -> "WorkWeek":
        if not self.change_to_come(today):
            return self
        *earlier, (first_day, _until) = self.earlier
        return WorkWeek(self.weekdays, first_day, tuple(earlier))


# A board asks for the same week once a person.
@lru_cache(maxsize=1024)
def _working_days(weeks: WorkWeek, week: date) -> tuple[date, ...]:
    span = weeks.days_of(week)
    days = (span.starts_on + n * ONE_DAY for n in range(span.days))
    return tuple(day for day in days if day.isoweekday() in weeks.weekdays)


def _begins_on(week: date, first_day: int) -> date:
    return week - (8 - first_day) % 7 * ONE_DAY
