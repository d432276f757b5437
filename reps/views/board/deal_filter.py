"""Which deals an address asks for: a list shows them, and its files take them along."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reps.models import Cancellation, Deal, Quarter, Rep, Team
from reps.views.number_in import number_in

KINDS = {
    "won": gettext_lazy("Won"),
    "lost": gettext_lazy("Lost"),
    "opportunities": gettext_lazy("Open opportunities"),
    "open": gettext_lazy("All open deals"),
    "all": gettext_lazy("All deals"),
    "unowned": gettext_lazy("Without a seller"),
}
CLOSED = {"won", "lost"}
WHOEVER_OWNS = {"unowned", "all"}  # whether or not they still sell


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose deals are meant, in words, and as the address says it."""

    words: str
    query: dict
    deals: object  # those one may see


@dataclass(frozen=True, slots=True)
class DealFilter:
    """What an address asks for, and the deals it is."""

    kind: str
    whose: Whose
    quarter: Quarter | None
    rows: object

    @property
    def is_closed(self) -> bool:
        return self.kind in CLOSED


def deal_filter(request) -> DealFilter:
    """What to `?show`: won and lost of a `?quarter` (else of the one it is), open, all.

    Of one `?rep`, of a `?team` and those below it (or of it `?alone`), of all teams one
    runs (`?selling`), or of everybody. A team's open deals are those of whoever sells
    in it, its closed ones those it is credited: of whoever did on the closing day. All
    of them together are those of whoever is in it, or was when they left.
    """
    user, today = request.user, request.user.local_date(timezone.now())
    kind = request.GET.get("show")
    if kind not in KINDS:
        kind = "open"
    whose = _whose(user, request.GET, today, is_closed=kind in CLOSED)
    quarter = _quarter(user, request.GET, today)
    order = "-closed_on" if kind in CLOSED else "-amount"
    deals = _of_kind(whose.deals, kind, quarter, today)
    off = Cancellation.objects.filter(deal=OuterRef("pk")).order_by().values("deal")
    rows = deals.select_related("owner__user", "stage").order_by(order, "pk")
    rows = rows.annotate(cancelled=Subquery(off.values(total=Sum("amount"))))
    # Of whoever sells elsewhere by now, what they won here is all one sees.
    seen = Rep.objects.visible_to(user).filter(pk=OuterRef("owner"))
    rows = rows.annotate(sees_owner=Exists(seen))
    return DealFilter(kind, whose, quarter, rows)


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
        if asked.get("show") not in WHOEVER_OWNS:
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


def _of_kind(deals, kind: str, quarter: Quarter | None, today):
    """Nothing was closed in a quarter that is none."""
    if kind == "unowned":
        return deals.without_a_seller(today)
    if kind == "all":
        return deals
    if kind == "open":
        return deals.still_open()
    if kind == "opportunities":
        return deals.still_open().opportunities()
    if quarter is None:
        return deals.none()
    days = quarter.starts_on, quarter.ends_on
    return deals.won_between(*days) if kind == "won" else deals.lost_between(*days)
