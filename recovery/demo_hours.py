"""When the demo's people work: in the hours and on the days their organization keeps.

Whoever starts the demo at night sees nobody who worked then, and letters that wait for
the morning, as they would in life.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from plans.domain.nudging import Calendar, first_chance, local_week, why_not_now
from reps.domain.quarter import ONE_DAY
from reps.models import Organization

IN_A_MINUTE = timedelta(minutes=1)
BEFORE_QUIET = timedelta(hours=1)
TWO_YEARS = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class DemoHours:
    """The organization's working time, seen from `now`."""

    calendar: Calendar
    now: datetime

    @classmethod
    def of(cls, organization: Organization, now: datetime) -> "DemoHours":
        today = now.astimezone(organization.zone).date()
        return cls(
            Calendar(
                zone=organization.zone,
                check_in_day=organization.check_in_day,
                check_in_at=organization.check_in_at,
                quiet_from=organization.quiet_from,
                quiet_to=organization.quiet_to,
                work_week=organization.work_week,
                days_off=organization.holidays_between(
                    today - TWO_YEARS, today + TWO_YEARS
                ),
            ),
            now,
        )

    @property
    def today(self) -> date:
        return self._day(self.now)

    def asked_at(self) -> datetime:
        """When this week's check-in is asked for, to the minute.

        In a minute, so that whoever looks sees a letter go; outside working hours it is
        the next of them this week, and on its last evening it was that afternoon.
        """
        soon = (self.now + IN_A_MINUTE).replace(second=0, microsecond=0)
        chance = first_chance(soon, self.calendar)
        if chance and self._week(chance) == self._week(self.now):
            return chance
        return self.worked_by(self.now)

    def first_of_the_week(self) -> datetime:
        """When this week's work begins, or began."""
        midnight = time(tzinfo=self.calendar.zone)
        begins_on = self.calendar.work_week.begins_on(self._week(self.now))
        return first_chance(datetime.combine(begins_on, midnight), self.calendar)

    def worked_by(self, at: datetime) -> datetime:
        """The latest moment up to this one at which somebody worked."""
        if why_not_now(at, self.calendar) is None:
            return at
        local = at.astimezone(self.calendar.zone)
        ends = (
            datetime.combine(
                local.date() - back * ONE_DAY, self.calendar.quiet_from, local.tzinfo
            )
            - BEFORE_QUIET
            for back in count()
        )
        return next(
            end for end in ends if end <= local and not why_not_now(end, self.calendar)
        )

    def worked_after(self, at: datetime) -> datetime:
        """The first moment from this one on, but none that is still to come."""
        return min(first_chance(at, self.calendar) or at, self.worked_by(self.now))

    def _week(self, at: datetime) -> date:
        return local_week(at, self.calendar)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.calendar.zone).date()
