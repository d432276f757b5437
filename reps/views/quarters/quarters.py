"""The organization's calendar: its quarters and their days."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reps.domain.quarter import weeks_of
from reps.forms.quarter import QuarterForm, proposed_quarter
from reps.models import Quarter
from reps.views.set_up_rows import admins_organization, row_asked_for, save_or_show


@dataclass(frozen=True, slots=True)
class QuarterRow:
    quarter: Quarter
    weeks: int
    is_now: bool


@require_safe
def quarters(request):
    """All quarters, the latest first; beside them the one to add next."""
    organization = admins_organization(request.user)
    kept = Quarter.objects.editable_by(request.user)
    quarter = row_asked_for(request, "edit", kept)
    if quarter:
        form = QuarterForm(instance=quarter, organization=organization).focus()
    else:
        proposal = proposed_quarter(kept.latest_first().first(), _today(request))
        form = QuarterForm(initial=proposal, organization=organization)
    return _show(request, form)


@require_POST
def add_quarter(request):
    form = QuarterForm(request.POST, organization=admins_organization(request.user))
    said = _("%(name)s is added. Its quotas come next.")
    return save_or_show(request, form, said=said, page="reps:quarters", show=_show)


@require_POST
def edit_quarter(request, quarter_id):
    """Change its name or its days; no quota may end up outside."""
    kept = Quarter.objects.editable_by(request.user)
    quarter = get_object_or_404(kept, pk=quarter_id)
    organization = admins_organization(request.user)
    form = QuarterForm(request.POST, instance=quarter, organization=organization)
    said = _("%(name)s is saved.")
    return save_or_show(request, form, said=said, page="reps:quarters", show=_show)


def _show(request, form, **kwargs):
    today = _today(request)
    kept = Quarter.objects.editable_by(request.user).with_quota_count()
    rows = [
        QuarterRow(
            quarter=quarter,
            weeks=len(weeks_of(quarter.starts_on, quarter.ends_on)),
            is_now=quarter.starts_on <= today <= quarter.ends_on,
        )
        for quarter in kept.latest_first()
    ]
    context = {"part": "quarters", "rows": rows, "form": form}
    return render(request, "reps/quarters.html", context, **kwargs)


def _today(request):
    return request.user.local_date(timezone.now())
