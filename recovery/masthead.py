"""What stands above every page: where one can go, and how far the quarter has got."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, FilteredRelation, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from plans.models import Plan
from reps.domain.work_week import WorkWeek
from reps.models import Team, User
from reps.models.compiled_query import compiled_once


@dataclass(frozen=True, slots=True)
class Tab:
    """One place to go."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class QuarterClock:
    """The week it is, and a segment of the ruler for every week."""

    quarter_name: str
    number: int
    of: int
    segments: list[str]


def masthead(request):
    """Tabs and clock for whoever is signed in; neither for anybody else.

    Lazy, since most answers to htmx are regions and show neither.
    """
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {}
    found = SimpleLazyObject(lambda: _where_to_go(user))
    return {
        "tabs": SimpleLazyObject(lambda: _tabs(user, request.path, *found[:3])),
        "clock": SimpleLazyObject(
            lambda: _clock(user.organization.work_week, *found[3:])
        ),
    }


def _where_to_go(user) -> tuple:
    today = user.local_date(timezone.now())
    return (*_places.first(user, today), today)


@compiled_once
def _places(user, today):
    """Whether this person runs a team, as whom they sell, their plan, the quarter.

    The plan is the one in force, else the latest quarter's.
    """
    plans = Plan.objects.filter(rep=OuterRef("rep")).not_closed()
    in_force_first = Case(When(status=Plan.Status.ACTIVE, then=0), default=1)
    plans = plans.order_by(in_force_first, "-quarter__starts_on")
    quarter = "organization__quarters"
    now = Q(**{f"{quarter}__starts_on__lte": today, f"{quarter}__ends_on__gte": today})
    return (
        User.objects.filter(pk=user.pk)
        .annotate(now=FilteredRelation(quarter, condition=now))
        .values_list(
            Exists(Team.objects.run_by(user)),
            "rep",
            Subquery(plans.values("pk")[:1]),
            "now__name",
            "now__starts_on",
            "now__ends_on",
        )
    )


def _tabs(user, here: str, runs: bool, rep_id: int | None, plan_id: int | None):
    tabs = []
    if runs:
        url = reverse("plans:team_board")
        tabs.append(Tab(_("Team"), url, here == url))
        url = reverse("plans:plans")
        tabs.append(Tab(_("Plans"), url, here.startswith(url)))
    if rep_id:
        url = reverse("plans:my_week", args=[rep_id])
        tabs.append(Tab(_("My week"), url, here == url))
    if plan_id:
        url = reverse("plans:plan_detail", args=[plan_id])
        tabs.append(Tab(_("My plan"), url, here == url))
    if rep_id:
        url = reverse("plans:rep_detail", args=[rep_id])
        tabs.append(Tab(_("My quarter"), url, here == url))
    if runs or rep_id:
        url = reverse("reps:board")
        label = _("Board") if runs else _("My board")
        tabs.append(Tab(label, url, here.startswith((url, "/deals/"))))
    if user.is_admin:
        url, files = reverse("reps:set_up"), reverse("reps:imports")
        e_mails = reverse("plans:delivery")
        tabs.append(Tab(_("Set-up"), url, here.startswith((url, files, e_mails))))
    return tabs


def _clock(weeks: WorkWeek, name: str | None, first: date, last: date, today: date):
    number = name and weeks.week_number(today, first, last)
    if not number:
        return None
    of = len(weeks.weeks_of(first, last))
    past, to_come = number - 1, of - number
    segments = ["past"] * past + ["now"] + [""] * to_come
    return QuarterClock(name, number, of, segments)
