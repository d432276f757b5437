"""A rep's quarters, one by one: what was owed, what was booked, what was called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Subquery, Sum

from reps.domain.pacing import Standing, nothing_owed
from reps.models.compiled_query import compiled_once
from reps.models.deal import Deal
from reps.models.quarter import Quarter
from reps.models.quota import Quota
from reps.models.rep import Rep

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A deal that was won and called off later. It stays booked where it was."""

    deal: Deal
    booked_in: Quarter | None  # None: on a day no quarter covers


@dataclass(frozen=True, slots=True)
class QuarterRecord:
    """One quarter of one rep. `quota` is None where none was set."""

    quarter: Quarter
    quota: Quota | None
    booked: Decimal
    cancellations: tuple[Cancellation, ...]  # that came in this quarter

    @property
    def is_empty(self) -> bool:
        """Nothing was asked of the rep, and nothing happened."""
        return not (self.quota or self.booked or self.cancellations)

    @property
    def owed(self) -> Decimal:
        return self.quota.owed if self.quota else ZERO

    @property
    def attainment(self) -> Decimal | None:
        """Booked ÷ quota; None when nothing was owed."""
        return self.booked / self.owed if self.owed else None

    @property
    def is_met(self) -> bool:
        return 0 < self.owed <= self.booked

    @property
    def cancelled(self) -> Decimal:
        return sum((c.deal.amount for c in self.cancellations), ZERO)

    def standing(self, *, as_of: date) -> Standing:
        if self.quota:
            return self.quota.standing(as_of=as_of, booked=self.booked)
        return nothing_owed(self.quarter.span, booked=self.booked, as_of=as_of)


def past_quarters(
    rep: Rep, quarters: Sequence[Quarter], *, limit: int
) -> list[QuarterRecord]:
    """The latest of the begun quarters, in the order given: the latest first.

    `quarters` are all of them, to say in which a deal was booked that was cancelled in
    one of the latest. Three queries, however many deals.
    """
    latest = quarters[:limit]
    if not latest:
        return []
    quotas = Quota.objects.filter(rep=rep, quarter__in=latest).owing().with_earlier()
    by_quarter = {quota.quarter_id: quota for quota in quotas.select_related("quarter")}
    pks = [quarter.pk for quarter in latest]
    booked = {row.pk: row.booked for row in _booked(rep, pks)}
    called_off = _called_off(rep, min(quarter.starts_on for quarter in latest))
    return [
        QuarterRecord(
            quarter=quarter,
            quota=by_quarter.get(quarter.pk),
            booked=booked[quarter.pk] or ZERO,
            cancellations=tuple(
                Cancellation(deal, _quarter_of(deal.closed_on, quarters))
                for deal in called_off
                if deal.cancelled_on in quarter.span
            ),
        )
        for quarter in latest
    ]


@compiled_once
def _booked(rep, quarters: list[int]):
    """What the rep booked in each of these quarters, None for nothing."""
    won = Deal.objects.filter(owner=rep).order_by().values("owner")
    won = won.won_between(OuterRef("starts_on"), OuterRef("ends_on"))
    booked = Subquery(won.annotate(total=Sum("amount")).values("total"))
    found = Quarter.objects.filter(id__among=quarters).annotate(booked=booked)
    return found.values_list("pk", "booked", named=True)


@compiled_once
def _called_off(rep, since):
    """The rep's wins that were cancelled from this day on."""
    won = Deal.objects.filter(owner=rep, outcome=Deal.Outcome.WON)
    return won.filter(cancelled_on__gte=since).order_by("cancelled_on", "pk")


def _quarter_of(day: date, quarters: Sequence[Quarter]) -> Quarter | None:
    return next((quarter for quarter in quarters if day in quarter.span), None)
