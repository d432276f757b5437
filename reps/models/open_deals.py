"""A rep's open deals as a page lists them: opportunities, and apart what may be one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reps.models.compiled_query import compiled_once
from reps.models.deal import Deal
from reps.models.rep import Rep

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """A deal and its days: `age` since it was opened, `here` in its stage.

    Either is None where nobody knows: an export without the opening date, and a deal
    that an import first saw in the stage it stands in.
    """

    deal: Deal
    age: int | None
    here: int | None


@dataclass(frozen=True, slots=True)
class OpenDeals:
    """The largest first, in both lists."""

    opportunities: list[OpenDeal]
    earlier: list[OpenDeal]  # not yet in a stage that counts

    @property
    def pipeline(self) -> Decimal:
        """The opportunities, unweighted."""
        return sum((row.deal.amount for row in self.opportunities), ZERO)

    @property
    def count(self) -> int:
        return len(self.opportunities) + len(self.earlier)

    def first(self, limit: int) -> "OpenDeals":
        """So many rows in all, opportunities before earlier ones."""
        left = max(limit - len(self.opportunities), 0)
        return OpenDeals(self.opportunities[:limit], self.earlier[:left])


def open_deals_of(rep: Rep, *, today: date) -> OpenDeals:
    """Every open deal of a rep, in one query."""
    rows = [
        OpenDeal(deal, _days(deal.opened_on, today), _days(deal.in_stage_since, today))
        for deal in _still_open(rep)
    ]
    return OpenDeals(
        opportunities=[row for row in rows if row.deal.stage.is_opportunity],
        earlier=[row for row in rows if not row.deal.stage.is_opportunity],
    )


@compiled_once
def _still_open(rep):
    deals = Deal.objects.filter(owner=rep).still_open().select_related("stage")
    return deals.order_by("-amount", "pk")


def _days(since: date | None, today: date) -> int | None:
    """Never fewer than none: a deal may be opened on tomorrow's date elsewhere."""
    return max((today - since).days, 0) if since else None
