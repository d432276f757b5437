"""The Move menu of one deal: where it may go, and what each way still asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reps.domain.transitions import Missing, NotYet, Outcome, Place, transition
from reps.models import Deal, Stage


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


def choices(deal: Deal, stages: Sequence[Stage]) -> Choices:
    """Every way this deal may go. `stages` as `deal.stages_as_asked()` gives them."""
    order = [stage.pk for stage in stages]
    here = order.index(deal.stage_id)
    usual, others = [], []
    if deal.outcome == Outcome.OPEN:
        near = {here + 1: _("Forward to %(stage)s"), here - 1: _("Back to %(stage)s")}
    else:
        near = {here: _("Reopen in %(stage)s")}
    # Forward comes before back, and both before won and lost.
    for place in reversed(range(len(stages))):
        stage = stages[place]
        note = _note(deal, Place(stage.pk), order, stages[here])
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
    return Choices(usual, others)


def _note(deal: Deal, to: Place, order: list[int], here: Stage) -> str | None:
    """What this move still asks for; None if it cannot be made from here at all."""
    try:
        transition(order, deal.place, to, unmet=here.unmet)
    except NotYet as refusal:
        if refusal.missing == Missing.CAUSE_OF_LOSS:
            return _("asks for the cause")
        if refusal.missing == Missing.REASON_FOR_BACK:
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
