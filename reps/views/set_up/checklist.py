"""The first checklist: start with what we have, close it, open it again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reps.create_organization import Ours
from reps.create_organization import start_with_ours as start
from reps.views.checklist import checklist_of
from reps.views.set_up_rows import admins_organization


@require_POST
def start_with_ours(request, what):
    """The calendar's quarters, our stages or our activities: where there are none."""
    organization = admins_organization(request.user)
    if what not in list(Ours):
        raise Http404
    today = request.user.local_date(timezone.now())
    if start(organization, Ours(what), today=today):
        messages.success(request, _("It is there, and changes whenever you like."))
    else:
        messages.info(request, _("Somebody added one before; it stays as it is."))
    return redirect("reps:set_up")


@require_POST
def close_checklist(request):
    """Because all is there, or because the rest is to come later."""
    organization = admins_organization(request.user)
    now = timezone.now()
    organization.close_checklist(at=now)
    if request.htmx:
        request.user.organization = organization
        found = checklist_of(request.user, request.user.local_date(now))
        context = {"checklist": found, "lines": found.lines}
        return render(request, "reps/_checklist.html", context)
    messages.success(request, _("The list is closed."))
    return redirect("reps:set_up")


@require_POST
def open_checklist(request):
    """What is left to bring in is listed again."""
    admins_organization(request.user).open_checklist()
    return redirect("reps:set_up")
