"""An e-mail that was given up, owed anew by an admin."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plans.models import Nudge
from plans.models.nudge_candidate import nudge_candidate_of
from plans.tasks import deliver_nudges_soon
from reps.models import Rep


@require_POST
def send_again(request, nudge_id):
    """Owe a letter anew that had been given up."""
    now = timezone.now()
    nudges = Nudge.objects.resendable_by(request.user)
    nudge = get_object_or_404(nudges.select_related("person"), pk=nudge_id)
    candidate = nudge_candidate_of(Rep.objects.signing_in_as(nudge.person_id), now)
    nudge.due_at, name = now, {"name": nudge.person.name}
    if candidate is None or candidate.chance(nudge, at=now) is None:
        words = _("It is too late for that week: nothing is sent to %(name)s.")
        messages.warning(request, words % name)
    elif nudges.dead().filter(pk=nudge.pk).owe_again(at=now):
        deliver_nudges_soon()
        messages.success(request, _("The e-mail to %(name)s goes out again.") % name)
    else:
        words = _("The e-mail to %(name)s is not among those given up any more.")
        messages.info(request, words % name)
    return redirect("plans:delivery")
