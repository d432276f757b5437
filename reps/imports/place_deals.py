"""An export's rows put on the board: new deals added, known ones brought up to date.

A deal is known again by its number in the source. Two things an import does not do to
people's work. An empty cell takes nothing away, nor does an estimate replace an amount
somebody gave. And a deal that was moved by hand since, or cancelled, keeps its stage,
outcome and dates; it is named where the export says otherwise. One that was cancelled
keeps the amount it was taken off from, too.

A row that counts in a closed quarter, or would, or did, is left and named, unless
whoever brings it in says why.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import connection
from django.db.models import Exists, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

from reps.domain.crm_export import DealRow
from reps.domain.transitions import Outcome, Place
from reps.models import Cancellation, Deal, Quarter, StageMove
from reps.models.who_and_why import say_who_and_why

SOURCE = "CRM export"
BATCH = 1_000
MOVED = ("stage_id", "outcome", "in_stage_since", "closed_on")


@dataclass(slots=True)
class Placed:
    """How many deals were added and changed, and which were left where people put them.

    `kept` are (deal, what the export says of it); `left` are rows of a closed quarter,
    and that quarter.
    """

    added: int = 0
    changed: int = 0
    kept: list[tuple[Deal, DealRow]] = field(default_factory=list)
    left: list[tuple[DealRow, Quarter]] = field(default_factory=list)


def place_deals(
    organization,
    rows: Iterable[DealRow],
    *,
    owners: Mapping[str, int],
    at: datetime,
    source: str = SOURCE,
    reason: str = "",
    file_import: int | None = None,
) -> Placed:
    """Save what the rows say. `owners` are ids of reps by the name the rows have.

    `source` is the system that the rows' numbers are of: the same number in two systems
    is two deals. `reason` is why those of a closed quarter are brought in all the same.
    `file_import` is the id that goes with all that is written.
    Call it in a transaction: a deal and its move are held to each other at its end.
    """
    board = _Board(organization, owners, at, source, reason, file_import)
    say_who_and_why(why=source, at=at, file_import=file_import)
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
        source,
        reason,
        file_import,
    ):
        stages = list(organization.stages.in_order())
        self.organization = organization
        self.owners = owners
        self.stages = {stage.name: stage.pk for stage in stages}
        self.in_order = [stage.pk for stage in stages]
        self.at = at
        self.today = at.astimezone(organization.zone).date()
        self.source, self.reason, self.saying = source, reason, ""
        self.file_import = file_import
        over = Quarter.objects.filter(organization=organization, ends_on__lt=self.today)
        quarters = over.with_closing().latest_first()
        self.closed = [quarter for quarter in quarters if quarter.is_closed(at)]

    def take(self, rows: Sequence[DealRow], placed: Placed):
        known = {deal.source_key: deal for deal in self._known(rows)}
        usual, apart = [], []
        for row in rows:
            quarter = self.closed and self._closed_quarter(row, known.get(row.number))
            (apart if quarter else usual).append((row, quarter))
        self._place_rows([row for row, _ in usual], known, placed)
        if not self.reason:
            placed.left += apart
        elif apart:
            self._say(self.reason)
            self._place_rows([row for row, _ in apart], known, placed)
            self._say("")

    def _say(self, reason: str):
        """Why the next rows are brought in, beside that an import does."""
        self.saying = reason
        why, brought_by = reason or self.source, self.file_import
        say_who_and_why(why=why, at=self.at, file_import=brought_by)

    def _closed_quarter(self, row: DealRow, deal: Deal | None) -> Quarter | None:
        """The closed quarter that a row changes something about, if it does."""
        days = {row.closed_on}
        if deal:
            if deal.outcome == Outcome.LOST and row.outcome == Outcome.OPEN:
                return None  # a loss may come back at any time
            facts, moves = self._facts(row, deal), self._is_moved(row, deal)
            days = {deal.closed_on if facts or moves else None}
            days |= {row.closed_on if moves else facts.get("closed_on")}
        for day in days - {None}:
            for quarter in self.closed:
                if day in quarter.span:
                    return quarter
        return None

    def _place_rows(self, rows: Sequence[DealRow], known, placed: Placed):
        new = [row for row in rows if row.number not in known]
        self._add(new)
        placed.added += len(new)
        # Locked only where something differs, and then looked at again.
        differing = {
            row.number: row
            for row in rows
            if row.number in known and self._differs(row, known[row.number])
        }
        if differing:
            self._change(differing, placed)

    def _known(self, rows: Iterable[DealRow]):
        moves = StageMove.objects.filter(deal=OuterRef("pk")).order_by()
        last = moves.values("deal").annotate(last=Max("number")).values("last")
        return Deal.objects.filter(
            organization=self.organization,
            source=self.source,
            source_key__in=[row.number for row in rows],
        ).annotate(
            by_hand=Exists(moves.exclude(kind=StageMove.Kind.IMPORTED)),
            was_cancelled=Exists(Cancellation.objects.filter(deal=OuterRef("pk"))),
            last_number=Coalesce(Subquery(last), 0),
        )

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

    def _change(self, rows: Mapping[str, DealRow], placed: Placed):
        changed, moves, fields = [], [], set()
        locked = self._known(rows.values()).select_for_update(of=("self",))
        for deal in locked:
            row = rows[deal.source_key]
            facts = self._facts(row, deal)
            place = self._place(row, deal)
            stands_by_hand = place != deal.place and _is_kept(deal)
            if stands_by_hand:
                placed.kept.append((deal, row))
            if not facts and (stands_by_hand or place == deal.place):
                continue
            on = row.closed_on or self._opened_by(row, deal) or self.today
            for name, value in facts.items():
                setattr(deal, name, value)
            fields |= facts.keys()
            if place != deal.place and not stands_by_hand:
                number = deal.last_number + 1
                moves.append(self._moved(deal, place, on=on, number=number))
                fields |= set(MOVED)
            changed.append(deal)
        # An upsert by key: bulk_update's CASE … WHEN takes four times as long.
        Deal.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["id"], update_fields=fields
        )
        StageMove.objects.bulk_create(moves)
        placed.changed += len(changed)

    def _differs(self, row: DealRow, deal: Deal) -> bool:
        return self._place(row, deal) != deal.place or bool(self._facts(row, deal))

    def _is_moved(self, row: DealRow, deal: Deal) -> bool:
        return self._place(row, deal) != deal.place and not _is_kept(deal)

    def _facts(self, row: DealRow, deal: Deal) -> dict:
        """What the row changes about the deal, apart from where it stands."""
        told = {"owner_id": self.owners[row.seller]}
        if row.account:
            told["account"] = row.account
        if row.product:
            told["product"] = row.product
        if row.expected_close_on:
            told["expected_close_on"] = row.expected_close_on
        may_be_better = deal.amount_is_estimate or not row.amount_is_estimate
        if may_be_better and not (deal.was_cancelled or row.amount_is_average):
            told["amount"] = row.amount
            told["amount_is_estimate"] = row.amount_is_estimate
        if not _is_kept(deal):
            told |= _dates(row, deal)
        return {name: new for name, new in told.items() if getattr(deal, name) != new}

    def _place(self, row: DealRow, deal: Deal | None = None) -> Place:
        """Where the row puts a deal. One closed so already stays in its stage."""
        if deal and row.outcome != Outcome.OPEN and row.outcome == deal.outcome:
            return deal.place
        return Place(self.stages[row.stage], row.outcome)

    def _opened_by(self, row: DealRow, deal: Deal):
        """The day a row first gives a deal: the day it was first worked on."""
        return row.opened_on if deal.opened_on is None else None

    def _moved(self, deal: Deal, to: Place, *, on, number=1) -> StageMove:
        move = deal.moved(
            to,
            stages=self.in_order,
            by=None,
            on=on,
            at=self.at,
            reason=self.saying,
            importing=self.source,
            number=number,
        )
        move.file_import_id = self.file_import
        return move


def _is_kept(deal: Deal) -> bool:
    """Whether people have had their hands on where it stands."""
    return deal.by_hand or deal.was_cancelled


def _dates(row: DealRow, deal: Deal) -> dict:
    opened_on = row.opened_on or deal.opened_on
    if row.closed_on and opened_on and row.closed_on < opened_on:
        opened_on = None  # the export gives no other, and that one cannot be
    dates = {"opened_on": opened_on}
    if row.closed_on:
        dates["closed_on"] = row.closed_on
    return dates
