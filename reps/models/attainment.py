"""Attainment: for each rep and quarter, what was owed and what was booked of it.

Nothing is stored here. It is read in five queries, however many reps there are.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery, Sum

from reps.models.cancellation import Cancellation
from reps.models.deal import Deal
from reps.models.organization import Organization
from reps.models.quarter import Quarter
from reps.models.quota import Quota
from reps.models.rep import Rep

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Attainment:
    """`quota` is what is owed after ramp and late start; None when none was set."""

    rep: Rep
    quarter: Quarter
    quota: Decimal | None
    booked: Decimal

    @property
    def ratio(self) -> Decimal | None:
        """Booked ÷ quota; None when none was set."""
        return self.booked / self.quota if self.quota else None


def attainment_of(organization: Organization) -> list[Attainment]:
    """Every rep and quarter in which a deal was closed or a quota set, by name and day.

    A quarter in which everything was lost is there too, with nothing booked.
    """
    kept = Quota.objects.filter(organization=organization).with_earlier()
    quotas = {
        (quota.rep_id, quota.quarter_id): quota.owed
        for quota in kept.select_related("quarter")
    }
    booked = _booked(organization)
    reps = Rep.objects.filter(organization=organization).in_bulk()
    quarters = Quarter.objects.filter(organization=organization).in_bulk()
    attainments = [
        Attainment(
            rep=reps[rep],
            quarter=quarters[quarter],
            quota=quotas.get((rep, quarter)),
            booked=booked.get((rep, quarter), ZERO),
        )
        for rep, quarter in booked.keys() | quotas.keys()
    ]
    return sorted(attainments, key=_by_name_and_day)


def _by_name_and_day(attainment: Attainment):
    rep = attainment.rep
    return rep.name.casefold(), rep.pk, attainment.quarter.starts_on


def _booked(organization) -> dict[tuple[int, int], Decimal]:
    """By rep and quarter. What happened between two quarters is in neither."""
    closed = Deal.objects.filter(organization=organization, closed_on__isnull=False)
    won = Sum("amount", filter=Q(outcome=Deal.Outcome.WON), default=ZERO)
    booked = _by_quarter(closed, "owner", "closed_on", won)
    called_off = Cancellation.objects.filter(organization=organization)
    cancelled = _by_quarter(called_off, "deal__owner", "cancelled_on", Sum("amount"))
    for rep_and_quarter, amount in cancelled.items():
        booked[rep_and_quarter] = booked.get(rep_and_quarter, ZERO) - amount
    return booked


def _by_quarter(rows, rep: str, day: str, total) -> dict[tuple[int, int], Decimal]:
    quarter = Quarter.objects.filter(
        organization=OuterRef("organization"),
        starts_on__lte=OuterRef(day),
        ends_on__gte=OuterRef(day),
    )
    rows = rows.annotate(quarter=Subquery(quarter.values("pk")))
    rows = rows.filter(quarter__isnull=False).order_by().values(rep, "quarter")
    sums = rows.annotate(total=total)
    return {(row[rep], row["quarter"]): row["total"] for row in sums}
