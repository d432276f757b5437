"""Which quarter of the organization a name means: its own years decide, not January.

"Q1 2026" is one thing in a year that begins in January. In one that begins in April it
may be the first of the year that ends in 2026, or of that which begins in it, or the
calendar's. As the organization calls its own quarters, so a file's names are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reps.domain.files.days import NotADay, Order, read_day
from reps.domain.files.quarter_names import NamedQuarter, named_quarter
from reps.domain.files.spelling import plain
from reps.domain.quarter import ONE_DAY, Span, quarter_of


@dataclass(frozen=True, slots=True)
class OurQuarter:
    """One that the organization has, as it calls it."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Calendar:
    """The organization's quarters, and the month in which its year begins."""

    ours: Sequence[OurQuarter]
    first_month: int
    today: date


@dataclass(frozen=True, slots=True)
class Meant:
    """The quarters that a word may mean, the likelier first; `is_sure` of the first.

    One that is none of ours yet is the calendar's.
    """

    spans: tuple[Span, ...]
    is_sure: bool


def quarter_meant(word: str, calendar: Calendar, order: Order) -> Meant:
    """What a cell or a header means: a name of ours, a quarter's name, a day in one."""
    ours = [one.span for one in calendar.ours if plain(one.name) == plain(word)]
    if ours:
        return Meant((ours[0],), is_sure=True)
    if named := named_quarter(word):
        return _of_name(named, calendar)
    try:
        day = read_day(word, order, today=calendar.today, bare=True)
    except NotADay:
        return Meant((), is_sure=False)
    quarter = quarter_holding(day, calendar)
    return Meant((quarter,) if quarter else (), is_sure=quarter is not None)


def quarter_holding(day: date, calendar: Calendar) -> Span | None:
    """Ours or the calendar's; None where the calendar's runs into one of ours."""
    for one in calendar.ours:
        if day in one.span:
            return one.span
    quarter = quarter_of(day, calendar.first_month)
    return (
        None if any(_overlap(quarter, one.span) for one in calendar.ours) else quarter
    )


def middle_of(span: Span) -> date:
    """By it a quarter of thirteen weeks is one of the calendar's too."""
    return span.starts_on + span.days // 2 * ONE_DAY


def _of_name(named: NamedQuarter, calendar: Calendar) -> Meant:
    found, is_sure = _months_it_may_begin_in(named, calendar)
    quarters = [
        quarter_holding(middle_of(quarter_of(month, calendar.first_month)), calendar)
        for month in found
    ]
    spans = tuple(dict.fromkeys(filter(None, quarters)))
    return Meant(spans, is_sure and bool(spans))


def _months_it_may_begin_in(
    named: NamedQuarter, calendar: Calendar
) -> tuple[list[date], bool]:
    """The likelier first, and whether it is sure."""
    first_month = calendar.first_month
    of_a_year = 0 if first_month == 1 else first_month - 13
    if named.year is None:
        year = _fiscal_year(calendar.today, first_month)
        years = (year, year + 1, year - 1)
        return [_month_of(one, named.quarter, of_a_year) for one in years], False
    shifts = sorted(_as_ours_are_called(calendar, named.is_fiscal))
    is_sure = len(shifts) == 1
    if not shifts:
        shifts = [of_a_year]
        is_sure = first_month == 1 or named.is_fiscal
    if not is_sure:
        shifts += [of_a_year, first_month - 1]
        shifts += [0] if first_month % 3 == 1 else []
    each = dict.fromkeys(shifts)
    return [_month_of(named.year, named.quarter, one) for one in each], is_sure


def _as_ours_are_called(calendar: Calendar, is_fiscal: bool) -> set[int]:
    """How many months a quarter of ours is from the calendar's of the same name.

    Of those that say of their year what this name says: a fiscal one, or only a year.
    """
    found = set()
    for one in calendar.ours:
        named = named_quarter(one.name)
        if named and named.year is not None and named.is_fiscal == is_fiscal:
            first = quarter_of(middle_of(one.span), calendar.first_month).starts_on
            found.add(12 * first.year + first.month - 1 - _months(named))
    return found


def _months(named: NamedQuarter) -> int:
    """From the year 0 to the calendar's quarter of this name."""
    return 12 * (named.year or 0) + 3 * (named.quarter - 1)


def _month_of(year: int, quarter: int, shift: int) -> date:
    months = _months(NamedQuarter(year, quarter)) + shift
    return date(months // 12, months % 12 + 1, 1)


def _fiscal_year(day: date, first_month: int) -> int:
    """The calendar year in which it ends."""
    return day.year + (first_month > 1 and day.month >= first_month)


def _overlap(one: Span, other: Span) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on
