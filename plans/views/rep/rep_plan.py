"""A rep's plan and check-in, as a region of the rep's page."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans.models import Plan
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
    context = {
        "rep": rep,
        "is_own": rep.user_id == user.pk,
        "plan": plan,
        "waits_for_you": plan and plan.waits_for(user),
        "may_start": rep.is_given,
        "may_hand_over": Rep.objects.in_teams_of(user).filter(pk=rep.pk).exists(),
        "handover": rep.handovers.visible_to(user).waiting().first(),
        "asked": asked(rep, user, now=now) if rep.is_managed else None,
    }
    region = "plans/rep/_rep_plan.html" if request.htmx else "plans/rep/rep_plan.html"
    return render(request, region, context)
