"""A deal: its page, and the facts people keep about it. Moves stand in `deal_moves`."""

from copy import copy

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reps.forms.board.cancellation import CancellationForm, TakeBackForm
from reps.forms.board.deal import ClosedDealForm, DealForm, NewDealForm
from reps.models import Deal, Rep, Stage
from reps.models.stand_in import in_place_of
from reps.views.board.board_context import board_context, board_scope
from reps.views.board.cards import address
from reps.views.board.deal_context import books_of, deal_context
from reps.views.number_in import number_in


@require_safe
def deal_detail(request, deal_id):
    """The deal's page, with what is opened on it for whoever may move it.

    `?edit` opens its facts, `?cancel` what the customer called off, and `?mistaken` the
    cancellation of that number, to take it back.
    """
    user = request.user
    movable = Deal.objects.movable_by(user).filter(pk=OuterRef("pk"))
    deals = Deal.objects.readable_by(user).select_related("owner__user", "organization")
    deals = deals.annotate(is_movable=Exists(movable))
    deal = get_object_or_404(deals, pk=deal_id)
    now = timezone.now()
    said, closed = {"by": user, "at": now}, books_of(deal, user, now)
    form = None
    may_edit = deal.is_movable and (closed is None or closed.is_theirs)
    if may_edit and "edit" in request.GET:
        form = _form_of(deal, **said)
        form.fields["account"].widget.attrs["autofocus"] = True
    today = deal.todays_date(now)
    facts = {"form": form, "closed": closed}
    if deal.is_movable and deal.outcome == Deal.Outcome.WON:
        facts |= _cancelling(request.GET, deal, today, **said)
    page = deal_context(deal, today=today, may_move=deal.is_movable, **facts)
    return render(request, "reps/board/deal_detail.html", page)


def _cancelling(asked, deal: Deal, today, **said) -> dict:
    """The form that `?cancel` opens, or the one that takes a cancellation back."""
    if "cancel" in asked:
        form = CancellationForm(deal=deal, today=today, **said)
        form.fields["amount"].widget.attrs["autofocus"] = True
        return {"cancel_form": form}
    if "mistaken" in asked:
        rows = deal.cancellations.still_so()
        mistaken = get_object_or_404(rows, pk=number_in(asked, "mistaken"))
        mistaken.form = TakeBackForm()
        mistaken.form.fields["words"].widget.attrs["autofocus"] = True
        return {"mistaken": mistaken}
    return {}


@require_POST
@transaction.atomic
def edit_deal(request, deal_id):
    """Keep the facts somebody changed, unless somebody else changed the same ones."""
    deals = Deal.objects.movable_by(request.user).select_for_update(of=("self",))
    deals = deals.select_related("owner__user", "owner__team", "organization")
    deal = get_object_or_404(deals, pk=deal_id)
    user, now = request.user, timezone.now()
    form = _form_of(deal, request.POST, by=user, at=now)
    form.merge_saved(form.initial)  # the row is locked: it is as it stands
    if not form.is_valid():
        facts = {"today": deal.todays_date(now), "closed": books_of(deal, user, now)}
        page = deal_context(deal, may_move=True, form=form, **facts)
        return render(request, "reps/board/deal_detail.html", page, status=form.status)
    deal.correct(
        form.changes,
        by=user,
        at=now,
        why=form.cleaned_data.get("why", ""),
        stood_in_for=in_place_of(user, deal.owner),
    )
    messages.success(request, _("%(deal)s is saved.") % {"deal": deal})
    return redirect(deal)


def _form_of(deal: Deal, *sent, by, at) -> DealForm:
    facts = {"instance": copy(deal), "currency": deal.organization.currency}
    day = deal.closed_on or deal.todays_date(at)
    facts["owners"] = Rep.objects.given_deals_by(by, owner=deal.owner, day=day)
    if deal.outcome == Deal.Outcome.OPEN:
        return DealForm(*sent, **facts)
    facts |= {"today": deal.todays_date(at), "by": by, "at": at}
    return ClosedDealForm(*sent, **facts)


@require_POST
def add_deal(request):
    """Put a deal on the board, in its first stage, as of today."""
    user = request.user
    now = timezone.now()
    today = user.local_date(now)
    owners = Rep.objects.workable_by(user).selling_on(today).select_related("team")
    owners = list(owners)
    stage = Stage.objects.visible_to(user).in_order().first()
    if not (owners and stage):
        raise Http404
    currency = user.organization.currency
    form = NewDealForm(request.POST, user=user, owners=owners, currency=currency)
    board = board_scope(user, request.POST.get("rep"))
    if not form.is_valid():
        page = board_context(board, today=today, form=form)
        return render(request, "reps/board/board.html", page, status=422)
    facts = form.facts()
    deal = Deal.objects.open_deal(
        stage=stage,
        by=user,
        on=today,
        at=now,
        stood_in_for=in_place_of(user, facts["owner"]),
        **facts,
    )
    words = _("%(deal)s is on the board, in %(stage)s.")
    messages.success(request, words % {"deal": deal, "stage": stage})
    return redirect(address("reps:board", rep=board.chosen and board.chosen.pk))
