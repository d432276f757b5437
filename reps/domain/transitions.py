"""May this deal make this move, and what is missing?

The one rule for board, import, admin and API. It knows stages by their ids, in the
organization's order, and answers in codes: the words are the view's.

A deal goes forward one stage at a time, once the exit criteria of the stage it leaves
are met; *won* is the step after the last stage. Whatever skips a stage or a criterion
is an override, and so is opening a deal past the first stage or reopening it past the
one it was closed in. An override needs a reason, and so does a step back.

*Lost* can be said in any stage, with its cause; it is a forward move, for the deal has
come to its end. Closing leaves a deal in the stage where it stood, and it must be
reopened to move again.

A win that was a mistake is taken back, with a reason: the deal is open as if it had not
been won. What counts in a closed quarter is put there, or taken out of it, only by
whoever may correct it, with a reason; a win in one is not reopened at all, while a
loss may come back at any time, and stays a loss where it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Kind(StrEnum):
    OPENED = "opened"
    FORWARD = "forward"
    BACK = "back"
    OVERRIDE = "override"
    IMPORTED = "imported"
    TAKEN_BACK = "taken_back"


class Books(StrEnum):
    """The quarter that a win or a loss counts in, for whoever moves the deal."""

    OPEN = "open"
    CLOSED = "closed"
    TO_CORRECT = "to_correct"  # closed, and theirs to put right


class Missing(StrEnum):
    """Why not yet. The first five are cured by a reason."""

    REASON_FOR_OVERRIDE = "reason_for_override"
    REASON_FOR_BACK = "reason_for_back"
    CAUSE_OF_LOSS = "cause_of_loss"
    REASON_FOR_TAKING_BACK = "reason_for_taking_back"
    REASON_FOR_CLOSED_QUARTER = "reason_for_closed_quarter"
    ALREADY_THERE = "already_there"
    MOVED_MEANWHILE = "moved_meanwhile"  # since whoever moves it last looked
    UNKNOWN_STAGE = "unknown_stage"
    NOT_OPENED = "not_opened"
    CLOSED = "closed"  # reopen it first
    CALLED_OFF = "called_off"  # a win of which the customer cancelled something
    CLOSES_WHERE_IT_STANDS = "closes_where_it_stands"
    OTHER_SOURCE = "other_source"
    NOT_WON = "not_won"  # there is nothing to take back
    QUARTER_CLOSED = "quarter_closed"  # and it is not theirs to correct
    WON_IN_CLOSED_QUARTER = "won_in_closed_quarter"  # cancelled or taken back instead


@dataclass(frozen=True, slots=True)
class Place:
    """Where a deal stands. A closed deal keeps the stage it was closed in."""

    stage: int
    outcome: Outcome = Outcome.OPEN


@dataclass(frozen=True, slots=True)
class Move:
    """A move that may be made, as history will tell it.

    `unmet` and `skipped` are what an override passed over: names of exit criteria, ids
    of stages.
    """

    kind: Kind
    reason: str = ""
    unmet: tuple[str, ...] = ()
    skipped: tuple[int, ...] = ()


class NotYet(Exception):
    """The move may not be made, or not without a reason."""

    def __init__(
        self,
        missing: Missing,
        *,
        unmet: tuple[str, ...] = (),
        skipped: tuple[int, ...] = (),
    ) -> None:
        super().__init__(missing.value)
        self.missing = missing
        self.unmet = unmet
        self.skipped = skipped


def transition(
    stages: Sequence[int],
    now: Place | None,
    to: Place,
    *,
    unmet: Sequence[str] = (),
    reason: str = "",
    importing: str = "",
    imported_from: str = "",
    taking_back: bool = False,
    books: Books = Books.OPEN,
) -> Move:
    """The move from `now` (None: a new deal) to `to`, or NotYet.

    `unmet` names the exit criteria still open in the stage the deal leaves. `importing`
    is the source of the import that asks, `imported_from` the one the deal came from:
    an import may put anything anywhere, but only what it brings or brought itself.
    `books` are those of the day it closes on, or of the win that it undoes.
    """
    if to == now:
        raise NotYet(Missing.ALREADY_THERE)
    if to.stage not in stages or (now and now.stage not in stages):
        raise NotYet(Missing.UNKNOWN_STAGE)
    reason = reason.strip()
    if importing:
        if now and imported_from != importing:
            raise NotYet(Missing.OTHER_SOURCE)
        return Move(Kind.IMPORTED, reason)
    if taking_back:
        return _taken_back(now, to, reason, books)
    if to.outcome != Outcome.OPEN:
        _check_it_can_close(now, to)
        if books == Books.CLOSED:
            raise NotYet(Missing.QUARTER_CLOSED)
    elif now and now.outcome == Outcome.WON and books != Books.OPEN:
        raise NotYet(Missing.WON_IN_CLOSED_QUARTER)
    if to.outcome == Outcome.LOST:
        return _with_reason(Move(Kind.FORWARD, reason), Missing.CAUSE_OF_LOSS)

    here = stages.index(now.stage) if now else -1
    there = len(stages) if to.outcome == Outcome.WON else stages.index(to.stage)
    if there <= here:
        return _with_reason(Move(Kind.BACK, reason), Missing.REASON_FOR_BACK)
    if there == here + 1:
        if now is None:
            return Move(Kind.OPENED, reason)
        if now.outcome == Outcome.OPEN and not unmet:
            step = Move(Kind.FORWARD, reason)
            if books == Books.OPEN:
                return step
            return _with_reason(step, Missing.REASON_FOR_CLOSED_QUARTER)
    skipped = tuple(stages[here + 1 : there])
    override = Move(Kind.OVERRIDE, reason, tuple(unmet), skipped)
    return _with_reason(override, Missing.REASON_FOR_OVERRIDE)


def _taken_back(now: Place | None, to: Place, reason: str, books: Books) -> Move:
    """It stays in its stage, and is open."""
    if now is None or now.outcome != Outcome.WON or to != Place(now.stage):
        raise NotYet(Missing.NOT_WON)
    if books == Books.CLOSED:
        raise NotYet(Missing.QUARTER_CLOSED)
    move = Move(Kind.TAKEN_BACK, reason)
    return _with_reason(move, Missing.REASON_FOR_TAKING_BACK)


def _check_it_can_close(now: Place | None, to: Place) -> None:
    if now is None:
        raise NotYet(Missing.NOT_OPENED)
    if now.outcome != Outcome.OPEN:
        raise NotYet(Missing.CLOSED)
    if now.stage != to.stage:
        raise NotYet(Missing.CLOSES_WHERE_IT_STANDS)


def _with_reason(move: Move, missing: Missing) -> Move:
    if not move.reason:
        raise NotYet(missing, unmet=move.unmet, skipped=move.skipped)
    return move
