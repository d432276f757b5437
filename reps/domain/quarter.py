"""The fiscal quarter of a day, and the weeks of a quarter.

A quarter's own dates are what counts. Three calendar months, or thirteen weeks that
begin on a Monday, are only what we propose when somebody sets one up.

A week belongs to the quarter that holds its first day. Which days are in a week is said
by `WorkWeek`: an organization's weeks begin on a Monday, a Sunday or a Saturday.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row with both ends included: a quarter, or a window of history."""

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise ValueError(f"{self.ends_on} is before {self.starts_on}")

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


def quarter_of(day: date, first_month: int = 1) -> Span:
    """The three whole months that hold a day, in a fiscal year from `first_month`."""
    first = _month(day) - _months_into_year(day, first_month) % 3
    return Span(_first_day(first), _first_day(first + 3) - ONE_DAY)


def following_quarter(quarter: Span) -> Span:
    """The quarter to propose after this one: no day between them, none in both.

    Whole months are followed by three whole months, anything else (thirteen weeks)
    by as many days.
    """
    starts_on = quarter.ends_on + ONE_DAY
    if quarter.starts_on.day == starts_on.day == 1:
        return Span(starts_on, _first_day(_month(starts_on) + 3) - ONE_DAY)
    return Span(starts_on, quarter.ends_on + quarter.days * ONE_DAY)


def quarter_name(quarter: Span, first_month: int = 1) -> str:
    """Such as "Q4 2026", or "Q1 FY27" in a year that begins in another month.

    A fiscal year has the name of the calendar year it ends in. The middle day decides,
    so thirteen weeks from 5 October to 3 January are Q4 too.
    """
    middle = quarter.starts_on + quarter.days // 2 * ONE_DAY
    months = _months_into_year(middle, first_month)
    year = (_month(middle) - months + 11) // 12  # of its last month
    return f"Q{months // 3 + 1} " + (
        f"{year}" if first_month == 1 else f"FY{year % 100:02}"
    )


def last_day_to_put_right(
    ends_on: date, *, days: int, made_on: date, reopened_on: date | None = None
) -> date:
    """The last day on which a quarter is open: it closes at the midnight that ends it.

    So many days after its end; one that was made here later, or reopened, has as many
    days from then on.
    """
    since = max(ends_on, made_on, reopened_on or ends_on)
    return since + days * ONE_DAY


def midnight_after(day: date, zone: tzinfo) -> datetime:
    """The instant at which a day is over in a zone."""
    return datetime.combine(day + ONE_DAY, time.min, tzinfo=zone)


def last_four_quarters(quarters: Iterable[Span], today: date) -> Span | None:
    """The window of a rate: the four finished quarters and this one to date.

    A younger organization has as many as it has; None before its first quarter begins.
    """
    begun = sorted(
        (quarter for quarter in quarters if quarter.starts_on <= today),
        key=lambda quarter: quarter.starts_on,
    )
    if not begun:
        return None
    finished = [quarter for quarter in begun if quarter.ends_on < today]
    return Span((finished[-4:] or begun)[0].starts_on, today)


def _month(day: date) -> int:
    """Months since the year 0, to count across New Year."""
    return day.year * 12 + day.month - 1


def _first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _months_into_year(day: date, first_month: int) -> int:
    return (day.month - first_month) % 12
