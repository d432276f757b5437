"""Exit criteria ticked on a deal's page: what its stage asks for, and is now so."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reps.models import Deal, ExitCriterion
from reps.models.stand_in import in_place_of
from reps.views.board.cards import address
from reps.views.board.deal_context import deal_context


@require_POST
def meet_criterion(request, deal_id, criterion_id):
    """Tick what the deal has shown; who and when stays with it."""
    deal, criterion = _asked(request, deal_id, criterion_id)
    place = in_place_of(request.user, deal.owner)
    deal.meet(criterion, by=request.user, at=timezone.now(), stood_in_for=place)
    return _show(request, deal, _("Ticked: %(words)s") % {"words": criterion})


@require_POST
def unmeet_criterion(request, deal_id, criterion_id):
    """Take back a tick that was a mistake."""
    deal, criterion = _asked(request, deal_id, criterion_id)
    deal.unmeet(criterion)
    return _show(
        request, deal, _("Not ticked any more: %(words)s") % {"words": criterion}
    )


def _asked(request, deal_id, criterion_id):
    """The deal, and what its stage asks of it now; a closed one is asked nothing."""
    deals = Deal.objects.movable_by(request.user).still_open()
    deals = deals.select_related("owner__user", "owner__team", "organization")
    deal = get_object_or_404(deals, pk=deal_id)
    criteria = ExitCriterion.objects.visible_to(request.user).asked()
    criteria = criteria.filter(stage=deal.stage_id)
    return deal, get_object_or_404(criteria, pk=criterion_id)


def _show(request, deal, words):
    if not request.htmx:
        return redirect(address("reps:deal_detail", deal.pk) + f"#deal-steps-{deal.pk}")
    today = deal.todays_date(timezone.now())
    page = deal_context(deal, today=today, may_move=True, said=words)
    return render(request, "reps/board/_deal_steps.html", page)
