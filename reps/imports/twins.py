"""Rows that look like a deal typed here by hand: the same one, or another?"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property

from reps.domain.crm_export import DealRow
from reps.domain.csv_table import key
from reps.models import Deal
from reps.models.deal import nearly


class Typed:
    """The open deals that people typed here, and what was said of rows like them.

    `same_as` gives the number of a row's deal the id of ours that it is, or 0 for none.
    `sellers` are those whose deals count, None for all.
    """

    def __init__(
        self, organization, same_as: Mapping[str, int], sellers: Collection[int] | None
    ):
        deals = Deal.objects.filter(organization=organization, source="")
        if sellers is not None:
            deals = deals.filter(owner__in=sellers)
        self.deals, self.same_as, self.taken = deals, same_as, set()

    def same(self, row: DealRow) -> Deal | None:
        """The deal that this row is, as somebody said: of several rows the first."""
        deal = self._said.get(self.same_as.get(row.number))
        if deal is None or deal.pk in self.taken:
            return None
        self.taken.add(deal.pk)
        return deal

    def like(self, row: DealRow, owner: int) -> list[Deal]:
        """Those a person has to be asked about, the nearest first.

        Of this account, however spelled, of this owner, of nearly the amount where both
        are known, and not opened after the row's deal was closed.
        """
        said = self.same_as.get(row.number)
        if said == 0 or not row.account:
            return []
        if said in self._said:  # which another row is already
            return [self._said[said]]
        alike = self._open.get((owner, key(row.account)), [])
        found = [deal for deal in alike if _may_be(row, deal)]
        return sorted(found, key=lambda deal: abs(deal.amount - row.amount))

    @cached_property
    def _said(self) -> dict[int, Deal]:
        return self.deals.in_bulk([one for one in self.same_as.values() if one])

    @cached_property
    def _open(self) -> dict[tuple[int, str], list[Deal]]:
        """By owner and account; but for those of which it is said what they are."""
        alike = defaultdict(list)
        for deal in self.deals.still_open().select_related("owner").order_by("pk"):
            if deal.pk not in self._said:
                alike[deal.owner_id, key(deal.account)].append(deal)
        return alike


def _may_be(row: DealRow, deal: Deal) -> bool:
    if row.closed_on and deal.opened_on and row.closed_on < deal.opened_on:
        return False
    if row.amount_is_estimate or deal.amount_is_estimate:
        return True  # no amount tells them apart
    least, most = nearly(row.amount)
    return least <= deal.amount <= most
