"""A rep's week, logged tap by tap: on the phone, by the rep or by their manager."""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from plans.forms.log_activity import LogActivityForm
from plans.models.rep_week import (
    logged_activity,
    rep_week,
    with_days_away,
    with_targets,
)
from plans.views.week_page import Reader, row, week_page
from reps.models import ActivityEntry, ActivityKind, Rep


@require_safe
def my_week(request, rep_id):
    """This week, or the one of `?week=`. A leader above only looks."""
    workable = Rep.objects.workable_by(request.user).filter(pk=OuterRef("pk"))
    reps = Rep.objects.visible_to(request.user).annotate(may_log=Exists(workable))
    rep = get_object_or_404(with_days_away(reps), pk=rep_id)
    day = _day(request.GET["week"]) if "week" in request.GET else None
    week = rep_week(rep, day, today=rep.local_date(timezone.now()))
    if week is None and day:
        raise Http404
    if week is None:
        own = rep.user_id == request.user.pk
        return render(request, "plans/no_week.html", {"rep": rep, "is_own": own})
    return _page(request, week, may_log=rep.may_log)


@require_POST
def log_activity(request, rep_id):
    """Count one more, one fewer, or so many; answer with the activity's row."""
    user, now = request.user, timezone.now()
    form = LogActivityForm(request.POST)
    with transaction.atomic():
        # Two taps at once: the second waits, and counts on from the first.
        reps = with_days_away(Rep.objects.workable_by(user).held())
        rep = get_object_or_404(reps, pk=rep_id)
        day = _day(request.POST.get("week", ""))
        week = rep_week(rep, day, today=rep.local_date(now))
        kind = week and _kinds(request, week).filter(pk=_kind(request)).first()
        if not kind:
            raise Http404
        taps = form.log(rep=rep, kind=kind, week=week.monday, by=user, at=now)
    return _answer(request, form, logged_activity(week, kind, taps), week, now)


def _answer(request, form, activity, week, now):
    """The row for htmx, with what the save bar says; the page without it."""
    reader, wrong = Reader.of(request.user), not form.is_valid()
    shown = row(
        activity,
        week,
        reader,
        may_log=True,
        typed=request.POST.get("count") if wrong else None,
        error=form.what_is_wrong,
        is_minus_gone=not wrong and form.takes_away and not activity.done,
    )
    status = 422 if wrong else 200
    if request.htmx:
        context = {"row": shown, "saved_at": reader.clock(now)}
        response = render(request, "plans/log_activity.html", context, status=status)
        return response if wrong else trigger_client_event(response, "activity-logged")
    if wrong:
        return _page(request, week, may_log=True, wrong=shown, status=status)
    page = reverse("plans:my_week", args=[week.rep.pk])
    return redirect(f"{page}?week={week.monday}#logged-activity-{shown.pk}")


def _page(request, week, *, may_log, wrong=None, status=200):
    kinds = list(_kinds(request, week))
    taps = ActivityEntry.objects.taps_of(week.rep, week=week.monday, kinds=kinds)
    context = week_page(
        week, request.user, kinds=kinds, taps=taps, may_log=may_log, wrong=wrong
    )
    return render(request, "plans/my_week.html", context, status=status)


def _kinds(request, week):
    kinds = ActivityKind.objects.visible_to(request.user).counted()
    return with_targets(kinds, rep=week.rep, week=week.monday)


def _day(text: str) -> date:
    """A week is asked for by its Monday; any day of it will do."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _kind(request) -> int:
    kind = request.POST.get("kind", "")
    if not kind.isdecimal():
        raise Http404
    return int(kind)
