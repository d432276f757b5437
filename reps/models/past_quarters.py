"""A rep's quarters, one by one: what was owed, what was booked, what was called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from reps.domain.pacing import Standing
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
        return Standing(
            quota=self.owed,
            booked=self.booked,
            starts_on=self.quota.starts_on if self.quota else self.quarter.starts_on,
            ends_on=self.quarter.ends_on,
            as_of=as_of,
        )


def past_quarters(
    rep: Rep, quarters: Sequence[Quarter], *, limit: int
) -> list[QuarterRecord]:
    """The latest of the begun quarters, in the order given: the latest first.

    `quarters` are all of them, to say in which a deal was booked that was cancelled in
    one of the latest. Two queries.
    """
    latest = quarters[:limit]
    if not latest:
        return []
    quotas = Quota.objects.filter(rep=rep, quarter__in=latest).select_related("quarter")
    by_quarter = {quota.quarter_id: quota for quota in quotas}
    since = min(quarter.starts_on for quarter in latest)
    won = rep.deals.filter(outcome=Deal.Outcome.WON)
    won = won.filter(Q(closed_on__gte=since) | Q(cancelled_on__gte=since))
    won = list(won.order_by("cancelled_on", "pk"))
    return [
        QuarterRecord(
            quarter=quarter,
            quota=by_quarter.get(quarter.pk),
            booked=sum((d.amount for d in won if d.closed_on in quarter.span), ZERO),
            cancellations=tuple(
                Cancellation(deal, _quarter_of(deal.closed_on, quarters))
                for deal in won
                if deal.cancelled_on and deal.cancelled_on in quarter.span
            ),
        )
        for quarter in latest
    ]


def _quarter_of(day: date, quarters: Sequence[Quarter]) -> Quarter | None:
    return next((quarter for quarter in quarters if day in quarter.span), None)
