"""Who sets up is asked which team they run, or whom they invite to run it."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reps.forms.set_up.first_team import FirstTeamForm
from reps.views.send_link import send_link
from reps.views.set_up.set_up import show_set_up
from reps.views.set_up_rows import admins_organization


@require_POST
def start_first_team(request):
    """Make it, and mail whoever is to run it the link to come in."""
    organization = admins_organization(request.user)
    form = FirstTeamForm(request.POST, organization=organization, by=request.user)
    if not form.save_if_valid():
        return show_set_up(request, organization, first_team=form, status=form.status)
    names = {"team": form.instance.name}
    if form.invited:
        names["name"] = form.invited.name
        saved = _("%(team)s is added, and %(name)s runs it.") % names
        send_link(request, form.invited, saved=saved)
    else:
        messages.success(request, _("%(team)s is yours.") % names)
    return redirect("reps:set_up")
