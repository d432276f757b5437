"""A rep's quarters, one by one: what was owed, what was booked, what was called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Subquery, Sum

from reps.domain.pacing import Standing, nothing_owed
from reps.models.cancellation import Cancellation
from reps.models.compiled_query import compiled_once
from reps.models.deal import Deal
from reps.models.quarter import Quarter
from reps.models.quota import Quota
from reps.models.rep import Rep

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class CalledOff:
    """What a customer cancelled, and the quarter in which it was won."""

    cancellation: Cancellation
    won_in: Quarter | None  # None: on a day no quarter covers


@dataclass(frozen=True, slots=True)
class QuarterRecord:
    """One quarter of one rep. `quota` is None where none was set."""

    quarter: Quarter
    quota: Quota | None
    won: Decimal
    called_off: tuple[CalledOff, ...]  # in this quarter

    @property
    def is_empty(self) -> bool:
        """Nothing was asked of the rep, and nothing happened."""
        return not (self.quota or self.won or self.called_off)

    @property
    def cancelled(self) -> Decimal:
        return sum((row.cancellation.amount for row in self.called_off), ZERO)

    @property
    def booked(self) -> Decimal:
        """Won in the quarter, less what was called off in it: less than 0 at times."""
        return self.won - self.cancelled

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

    def standing(self, *, as_of: date) -> Standing:
        if self.quota:
            return self.quota.standing(as_of=as_of, booked=self.booked)
        return nothing_owed(self.quarter.span, booked=self.booked, as_of=as_of)


def past_quarters(
    rep: Rep, quarters: Sequence[Quarter], *, limit: int
) -> list[QuarterRecord]:
    """The latest of the begun quarters, in the order given: the latest first.

    `quarters` are all of them, to say in which a deal was won that was cancelled in one
    of the latest. Three queries, however many deals.
    """
    latest = quarters[:limit]
    if not latest:
        return []
    quotas = Quota.objects.filter(rep=rep, quarter__in=latest).owing().with_earlier()
    by_quarter = {quota.quarter_id: quota for quota in quotas.select_related("quarter")}
    pks = [quarter.pk for quarter in latest]
    won = {row.pk: row.won for row in _won(rep, pks)}
    called_off = _called_off(rep, min(quarter.starts_on for quarter in latest))
    return [
        QuarterRecord(
            quarter=quarter,
            quota=by_quarter.get(quarter.pk),
            won=won[quarter.pk] or ZERO,
            called_off=tuple(
                CalledOff(row, _quarter_of(row.deal.closed_on, quarters))
                for row in called_off
                if row.cancelled_on in quarter.span
            ),
        )
        for quarter in latest
    ]


@compiled_once
def _won(rep, quarters: list[int]):
    """What the rep won in each of these quarters, None for nothing."""
    won = Deal.objects.filter(owner=rep).order_by().values("owner")
    won = won.won_between(OuterRef("starts_on"), OuterRef("ends_on"))
    won = Subquery(won.annotate(total=Sum("amount")).values("total"))
    found = Quarter.objects.filter(id__among=quarters).annotate(won=won)
    return found.values_list("pk", "won", named=True)


@compiled_once
def _called_off(rep, since):
    """What was called off of the rep's wins from this day on, and not taken back."""
    rows = Cancellation.objects.filter(deal__owner=rep, cancelled_on__gte=since)
    rows = rows.still_so().select_related("deal")
    return rows.order_by("cancelled_on", "pk")


def _quarter_of(day: date, quarters: Sequence[Quarter]) -> Quarter | None:
    return next((quarter for quarter in quarters if day in quarter.span), None)
