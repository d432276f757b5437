"""The front door: each person's own first page."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from reps.models import Rep, Team


@require_safe
def home(request):
    """The team for whoever runs one, the own week for a rep, set-up for an admin."""
    user = request.user
    if Team.objects.run_by(user).exists():
        return redirect("plans:team_board")
    rep = Rep.objects.visible_to(user).filter(user=user).first()
    if rep:
        return redirect("plans:my_week", rep.pk)
    if user.is_admin:
        return redirect("reps:set_up")
    return render(request, "plans/home.html")
