"""The plan's own page, and the list of plans."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans.models import Plan
from plans.views.asked_words import asked
from plans.views.plan_page import plan_page
from reps.domain.name_order import name_order
from reps.models import Quarter, Rep, Team
from reps.models.worded_once import worded_once


@dataclass(frozen=True, slots=True)
class Line:
    """One rep with the plans there are, the latest quarter first."""

    rep: Rep
    plans: list[tuple[Plan, bool]]  # with whether it waits for the reader
    may_start: bool  # there is none for the quarter, and it is one's own rep


@require_safe
def plans(request):
    """Whose plan stands where, and who has none: for whoever runs a team."""
    user = request.user
    today = user.local_date(timezone.now())
    if not Team.objects.run_by(user).exists():
        raise Http404
    quarters = Quarter.objects.visible_to(user).filter(ends_on__gte=today)
    quarter = quarters.order_by("starts_on").first()
    by_rep = defaultdict(list)
    written = Plan.objects.visible_to(user).for_page().order_by("-quarter__starts_on")
    for plan in written:
        by_rep[plan.rep_id].append((plan, _waits_for(user, plan)))
    reps = Rep.objects.in_teams_of(user).selling_on(today).select_related("team")
    rows = [
        Line(
            rep=rep,
            plans=by_rep[rep.pk],
            may_start=quarter is not None
            and rep.team.manager_id == user.pk
            and not any(
                plan.quarter_id == quarter.pk and plan.status != Plan.Status.CLOSED
                for plan, _waits in by_rep[rep.pk]
            ),
        )
        for rep in sorted(reps, key=lambda rep: name_order(rep.name))
    ]
    context = {"rows": rows, "quarter": quarter}
    return render(request, "plans/plans.html", context)


@require_safe
def rep_plan(request, rep_id):
    """The plan of a rep's quarter, and whether the rep is asked for the week.

    A region of the rep's page; without htmx a page of its own.
    """
    user, now = request.user, timezone.now()
    reps = Rep.objects.visible_to(user).select_related("team")
    rep = get_object_or_404(reps, pk=rep_id)
    running = Plan.objects.visible_to(user).filter(rep=rep).not_closed().for_page()
    to_come = running.filter(quarter__ends_on__gte=user.local_date(now))
    plan = to_come.order_by("quarter__starts_on").first()
    context = {
        "rep": rep,
        "is_own": rep.user_id == user.pk,
        "plan": plan,
        "waits_for_you": plan and _waits_for(user, plan),
        "may_start": Rep.objects.workable_by(user).filter(pk=rep.pk).exists(),
        "asked": asked(rep, user, now=now) if rep.team.manager_id == user.pk else None,
    }
    region = "plans/_rep_plan.html" if request.htmx else "plans/rep_plan.html"
    return render(request, region, context)


def _waits_for(user, plan: Plan) -> bool:
    return bool(plan.turn) and plan.turn == plan.side_of(user)


@worded_once
def _plan(user, pk):
    return Plan.objects.visible_to(user).for_page().filter(pk=pk)


@require_safe
def plan_detail(request, plan_id):
    """The page the two write together; for a leader above, what both have signed."""
    plan = _plan.first(request.user, plan_id)
    if plan is None:
        raise Http404
    today = request.user.local_date(timezone.now())
    change = "change" in request.GET
    context = plan_page(plan, request.user, today=today, writing=change)
    return render(request, "plans/plan_detail.html", context)
