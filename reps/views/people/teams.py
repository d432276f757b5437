"""The tree of teams, and who runs each."""

from django.contrib import messages
from django.db.models import ProtectedError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reps.domain.name_order import name_order
from reps.forms.people.team import TeamForm
from reps.models import Team
from reps.views.set_up_rows import admins_organization, row_asked_for, save_or_show


@require_safe
def teams(request):
    """All teams; beside them the form to add one, or to change the one asked for.

    `?remove` asks whether one is to go.
    """
    organization = admins_organization(request.user)
    kept = Team.objects.editable_by(request.user)
    team = row_asked_for(request, "edit", kept)
    form = TeamForm(instance=team, organization=organization)
    going = row_asked_for(request, "remove", kept)
    return _show(request, form.focus() if team else form, going=going)


@require_POST
def add_team(request):
    form = TeamForm(request.POST, organization=admins_organization(request.user))
    said = _("%(name)s is added.")
    return save_or_show(request, form, said=said, page="reps:teams", show=_show)


@require_POST
def edit_team(request, team_id):
    """Change its name, who runs it, or the team above."""
    organization = admins_organization(request.user)
    team = Team.objects.editable_by(request.user).filter(pk=team_id).first()
    if team is None:
        form = TeamForm.of_one_removed(request.POST, organization=organization)
        return _show(request, form, status=404)
    form = TeamForm(request.POST, instance=team, organization=organization)
    said = _("%(name)s is saved.")
    return save_or_show(request, form, said=said, page="reps:teams", show=_show)


@require_POST
def remove_team(request, team_id):
    """Take away a team that nobody sells in and that has none below."""
    team = get_object_or_404(Team.objects.editable_by(request.user), pk=team_id)
    try:
        team.delete()
    except ProtectedError:
        words = _("%(name)s has people or teams of its own, so it stays.")
        messages.warning(request, words % {"name": team.name})
    else:
        messages.success(request, _("%(name)s is removed.") % {"name": team.name})
    return redirect("reps:teams")


def _show(request, form, *, going=None, **kwargs):
    today = request.user.local_date(timezone.now())
    listed = Team.objects.editable_by(request.user).select_related("manager", "above")
    context = {
        "part": "teams",
        "teams": sorted(listed.with_size(on=today), key=lambda t: name_order(t.name)),
        "form": form,
        "going": going,
    }
    return render(request, "reps/people/teams.html", context, **kwargs)
