"""The organization's calendar: its quarters and their days."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reps.forms.quarter import QuarterForm, ReopenQuarterForm, proposed_quarter
from reps.models import Quarter, QuarterDays
from reps.views.list_file import download
from reps.views.quarters.closed_booked import ClosedBooked, closed_booked
from reps.views.quarters.closing_words import (
    ClosingLine,
    closing_words,
    lines_by_quarter,
)
from reps.views.set_up_rows import admins_organization, row_asked_for, save_or_show


@dataclass(frozen=True, slots=True)
class QuarterRow:
    quarter: Quarter
    weeks: int
    is_now: bool
    is_closed: bool
    closes: str  # when it closes or closed, in words
    closings: Sequence[ClosingLine]  # once it was reopened
    booked: ClosedBooked | None  # once it was closed


@dataclass(frozen=True, slots=True)
class DaysLine:
    """A change of a quarter's days."""

    was: QuarterDays
    now: QuarterDays


@require_safe
def quarters(request):
    """All quarters, the latest first; beside them the one to add next.

    A link opens another form: of a quarter (`?edit`), or why one is opened again
    (`?reopen`).
    """
    organization = admins_organization(request.user)
    kept = Quarter.objects.editable_by(request.user)
    reopening = row_asked_for(request, "reopen", kept.with_closing())
    if reopening and reopening.is_closed(timezone.now()):
        return _show(request, ReopenQuarterForm().focus(), reopening=reopening)
    quarter = row_asked_for(request, "edit", kept)
    if quarter:
        form = _form(request, organization, instance=quarter).focus()
    else:
        latest, month = kept.latest_first().first(), organization.first_month
        proposal = proposed_quarter(latest, _today(request), month)
        form = _form(request, organization, initial=proposal)
    return _show(request, form)


@require_POST
def add_quarter(request):
    form = _form(request, admins_organization(request.user), request.POST)
    said = _("%(name)s is added. Its quotas come next.")
    return save_or_show(request, form, said=said, page="reps:quarters", show=_show)


@require_POST
def edit_quarter(request, quarter_id):
    """Change its name or its days, once it has begun with a reason.

    No quota may end up outside.
    """
    kept = Quarter.objects.editable_by(request.user)
    quarter = get_object_or_404(kept, pk=quarter_id)
    organization = admins_organization(request.user)
    form = _form(request, organization, request.POST, instance=quarter)
    said = _("%(name)s is saved.")
    return save_or_show(request, form, said=said, page="reps:quarters", show=_show)


def _form(request, organization, *sent, **facts) -> QuarterForm:
    told = {"organization": organization, "by": request.user, "at": timezone.now()}
    return QuarterForm(*sent, **told, **facts)


@require_POST
def reopen_quarter(request, quarter_id):
    """Open a closed quarter again for some days, with the reason."""
    quarter = _with_closing(request, quarter_id)
    form = ReopenQuarterForm(request.POST)
    if not form.is_valid():
        form.focus()
        return _show(request, form, reopening=quarter, status=422)
    why = form.cleaned_data["why"]
    if quarter.reopen(by=request.user, why=why, at=timezone.now()):
        words = _("%(name)s is open again.")
        messages.success(request, words % {"name": quarter})
    else:
        words = _("%(name)s is open: there is nothing to open again.")
        messages.warning(request, words % {"name": quarter})
    return redirect("reps:quarters")


@require_POST
def close_quarter(request, quarter_id):
    """Close a quarter that was reopened, before its days are over."""
    quarter = _with_closing(request, quarter_id)
    if quarter.close(by=request.user, at=timezone.now()):
        messages.success(request, _("%(name)s is closed.") % {"name": quarter})
    else:
        words = _("%(name)s was not reopened, or is closed again already.")
        messages.warning(request, words % {"name": quarter})
    return redirect("reps:quarters")


def _with_closing(request, quarter_id) -> Quarter:
    kept = Quarter.objects.editable_by(request.user).with_closing()
    return get_object_or_404(kept, pk=quarter_id)


def _show(request, form, *, reopening=None, **kwargs):
    now, today = timezone.now(), _today(request)
    kept = Quarter.objects.editable_by(request.user).with_quota_count().with_closing()
    organization = request.user.organization
    weeks = organization.work_week
    closings, booked = lines_by_quarter(organization), closed_booked(organization)
    rows = [
        QuarterRow(
            quarter=quarter,
            weeks=len(weeks.weeks_of(quarter.starts_on, quarter.ends_on)),
            is_now=quarter.starts_on <= today <= quarter.ends_on,
            is_closed=quarter.is_closed(now),
            closes=closing_words(quarter, now),
            closings=closings[quarter.pk],
            booked=booked.get(quarter.pk),
        )
        for quarter in kept.latest_first()
    ]
    is_kept = reopening is None and form.instance.pk is not None
    context = {
        "part": "quarters",
        "rows": rows,
        "form": form,
        "reopening": reopening,
        "currency": organization.currency,
        "days": _days(form.instance) if is_kept else [],
        "downloads": [download(_("All quotas"), "reps:quota_file")],
    }
    return render(request, "reps/quarters/quarters.html", context, **kwargs)


def _days(quarter: Quarter) -> list[DaysLine]:
    """Its changes of days, the last first."""
    rows = quarter.days.select_related("changed_by").order_by("number")
    return [DaysLine(was, now) for was, now in pairwise(rows)][::-1]


def _today(request):
    return request.user.local_date(timezone.now())
