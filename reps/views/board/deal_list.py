"""The deals that a sum is made of: won or lost in a quarter, or open."""

from decimal import Decimal

from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reps.models import Cancellation, Quarter
from reps.models.board import Total
from reps.views.board.cards import address
from reps.views.board.deal_downloads import deal_downloads
from reps.views.board.deal_filter import KINDS, deal_filter

SHOWN_AT_ONCE = 50
ZERO = Decimal(0)


@require_safe
def deal_list(request):
    """The deals that `deal_filter` says, with what they come to."""
    asked = deal_filter(request)
    user, kind, whose, quarter = request.user, asked.kind, asked.whose, asked.quarter
    sums = asked.rows.order_by().aggregate(
        deals=Count("pk"), amount=Sum("amount", default=ZERO)
    )
    total = Total(**sums)
    cancelled = _cancelled(whose.deals, quarter) if kind == "won" else []
    page = Paginator(asked.rows, SHOWN_AT_ONCE).get_page(request.GET.get("page"))
    here = whose.query | {"quarter": request.GET.get("quarter") and quarter.pk}
    context = {
        "kind": kind,
        "is_closed": asked.is_closed,
        "title": KINDS[kind],
        "whose": whose.words,
        "quarter": quarter,
        "total": total,
        "cancelled": cancelled,
        "booked": total.amount - sum(row.amount for row in cancelled),
        "page": page,
        "here": address("reps:deal_list", **here, show=kind),
        "downloads": deal_downloads(_("These deals"), **here, show=kind),
        "kinds": [
            (key, name, address("reps:deal_list", **here, show=key))
            for key, name in KINDS.items()
            if key != "unowned" or key == kind
        ],
        "currency": user.organization.currency,
    }
    return render(request, "reps/board/deal_list.html", context)


def _cancelled(deals, quarter: Quarter | None) -> list[Cancellation]:
    """What customers called off in the quarter, whenever it was won."""
    if quarter is None:
        return []
    rows = Cancellation.objects.filter(deal__in=deals).still_so()
    rows = rows.between(quarter.starts_on, quarter.ends_on)
    return list(rows.select_related("deal__owner").order_by("-cancelled_on", "pk"))
