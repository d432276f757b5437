"""*How it runs*, a page of Set-up: what `manage.py check_set_up` says, for the admin.

The figures come from `recovery/set_up_checks`. A page about the wiring, so it is here.
"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from recovery import set_up_checks
from recovery.set_up_checks.finding import Level
from recovery.set_up_checks.mail import send_test_letter as send_letter
from reps.views.set_up_rows import admins_organization

NOTICE = {Level.FINE: messages.SUCCESS, Level.LOOK: messages.WARNING}


@require_safe
def how_it_runs(request):
    """Every check with what it found."""
    admins_organization(request.user)
    found = set_up_checks.look_at_everything()
    levels = [finding.level for _, finding in found]
    context = {
        "part": "how_it_runs",
        "found": found,
        "mail": set_up_checks.MAIL,
        "broken": levels.count(Level.BROKEN),
        "to_look_at": levels.count(Level.LOOK),
    }
    return render(request, "recovery/how_it_runs.html", context)


@require_POST
def send_test_letter(request):
    """A letter to whoever asks, and the mail server's answer on the page."""
    admins_organization(request.user)
    finding = send_letter(request.user.email)
    words = f"{finding.fact} {finding.what_to_do}".strip()
    messages.add_message(request, NOTICE.get(finding.level, messages.ERROR), words)
    return redirect("how_it_runs")
