"""Whose rows an address asks for: a file keeps to the page that it is taken from."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from reps.models import Rep, Team
from reps.views.number_in import number_in


def rep_filter(request):
    """One `?rep`, a `?team` and those below it, all teams one runs (`?selling`), or all
    reps one sees.

    Not found for who is not one's to see, and for who sees nobody at all.
    """
    user, asked = request.user, request.GET
    reps, runs = Rep.objects.visible_to(user), Team.objects.run_by(user)
    if "rep" in asked:
        rep = get_object_or_404(reps, pk=number_in(asked, "rep"))
        return reps.filter(pk=rep.pk)
    if "team" in asked:
        team = get_object_or_404(runs, pk=number_in(asked, "team"))
        within = Team.objects.with_all_below(team)
        return Rep.objects.in_teams_of(user).filter(team__in=within)
    if not (runs.exists() or reps.exists()):
        raise Http404
    return Rep.objects.in_teams_of(user) if "selling" in asked else reps
