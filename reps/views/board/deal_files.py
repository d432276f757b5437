"""The deals of a list, and their moves, to take along."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from reps.domain.files.cancelled import cancelled_cell
from reps.models import StageMove
from reps.templatetags.stand_in_words import name_in_place_of
from reps.views.board.deal_filter import DealFilter, deal_filter
from reps.views.list_file import AT_A_TIME, ListFile, list_file

# As an import knows them again.
DEAL_COLUMNS = [
    gettext_lazy("Deal ID"),
    gettext_lazy("Account"),
    gettext_lazy("Product"),
    gettext_lazy("Owner"),
    gettext_lazy("Owner email"),
    gettext_lazy("Stage"),
    gettext_lazy("In stage since"),
    gettext_lazy("Status"),
    gettext_lazy("Amount"),
    gettext_lazy("Estimated"),
    gettext_lazy("Cancelled"),
    gettext_lazy("Cancelled on"),
    gettext_lazy("Opened on"),
    gettext_lazy("Expected close"),
    gettext_lazy("Closed on"),
    gettext_lazy("Lead source"),
    gettext_lazy("Lost reason"),
]
# To be read: a deal's history is not brought in again.
MOVE_COLUMNS = [
    gettext_lazy("Deal ID"),
    gettext_lazy("Account"),
    gettext_lazy("Product"),
    gettext_lazy("Owner"),
    gettext_lazy("Move"),
    gettext_lazy("Kind"),
    gettext_lazy("From stage"),
    gettext_lazy("To stage"),
    gettext_lazy("Status after it"),
    gettext_lazy("Moved on"),
    gettext_lazy("Recorded at"),
    gettext_lazy("Moved by"),
    gettext_lazy("Reason"),
]


@require_safe
def deal_file(request):
    """The deals that `deal_filter` says, all of them."""
    asked = deal_filter(request)
    size, name = asked.rows.count(), _name(_("deals"), asked)
    rows = asked.rows.with_why_lost().with_cancelled_days().iterator(AT_A_TIME)
    return list_file(request, ListFile(name, DEAL_COLUMNS, map(_deal, rows), size))


@require_safe
def move_file(request):
    """Every move of the same deals, whenever it was, each deal's first one first."""
    asked, zone = deal_filter(request), request.user.zone
    moves = StageMove.objects.of(asked.rows)
    size, rows = moves.count(), moves.iterator(AT_A_TIME)
    lines = (_move(move, move.recorded_at.astimezone(zone)) for move in rows)
    return list_file(
        request, ListFile(_name(_("moves"), asked), MOVE_COLUMNS, lines, size)
    )


def _name(what: str, asked: DealFilter) -> str:
    name = f"{what} {asked.kind}"
    if asked.is_closed and asked.quarter:
        name += f" {asked.quarter}"
    return name


def _deal(deal):
    owner = deal.owner.user
    return [
        deal.pk,
        deal.account,
        deal.product,
        deal.owner.name,
        owner.email if owner and deal.sees_owner else None,
        deal.stage.name,
        None if deal.closed_on else deal.in_stage_since,
        deal.get_outcome_display(),
        deal.amount,
        _("yes") if deal.amount_is_estimate else "",
        deal.cancelled,
        cancelled_cell(
            (day["on"], Decimal(day["amount"])) for day in deal.cancelled_days
        ),
        deal.opened_on,
        deal.expected_close_on,
        deal.closed_on,
        deal.lead_source,
        deal.why_lost,
    ]


def _move(move: StageMove, recorded_at: datetime):
    by = name_in_place_of(move.moved_by, move.stood_in_for) if move.moved_by else ""
    return [
        move.deal_id,
        move.deal.account,
        move.deal.product,
        move.deal.owner.name,
        move.number,
        move.get_kind_display(),
        move.from_stage.name if move.from_stage else "",
        move.to_stage.name,
        move.get_outcome_display(),
        move.moved_on,
        recorded_at,
        by,
        move.reason,
    ]
