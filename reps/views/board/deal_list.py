"""The deals that a sum is made of: won or lost in a quarter, or open."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Subquery, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from reps.models import Cancellation, Deal, Quarter, Rep, Team
from reps.models.board import Total
from reps.views.board.board_context import number_in
from reps.views.board.cards import address
from reps.views.csv_file import csv_file

SHOWN_AT_ONCE = 50
ZERO = Decimal(0)
KINDS = {
    "won": gettext_lazy("Won"),
    "lost": gettext_lazy("Lost"),
    "opportunities": gettext_lazy("Open opportunities"),
    "open": gettext_lazy("All open deals"),
    "unowned": gettext_lazy("Without a seller"),
}
CLOSED = {"won", "lost"}
# As an import knows them again.
DEAL_COLUMNS = [
    gettext_lazy("Deal ID"),
    gettext_lazy("Account"),
    gettext_lazy("Product"),
    gettext_lazy("Owner"),
    gettext_lazy("Stage"),
    gettext_lazy("Status"),
    gettext_lazy("Amount"),
    gettext_lazy("Estimated"),
    gettext_lazy("Cancelled"),
    gettext_lazy("Opened on"),
    gettext_lazy("Expected close"),
    gettext_lazy("Closed on"),
    gettext_lazy("Lead source"),
    gettext_lazy("Lost reason"),
]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose deals are meant, in words, and as the address says it."""

    words: str
    query: dict
    deals: object  # those one may see


@require_safe
def deal_list(request):
    """What to `?show`: won and lost of a `?quarter` (else of the one it is), or open.

    Of one `?rep`, of a `?team` and those below it (or of it `?alone`), of all teams one
    runs (`?selling`), or of everybody. A team's open deals are those of whoever sells
    in it, its closed ones those it is credited: of whoever did on the closing day.
    """
    asked = _asked(request)
    user, kind, whose, quarter = request.user, asked.kind, asked.whose, asked.quarter
    sums = asked.rows.order_by().aggregate(
        deals=Count("pk"), amount=Sum("amount", default=ZERO)
    )
    total = Total(**sums)
    cancelled = _cancelled(whose.deals, quarter) if kind == "won" else []
    # Of whoever sells elsewhere by now, what they won here is all one sees.
    seen = Rep.objects.visible_to(user).filter(pk=OuterRef("owner"))
    rows = asked.rows.annotate(sees_owner=Exists(seen))
    page = Paginator(rows, SHOWN_AT_ONCE).get_page(request.GET.get("page"))
    here = whose.query | {"quarter": request.GET.get("quarter") and quarter.pk}
    context = {
        "kind": kind,
        "is_closed": kind in CLOSED,
        "title": KINDS[kind],
        "whose": whose.words,
        "quarter": quarter,
        "total": total,
        "cancelled": cancelled,
        "booked": total.amount - sum(row.amount for row in cancelled),
        "page": page,
        "here": address("reps:deal_list", **here, show=kind),
        "file": address("reps:deal_file", **here, show=kind),
        "kinds": [
            (key, name, address("reps:deal_list", **here, show=key))
            for key, name in KINDS.items()
            if key != "unowned" or key == kind
        ],
        "currency": user.organization.currency,
    }
    return render(request, "reps/board/deal_list.html", context)


@require_safe
def deal_file(request):
    """The deals of the same list, all of them, as a CSV file for a spreadsheet."""
    asked = _asked(request)
    name = f"deals {asked.kind}"
    if asked.kind in CLOSED and asked.quarter:
        name += f" {asked.quarter}"
    rows = asked.rows.with_why_lost()
    return csv_file(f"{name}.csv", DEAL_COLUMNS, map(_line, rows.iterator(1_000)))


def _line(deal):
    return [
        deal.pk,
        deal.account,
        deal.product,
        deal.owner.name,
        deal.stage.name,
        deal.get_outcome_display(),
        deal.amount,
        _("yes") if deal.amount_is_estimate else "",
        deal.cancelled,
        deal.opened_on,
        deal.expected_close_on,
        deal.closed_on,
        deal.lead_source,
        deal.why_lost,
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, and the deals it is."""

    kind: str
    whose: Whose
    quarter: Quarter | None
    rows: object


def _asked(request) -> Asked:
    user, today = request.user, request.user.local_date(timezone.now())
    kind = request.GET.get("show")
    if kind not in KINDS:
        kind = "open"
    whose = _whose(user, request.GET, today, is_closed=kind in CLOSED)
    quarter = _quarter(user, request.GET, today)
    order = "-closed_on" if kind in CLOSED else "-amount"
    deals = _of_kind(whose.deals, kind, quarter, today)
    off = Cancellation.objects.filter(deal=OuterRef("pk")).order_by().values("deal")
    rows = deals.select_related("owner", "stage").order_by(order, "pk")
    rows = rows.annotate(cancelled=Subquery(off.values(total=Sum("amount"))))
    return Asked(kind, whose, quarter, rows)


def _whose(user, asked, today, *, is_closed: bool) -> Whose:
    """Not found for whose deals are not one's to see, and for who sees none at all."""
    deals = Deal.objects.visible_to(user)
    if "rep" in asked:
        reps = Rep.objects.visible_to(user)
        rep = get_object_or_404(reps, pk=number_in(asked, "rep"))
        return Whose(rep.name, {"rep": rep.pk}, deals.filter(owner=rep))
    runs = Team.objects.run_by(user)
    if "team" in asked or "selling" in asked:
        teams, query = runs, {"selling": 1}
        words = _("Everybody who sells in your teams")
        if "team" in asked:
            team = get_object_or_404(runs, pk=number_in(asked, "team"))
            words, query = team.name, {"team": team.pk}
            teams = Team.objects.with_all_below(team)
            if "alone" in asked:
                teams, query = teams.filter(pk=team.pk), query | {"alone": 1}
        elif not runs.exists():
            raise Http404
        if is_closed:
            return Whose(words, query, Deal.objects.credited_to(teams))
        reps = Rep.objects.filter(team__in=teams)
        if asked.get("show") != "unowned":
            reps = reps.selling_on(today)
        return Whose(words, query, deals.filter(owner__in=reps))
    if not (runs.exists() or Rep.objects.visible_to(user).exists()):
        raise Http404
    return Whose(_("Everybody whose deals you see"), {}, deals)


def _quarter(user, asked, today) -> Quarter | None:
    quarters = Quarter.objects.visible_to(user)
    if "quarter" in asked:
        return get_object_or_404(quarters, pk=number_in(asked, "quarter"))
    return quarters.containing(today)


def _cancelled(deals, quarter: Quarter | None) -> list[Cancellation]:
    """What customers called off in the quarter, whenever it was won."""
    if quarter is None:
        return []
    rows = Cancellation.objects.filter(deal__in=deals).still_so()
    rows = rows.between(quarter.starts_on, quarter.ends_on)
    return list(rows.select_related("deal__owner").order_by("-cancelled_on", "pk"))


def _of_kind(deals, kind: str, quarter: Quarter | None, today):
    """Nothing was closed in a quarter that is none."""
    if kind == "unowned":
        return deals.without_a_seller(today)
    if kind == "open":
        return deals.still_open()
    if kind == "opportunities":
        return deals.still_open().opportunities()
    if quarter is None:
        return deals.none()
    days = quarter.starts_on, quarter.ends_on
    return deals.won_between(*days) if kind == "won" else deals.lost_between(*days)
