"""The front door: each person's own first page."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reps.models import Rep, Team
from reps.views.whom_to_ask import whom_to_ask


@require_safe
def home(request):
    """The team for whoever runs one, the own week for a rep, set-up for an admin: also
    for one who sells, until all there is to start with is brought in.

    Whoever left is asked for no week more: theirs is the page that says so.
    """
    user = request.user
    if Team.objects.run_by(user).exists():
        return redirect("plans:team_board")
    if user.is_admin and not user.organization.checklist_closed_at:
        return redirect("reps:set_up")
    rep = Rep.objects.visible_to(user).filter(user=user).first()
    if rep and rep.left_on and rep.left_on < rep.local_date(timezone.now()):
        return redirect("plans:rep_detail", rep.pk)
    if rep:
        return redirect("plans:my_week", rep.pk)
    if user.is_admin:
        return redirect("reps:set_up")
    return render(request, "plans/home.html", {"whom_to_ask": whom_to_ask(user)})
