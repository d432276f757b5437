"""What everybody owes in one quarter, set at one table."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reps.domain.name_order import name_order
from reps.domain.pacing import attainment
from reps.domain.quarter import ONE_DAY
from reps.forms.quota import QuotaForm, QuotaTable
from reps.models import Quarter, Quota, Rep
from reps.views.set_up_rows import admins_organization


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """A rep's cells to fill in, and what has come of the quota so far."""

    rep: Rep
    form: QuotaForm
    owed: Decimal | None
    booked: Decimal | None
    attainment: Decimal | None


@require_safe
def quotas(request, quarter_id):
    """The quarter's table; `?copy` fills its gaps with the quarter before."""
    quarter = _quarter(request, quarter_id)
    before = _quarter_before(request, quarter)
    copying = "copy" in request.GET and before is not None
    earlier = _kept_quotas(request, before) if copying else ()
    table = _table(request, quarter, earlier=earlier)
    return _show(request, table, before=before, copied=copying)


@require_POST
def set_quotas(request, quarter_id):
    """Save every row of the table, or none and say why at each cell."""
    quarter = _quarter(request, quarter_id)
    table = _table(request, quarter, data=request.POST)
    if not table.save_if_valid():
        before = _quarter_before(request, quarter)
        return _show(request, table, before=before, status=table.status)
    words = _("The quotas for %(name)s are saved.") % {"name": quarter.name}
    messages.success(request, words)
    return redirect("reps:quotas", quarter.pk)


def _quarter(request, quarter_id):
    kept = Quarter.objects.editable_by(request.user).select_related("organization")
    return get_object_or_404(kept, pk=quarter_id)


def _quarter_before(request, quarter):
    kept = Quarter.objects.editable_by(request.user)
    return kept.begun_by(quarter.starts_on - ONE_DAY).first()


def _kept_quotas(request, quarter):
    return Quota.objects.editable_by(request.user).filter(quarter=quarter).with_booked()


def _table(request, quarter, **kwargs) -> QuotaTable:
    reps = Rep.objects.editable_by(request.user).with_quota_in(quarter)
    reps = sorted(
        reps.select_related("team"),
        key=lambda rep: (name_order(rep.team.name), rep.team_id, name_order(rep.name)),
    )
    return QuotaTable(quarter, reps, _kept_quotas(request, quarter), **kwargs)


def _show(request, table, *, before, copied=False, **kwargs):
    today = request.user.local_date(timezone.now())
    rows = [_row(form, today) for form in table.rows]
    is_open = any(row.form.quota is None for row in rows)
    context = {
        "part": "quarters",
        "organization": admins_organization(request.user),
        "quarter": table.quarter,
        "rows": rows,
        "total_amount": sum(
            (row.form.quota.amount for row in rows if row.form.quota), 0
        ),
        "total_owed": sum((row.owed for row in rows if row.owed), 0),
        "total_booked": sum((row.booked for row in rows if row.booked), 0),
        "before": before,
        "can_copy": bool(before and is_open and not copied),
        "copied": copied,
        "has_errors": any(row.form.errors for row in rows),
    }
    return render(request, "reps/quotas.html", context, **kwargs)


def _row(form, today) -> QuotaRow:
    quota = form.quota
    return QuotaRow(
        rep=form.instance.rep,
        form=form,
        owed=quota.owed if quota else None,
        booked=quota.booked if quota else None,
        attainment=attainment(quota.standing(as_of=today)) if quota else None,
    )
