"""A file's rows put on the board: new deals added, known ones brought up to date.

A deal is known again by its number in the source. What people moved or corrected since
stays as they have it, and is listed (`reps.domain.ours_and_theirs`).

A row that counts in a closed quarter, or would, or did, is left and named, unless
whoever brings it in says why.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice

from django.db import connection
from django.db.models import Exists, OuterRef, Subquery

from reps.domain.crm_export import DealRow
from reps.domain.ours_and_theirs import (
    STANDS,
    UNDECIDED,
    Change,
    Choices,
    Hands,
    differences,
    weigh,
)
from reps.domain.transitions import Outcome, Place
from reps.imports.placed import Kept, Placed, Stands
from reps.models import Cancellation, Deal, DealFacts, Quarter, Rep, StageMove
from reps.models.who_and_why import say_who_and_why

SOURCE = "CRM export"
BATCH = 1_000
MOVED = ("stage_id", "outcome", "in_stage_since", "closed_on")


def place_deals(
    organization,
    rows: Iterable[DealRow],
    *,
    owners: Mapping[str, int],
    at: datetime,
    source: str = SOURCE,
    choices: Choices = UNDECIDED,
    reason: str = "",
) -> Placed:
    """Save what the rows say. `owners` are ids of reps by the name the rows have.

    `source` is the system that the rows' numbers are of: the same number in two systems
    is two deals. `reason` is why those of a closed quarter are brought in all the same.
    Call it in a transaction: a deal and its move are held to each other at its end.
    """
    board = _Board(organization, owners, at, source, choices, reason)
    say_who_and_why(why=source, at=at)
    placed = Placed()
    rows, looks = iter(rows), 2
    while batch := list(islice(rows, BATCH)):
        if looks:
            _look_at_deals()
            looks -= 1
        board.take(batch, placed)
    return placed


def _look_at_deals():
    """Have PostgreSQL plan its checks of keys and of moves by what is there now.

    It keeps their plans for as long as a connection lasts. One made while the tables
    were small, or seemed so, reads them from end to end for every row, once they have
    grown. Looked at before the first thousand and after, they seem what they are.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT reps_look_at_deals()")


