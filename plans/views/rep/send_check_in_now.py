"""This week's check-in, asked for by the rep's own manager before its hour."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plans.domain.nudging import local_week
from plans.models import Nudge
from plans.models.nudge_candidate import NudgeCandidate, WhyNot, nudge_candidate_of
from plans.tasks import deliver_nudges_soon
from plans.views.rep.check_in_request import NOT_ASKED
from reps.models import Rep


@require_POST
def send_check_in_now(request, rep_id):
    """Ask the own rep for this week at once, unless asked or answered already."""
    now = timezone.now()
    reps = Rep.objects.managed_by(request.user)
    rep = get_object_or_404(reps, pk=rep_id)
    candidate = nudge_candidate_of(reps.filter(pk=rep.pk), now)
    if candidate is None:
        words = NOT_ASKED[WhyNot.NO_ADDRESS]
        messages.warning(request, words % {"name": rep.name})
    else:
        _ask_now(request, candidate, now)
    return redirect("plans:rep_detail", rep.pk)


def _ask_now(request, candidate: NudgeCandidate, now):
    """At once or, by the clock of whoever is asked, when the working day begins."""
    zone, name = candidate.calendar.zone, {"name": candidate.rep.name}
    week, kind = local_week(now, candidate.calendar), Nudge.Kind.CHECK_IN
    why = candidate.why_not(week, kind, on=now.astimezone(zone).date())
    chance = candidate.chance(Nudge(kind=kind, week=week, due_at=now), at=now)
    if why or chance is None:
        messages.warning(request, NOT_ASKED[why or WhyNot.TOO_LATE] % name)
    elif not Nudge.objects.ask_now(candidate.rep, week=week, at=chance):
        words = _("%(name)s was asked this week already. Nothing more is sent.")
        messages.info(request, words % name)
    elif chance > now:
        when = date_format(chance.astimezone(zone), "l, H:i")
        words = _("The check-in goes to %(name)s in working hours: %(when)s there.")
        messages.success(request, words % (name | {"when": when}))
    else:
        deliver_nudges_soon()
        words = _("The check-in is on its way to %(name)s.")
        messages.success(request, words % name)
