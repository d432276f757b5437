"""The Move menu of one deal: where it may go, and what each way still asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reps.domain.transitions import (
    Books,
    Kind,
    Missing,
    NotYet,
    Outcome,
    Place,
    transition,
)
from reps.models import Deal, Stage
from reps.models.deal import ClosedBooks


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of the menu; `to` is what it sends, `note` what it asks for."""

    to: str
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Choices:
    """The usual moves, and the other stages behind a fold."""

    usual: list[Choice]
    others: list[Choice]


def choices(
    deal: Deal, stages: Sequence[Stage], closed: ClosedBooks | None = None
) -> Choices:
    """Every way this deal may go. `stages` as `deal.stages_as_asked()` gives them.

    `closed` is the closed quarter that a win counts in.
    """
    order = [stage.pk for stage in stages]
    books = _books(deal, closed)
    here = order.index(deal.stage_id)
    usual, others = [], []
    if deal.outcome == Outcome.OPEN:
        near = {here + 1: _("Forward to %(stage)s"), here - 1: _("Back to %(stage)s")}
    else:
        near = {here: _("Reopen in %(stage)s")}
    # Forward comes before back, and both before won and lost.
    for place in reversed(range(len(stages))):
        stage = stages[place]
        note = _note(deal, Place(stage.pk), order, stages[here], books=books)
        if note is None:
            continue
        if place in near:
            label = near[place] % {"stage": stage}
            usual.append(Choice(str(stage.pk), label, note))
        else:
            others.insert(0, Choice(str(stage.pk), stage.name, note))
    for outcome, label in ((Outcome.WON, _("Won")), (Outcome.LOST, _("Lost"))):
        note = _note(deal, Place(deal.stage_id, outcome), order, stages[here])
        if note is not None:
            usual.append(Choice(outcome, label, note))
    undoing = {"books": books, "taking_back": True}
    note = _note(deal, Place(deal.stage_id), order, stages[here], **undoing)
    if note is not None:
        usual.append(Choice(Kind.TAKEN_BACK, _("The win was a mistake"), note))
    return Choices(usual, others)


def _books(deal: Deal, closed: ClosedBooks | None) -> Books:
    if closed is None or deal.outcome != Outcome.WON:
        return Books.OPEN
    return Books.TO_CORRECT if closed.is_theirs else Books.CLOSED


def _note(
    deal: Deal, to: Place, order: list[int], here: Stage, **undoing
) -> str | None:
    """What this move still asks for; None if it cannot be made from here at all."""
    try:
        transition(order, deal.place, to, unmet=here.unmet, **undoing)
    except NotYet as refusal:
        if refusal.missing == Missing.CAUSE_OF_LOSS:
            return _("asks for the cause")
        if refusal.missing in {
            Missing.REASON_FOR_BACK,
            Missing.REASON_FOR_TAKING_BACK,
        }:
            return _("asks why")
        if refusal.missing != Missing.REASON_FOR_OVERRIDE:
            return None
        if refusal.skipped or not refusal.unmet:
            return _("asks why")
        left = len(refusal.unmet)
        return ngettext(
            "%(left)s exit criterion open", "%(left)s exit criteria open", left
        ) % {"left": left}
    return _("ready")
