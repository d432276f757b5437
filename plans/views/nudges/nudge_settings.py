"""Who gets the weekly letters: stopped or put off from a letter, or set by oneself."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from plans.domain.nudging import snoozed_until
from plans.links import (
    link_ends_on,
    read_nudge_token,
    read_person_token,
)
from plans.models import Nudge
from plans.models.nudge_candidate import WhyNot, nudge_candidate_of
from plans.views.link_pages import link_is_over, link_page
from reps.models import Rep, User

A_FORM = ["GET", "HEAD", "POST"]

# Said to whoever asks to be asked later.
NOT_LATER = {
    WhyNot.CHECKED_IN: _("You have checked in, so no other e-mail comes about it."),
    WhyNot.LEFT: _("You do not sell here any more, so no e-mail comes."),
    WhyNot.NO_ADDRESS: _("You have no address here any more, so no e-mail comes."),
    WhyNot.UNSUBSCRIBED: _(
        "You have stopped the weekly e-mails, so none comes. To start them again, sign "
        "in and choose E-mail in the menu behind your initials."
    ),
    WhyNot.TOO_LATE: _("This week is too long ago to ask about it once more."),
}
ASKED_ALREADY = _(
    "No other e-mail comes about this week. You can still log it: open the link in the "
    "one you have, or sign in and choose My week."
)
STILL_COMES = (Nudge.State.OWED, Nudge.State.SENDING)


@require_http_methods(A_FORM)
def nudge_settings(request):
    """Whether one gets the weekly letters at all."""
    user = request.user
    if request.method == "POST":
        user.want_nudges(request.POST.get("wanted") == "yes")
        return redirect("plans:nudge_settings")
    sells = Rep.objects.signing_in_as(user.pk).exists()
    return render(request, "plans/nudges/nudge_settings.html", {"sells": sells})


@link_page
@csrf_exempt  # RFC 8058: a mail program posts it, without a cookie. Nothing else is.
@require_http_methods(A_FORM)
def unsubscribe(request, person_token):
    """Stop the letters: by the button, or one click in a mail program."""
    person = User.objects.filter(pk=read_person_token(person_token)).first()
    if person is None:
        return link_is_over(request)
    if request.method == "POST":
        person.want_nudges(False)
    return render(request, "plans/nudges/unsubscribe.html", {"person": person})


@link_page
@require_http_methods(A_FORM)
def snooze(request, nudge_token):
    """Ask this person once more, on the next working day."""
    now = timezone.now()
    link = read_nudge_token(nudge_token, now)
    candidate = link and nudge_candidate_of(Rep.objects.signing_in_as(link.person), now)
    nudge = candidate and Nudge.objects.of(link.person).filter(pk=link.nudge).first()
    if nudge is None:
        return link_is_over(request)
    snoozed, due_at = nudge.snoozed(), None
    why_not = candidate.why_not(nudge.week, Nudge.Kind.SNOOZED, on=candidate.today)
    why = NOT_LATER[why_not] if why_not else ""
    if snoozed and not why:
        if snoozed.state in STILL_COMES:
            due_at = snoozed.retry_at or snoozed.due_at
        why = ASKED_ALREADY
    elif not why:
        due_at = _next_chance(nudge, candidate.calendar, now)
        if due_at and request.method == "POST":
            snoozed = nudge.snooze(until=due_at)
    context = {
        "name": candidate.rep.name,
        "due_at": due_at and due_at.astimezone(candidate.calendar.zone),
        "why": why or NOT_LATER[WhyNot.TOO_LATE],
        "is_snoozed": snoozed is not None,
        "token": nudge_token,
    }
    return render(request, "plans/nudges/snooze.html", context)


def _next_chance(nudge, calendar, now):
    """None when the week's own link will be over by then."""
    until = snoozed_until(now, calendar)
    if until is None:
        return None
    last_day = link_ends_on(nudge.week, calendar.work_week)
    return until if until.astimezone(calendar.zone).date() <= last_day else None
