"""When a quarter closes or closed, in words, and who opened it again and why."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reps.models import Organization, Quarter, QuarterClosing


@dataclass(frozen=True, slots=True)
class ClosingLine:
    """One closing or reopening."""

    words: str
    why: str


def closing_words(quarter: Quarter, at: datetime) -> str:
    """Load the quarter `with_closing`."""
    if not quarter.is_closed(at):
        day = _written(quarter.last_day_to_put_right)
        if quarter.is_reopened:
            return _("open again, closes on %(day)s") % {"day": day}
        return _("closes on %(day)s") % {"day": day}
    closed_at = quarter.closes_at
    if quarter.closing_kind == QuarterClosing.Kind.CLOSED:
        closed_at = quarter.closing_at
    return _("closed on %(day)s") % {"day": _day_of(closed_at, quarter.organization)}


def lines_by_quarter(organization: Organization) -> dict[int, list[ClosingLine]]:
    """Of each quarter that was ever reopened, the first line first."""
    rows = defaultdict(list)
    closings = QuarterClosing.objects.filter(organization=organization)
    for row in closings.select_related("by").order_by("quarter", "number"):
        rows[row.quarter_id].append(row)
    reopened = {
        quarter: [_line(row, organization) for row in of]
        for quarter, of in rows.items()
        if len(of) > 1
    }
    return defaultdict(list, reopened)


def _line(row: QuarterClosing, organization: Organization) -> ClosingLine:
    facts = {"day": _day_of(row.took_effect_at, organization), "who": row.by}
    if row.kind == QuarterClosing.Kind.REOPENED:
        words = _("Reopened by %(who)s on %(day)s")
    elif row.by:
        words = _("Closed by %(who)s on %(day)s")
    else:
        words = _("Closed by itself on %(day)s")
    return ClosingLine(words % facts, row.why)


def _day_of(instant: datetime, organization: Organization) -> str:
    """The day that the midnight ends at which it closed by itself."""
    just_before = instant - timedelta(microseconds=1)
    return _written(just_before.astimezone(organization.zone).date())


def _written(day: date) -> str:
    return date_format(day, "j F Y")
