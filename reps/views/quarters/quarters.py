"""The organization's calendar: its quarters and their days."""

from dataclasses import dataclass
from itertools import pairwise

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reps.forms.quarter import QuarterForm, proposed_quarter
from reps.models import Quarter, QuarterDays
from reps.views.set_up_rows import admins_organization, row_asked_for, save_or_show


@dataclass(frozen=True, slots=True)
class QuarterRow:
    quarter: Quarter
    weeks: int
    is_now: bool


@dataclass(frozen=True, slots=True)
class DaysLine:
    """A change of a quarter's days."""

    was: QuarterDays
    now: QuarterDays


@require_safe
def quarters(request):
    """All quarters, the latest first; beside them the one to add next."""
    organization = admins_organization(request.user)
    kept = Quarter.objects.editable_by(request.user)
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


def _show(request, form, **kwargs):
    today, weeks = _today(request), request.user.organization.work_week
    kept = Quarter.objects.editable_by(request.user).with_quota_count()
    rows = [
        QuarterRow(
            quarter=quarter,
            weeks=len(weeks.weeks_of(quarter.starts_on, quarter.ends_on)),
            is_now=quarter.starts_on <= today <= quarter.ends_on,
        )
        for quarter in kept.latest_first()
    ]
    context = {
        "part": "quarters",
        "rows": rows,
        "form": form,
        "days": _days(form.instance) if form.instance.pk else [],
    }
    return render(request, "reps/quarters/quarters.html", context, **kwargs)


def _days(quarter: Quarter) -> list[DaysLine]:
    """Its changes of days, the last first."""
    rows = quarter.days.select_related("changed_by").order_by("number")
    return [DaysLine(was, now) for was, now in pairwise(rows)][::-1]


def _today(request):
    return request.user.local_date(timezone.now())
