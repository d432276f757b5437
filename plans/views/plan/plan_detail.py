"""The plan's own page."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans.models import Plan
from plans.views.plan.plan_context import plan_context


@require_safe
def plan_detail(request, plan_id):
    """The page the two write together; for a leader above, what both have signed."""
    plan = get_object_or_404(
        Plan.objects.visible_to(request.user).for_page(), pk=plan_id
    )
    today = request.user.local_date(timezone.now())
    change = "change" in request.GET
    context = plan_context(plan, request.user, today=today, writing=change)
    return render(request, "plans/plan/plan_detail.html", context)
