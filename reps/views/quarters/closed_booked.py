"""What the quarters were closed with, all people together, and what it is by now."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from reps.models import Organization
from reps.models.attainment import attainment_of
from reps.models.closed_attainment import AsClosed, as_closed_by_rep

ZERO = Decimal(0)
NOTHING = AsClosed(ZERO, ZERO)


@dataclass(frozen=True, slots=True)
class ClosedBooked:
    """A quarter as it was closed, and as it is now."""

    closed: AsClosed
    now: AsClosed = NOTHING

    @property
    def differs(self) -> bool:
        """Something was put right since."""
        return self.closed.differs_from(owed=self.now.owed, booked=self.now.booked)


def closed_booked(organization: Organization) -> dict[int, ClosedBooked]:
    """By the id of each quarter that was closed. One query where none was."""
    closed = _summed(
        (quarter, of) for (_rep, quarter), of in as_closed_by_rep(organization).items()
    )
    found = {quarter: ClosedBooked(of) for quarter, of in closed.items()}
    if found:
        now = _summed(
            (row.quarter.pk, AsClosed(row.quota or ZERO, row.booked))
            for row in attainment_of(organization)
        )
        for quarter, of in found.items():
            found[quarter] = replace(of, now=now[quarter])
    return found


def _summed(rows) -> dict[int, AsClosed]:
    sums = defaultdict(lambda: NOTHING)
    for quarter, of in rows:
        so_far = sums[quarter]
        sums[quarter] = AsClosed(so_far.owed + of.owed, so_far.booked + of.booked)
    return sums
