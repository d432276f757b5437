"""Handing over what somebody works on, and the summary of it."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from plans.forms.hand_over import HandOverForm
from plans.models import Handover
from plans.models.handover import total
from reps.models import Deal, Quota, Rep


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request, rep_id):
    """Say who goes on, from which day; done at once where that is today."""
    own = Rep.objects.handed_over_by(request.user)
    reps = own.select_related("organization", "team")
    rep = get_object_or_404(reps, pk=rep_id)
    now = timezone.now()
    today = now.astimezone(rep.organization.zone).date()
    if rep.left_on and rep.left_on < today:
        raise Http404
    waiting = rep.handovers.waiting().first()
    if waiting:
        return redirect(waiting)
    data = request.POST if request.method == "POST" else None
    form = HandOverForm(data, rep=rep, user=request.user, today=today)
    if not form.is_valid():
        context = {"rep": rep, "form": form, "currency": rep.organization.currency}
        status = 422 if form.is_bound else 200
        return render(request, "plans/rep/hand_over.html", context, status=status)
    try:
        with transaction.atomic():
            handover = Handover.objects.write_down(
                rep, by=request.user, at=now, **form.facts()
            )
    except IntegrityError as error:
        if "handover_one_waits" not in str(error):
            raise
        return redirect("plans:hand_over", rep.pk)  # two at once: see the other's
    words = _("%(name)s is handed over.")
    if not handover.carried_out_at:
        words = _("The handover of %(name)s is written down, and done on its day.")
    messages.success(request, words % {"name": rep.name})
    return redirect(handover)


@require_safe
def handover(request, handover_id):
    """What was handed over to whom, to read and to print."""
    rows = Handover.objects.visible_to(request.user)
    people = ("rep__organization", "team", "to_team", "written_by")
    found = get_object_or_404(rows.select_related(*people), pk=handover_id)
    handed = found.deals.select_related("deal__stage", "to")
    handed = list(handed.order_by("to__name", F("deal__amount").desc(), "deal"))
    left = Deal.objects.filter(owner=found.rep).still_open()
    left = list(left.exclude(handed_over__handover=found).order_by("-amount", "pk"))
    leaves = found.kind == Handover.Kind.LEAVES
    quotas = Quota.objects.filter(rep=found.rep).select_related("quarter")
    quotas = quotas.filter(
        quarter__starts_on__lte=found.last_day, quarter__ends_on__gt=found.last_day
    )
    context = {
        "handover": found,
        "handed": handed,
        "handed_total": total(row.deal for row in handed),
        "left": left,
        "left_total": total(left),
        "leaves": leaves,
        "quota": quotas.first() if leaves else None,
        "moves": found.kind == Handover.Kind.MOVES,
        "currency": found.rep.organization.currency,
    }
    return render(request, "plans/rep/handover.html", context)


@require_POST
def drop_handover(request, handover_id):
    """It does not happen after all, as long as its day has not come."""
    found = get_object_or_404(Handover.objects.visible_to(request.user), pk=handover_id)
    if found.drop(at=timezone.now()):
        messages.success(request, _("The handover is taken back. Nothing changed."))
    else:
        messages.warning(request, _("It was done already, or taken back."))
    return redirect(found)
