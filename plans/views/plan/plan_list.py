"""The list of plans: where each rep's stands, and who has none."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plans.models import Plan
from reps.domain.name_order import name_order
from reps.models import Quarter, Rep, Team
from reps.views.list_file import download
from reps.views.whom_to_ask import whom_to_ask


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
    written = (
        Plan.objects.visible_to(user).for_page(user).order_by("-quarter__starts_on")
    )
    for plan in written:
        by_rep[plan.rep_id].append((plan, plan.waits_for(user)))
    reps = Rep.objects.in_teams_of(user).selling_on(today).with_is_given(user)
    rows = [
        Line(
            rep=rep,
            plans=by_rep[rep.pk],
            may_start=quarter is not None
            and rep.is_given
            and not any(
                plan.quarter_id == quarter.pk and plan.status != Plan.Status.CLOSED
                for plan, _waits in by_rep[rep.pk]
            ),
        )
        for rep in sorted(reps, key=lambda rep: name_order(rep.name))
    ]
    context = {
        "rows": rows,
        "quarter": quarter,
        "downloads": [download(_("Plans"), "plans:plan_file", selling=1)],
        "whom_to_ask": whom_to_ask(user),
    }
    return render(request, "plans/plan/plans.html", context)
