"""The whiteboard: open deals by stage, the longest in each stage first."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reps.forms.board.deal import NewDealForm
from reps.models import Rep, Stage
from reps.models.board import lanes
from reps.views.board.board_context import (
    board_context,
    board_scope,
    read_mark,
    shown,
)
from reps.views.number_in import number_in


@require_safe
def board(request):
    """Everybody's deals one may see, or one rep's (`?rep`).

    `?add` opens the form of a new deal; `?lane` and `?after` begin one lane further
    down, for a browser that does not fetch more as it scrolls.
    """
    user = request.user
    today = user.local_date(timezone.now())
    board = board_scope(user, request.GET.get("rep"))
    form = after = None
    if "add" in request.GET and board.opens_deals(today):
        owners = list(Rep.objects.workable_by(user).selling_on(today))
        form = NewDealForm(
            user=user,
            owners=owners,
            chosen=board.chosen or board.own,
            currency=user.organization.currency,
        )
        next(iter(form.fields.values())).widget.attrs["autofocus"] = True
    lane = number_in(request.GET, "lane")
    if lane:
        after = {lane: read_mark(request.GET.get("after", ""))}
    page = board_context(board, today=today, after=after, form=form)
    return render(request, "reps/board/board.html", page)


@require_safe
def board_lane(request, stage_id):
    """The next cards of a lane, from `?after` on."""
    user = request.user
    board = board_scope(user, request.GET.get("rep"))
    after = request.GET.get("after")
    marks = {stage_id: read_mark(after)} if after else None
    stages = Stage.objects.visible_to(user).filter(pk=stage_id)
    found = lanes(stages, board.deals, after=marks)
    if not found:
        raise Http404
    today = user.local_date(timezone.now())
    lane = shown(board, found[0], board.wording(today))
    return render(request, "reps/board/_lane_cards.html", {"lane": lane})