class _Board:
    def __init__(
        self,
        organization,
        owners: Mapping[str, int],
        at: datetime,
        source: str,
        choices: Choices,
        reason: str,
    ):
        self.stages = list(organization.stages.in_order())
        self.by_name = {stage.name: stage.pk for stage in self.stages}
        self.organization = organization
        self.owners = owners
        self.at = at
        self.today = at.astimezone(organization.zone).date()
        self.source, self.choices = source, choices
        self.reason, self.saying = reason, ""
        over = Quarter.objects.filter(organization=organization, ends_on__lt=self.today)
        quarters = over.with_closing().latest_first()
        self.closed = [quarter for quarter in quarters if quarter.is_closed(at)]

    def take(self, rows: Sequence[DealRow], placed: Placed):
        known = {deal.source_key: deal for deal in self._known(rows)}
        new = [row for row in rows if row.number not in known]
        changes = self._changes(
            [(row, known[row.number]) for row in rows if row.number in known], placed
        )
        placed.same += len(rows) - len(new) - len(changes)
        usual, apart = [], []
        for one in (*new, *changes):
            quarter = self.closed and self._closed_quarter(one)
            (apart if quarter else usual).append((one, quarter))
        self._save([one for one, _ in usual], placed)
        if not self.reason:
            placed.left += [(_row(one), quarter) for one, quarter in apart]
        elif apart:
            self._say(self.reason)
            self._save([one for one, _ in apart], placed)
            self._say("")

    def _say(self, reason: str):
        """Why the next rows are brought in, beside that an import does."""
        self.saying = reason
        say_who_and_why(why=reason or self.source, at=self.at)

    def _known(self, rows: Iterable[DealRow]):
        return Deal.objects.filter(
            organization=self.organization,
            source=self.source,
            source_key__in=[row.number for row in rows],
        )

    def _changes(
        self, known: Iterable[tuple[DealRow, Deal]], placed: Placed
    ) -> list[Change]:
        """What the rows change. Only where something differs is a deal looked at."""
        rows = {deal.pk: row for row, deal in known if self._difference(row, deal)}
        if not rows:
            return []
        deals = list(self._looked_at(rows))
        peoples = DealFacts.objects.said_by_people(
            deals, typed={deal.pk for deal in deals if deal.was_typed}
        )
        changes = []
        for deal in deals:
            change = self._difference(rows[deal.pk], deal)
            by_hand = deal.last_kind != StageMove.Kind.IMPORTED
            hands = Hands(peoples[deal.pk], by_hand, deal.was_cancelled)
            weigh(change, hands, self.choices)
            changes.append(change)
        placed.kept += self._kept(changes)
        return [change for change in changes if change]

    def _difference(self, row: DealRow, deal: Deal) -> Change:
        owner, place = self.owners[row.seller], self._place(row, deal)
        return differences(row, deal, owner, place, self.choices)

    def _looked_at(self, deals: Collection[int]):
        """Locked to the end, with what people have had their hands on."""
        moves = StageMove.objects.filter(deal=OuterRef("pk")).order_by("-number")
        by_hand = moves.exclude(kind=StageMove.Kind.IMPORTED)
        return (
            Deal.objects.filter(pk__in=deals)
            .annotate(
                last_number=Subquery(moves.values("number")[:1]),
                last_kind=Subquery(moves.values("kind")[:1]),
                was_typed=Exists(by_hand.filter(number=1)),
                was_cancelled=Exists(Cancellation.objects.filter(deal=OuterRef("pk"))),
            )
            .order_by("pk")
            .select_for_update(of=("self",))
        )

    def _kept(self, changes: Iterable[Change]) -> Iterable[Kept]:
        stays = [(change, one) for change in changes for one in change.stays]
        whose = [
            rep
            for change, one in stays
            if one.name == "owner_id"
            for rep in (change.ours.owner_id, one.theirs)
        ]
        people = Rep.objects.in_bulk(whose) if whose else {}
        names = {stage.pk: stage.name for stage in self.stages}
        for change, one in stays:
            deal, row, name = change.ours, change.row, one.name
            if name == STANDS:
                ours = Stands(names[deal.stage_id], Outcome(deal.outcome))
                theirs = Stands(names[one.theirs.stage], one.theirs.outcome)
            elif name == "owner_id":
                name, ours, theirs = "owner", people[deal.owner_id], people[one.theirs]
            else:
                ours, theirs = getattr(deal, name), one.theirs
            yield Kept(deal, row, name, ours, theirs, one.may_take)

    def _closed_quarter(self, one: DealRow | Change) -> Quarter | None:
        """The closed quarter that a row changes something about, if it does."""
        if isinstance(one, DealRow):
            days = {one.closed_on}
        elif one.place and one.opens and one.ours.outcome == Outcome.LOST:
            return None  # a loss may come back at any time
        else:
            days = {one.ours.closed_on, one.closed_on}
        for day in days - {None}:
            for quarter in self.closed:
                if day in quarter.span:
                    return quarter
        return None

    def _save(self, several: Iterable[DealRow | Change], placed: Placed):
        new, changes = [], []
        for one in several:
            (new if isinstance(one, DealRow) else changes).append(one)
        self._add(new)
        self._change(changes)
        placed.added += len(new)
        placed.changed += len(changes)

    def _add(self, rows: Sequence[DealRow]):
        deals, moves = [], []
        for row in rows:
            deal = Deal(
                organization=self.organization,
                source=self.source,
                source_key=row.number,
                owner_id=self.owners[row.seller],
                account=row.account,
                product=row.product,
                amount=row.amount,
                amount_is_estimate=row.amount_is_estimate,
                opened_on=row.opened_on,
                expected_close_on=row.expected_close_on,
            )
            on = row.closed_on or row.opened_on or self.today
            moves.append(self._moved(deal, self._place(row), on=on))
            deals.append(deal)
        Deal.objects.bulk_create(deals)
        StageMove.objects.bulk_create(moves)

    def _change(self, changes: Sequence[Change]):
        moves, fields = [], set()
        for change in changes:
            deal, row = change.ours, change.row
            # The day that a row first gives a deal is the day it was first worked on.
            opened_on = row.opened_on if deal.opened_on is None else None
            for name, value in change.facts.items():
                setattr(deal, name, value)
            fields |= change.facts.keys()
            if change.place:
                on, number = row.closed_on or opened_on, deal.last_number + 1
                on = on or self.today
                moves.append(self._moved(deal, change.place, on=on, number=number))
                fields |= set(MOVED)
        # An upsert by key: bulk_update's CASE … WHEN takes four times as long.
        Deal.objects.bulk_create(
            [change.ours for change in changes],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=fields,
        )
        StageMove.objects.bulk_create(moves)

    def _place(self, row: DealRow, deal: Deal | None = None) -> Place:
        """Where the row puts a deal. One closed so already stays in its stage."""
        if deal and row.outcome != Outcome.OPEN and row.outcome == deal.outcome:
            return deal.place
        return Place(self.by_name[row.stage], row.outcome)

    def _moved(self, deal: Deal, to: Place, *, on, number=1) -> StageMove:
        return deal.moved(
            to,
            stages=[stage.pk for stage in self.stages],
            by=None,
            on=on,
            at=self.at,
            reason=self.saying,
            importing=self.source,
            number=number,
        )


def _row(one: DealRow | Change) -> DealRow:
    return one if isinstance(one, DealRow) else one.row
