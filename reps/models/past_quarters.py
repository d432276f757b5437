"""A rep's quarters, one by one: what was owed, what was booked, what was called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Subquery, Sum

from reps.domain.pacing import Standing, nothing_owed
from reps.models.cancellation import Cancellation
from reps.models.closed_attainment import AsClosed, ClosedAttainment
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
    """One quarter of one rep. `quota` is None where none was set.

    `closed` is what it was closed with, None where it was not closed yet.
    """

    quarter: Quarter
    quota: Quota | None
    won: Decimal
    called_off: tuple[CalledOff, ...]  # in this quarter
    closed: AsClosed | None = None

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

    @property
    def as_closed(self) -> AsClosed | None:
        """What it was closed with, where something was put right since."""
        now = {"owed": self.owed, "booked": self.booked}
        return self.closed if self.closed and self.closed.differs_from(**now) else None

    @property
    def owed_as_closed(self) -> Decimal | None:
        """What was owed then, if that is another figure."""
        return _if_other(self.closed and self.closed.owed, self.owed)

    @property
    def booked_as_closed(self) -> Decimal | None:
        """What was booked then, if that is another figure."""
        return _if_other(self.closed and self.closed.booked, self.booked)

    def standing(self, *, as_of: date) -> Standing:
        if self.quota:
            return self.quota.standing(as_of=as_of, booked=self.booked)
        return nothing_owed(self.quarter.span, booked=self.booked, as_of=as_of)


def _if_other(was: Decimal | None, now: Decimal) -> Decimal | None:
    return was if was is not None and round(was, 2) != round(now, 2) else None


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
    pks = [quarter.pk for quarter in latest]
    by_quarter = {quota.quarter_id: quota for quota in _quotas(rep, pks)}
    found = {row.pk: row for row in _won(rep, pks)}
    called_off = _called_off(rep, min(quarter.starts_on for quarter in latest))
    return [
        QuarterRecord(
            quarter=quarter,
            quota=by_quarter.get(quarter.pk),
            won=found[quarter.pk].won or ZERO,
            called_off=tuple(
                CalledOff(row, _quarter_of(row.deal.closed_on, quarters))
                for row in called_off
                if row.cancelled_on in quarter.span
            ),
            closed=_closed(found[quarter.pk]),
        )
        for quarter in latest
    ]


@compiled_once
def _quotas(rep, quarters: list[int]):
    quotas = Quota.objects.filter(rep=rep, quarter__id__among=quarters)
    return quotas.owing().with_earlier().select_related("quarter")


@compiled_once
def _won(rep, quarters: list[int]):
    """What the rep won in each of these quarters, None for nothing.

    And what they owed and had booked as it last closed, None where it did not.
    """
    won = Deal.objects.filter(owner=rep).order_by().values("owner")
    won = won.won_between(OuterRef("starts_on"), OuterRef("ends_on"))
    won = Subquery(won.annotate(total=Sum("amount")).values("total"))
    closed = ClosedAttainment.objects.of_the_last_closing(rep)
    found = Quarter.objects.filter(id__among=quarters).annotate(
        won=won,
        closed_owed=Subquery(closed.annotate(total=Sum("owed")).values("total")),
        closed_booked=Subquery(closed.annotate(total=Sum("booked")).values("total")),
    )
    columns = ("pk", "won", "closed_owed", "closed_booked")
    return found.values_list(*columns, named=True)


def _closed(row) -> AsClosed | None:
    if row.closed_booked is None:
        return None
    return AsClosed(row.closed_owed, row.closed_booked)


@compiled_once
def _called_off(rep, since):
    """What was called off of the rep's wins from this day on, and not taken back."""
    rows = Cancellation.objects.filter(deal__owner=rep, cancelled_on__gte=since)
    rows = rows.still_so().select_related("deal")
    return rows.order_by("cancelled_on", "pk")


def _quarter_of(day: date, quarters: Sequence[Quarter]) -> Quarter | None:
    return next((quarter for quarter in quarters if day in quarter.span), None)
