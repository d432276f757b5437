"""What stands above every page: where one can go, and how far the quarter has got."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from reps.domain.quarter import week_number, weeks_of
from reps.models.team import RUN_BY

# Written out, for it is asked of every page: whether this person runs a team, as whom
# they sell, their plan (the one in force, else the latest quarter's), and the quarter.
WHERE_TO_GO = f"""
    SELECT EXISTS ({RUN_BY}), rep.id, (
        SELECT plan.id FROM plans_plan AS plan
        JOIN reps_quarter AS planned ON planned.id = plan.quarter_id
        WHERE plan.rep_id = rep.id AND plan.status <> 'closed'
        ORDER BY plan.status = 'active' DESC, planned.starts_on DESC LIMIT 1
    ), quarter.name, quarter.starts_on, quarter.ends_on
    FROM reps_user AS person
    LEFT JOIN reps_rep AS rep ON rep.user_id = person.id
    LEFT JOIN reps_quarter AS quarter
        ON quarter.organization_id = person.organization_id
        AND %s BETWEEN quarter.starts_on AND quarter.ends_on
    WHERE person.id = %s
"""


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
        "clock": SimpleLazyObject(lambda: _clock(*found[3:])),
    }


def _where_to_go(user) -> tuple:
    today = user.local_date(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(WHERE_TO_GO, [user.organization_id, user.pk, today, user.pk])
        return (*cursor.fetchone(), today)


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
        url, e_mails = reverse("reps:set_up"), reverse("plans:delivery")
        tabs.append(Tab(_("Set-up"), url, here.startswith((url, e_mails))))
    return tabs


def _clock(name: str | None, first: date, last: date, today: date):
    number = name and week_number(today, first, last)
    if not number:
        return None
    weeks = len(weeks_of(first, last))
    past, to_come = number - 1, weeks - number
    segments = ["past"] * past + ["now"] + [""] * to_come
    return QuarterClock(name, number, weeks, segments)
