"""A file's rows put on the board: new deals added, known ones brought up to date.

A deal is known again by its number in the source. What people moved or corrected since
stays as they have it, and is listed (`reps.domain.ours_and_theirs`). So is a row that
looks like a deal somebody typed here, until it is said whether it is the same one.

A row that counts in a closed quarter, or would, or did, is left and named, unless
whoever brings it in says why.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice

from django.db import connection
from django.utils.translation import gettext as _

from reps.domain.crm_export import DealRow
from reps.domain.ours_and_theirs import UNDECIDED, WORDS, Change, Choices
from reps.domain.transitions import Outcome, Place
from reps.imports.known_deals import KnownDeals
from reps.imports.placed import Placed
from reps.imports.twins import Typed
from reps.models import Cancellation, Deal, Quarter, Rep, StageMove
from reps.models.who_and_why import say_who_and_why

SOURCE = "CRM export"
BATCH = 1_000
COUNT_NOWHERE = {*WORDS, "expected_close_on", "source", "source_key"}
MOVED = ("stage_id", "outcome", "in_stage_since", "closed_on")


def place_deals(
    organization,
    rows: Iterable[DealRow],
    *,
    owners: Mapping[str, int],
    at: datetime,
    source: str = SOURCE,
    choices: Choices = UNDECIDED,
    teams: Collection[int] | None = None,
    besides: Collection[str] = (),
    reason: str = "",
    file_import: int | None = None,
) -> Placed:
    """Save what the rows say. `owners` are ids of reps by the name the rows have.

    `source` is the system that the rows' numbers are of: the same number in two systems
    is two deals. Only deals of whoever sells in the `teams` are added or changed, where
    such are given. `besides` are numbers of the file whose rows are not brought in.
    `reason` is why those of a closed quarter are brought in all the same, and
    `file_import` the id that goes with all that is written.
    Call it in a transaction: a deal and its move are held to each other at its end.
    """
    sellers = None
    if teams is not None:
        reps = Rep.objects.filter(organization=organization, team__in=teams)
        sellers = set(reps.values_list("pk", flat=True))
    facts = {"owners": owners, "sellers": sellers, "choices": choices}
    known = KnownDeals(organization, source, **facts)
    typed = Typed(organization, choices.same_as, sellers)
    board = _Board(organization, known, typed, at, reason, file_import)
    say_who_and_why(why=source, at=at, file_import=file_import)
    rows, looks = iter(rows), 2
    while batch := list(islice(rows, BATCH)):
        if looks:
            _look_at_deals()
            looks -= 1
        board.take(batch)
    placed = board.placed
    numbers = board.numbers.union(besides)
    placed.absent_count, placed.absent = known.absent(numbers, board.met)
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
    """The rows sorted by what becomes of them, and written. `met`: deals of theirs."""

    def __init__(
        self,
        organization,
        known: KnownDeals,
        typed: Typed,
        at: datetime,
        reason: str,
        file_import: int | None,
    ):
        self.organization, self.known, self.typed = organization, known, typed
        self.source, self.owners = known.source, known.owners
        self.at = at
        self.today = at.astimezone(organization.zone).date()
        self.reason, self.saying, self.file_import = reason, "", file_import
        self.placed, self.numbers, self.met = Placed(), set(), 0
        self.closed = Quarter.objects.closed_in(organization, at)

    def take(self, rows: Sequence[DealRow]):
        self.numbers.update(row.number for row in rows)
        new, pairs = self._sorted(rows)
        changes = self.known.changes(pairs)
        self.placed.kept += self.known.kept(changes)
        self.placed.kept += self.known.cancelled_otherwise(pairs)
        changes = [change for change in changes if change]
        self.placed.same += len(pairs) - len(changes)
        usual, apart = [], []
        for one in (*new, *changes):
            quarter = self.closed and self._closed_quarter(one)
            (apart if quarter else usual).append((one, quarter))
        self._save([one for one, _ in usual])
        if not self.reason:
            self.placed.left += [(_row(one), quarter) for one, quarter in apart]
        elif apart:
            self._say(self.reason)
            self._save([one for one, _ in apart])
            self._say("")

    def _sorted(self, rows: Sequence[DealRow]):
        """The new ones, and those of deals that are here; the others are listed."""
        known = self.known.of(rows)
        new, pairs = [], []
        for row in rows:
            owner, deal = self.owners.get(row.seller), known.get(row.number)
            if self._is_outside(owner, deal):
                self.placed.outside.append(row)
            elif deal:
                self.met += self.known.is_of_source(deal)
                pairs.append((row, deal))
            elif deal := self.typed.same(row):
                pairs.append((row, deal))
            elif alike := self.typed.like(row, owner):
                self.placed.twins += [(row, deal) for deal in alike]
            else:
                new.append(row)
        return new, pairs

    def _is_outside(self, owner: int | None, deal: Deal | None) -> bool:
        sellers = self.known.sellers
        if sellers is None:
            return False
        whose = {owner} if deal is None else {owner, deal.owner_id}
        return not whose <= sellers

    def _say(self, reason: str):
        """Why the next rows are brought in, beside that an import does."""
        self.saying = reason
        why, brought_by = reason or self.source, self.file_import
        say_who_and_why(why=why, at=self.at, file_import=brought_by)

    def _closed_quarter(self, one: DealRow | Change) -> Quarter | None:
        """The closed quarter that a row changes something about, if it does."""
        if isinstance(one, DealRow):
            days = {one.closed_on, *(day for day, _amount in one.cancelled)}
        elif one.place and one.opens and one.ours.outcome == Outcome.LOST:
            return None  # a loss may come back at any time
        elif not one.place and one.facts.keys() <= COUNT_NOWHERE:
            return None
        else:
            days = {one.ours.closed_on, one.closed_on}
        for day in days - {None}:
            for quarter in self.closed:
                if day in quarter.span:
                    return quarter
        return None

    def _save(self, several: Iterable[DealRow | Change]):
        new, changes = [], []
        for one in several:
            (new if isinstance(one, DealRow) else changes).append(one)
        self._add(new)
        self._change(changes)
        self.placed.added += len(new)
        self.placed.changed += len(changes)
        self.met += len(new) + sum("source" in change.facts for change in changes)

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
                lead_source=row.lead_source,
                lost_reason=row.lost_reason,
            )
            on = row.closed_on or row.opened_on or self.today
            moves.append(self._moved(deal, self.known.place(row), on=on))
            deal.in_stage_since = row.in_stage_since
            deals.append(deal)
        Deal.objects.bulk_create(deals)
        StageMove.objects.bulk_create(moves)
        self._cancel(zip(rows, deals, strict=True))

    def _cancel(self, pairs: Iterable[tuple[DealRow, Deal]]):
        """What customers called off of new deals."""
        Cancellation.objects.bulk_create(
            Cancellation(
                organization=self.organization,
                deal=deal,
                cancelled_on=day,
                amount=amount,
                words=self.reason or _("The file says so."),
                recorded_at=self.at,
            )
            for row, deal in pairs
            for day, amount in row.cancelled
        )

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
                on, number = self._moved_on(change, opened_on), deal.last_number + 1
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

    def _moved_on(self, change: Change, opened_on: date | None) -> date:
        """The day of a move that the file tells of: no earlier than the last one."""
        row, last = change.row, change.ours.in_stage_since
        since = row.in_stage_since
        if since and last and since < last:
            since = None
        return row.closed_on or since or opened_on or self.today

    def _moved(self, deal: Deal, to: Place, *, on, number=1) -> StageMove:
        move = deal.moved(
            to,
            stages=[stage.pk for stage in self.known.stages],
            by=None,
            on=on,
            at=self.at,
            reason=self.saying,
            importing=self.source,
            number=number,
        )
        move.file_import_id = self.file_import
        return move


def _row(one: DealRow | Change) -> DealRow:
    return one if isinstance(one, DealRow) else one.row
