"""The deals of a source that are here: what a file's rows change, and what stays."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db.models import Exists, F, OuterRef, Subquery

from reps.domain.crm_export import DealRow
from reps.domain.files.cancelled import cancelled_cell
from reps.domain.files.systems import System
from reps.domain.ours_and_theirs import (
    STANDS,
    Change,
    Choices,
    Hands,
    differences,
    weigh,
)
from reps.domain.transitions import Outcome, Place
from reps.imports.placed import KeptFact, Stands
from reps.models import Cancellation, Deal, DealFacts, Rep, StageMove

NAMED = 100  # of those that are not in the file
LONGEST_ID = 18  # figures
IDENTITY = ("account", "product", "opened_on")


def deals_by_number(
    organization, source: str, rows: Iterable[DealRow]
) -> dict[str, Deal]:
    """The deals that rows of this source speak of, by their numbers there.

    What was downloaded here has the numbers that deals have here, and so may what was
    downloaded elsewhere: it is the same one where account, product and first day are.
    """
    rows, tenant = list(rows), Deal.objects.filter(organization=organization)
    numbers = [row.number for row in rows]
    of_source = tenant.filter(source=source, source_key__in=numbers)
    known = {deal.source_key: deal for deal in of_source}
    if source != System.SECOND_WIND:
        return known
    ids = [
        int(number)
        for number in numbers
        if number not in known and number.isdecimal() and len(number) <= LONGEST_ID
    ]
    others = tenant.exclude(source=source).in_bulk(ids) if ids else {}
    here = {str(pk): deal for pk, deal in others.items()}
    for row in rows:
        deal = here.get(row.number)
        if deal and all(getattr(deal, name) == getattr(row, name) for name in IDENTITY):
            known[row.number] = deal
    return known


class KnownDeals:
    """`owners` are ids of reps by the name the rows have.

    `sellers` are those whose deals count, None for all.
    """

    def __init__(
        self,
        organization,
        source: str,
        *,
        owners: Mapping[str, int],
        sellers: Collection[int] | None,
        choices: Choices,
    ):
        self.deals = Deal.objects.filter(organization=organization, source=source)
        self.organization = organization
        self.source, self.owners, self.choices = source, owners, choices
        self.downloaded: set[int] = set()  # deals of ours that came back in a download
        self.sellers = sellers
        self.stages = list(organization.stages.in_order())
        self.by_name = {stage.name: stage.pk for stage in self.stages}

    def of(self, rows: Iterable[DealRow]) -> dict[str, Deal]:
        """By their numbers in the source."""
        known = deals_by_number(self.organization, self.source, rows)
        self.downloaded |= {
            deal.pk for deal in known.values() if deal.source != self.source
        }
        return known

    def is_of_source(self, deal: Deal) -> bool:
        return deal.pk not in self.downloaded

    def place(self, row: DealRow, deal: Deal | None = None) -> Place:
        """Where the row puts a deal. One closed so already stays in its stage."""
        if deal and row.outcome != Outcome.OPEN and row.outcome == deal.outcome:
            return deal.place
        return Place(self.by_name[row.stage], row.outcome)

    def changes(self, pairs: Iterable[tuple[DealRow, Deal]]) -> list[Change]:
        """What the rows say otherwise, less what stays as people have it.

        Only where something differs is a deal looked at, and locked. One that was typed
        here is the source's from now on.
        """
        rows = {
            deal.pk: row
            for row, deal in pairs
            if self._is_theirs_now(deal) or self._difference(row, deal)
        }
        if not rows:
            return []
        deals = list(_looked_at(rows))
        typed = {deal.pk for deal in deals if deal.was_typed}
        said = DealFacts.objects.said_by_people(deals, typed=typed)
        changes = []
        for deal in deals:
            row = rows[deal.pk]
            change = self._difference(row, deal)
            by_hand = deal.last_kind != StageMove.Kind.IMPORTED
            hands = Hands(said[deal.pk], by_hand, deal.was_cancelled)
            weigh(change, hands, self.choices)
            if self._is_theirs_now(deal):
                change.facts |= {"source": self.source, "source_key": row.number}
            changes.append(change)
        return changes

    def _is_theirs_now(self, deal: Deal) -> bool:
        """Whether it was typed here, and somebody said that it is the source's."""
        return not deal.source and self.is_of_source(deal)

    def _difference(self, row: DealRow, deal: Deal) -> Change:
        owner, place = self.owners[row.seller], self.place(row, deal)
        return differences(row, deal, owner, place, self.choices)

    def kept(self, changes: Iterable[Change]) -> Iterable[KeptFact]:
        """What people have said otherwise, with the names of stages and people."""
        odds = [(change, one) for change in changes for one in change.odds.values()]
        whose = [
            rep
            for change, one in odds
            if one.name == "owner_id"
            for rep in (change.ours.owner_id, one.theirs)
        ]
        people = Rep.objects.in_bulk(whose) if whose else {}
        names = {stage.pk: stage.name for stage in self.stages}
        for change, one in odds:
            deal, theirs = change.ours, one.theirs
            if one.name == STANDS:
                ours = Stands(names[deal.stage_id], Outcome(deal.outcome))
                theirs = Stands(names[theirs.stage], theirs.outcome)
            elif one.name == "owner_id":
                ours, theirs = people[deal.owner_id], people[theirs]
            else:
                ours = getattr(deal, one.name)
            yield KeptFact(
                deal,
                change.row,
                one.name.removesuffix("_id"),
                ours,
                theirs,
                one.may_take,
                one.is_taken,
            )

    def cancelled_otherwise(
        self, pairs: Iterable[tuple[DealRow, Deal]]
    ) -> Iterable[KeptFact]:
        """What rows say was called off, where that is not what people wrote down."""
        told = [(row, deal) for row, deal in pairs if row.cancelled]
        if not told:
            return
        rows = Cancellation.objects.filter(deal__in=[deal for _row, deal in told])
        ours: dict[int, list] = defaultdict(list)
        for deal, day, amount in rows.by_day():
            ours[deal].append((day, amount))
        for row, deal in told:
            here = ours[deal.pk]
            if here != list(row.cancelled):
                words = cancelled_cell(here), cancelled_cell(row.cancelled)
                yield KeptFact(deal, row, "cancelled_on", *words, may_take=False)

    def absent(self, numbers: Collection[str], met: int) -> tuple[int, list[Deal]]:
        """How many are not in the file, and the first of them: open ones come first.

        `numbers` are all of the file's, `met` how many deals here they are.
        """
        ours = self.deals
        if self.sellers is not None:
            ours = ours.filter(owner__in=self.sellers)
        if ours.count() == met:
            return 0, []
        latest = ours.order_by(F("closed_on").desc(nulls_first=True), "pk")
        keys = latest.values_list("pk", "source_key").iterator()
        absent = [deal for deal, number in keys if number not in numbers]
        first = absent[:NAMED]
        deals = Deal.objects.select_related("owner", "stage").in_bulk(first)
        return len(absent), [deals[pk] for pk in first]


def _looked_at(deals: Collection[int]):
    """Locked to the end, with what people have had their hands on."""
    moves = StageMove.objects.filter(deal=OuterRef("pk")).order_by("-number")
    first_by_hand = moves.filter(number=1).exclude(kind=StageMove.Kind.IMPORTED)
    return (
        Deal.objects.filter(pk__in=deals)
        .annotate(
            last_number=Subquery(moves.values("number")[:1]),
            last_kind=Subquery(moves.values("kind")[:1]),
            was_typed=Exists(first_by_hand),
            was_cancelled=Exists(Cancellation.objects.filter(deal=OuterRef("pk"))),
        )
        .order_by("pk")
        .select_for_update(of=("self",))
    )
