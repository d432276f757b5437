"""A rep's plan and check-in, as a region of the rep's page."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans.models import Handover, Plan
from plans.views.rep.check_in_request import asked
from reps.models import Rep


@require_safe
def rep_plan(request, rep_id):
    """The plan of a rep's quarter, and whether the rep is asked for the week.

    A region of the rep's page; without htmx a page of its own.
    """
    user, now = request.user, timezone.now()
    reps = Rep.objects.visible_to(user).with_is_given(user).with_is_managed(user)
    rep = get_object_or_404(reps, pk=rep_id)
    running = Plan.objects.visible_to(user).filter(rep=rep).not_closed().for_page(user)
    to_come = running.filter(quarter__ends_on__gte=user.local_date(now))
    plan = to_come.order_by("quarter__starts_on").first()
    may_hand_over = Rep.objects.handed_over_by(user).filter(pk=rep.pk).exists()
    context = {
        "rep": rep,
        "is_own": rep.user_id == user.pk,
        "plan": plan,
        "waits_for_you": plan and plan.waits_for(user),
        "may_start": rep.is_given,
        "may_hand_over": may_hand_over,
        "handover": _handover(rep, user) if may_hand_over else None,
        "asked": asked(rep, user, now=now) if rep.is_managed else None,
    }
    region = "plans/rep/_rep_plan.html" if request.htmx else "plans/rep/rep_plan.html"
    return render(request, region, context)


def _handover(rep: Rep, user) -> Handover | None:
    """The one to come; of somebody who left, the one by which they did."""
    to_come = rep.handovers.waiting().first()
    if to_come or not rep.left_on:
        return to_come
    leaving = Handover.objects.visible_to(user).filter(
        rep=rep, kind=Handover.Kind.LEAVES, carried_out_at__isnull=False
    )
    return leaving.order_by("-from_on", "-pk").first()
