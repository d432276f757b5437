"""What everybody owes in one quarter, set at one table."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reps.domain.name_order import name_order
from reps.domain.pacing import attainment
from reps.domain.quarter import ONE_DAY
from reps.forms.quota import QuotaForm, QuotaTable
from reps.models import Quarter, Quota, QuotaRevision, Rep
from reps.views.list_file import download
from reps.views.quarters.revision_words import RevisionLine, revisions_in_words
from reps.views.set_up_rows import admins_organization

# Each has six fields, and a thousand are what one request may bring.
SHOWN_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """A rep's cells to fill in, and what has come of the quota so far."""

    rep: Rep
    form: QuotaForm
    owed: Decimal | None
    booked: Decimal | None
    attainment: Decimal | None
    revisions: list[RevisionLine]  # where there is more than one, the last first


@require_safe
def quotas(request, quarter_id):
    """The quarter's table; `?copy` fills its gaps with the quarter before."""
    quarter = _quarter(request, quarter_id)
    before = _quarter_before(request, quarter)
    copying = "copy" in request.GET and before is not None
    earlier = _kept_quotas(request, before) if copying else ()
    reps, kept = _reps(request, quarter), list(_kept_quotas(request, quarter))
    page = Paginator(reps, SHOWN_AT_ONCE).get_page(request.GET.get("page"))
    facts = {"at": timezone.now(), "earlier": earlier}
    table = QuotaTable(quarter, page.object_list, kept, **facts)
    return _show(request, table, page, kept, before=before, copied=copying)


@require_POST
def set_quotas(request, quarter_id):
    """Save every row that was sent, or none and say why at each cell.

    Once the quarter has begun a change asks for a reason. The page is left for the next
    one where that was asked for (`then`).
    """
    quarter = _quarter(request, quarter_id)
    reps, kept = _reps(request, quarter), list(_kept_quotas(request, quarter))
    page = Paginator(reps, SHOWN_AT_ONCE).get_page(request.GET.get("page"))
    table = QuotaTable(quarter, reps, kept, at=timezone.now(), data=request.POST)
    if not table.save_if_valid(by=request.user):
        before = _quarter_before(request, quarter)
        return _show(request, table, page, kept, before=before, status=table.status)
    words = _("The quotas for %(name)s are saved.") % {"name": quarter.name}
    messages.success(request, words)
    place = {"page": request.POST.get("then", request.GET.get("page", "1"))}
    if "then" in request.POST and "copy" in request.GET:
        place["copy"] = "1"
    url = reverse("reps:quotas", args=[quarter.pk])
    return redirect(f"{url}?{urlencode(place)}" if page.has_other_pages() else url)


def _quarter(request, quarter_id):
    kept = Quarter.objects.editable_by(request.user).with_closing()
    return get_object_or_404(kept, pk=quarter_id)


def _quarter_before(request, quarter):
    kept = Quarter.objects.editable_by(request.user)
    return kept.begun_by(quarter.starts_on - ONE_DAY).first()


def _kept_quotas(request, quarter):
    return Quota.objects.editable_by(request.user).filter(quarter=quarter).with_booked()


def _reps(request, quarter) -> list[Rep]:
    """Whom the table is about, by team and then by name."""
    reps = Rep.objects.editable_by(request.user).with_quota_in(quarter)
    return sorted(
        reps.select_related("team"),
        key=lambda rep: (name_order(rep.team.name), rep.team_id, name_order(rep.name)),
    )


def _show(request, table, page, kept, *, before, copied=False, **kwargs):
    today = request.user.local_date(timezone.now())
    owing = sum(quota.amount > 0 or quota.holds_from is not None for quota in kept)
    has_gaps = owing < page.paginator.count
    organization = admins_organization(request.user)
    revised = [
        form.quota for form in table.rows if form.quota and form.quota.revision > 1
    ]
    revisions = QuotaRevision.objects.of(revised) if revised else ()
    lines = revisions_in_words(revisions, organization.currency)
    context = {
        "part": "quarters",
        "organization": organization,
        "quarter": table.quarter,
        "rows": [_row(form, lines, today) for form in table.rows],
        "revision": table.revision,
        "is_closed": table.is_closed,
        "page": page,
        "total_amount": sum(quota.amount for quota in kept),
        "total_owed": sum(quota.owed for quota in kept),
        "total_booked": sum(quota.booked for quota in kept),
        "before": before,
        "can_copy": bool(before and has_gaps and not copied),
        "copied": copied,
        "has_errors": table.has_errors,
        "downloads": [
            download(_("Quotas"), "reps:quota_file", quarter=table.quarter.pk)
        ],
    }
    return render(request, "reps/quarters/quotas.html", context, **kwargs)


def _row(form, lines, today) -> QuotaRow:
    quota = form.quota
    standing = quota and quota.standing(as_of=today, booked=quota.booked)
    return QuotaRow(
        rep=form.instance.rep,
        form=form,
        owed=standing.quota if standing else None,
        booked=quota.booked if quota else None,
        attainment=attainment(standing) if standing else None,
        revisions=lines[quota.pk] if quota else [],
    )
