"""A week logged from its letter: one page, one button, nothing else within reach."""

from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from plans.forms.week.check_in import MOST_LETTERS
from plans.forms.week.week_by_link import LogByLinkForm
from plans.links import link_ends_on, read_week_token
from plans.mail import is_going_on
from plans.models import CheckIn
from plans.models.rep_week import (
    LoggedActivity,
    counted_in,
    logged_activities,
    rep_week,
    with_days_away,
)
from plans.views.link_pages import link_is_over, link_page
from reps.models import ActivityEntry, Rep


@dataclass(frozen=True, slots=True)
class Number:
    """One activity on the page: what stands in its field, and what is wrong with it."""

    activity: LoggedActivity
    shown: str | int
    error: str = ""

    @property
    def pk(self) -> int:
        return self.activity.kind.pk


@link_page
@require_safe
def week_by_link(request, week_token):
    """The week's numbers, to be put right or confirmed. Opening it changes nothing."""
    week = _week(week_token, Rep.objects.all())
    if week is None:
        return link_is_over(request)
    return _show(request, week, week_token, saved="saved" in request.GET)


@link_page
@require_POST
def log_by_link(request, week_token):
    """Log what was typed, and that the rep has checked in."""
    with transaction.atomic():
        week = _week(week_token, Rep.objects.locked())
        if week is None:
            return link_is_over(request)
        form = LogByLinkForm(request.POST, activities=_activities(week))
        if not form.is_valid():
            return _show(request, week, week_token, form=form, status=422)
        facts = {"rep": week.rep, "week": week.monday}
        facts |= {"by": week.rep.user, "at": timezone.now()}
        form.log(**facts)
        note = form.cleaned_data["note"]
        is_kept = CheckIn.objects.confirm(note=note, **facts)
    if not is_kept:
        return _show(request, week, week_token, note_left=note, saved=True, status=409)
    response = redirect("plans:week_by_link", week_token)
    response.headers["Location"] += "?saved"
    return response


def _week(token, reps):
    """What the link opens; None when it does not, or is not theirs any more."""
    now = timezone.now()
    link = read_week_token(token, now)
    if link is None:
        return None
    rep = with_days_away(reps.signing_in_as(link.person)).filter(pk=link.rep).first()
    return rep and rep_week(rep, link.week, today=rep.local_date(now))


def _activities(week) -> list[LoggedActivity]:
    kinds = counted_in(week)
    taps = ActivityEntry.objects.logged_counts(week.rep, week=week.monday, kinds=kinds)
    return logged_activities(week, kinds, taps)


def _show(request, week, token, *, form=None, note_left="", saved=False, status=200):
    """The page; `form` brings numbers back that did not save, `note_left` a note."""
    check_ins = CheckIn.objects.filter(rep=week.rep, week=week.monday)
    moved = check_ins.values_list("moved", flat=True).first()
    context = {
        "week": week,
        "name": week.rep.name,
        "is_going_on": is_going_on(week, week.rep.organization),
        "token": token,
        "ends_on": link_ends_on(week.monday, week.work_week),
        "numbers": [_number(activity, form) for activity in _activities(week)],
        "key": uuid4(),
        "key_error": form and form.errors.get("key"),
        "saved": saved,
        "has_checked_in": moved is not None,
        # What was written on My week is not shown to whoever has the link.
        "asks_note": not moved or bool(note_left),
        "note": form.data.get("note", "") if form else note_left,
        "note_error": form and form.errors.get("note"),
        "note_left": note_left,
        "most_letters": MOST_LETTERS,
    }
    return render(request, "plans/week/week_by_link.html", context, status=status)


def _number(activity, form) -> Number:
    typed = form and form.typed(activity.kind)
    if typed is None:
        return Number(activity, activity.done)
    return Number(activity, typed, form.what_is_wrong(activity.kind))
