"""The gate: what a move is still missing, in words, and what would open it.

The transition answers in codes (`reps.domain.transitions.Missing`). Their words are
here, and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reps.domain.transitions import Kind, Missing, NotYet, Outcome, Place
from reps.models import Deal, Stage
from reps.models.deal import ClosedBooks

# Nothing to be talked round: look again, and choose again.
WORDS = {
    Missing.ALREADY_THERE: gettext_lazy("It stands there already."),
    Missing.MOVED_MEANWHILE: gettext_lazy(
        "Somebody moved it while you were looking. Nothing of yours is lost: this is"
        " where it stands now."
    ),
    Missing.UNKNOWN_STAGE: gettext_lazy("There is no such stage on the board."),
    Missing.NOT_OPENED: gettext_lazy("Put it on the board first."),
    Missing.CLOSED: gettext_lazy("It is closed. Reopen it first."),
    Missing.CALLED_OFF: gettext_lazy(
        "Something of it was cancelled. Take that back first, if it was a mistake."
    ),
    Missing.CLOSES_WHERE_IT_STANDS: gettext_lazy(
        "A deal is won or lost in the stage where it stands."
    ),
    Missing.OTHER_SOURCE: gettext_lazy(
        "It was brought in from elsewhere, or made here: this import leaves it alone."
    ),
    Missing.NOT_WON: gettext_lazy("Only a win is taken back, and this is none."),
    Missing.QUARTER_CLOSED: gettext_lazy(
        "It counts in a quarter that is closed: the manager of its owner can do that,"
        " with a reason."
    ),
    Missing.WON_IN_CLOSED_QUARTER: gettext_lazy(
        "It is booked in a quarter that is closed, so it is not reopened. If the"
        " customer cancelled, take that off; if the win was a mistake, the manager of"
        " its owner takes it back, with a reason."
    ),
}
# Cured by a reason; what to say when it was asked for and left empty.
REASON_WANTED = {
    Missing.REASON_FOR_OVERRIDE: gettext_lazy(
        "Say why it moves on before that is done."
    ),
    Missing.REASON_FOR_BACK: gettext_lazy("Say why it goes back."),
    Missing.CAUSE_OF_LOSS: gettext_lazy(
        "Say what the cause was. “I don’t know yet” is a fair answer too."
    ),
    Missing.REASON_FOR_TAKING_BACK: gettext_lazy("Say what the mistake was."),
    Missing.REASON_FOR_CLOSED_QUARTER: gettext_lazy(
        "Say why: the quarter is closed, and others go by it."
    ),
}
STALE = {Missing.ALREADY_THERE, Missing.MOVED_MEANWHILE, Missing.CLOSED}


@dataclass(frozen=True, slots=True)
class Gate:
    """What stands between a deal and the move, and the question that opens it."""

    to: str
    title: str
    explained: str
    met: Sequence[str]
    unmet: Sequence[str]
    question: str  # empty: nothing but a yes is asked for
    hint: str
    opens: str  # what the button says that moves it all the same
    is_warning: bool  # the better choice is to keep it where it is


def gate(
    refusal: NotYet,
    deal: Deal,
    to: Place,
    stages: Sequence[Stage],
    closed: ClosedBooks | None = None,
) -> Gate:
    """The gate for a move that a reason would let through.

    `closed` is the closed quarter that a win counts in until now.
    """
    if refusal.missing == Missing.REASON_FOR_TAKING_BACK:
        return _taken_back(deal, closed)
    there = next(stage for stage in stages if stage.pk == to.stage)
    if refusal.missing == Missing.CAUSE_OF_LOSS:
        return Gate(
            to=Outcome.LOST,
            title=_("Mark %(deal)s as lost") % {"deal": deal},
            explained=_("Lost deals teach most when the cause is fresh."),
            met=(),
            unmet=(),
            question=_("What was the cause?"),
            hint=_("One sentence. It stands in the deal’s history."),
            opens=_("Mark as lost"),
            is_warning=False,
        )
    if refusal.missing == Missing.REASON_FOR_BACK:
        return _back(deal, there)
    return _override(refusal, deal, to, there, stages)


def gate_of_the_day(form) -> Gate:
    """The gate for a day that books it in another quarter than today's."""
    to, day = form.cleaned_data["to"], form.cleaned_data["day"]
    won = to.outcome == Outcome.WON
    title = _("Won on %(day)s?") if won else _("Lost on %(day)s?")
    return Gate(
        to=to.outcome.value,
        title=title % {"day": date_format(day, "j F Y")},
        explained=form.elsewhere(),
        met=(),
        unmet=(),
        # Of a loss the cause is asked for in any case.
        question=_("Why is it booked there now?") if won and form.closed else "",
        hint=_("One sentence. It stands in the deal’s history."),
        opens=_("Yes, that is the day"),
        is_warning=False,
    )


def _taken_back(deal: Deal, closed: ClosedBooks | None) -> Gate:
    day = {"day": date_format(deal.closed_on, "j F Y")}
    explained = _("It is open again, and what it booked on %(day)s goes.") % day
    if closed:
        words = _("That is in %(quarter)s, which is closed.")
        explained = f"{explained} {words % {'quarter': closed.quarter}}"
    return Gate(
        to=Kind.TAKEN_BACK.value,
        title=_("The win was a mistake"),
        explained=explained,
        met=(),
        unmet=(),
        question=_("What was the mistake?"),
        hint=_("One sentence. It stands in the deal’s history."),
        opens=_("Take the win back"),
        is_warning=False,
    )


def _back(deal: Deal, there: Stage) -> Gate:
    reopening = deal.outcome != Outcome.OPEN
    title = _("Reopen in %(stage)s") if reopening else _("Back to %(stage)s")
    return Gate(
        to=str(there.pk),
        title=title % {"stage": there},
        explained=_("Going back is fine. Say why, so that the history makes sense."),
        met=(),
        unmet=(),
        question=_("Why does it go back?"),
        hint=_("One sentence. It stands in the deal’s history."),
        opens=_("Reopen it") if reopening else _("Move it back"),
        is_warning=False,
    )


def _override(refusal, deal, to: Place, there: Stage, stages) -> Gate:
    here = next(stage for stage in stages if stage.pk == deal.stage_id)
    won = to.outcome == Outcome.WON
    title = (
        _("Not quite ready to be won")
        if won
        else _("Not quite ready for %(stage)s") % {"stage": there}
    )
    passed_over = [stage.name for stage in stages if stage.pk in refusal.skipped]
    explained = ""
    if deal.outcome != Outcome.OPEN:
        explained = _("It is closed, and would be reopened further on.")
    if passed_over:
        names = get_text_list(passed_over, _("and"))
        explained = _("It would pass over %(stages)s.") % {"stages": names}
    return Gate(
        to=Outcome.WON.value if won else str(there.pk),
        title=title,
        explained=explained,
        met=[words for words in here.asked if words not in refusal.unmet],
        unmet=refusal.unmet,
        question=_("Why move it now?"),
        hint=_("One sentence. It stands in the deal’s history."),
        opens=_("Move, and say why"),
        is_warning=True,
    )
