"""Attainment: for each rep and quarter, what was owed and what was booked of it.

Nothing is stored here. It is read in four queries, however many reps there are.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery, Sum

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
    """By rep and quarter. What was closed between two quarters is in neither."""
    quarter = Quarter.objects.filter(
        organization=OuterRef("organization"),
        starts_on__lte=OuterRef("closed_on"),
        ends_on__gte=OuterRef("closed_on"),
    )
    closed = Deal.objects.filter(organization=organization, closed_on__isnull=False)
    sums = (
        closed.annotate(quarter=Subquery(quarter.values("pk")))
        .filter(quarter__isnull=False)
        .values("owner", "quarter")
        .annotate(
            booked=Sum("amount", filter=Q(outcome=Deal.Outcome.WON), default=ZERO)
        )
        .order_by()
    )
    return {(row["owner"], row["quarter"]): row["booked"] for row in sums}
