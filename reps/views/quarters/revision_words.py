"""The revisions of quotas in words: what each was, and what it became."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reps.figure_style import exact_money, exact_percent
from reps.models import QuotaRevision


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """One revision, nothing left to work out."""

    recorded_at: datetime
    who: str  # empty: it was there before anybody was written down
    changed: list[str]
    why: str


def revisions_in_words(
    revisions: Iterable[QuotaRevision], currency: str
) -> dict[int, list[RevisionLine]]:
    """Of each quota its lines, the last first; none of a quota that is not there."""
    lines = defaultdict(list)
    before = None
    for revision in revisions:
        first = before is None or before.quota_id != revision.quota_id
        line = RevisionLine(
            recorded_at=revision.recorded_at,
            who=_who(revision),
            changed=_changed(None if first else before, revision, currency),
            why=revision.why if revision.changed_by else "",
        )
        lines[revision.quota_id].insert(0, line)
        before = revision
    return lines


def _who(revision: QuotaRevision) -> str:
    if revision.changed_by:
        return revision.changed_by.name
    if revision.why:
        return _("An import")
    return "" if revision.number == 1 else _("Outside the app")


def _changed(before: QuotaRevision | None, now: QuotaRevision, currency) -> list[str]:
    """What is other than before; of the first all that is not as usual."""
    lines = []
    amount = _amount(now.amount, currency)
    if before is None:
        lines.append(amount)
    elif before.amount != now.amount:
        lines.append(_now(_amount(before.amount, currency), amount))
    ramp, was = now.ramp, before.ramp if before else Decimal(1)
    if ramp != was:
        figures = {"ramp": _now(exact_percent(was), exact_percent(ramp))}
        lines.append(_("Ramp: %(ramp)s") % figures)
    start, was = now.starts_on, before.starts_on if before else None
    if start != was:
        lines.append(_("Starts on: %(day)s") % {"day": _now(_day(was), _day(start))})
    if now.holds_from:
        lines.append(_("From %(day)s on") % {"day": _day(now.holds_from)})
    elif before:
        lines.append(_("For the whole quarter"))
    return lines


def _now(was: str, now: str) -> str:
    return _("%(was)s, now %(now)s") % {"was": was, "now": now}


def _amount(amount: Decimal, currency: str) -> str:
    return exact_money(amount, currency) if amount else _("nothing owed")


def _day(day: date | None) -> str:
    return date_format(day, "j M Y") if day else _("the quarter’s first day")
