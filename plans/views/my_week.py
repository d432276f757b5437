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
    LOOKED_AT,
    RepWeek,
    logged_activity,
    weeks_open_to_log,
    with_days_away,
    with_targets,
)
from plans.views.week_page import Reader, row, week_page
from reps.domain.quarter import monday_of
from reps.models import ActivityEntry, ActivityKind, Rep


@require_safe
def my_week(request, rep_id):
    """This week, or the one of `?week=`: whoever runs the team above only looks."""
    user = request.user
    mine = Rep.objects.workable_by(user).filter(pk=OuterRef("pk"))
    reps = Rep.objects.visible_to(user).annotate(is_workable=Exists(mine))
    rep, week = _rep_and_week(request.GET, reps, rep_id)
    if week is None:
        return render(request, "plans/no_week.html", {"rep": rep})
    return _page(request, week, may_log=rep.is_workable)


@require_POST
def log_activity(request, rep_id):
    """Count one more, one fewer, or so many; answer with the activity's row."""
    user, now = request.user, timezone.now()
    form = LogActivityForm(request.POST)
    with transaction.atomic():
        # Two taps at once: the second waits, and counts on from the first.
        reps = Rep.objects.workable_by(user).held()
        rep, week = _rep_and_week(request.POST, reps, rep_id)
        kind = _kind(request, week)
        if form.is_valid():
            to = {"rep": rep, "kind": kind, "week": week.monday}
            taps = form.log(**to, by=user, at=now)
        else:
            taps = ActivityEntry.objects.taps_of(rep, week=week.monday, kinds=[kind])
            taps = taps[kind.pk]
    activity, reader = logged_activity(week, kind, taps), Reader(user.pk, user.zone)
    if not form.is_valid():
        wrong = row(
            activity,
            week,
            reader,
            may_log=True,
            typed=request.POST.get("count"),
            error=form.what_is_wrong,
        )
        if not request.htmx:
            return _page(request, week, may_log=True, wrong=wrong, status=422)
        context = {"row": wrong}
        return render(request, "plans/log_activity.html", context, status=422)
    if not request.htmx:
        here = reverse("plans:my_week", args=[rep.pk])
        place = f"logged-activity-{kind.pk}"
        return redirect(f"{here}?week={week.monday}#{place}")
    lost_minus = form.cleaned_data["change"] == -1 and activity.done == 0
    shown = row(activity, week, reader, may_log=True, lost_minus=lost_minus)
    context = {"row": shown, "saved": reader.clock(now)}
    response = render(request, "plans/log_activity.html", context)
    return trigger_client_event(response, "activity-logged")


def _rep_and_week(asked, reps, rep_id) -> tuple[Rep, RepWeek | None]:
    """Whose week and which; not found when it is not theirs to log yet, or any more.

    Without one asked for it is the rep's own current week, None before the first.
    """
    now = timezone.now()
    since = now.date() - LOOKED_AT
    rep = get_object_or_404(with_days_away(reps, since=since), pk=rep_id)
    today = rep.local_date(now)
    weeks = weeks_open_to_log(rep, today)
    if weeks is None and "week" not in asked:
        return rep, None
    ...


def _kind(request, week: RepWeek) -> ActivityKind:
    ...
