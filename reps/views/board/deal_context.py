"""What a deal's page shows: where it stands, what it still needs, how it got there."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from reps.domain.transitions import Outcome
from reps.forms.board.closing_day import counts_in, who_can, who_puts_it_right
from reps.models import (
    Cancellation,
    Deal,
    DealFacts,
    ExitCriterion,
    MetCriterion,
    Stage,
)
from reps.models.deal import ClosedBooks
from reps.views.board.fact_words import called_off, changes_of
from reps.views.board.gate import Gate
from reps.views.board.move_choices import Choices, choices
from reps.views.board.move_words import Event, moves_made


@dataclass(frozen=True, slots=True)
class Step:
    """A stage on the way, as the ladder of a deal shows it."""

    name: str
    is_past: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """An exit criterion of the stage the deal stands in; `met` once it is ticked."""

    criterion: ExitCriterion
    met: MetCriterion | None


@dataclass(frozen=True, slots=True)
class MoveMenu:
    """The Move menu of a deal, or the gate a chosen move ran into.

    `seen` is the last move the reader knows of, `rep` whose board they look at,
    `reason` and `day` what they wrote already, `sure_of` the day that they were asked
    about. `today` is the owner's. `notice` says why the menu is back, `problem` what is
    wrong with the reason. `closed` is the closed quarter that it counts in.
    """

    deal: Deal
    stage: Stage
    choices: Choices
    seen: int
    today: date
    rep: str = ""
    gate: Gate | None = None
    reason: str = ""
    day: str = ""
    sure_of: str = ""
    notice: str = ""
    problem: str = ""
    closed: ClosedBooks | None = None

    @property
    def met(self) -> int:
        return len(self.stage.asked) - len(self.stage.unmet)

    @property
    def who_can(self) -> str:
        return who_can(self.deal)


def books_of(deal: Deal, user, at: datetime) -> ClosedBooks | None:
    """The closed quarter that this deal counts in, if it does."""
    if deal.closed_on is None:
        return None
    return deal.closed_books(deal.closed_on, by=user, at=at)


def move_menu_of(deal: Deal, stages=None, *, closed=None, **facts) -> MoveMenu:
    stages = stages or deal.stages_as_asked()
    here = next(stage for stage in stages if stage.pk == deal.stage_id)
    return MoveMenu(
        deal=deal,
        stage=here,
        choices=choices(deal, stages, closed),
        seen=here.last_number,
        closed=closed,
        **facts,
    )


def deal_context(
    deal: Deal,
    *,
    today: date,
    may_move: bool,
    closed: ClosedBooks | None = None,
    menu=None,
    form=None,
    cancel_form=None,
    mistaken: Cancellation | None = None,
    said="",
) -> dict:
    """The context of `deal_detail.html` and of its region.

    `menu` is one that a move ran into, `form` the one that edits the facts, if open, as
    are the `cancel_form` and the one that takes the `mistaken` cancellation back.
    `today` is the owner's, as are all days of a deal. `closed` is `books_of` it.
    """
    stages = deal.stages_as_asked()
    here = next(stage for stage in stages if stage.pk == deal.stage_id)
    is_open = deal.outcome == Outcome.OPEN
    if may_move and menu is None:
        menu = move_menu_of(deal, stages, today=today, closed=closed)
    cancellations = _cancellations(deal)
    since = deal.in_stage_since
    days_here = max((today - since).days, 0) if since and is_open else None
    left_on = deal.owner.left_on
    return {
        "deal": deal,
        "stage": here,
        "today": today,
        "currency": deal.organization.currency,
        "is_open": is_open,
        "is_unowned": is_open and left_on is not None and left_on < today,
        "days_here": days_here,
        "is_late": days_here is not None and days_here > here.usual_days,
        "is_past_close": is_open
        and deal.expected_close_on is not None
        and deal.expected_close_on < today,
        "steps": [
            Step(stage.name, stage.order < here.order, stage.order == here.order)
            for stage in stages
        ],
        "ticks": _ticks(deal),
        "met": len(here.asked) - len(here.unmet),
        "menu": menu if may_move else None,
        "may_move": may_move,
        "may_edit": may_move and (closed is None or closed.is_theirs),
        "closed": _said_of(deal, closed) if closed and may_move else "",
        "events": _timeline(deal, cancellations),
        "form": form,
        "cancelled": [row for row in cancellations if row.is_still_so],
        "left": deal.amount - sum(row.amount for row in cancellations),
        "cancel_form": cancel_form,
        "mistaken": mistaken,
        "said": said,
    }


def _said_of(deal: Deal, closed: ClosedBooks) -> str:
    """Why its facts are not theirs to change, and whose they are."""
    return "" if closed.is_theirs else f"{counts_in(closed)} {who_puts_it_right(deal)}"


def _cancellations(deal: Deal) -> list[Cancellation]:
    """Only what was won can be called off."""
    if deal.outcome != Outcome.WON:
        return []
    rows = deal.cancellations.select_related(
        "cancelled_by", "stood_in_for", "taken_back_by"
    )
    return list(rows.order_by("recorded_at", "pk"))


def _timeline(deal: Deal, cancellations) -> list[Event]:
    """What happened, the last of it first, in the order it was written down."""
    moves = deal.moves.select_related("to_stage", "moved_by", "stood_in_for")
    rows = DealFacts.objects.of(deal).select_related(
        "owner", "changed_by", "stood_in_for"
    )
    of = {"owner": deal.owner, "currency": deal.organization.currency}
    events = [
        *moves_made(moves, deal.owner),
        *changes_of(rows, **of, source=deal.source),
        *called_off(cancellations, **of),
    ]
    return sorted(events, key=attrgetter("recorded_at"))[::-1]


def _ticks(deal: Deal) -> list[Tick]:
    met = deal.met_criteria.filter(criterion__stage=deal.stage_id)
    by_criterion = {
        row.criterion_id: row for row in met.select_related("met_by", "stood_in_for")
    }
    asked = ExitCriterion.objects.filter(stage=deal.stage_id).asked()
    return [Tick(criterion, by_criterion.get(criterion.pk)) for criterion in asked]
