"""The customer called a won deal off; and a cancellation that was a mistake."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reps.figure_style import exact_money
from reps.forms.board.cancellation import CancellationForm, TakeBackForm
from reps.forms.board.closing_day import who_can
from reps.models import Deal
from reps.models.quarter_closing import QuarterIsClosed
from reps.models.stand_in import in_place_of
from reps.views.board.deal_context import books_of, deal_context


@require_POST
@transaction.atomic
def cancel_deal(request, won_deal_id):
    """Take off, whole or in part, what the customer called off. It stays won."""
    deal = _won(request, won_deal_id)
    now = timezone.now()
    facts = {"today": deal.todays_date(now), "by": request.user, "at": now}
    form = CancellationForm(request.POST, deal=deal, **facts)
    if not form.is_valid():
        return _again(request, deal, cancel_form=form)
    facts = form.cleaned_data
    deal.cancel(
        facts["amount"],
        on=facts["cancelled_on"],
        words=facts["words"],
        by=request.user,
        at=now,
        stood_in_for=in_place_of(request.user, deal.owner),
    )
    amount = exact_money(facts["amount"], deal.organization.currency)
    words = _("%(amount)s of %(deal)s is cancelled.")
    messages.success(request, words % {"amount": amount, "deal": deal})
    return redirect(deal)


@require_POST
@transaction.atomic
def take_back_cancellation(request, won_deal_id, cancellation_id):
    """It was a mistake: what was taken off counts again, on the day it came off."""
    deal = _won(request, won_deal_id)
    rows = deal.cancellations.still_so()
    cancellation = get_object_or_404(rows, pk=cancellation_id)
    form = TakeBackForm(request.POST)
    cancellation.form = form
    if not form.is_valid():
        return _again(request, deal, mistaken=cancellation)
    said = {"by": request.user, "at": timezone.now()}
    said["stood_in_for"] = in_place_of(request.user, deal.owner)
    try:
        cancellation.take_back(words=form.cleaned_data["words"], **said)
    except QuarterIsClosed as refusal:
        facts = {"quarter": refusal.quarter, "who": who_can(deal)}
        words = _("It came off in %(quarter)s, which is closed. %(who)s")
        form.add_error("words", words % facts)
        return _again(request, deal, mistaken=cancellation)
    messages.success(request, _("%(deal)s counts as before.") % {"deal": deal})
    return redirect(deal)


def _won(request, deal_id) -> Deal:
    """Locked: two who cancel at once see what the other left."""
    deals = Deal.objects.movable_by(request.user).filter(outcome=Deal.Outcome.WON)
    deals = deals.select_for_update(of=("self",))
    deals = deals.select_related("owner__user", "owner__team", "organization")
    return get_object_or_404(deals, pk=deal_id)


def _again(request, deal, **facts):
    now = timezone.now()
    facts |= {"today": deal.todays_date(now)}
    facts |= {"closed": books_of(deal, request.user, now)}
    page = deal_context(deal, may_move=True, **facts)
    return render(request, "reps/board/deal_detail.html", page, status=422)
