"""Moving a deal over the board: its menu, the move, and the gate that asks why."""

from itertools import chain

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from reps.domain.transitions import Missing, NotYet, Outcome
from reps.forms.board.move import MoveForm
from reps.models import Deal, Quarter, Stage
from reps.models.board import by_stage_and_outcome, totals_of
from reps.models.compiled_query import compiled_once
from reps.models.stand_in import in_place_of
from reps.views.board.cards import CardWords, card_of, finished, lane_head
from reps.views.board.deal_context import books_of, deal_context, move_menu_of
from reps.views.board.gate import REASON_WANTED, STALE, WORDS, gate, gate_of_the_day
from reps.views.board.move_words import move_sentence
from reps.views.number_in import number_in


@require_safe
def move_menu(request, deal_id):
    """Where this deal may go; the board shows it in a dialog."""
    deal = _movable(request, deal_id)
    now = timezone.now()
    menu = move_menu_of(
        deal,
        today=deal.todays_date(now),
        rep=request.GET.get("rep", ""),
        closed=books_of(deal, request.user, now),
    )
    return render(
        request, "reps/board/_move_menu.html", {"menu": menu, "in_dialog": True}
    )


@require_POST
def move_deal(request, deal_id):
    """Move it; answer with its card and the heads of the lanes that changed.

    What is missing is named by the gate, which takes a reason for most of it.
    """
    deal = _movable(request, deal_id)
    user, now = request.user, timezone.now()
    today = deal.todays_date(now)
    form = MoveForm(request.POST, deal=deal, today=today, by=user, at=now)
    if not form.is_valid() or form.to_be_sure_of():
        return _refused(request, deal, form)
    to, was = form.cleaned_data["to"], deal.outcome
    try:
        move = deal.move_to(
            Stage(pk=to.stage),  # the transition knows which stages there are
            to.outcome,
            by=user,
            on=form.cleaned_data["day"],
            at=now,
            reason=form.cleaned_data["reason"],
            taking_back=form.taking_back,
            seen=form.cleaned_data["seen"],
            stood_in_for=in_place_of(user, deal.owner),
        )
    except NotYet as refusal:
        return _refused(request, deal, form, refusal)
    words = move_sentence(deal, move)
    if not request.htmx:
        messages.success(request, words)
        return redirect(deal)
    stages = {stage.pk: stage for stage in (move.from_stage, move.to_stage)}
    closes = {was, deal.outcome} != {Outcome.OPEN}
    page = _on_board(request, deal, stages.values(), with_finished=closes)
    return render(request, "reps/board/move_deal.html", page | {"said": words})


def _movable(request, deal_id) -> Deal:
    deal = _movable_deal.first(request.user, deal_id)
    if deal is None:
        raise Http404
    return deal


@compiled_once
def _movable_deal(user, pk):
    deals = Deal.objects.movable_by(user).filter(pk=pk)
    whose = ("owner__user", "owner__team")
    return deals.select_related(*whose, "stage", "organization")


def _refused(request, deal, form, refusal=None):
    """The menu again: with the gate, or with what is wrong. Nothing typed is lost."""
    stages = deal.stages_as_asked()
    kept = ("rep", "reason", "day", "sure_of")
    facts = {name: form.data.get(name, "") for name in kept}
    facts["today"] = form.today
    closed = facts["closed"] = books_of(deal, form.by, form.at)
    status = 422
    missing = refusal.missing if refusal else None
    if missing in REASON_WANTED:
        if missing == Missing.REASON_FOR_CLOSED_QUARTER:
            facts["gate"] = gate_of_the_day(form)
        else:
            to = form.cleaned_data["to"]
            facts["gate"] = gate(refusal, deal, to, stages, closed)
        if form.said_nothing:
            facts["problem"] = REASON_WANTED[missing]
    elif refusal:
        facts["notice"] = WORDS[missing]
        status = 409 if missing in STALE else 422
    elif form.errors:
        facts["notice"] = " ".join(chain(*form.errors.values()))
    else:
        facts["gate"] = gate_of_the_day(form)
        facts["sure_of"] = form.cleaned_data["day"].isoformat()
    menu = move_menu_of(deal, stages, **facts)
    if not request.htmx:
        of = {"today": form.today, "closed": closed}
        page = deal_context(deal, may_move=True, menu=menu, **of)
        return render(request, "reps/board/deal_detail.html", page, status=status)
    context = {"menu": menu, "in_dialog": True}
    if status != 409:
        return render(request, "reps/board/_move_menu.html", context, status=status)
    deal.stage = menu.stage
    page = _on_board(request, deal, stages, with_finished=True)
    return render(request, "reps/board/move_deal.html", page | context, status=status)


@compiled_once
def _closed_and_open(user, rep: int | None, stages: list[int], with_finished, today):
    """What these lanes come to, and what was closed this quarter if that is asked."""
    deals = Deal.objects.visible_to(user)
    if rep:
        deals = deals.filter(owner=rep)
    here = Q(outcome=Deal.Outcome.OPEN, stage__id__among=stages)
    if with_finished:
        here |= ~Q(outcome=Deal.Outcome.OPEN)
    quarters = Quarter.objects.visible_to(user)
    return by_stage_and_outcome(deals.filter(here), quarters, today=today)


def _on_board(request, deal, stages, *, with_finished) -> dict:
    """The card where it stands now, and what these lanes come to."""
    user, rep = request.user, number_in(request.POST, "rep")
    today = user.local_date(timezone.now())
    here = [stage.pk for stage in stages]
    sums = totals_of(_closed_and_open(user, rep, here, with_finished, today))
    currency = user.organization.currency
    owners = {}
    if not rep and deal.owner.user_id != user.pk:
        owners[deal.owner_id] = deal.owner.name
    query = f"rep={rep}" if rep else ""
    wording = CardWords(currency=currency, today=today, owners=owners, query=query)
    card = None
    if deal.outcome == Outcome.OPEN:
        asked = len(deal.stage.asked)
        card = wording.card(card_of(deal), deal.stage, asked, movable=True)
    heads = [lane_head(stage, sums.of(stage.pk), currency) for stage in stages]
    done = finished(sums.won, sums.lost, currency, rep) if with_finished else None
    return {"deal": deal, "card": card, "heads": heads, "finished": done}
