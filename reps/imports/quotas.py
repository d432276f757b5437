"""Quotas for many reps at once: from a file, or grown from the quarter before."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Max, Min
from django.utils.translation import gettext as _

from reps.domain.csv_table import Complaint, Wrong
from reps.domain.quarter import Span
from reps.domain.quota_source import (
    QuotaRow,
    grown_quotas,
    is_partial,
    quarter_before,
)
from reps.models import Quarter, Quota, Rep
from reps.models.attainment import attainment_of


@dataclass(frozen=True, slots=True)
class QuotasSet:
    """`left` stood already, or are `closed`: (rep's name, the closed quarter).

    `partial` are (earlier quarter, quarter) to look at.
    """

    added: int
    changed: int
    left: int
    partial: tuple[tuple[str, str], ...] = ()
    closed: tuple[tuple[str, str], ...] = ()


def starts_no_quarter(
    file: str, rows: Collection[QuotaRow], quarters: Collection[Span]
) -> list[Complaint]:
    """A complaint for each quota of a day on which no quarter starts."""
    starts = {quarter.starts_on for quarter in quarters}
    return [
        Complaint(file, row.line, Wrong.NO_SUCH_QUARTER, str(row.quarter_starts_on))
        for row in rows
        if row.quarter_starts_on not in starts
    ]


def import_quotas(
    organization,
    rows: Collection[QuotaRow],
    reps: Mapping[str, Rep],
    *,
    at: datetime,
    reason: str = "",
) -> QuotasSet:
    """Set the quotas of a file. One that stands at another amount takes the file's.

    Those of a closed quarter do with a `reason` only.
    """
    quarters = Quarter.objects.filter(organization=organization).with_closing()
    quarters = {quarter.starts_on: quarter for quarter in quarters}
    known = {(quota.rep_id, quota.quarter_id): quota for quota in _quotas(organization)}
    added, changed, closed = [], [], []
    for row in rows:
        rep, quarter = reps[row.rep], quarters[row.quarter_starts_on]
        now = _quota(rep.pk, quarter, row.amount)
        if quota := known.get((rep.pk, quarter.pk)):
            now.ramp, now.starts_on = quota.ramp, quota.starts_on
        if not now.differs_from(quota):
            continue
        if quarter.is_closed(at) and not reason:
            closed.append((rep.name, quarter.name))
        else:
            (changed if quota else added).append(now)
    _keep(organization, [*added, *changed], at, reason)
    left = len(rows) - len(added) - len(changed)
    return QuotasSet(len(added), len(changed), left, closed=tuple(closed))


def grow_quotas(
    organization, growth: Decimal, *, at: datetime, reason: str = ""
) -> QuotasSet:
    """Quotas from what was booked in the quarter before. One that stands is left.

    In a closed quarter nobody gets one without a `reason`.
    """
    quarters = Quarter.objects.filter(organization=organization).with_closing()
    quarters = {_span(quarter): quarter for quarter in quarters}
    booked = {
        (row.rep.pk, _span(row.quarter)): row.booked
        for row in attainment_of(organization)
    }
    grown = grown_quotas(booked, quarters, growth)
    known = {(quota.rep_id, quota.quarter_id) for quota in _quotas(organization)}
    added, closed = {}, []
    names = dict(organization.reps.values_list("pk", "name"))
    for (rep, span), amount in grown.items():
        quarter = quarters[span]
        if (rep, quarter.pk) in known:
            continue
        if quarter.is_closed(at) and not reason:
            closed.append((names[rep], quarter.name))
        else:
            added[rep, span] = _quota(rep, quarter, amount)
    _keep(organization, added.values(), at, reason)
    return QuotasSet(
        added=len(added),
        changed=0,
        left=len(grown) - len(added),
        partial=_partial(organization, {span for _rep, span in added}, quarters),
        closed=tuple(closed),
    )


def _keep(organization, quotas: Collection[Quota], at: datetime, reason: str = ""):
    why = reason or _("Imported")
    Quota.objects.set_quotas(organization, quotas, at=at, why=why)


def _quotas(organization):
    return Quota.objects.filter(organization=organization).select_related("quarter")


def _quota(rep_id: int, quarter: Quarter, amount: Decimal) -> Quota:
    return Quota(
        organization_id=quarter.organization_id,
        rep_id=rep_id,
        quarter=quarter,
        amount=amount,
    )


def _span(quarter: Quarter) -> Span:
    return Span(quarter.starts_on, quarter.ends_on)


def _partial(organization, grown: Collection[Span], quarters: Mapping[Span, Quarter]):
    """(earlier quarter, quarter) where the earlier one is known only in part."""
    closes = organization.deals.filter(closed_on__isnull=False).aggregate(
        first_close=Min("closed_on"), last_close=Max("closed_on")
    )
    in_order = sorted(grown, key=lambda span: span.starts_on)
    return tuple(
        (quarters[before].name, quarters[span].name)
        for span in in_order
        if (before := quarter_before(span, quarters)) and is_partial(before, **closes)
    )
