"""A move in words: what the page says when it was made, and what history says of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.utils.translation import gettext as _

from reps.models import Deal, Rep, StageMove
from reps.templatetags.stand_in_words import name_in_place_of

Kind, Outcome = StageMove.Kind, Deal.Outcome


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the timeline."""

    on: date | None  # the day it counts for, where that is its own
    recorded_at: datetime
    title: str
    who: str
    is_owner: bool  # who has a page
    reason: str
    icon: str
    is_closing: bool
    changed: Sequence[str] = ()  # each fact that did, in words


def move_sentence(deal: Deal, move: StageMove) -> str:
    """The sentence right after a move."""
    if move.outcome == Outcome.WON:
        words = _("%(deal)s is won.")
    elif move.outcome == Outcome.LOST:
        words = _("%(deal)s is marked as lost. The cause stands in its history.")
    elif move.kind == Kind.TAKEN_BACK:
        words = _("%(deal)s is open again, in %(stage)s. The win is taken back.")
    elif move.from_stage_id == move.to_stage_id:
        words = _("%(deal)s is open again, in %(stage)s.")
    elif move.kind == Kind.BACK:
        words = _("%(deal)s moved back to %(stage)s.")
    else:
        words = _("%(deal)s moved to %(stage)s.")
    return words % {"deal": deal, "stage": move.to_stage}


def moves_made(moves: Iterable[StageMove], owner: Rep) -> list[Event]:
    """The deal's moves, the first one first."""
    return [
        Event(
            on=move.moved_on,
            recorded_at=move.recorded_at,
            title=_title(move) % {"stage": move.to_stage},
            who=name_in_place_of(move.moved_by, move.stood_in_for)
            if move.moved_by
            else _("An import"),
            is_owner=owner.user_id is not None and move.moved_by_id == owner.user_id,
            reason=move.reason,
            icon=ICONS.get(move.outcome, "i-next"),
            is_closing=move.outcome != Outcome.OPEN,
        )
        for move in sorted(moves, key=attrgetter("number"))
    ]


ICONS = {Outcome.WON: "i-done", Outcome.LOST: "i-open"}


def _title(move: StageMove) -> str:
    if move.outcome == Outcome.WON:
        return _("Won")
    if move.outcome == Outcome.LOST:
        return _("Lost")
    if move.kind == Kind.OPENED:
        return _("Opened in %(stage)s")
    if move.number == 1:
        return _("First seen in %(stage)s")
    if move.kind == Kind.TAKEN_BACK:
        return _("The win was a mistake, and is taken back")
    if move.from_stage_id == move.to_stage_id:
        return _("Reopened in %(stage)s")
    if move.kind == Kind.BACK:
        return _("Moved back to %(stage)s")
    if move.kind == Kind.OVERRIDE:
        return _("Moved to %(stage)s before everything was done")
    return _("Moved to %(stage)s")
