"""The plan's own page."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans.models import Plan
from plans.views.plan.plan_context import plan_context
from reps.models.compiled_query import compiled_once


@compiled_once
def _plan(user, pk):
    return Plan.objects.visible_to(user).for_page(user).filter(pk=pk)


@require_safe
def plan_detail(request, plan_id):
    """The page the two write together; for a leader above, what both have signed."""
    plan = _plan.first(request.user, plan_id)
    if plan is None:
        raise Http404
    today = request.user.local_date(timezone.now())
    change = "change" in request.GET
    context = plan_context(plan, request.user, today=today, writing=change)
    return render(request, "plans/plan/plan_detail.html", context)
