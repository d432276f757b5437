"""What stands above every page: where one can go, and how far the quarter has got."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from plans.models import Plan
from reps.domain.quarter import week_number, weeks_of
from reps.models import Quarter, Team, User


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
    return {
        "tabs": SimpleLazyObject(lambda: _tabs(request)),
        "clock": SimpleLazyObject(
            lambda: _clock(user, user.local_date(timezone.now()))
        ),
    }


def _tabs(request):
    user, here = request.user, request.path
    own_plan = Plan.objects.filter(rep=OuterRef("rep")).not_closed()
    runs, rep_id, plan_id = (
        User.objects.filter(pk=user.pk)
        .values_list(
            Exists(Team.objects.run_by(user)),
            "rep",
            Subquery(own_plan.in_force_first().values("pk")[:1]),
        )
        .get()
    )
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
        url = reverse("reps:rep_detail", args=[rep_id])
        tabs.append(Tab(_("My quarter"), url, here == url))
    if runs or rep_id:
        url = reverse("reps:board")
        label = _("Board") if runs else _("My board")
        tabs.append(Tab(label, url, here.startswith((url, "/deals/"))))
    if user.is_admin:
        url, e_mails = reverse("reps:set_up"), reverse("plans:delivery")
        tabs.append(Tab(_("Set-up"), url, here.startswith((url, e_mails))))
    return tabs


def _clock(user, today: date):
    quarter = Quarter.objects.visible_to(user).containing(today)
    number = quarter and week_number(today, quarter.starts_on, quarter.ends_on)
    if not number:
        return None
    weeks = len(weeks_of(quarter.starts_on, quarter.ends_on))
    past, to_come = number - 1, weeks - number
    segments = ["past"] * past + ["now"] + [""] * to_come
    return QuarterClock(quarter.name, number, weeks, segments)
