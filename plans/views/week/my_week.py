"""A rep's week, logged tap by tap: on the phone, by the rep or by their manager."""

from datetime import date
from http import HTTPStatus

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from plans.forms.week.log_activity import LogActivityForm
from plans.models.rep_week import (
    RepWeek,
    counted_in,
    logged_activity,
    rep_week,
    with_days_away,
    with_days_away_only,
)
from plans.views.week.check_in_context import check_in_panel
from plans.views.week.week_context import Reader, row, week_context
from reps.models import ActivityEntry, Rep
from reps.models.compiled_query import compiled_once
from reps.models.stand_in import in_place_of

MOST_DIGITS = 19  # of a key in the database


@require_safe
def my_week(request, rep_id):
    """This week, or the one of `?week=`. A leader above only looks."""
    workable = Rep.objects.workable_by(request.user).filter(pk=OuterRef("pk"))
    reps = Rep.objects.visible_to(request.user).annotate(may_log=Exists(workable))
    rep = get_object_or_404(with_days_away(reps), pk=rep_id)
    week = week_asked_for(request.GET, rep, timezone.now())
    if week is None:
        own = rep.user_id == request.user.pk
        return render(request, "plans/week/no_week.html", {"rep": rep, "is_own": own})
    return show_week(request, week, may_log=rep.may_log)


@require_POST
def log_activity(request, rep_id):
    """Count one more, one fewer, or so many; answer with the activity's row."""
    user, now = request.user, timezone.now()
    form = LogActivityForm(request.POST)
    with transaction.atomic():
        # Two taps at once: the second waits, and counts on from the first.
        rep = _locked.first(user, rep_id)
        if rep is None:
            raise Http404
        rep.organization = user.organization  # it is the same, and at hand
        week = week_asked_for(request.POST, rep, now)
        if week is None:
            raise Http404
        asked = _kind(request)
        kinds = counted_in(week, asked) if asked else []
        if not kinds:
            return _not_counted(request, week)
        (kind,) = kinds
        tap = {"rep": rep, "kind": kind, "week": week.monday, "by": user, "at": now}
        taps = form.log(**tap, stood_in_for=in_place_of(user, rep))
    return _answer(request, form, logged_activity(week, kind, taps), week, now)


@compiled_once
def _locked(user, pk):
    reps = with_days_away_only(Rep.objects.workable_by(user).locked())
    return reps.select_related("team").filter(pk=pk)


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
        response = render(
            request, "plans/week/log_activity.html", context, status=status
        )
        return response if wrong else trigger_client_event(response, "activity-logged")
    if wrong:
        return show_week(request, week, may_log=True, wrong=shown, status=status)
    return redirect(f"{address_of(week)}#logged-activity-{shown.pk}")


def show_week(request, week, *, may_log, wrong=None, check_in=None, status=200):
    """The page: `wrong` is a row, `check_in` a panel that did not save."""
    kinds = counted_in(week)
    taps = ActivityEntry.objects.logged_counts(week.rep, week=week.monday, kinds=kinds)
    context = week_context(
        week, request.user, kinds=kinds, taps=taps, may_log=may_log, wrong=wrong
    )
    panel = check_in or check_in_panel(week, request.user, may_log=may_log)
    context["panel"] = panel
    return render(request, "plans/week/my_week.html", context, status=status)


def week_asked_for(asked, rep, now) -> RepWeek | None:
    """The one asked for by its Monday; not found when it is not open to be logged.

    Without one the rep's own current week, None before the first.
    """
    today = rep.local_date(now)
    if "week" not in asked:
        return rep_week(rep, None, today=today)
    try:
        week = rep_week(rep, date.fromisoformat(asked["week"]), today=today)
    except ValueError:
        week = None
    if week is None:
        raise Http404
    return week


def _kind(request) -> int | None:
    kind = request.POST.get("kind", "")
    return int(kind) if kind.isdecimal() and len(kind) < MOST_DIGITS else None


def _not_counted(request, week):
    """An activity that was retired while the page was open: show the page anew."""
    messages.warning(request, _("That activity is not counted any more."))
    page = address_of(week)
    if not request.htmx:
        return redirect(page)
    response = HttpResponseClientRedirect(page)
    response.status_code = HTTPStatus.GONE  # the tap is not to be tried again
    return response


def address_of(week) -> str:
    page = reverse("plans:my_week", args=[week.rep.pk])
    return f"{page}?week={week.monday}"
