"""The columns of a chart of weeks, and each week in words for whoever cannot see them.

Places along the chart are percents, so that it stretches; heights are pixels, so that
its text does not. Percents are written here, whatever the reader's decimal sign.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reps.models.activity_weeks import ActivityWeeks, Week

register = template.Library()

BASE = 116  # where a column stands
HIGHEST = 92  # of a column, which leaves room for its number
LABEL_EVERY = 3  # weeks: more dates than that run into each other on a phone


@dataclass(frozen=True, slots=True)
class Column:
    week: Week
    left: str
    middle: str
    width: str
    band_left: str
    band_width: str
    top: int
    height: int
    is_labelled: bool

    @property
    def number_at(self) -> int:
        """Its number stands just above it."""
        return self.top - 6


@dataclass(frozen=True, slots=True)
class WeekChart:
    columns: list[Column]
    base: int
    usual_at: int | None


@register.filter
def week_chart(activity: ActivityWeeks) -> WeekChart:
    weeks = activity.weeks
    usual = activity.usual.count if activity.usual else None
    highest = max([1, usual or 0, *(week.done or 0 for week in weeks)])
    return WeekChart(
        columns=[_column(number, weeks, highest) for number in range(len(weeks))],
        base=BASE,
        usual_at=BASE - _height(usual, highest) if usual else None,
    )


@register.filter
def week_name(week: Week) -> str:
    """By its first day."""
    return _("this week") if week.is_now else date_format(week.begins_on, "j M")


@register.filter
def week_count(week: Week) -> str:
    """What was done in it, or why there is nothing to count."""
    if week.is_away:
        return _("{done}, away").format(done=week.done) if week.done else _("away")
    return _("nothing logged yet") if week.done is None else str(week.done)


def _column(number: int, weeks: Sequence[Week], highest) -> Column:
    band = Decimal(100) / len(weeks)
    left, week = number * band, weeks[number]
    height = _height(week.done or 0, highest)
    return Column(
        week=week,
        left=_percent(left + band / 5),
        middle=_percent(left + band / 2),
        width=_percent(band * 3 / 5),
        band_left=_percent(left),
        band_width=_percent(band),
        top=BASE - height,
        height=height,
        is_labelled=(len(weeks) - 1 - number) % LABEL_EVERY == 0,
    )


def _height(count, highest) -> int:
    return round(HIGHEST * count / highest)


def _percent(share: Decimal) -> str:
    return f"{share:.2f}%"
