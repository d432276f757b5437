"""The front page of set-up: what is there, and what is missing to start."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from reps.forms.set_up.first_team import FirstTeamForm
from reps.forms.set_up.organization import OrganizationForm, in_week_order
from reps.models import ActivityKind, Quarter, Quota, Rep, Stage, Team, User
from reps.views.checklist import checklist_of
from reps.views.set_up_rows import admins_organization


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to set up: how far it is, in words, and where to go on."""

    name: str
    is_done: bool
    words: str
    url: str


@require_safe
def set_up(request):
    """What to set up, in order, with the organization's own facts beside it."""
    organization = admins_organization(request.user)
    form = None
    if "edit" in request.GET:
        form = OrganizationForm(organization=organization, today=_today(request))
        form.focus()
    return show_set_up(request, organization, form)


@require_POST
def edit_organization(request):
    """Change the organization's facts and the figures it starts from."""
    organization = admins_organization(request.user)
    # What is due by the days and the zone of before is closed, and stays so.
    Quarter.objects.editable_by(request.user).close_due(timezone.now())
    form = OrganizationForm(
        request.POST,
        organization=admins_organization(request.user),
        today=_today(request),
    )
    if not form.save_if_valid():
        return show_set_up(request, organization, form, status=form.status)
    messages.success(request, _("The organization's facts are saved."))
    return redirect("reps:set_up")


def show_set_up(request, organization, form=None, *, first_team=None, **kwargs):
    """The page, with the organization's form or the first team's if one is open.

    As long as there is no team it asks for the first. Until the checklist is closed it
    stands where later the parts of set-up do.
    """
    teams = list(Team.objects.editable_by(request.user).order_by("name"))
    checklist = checklist_of(request.user, _today(request))
    is_open = not checklist.is_closed
    steps = [] if is_open else _steps(request.user, _today(request), teams)
    if not (first_team or teams):
        first_team = FirstTeamForm(organization=organization, by=request.user)
    context = {
        "part": "set_up",
        "organization": organization,
        **_weeks(organization, _today(request)),
        "first_month": MONTHS[organization.first_month],
        "check_in_day": WEEKDAYS[organization.check_in_day - 1],
        "checklist": checklist if is_open else None,
        "opens": not (is_open or checklist.is_done),
        "steps": steps,
        "is_ready": all(step.is_done for step in steps),
        "form": form,
        "first_team": first_team,
    }
    return render(request, "reps/set_up/set_up.html", context, **kwargs)


def _weeks(organization, today) -> dict:
    """The week's days: those worked on, the first, and the first to come with when."""
    weeks = organization.work_week
    change = weeks.change_to_come(today)
    first_day = weeks.first_day_of(weeks.monday_of(today))
    days = in_week_order(range(1, 8), organization)
    return {
        "working_days": [
            str(WEEKDAYS_ABBR[day - 1]) for day in days if day in weeks.weekdays
        ],
        "first_day": WEEKDAYS[first_day - 1],
        "first_day_to_come": WEEKDAYS[weeks.first_day - 1] if change else "",
        "first_day_changes_on": weeks.begins_on(change) if change else None,
    }


def _today(request) -> date:
    return request.user.local_date(timezone.now())


def _steps(user, today, teams) -> list[Step]:
    """In the order to do them: each one leans on those before."""
    quarter = Quarter.objects.editable_by(user).containing(today)
    return [
        _quarters(quarter),
        _stages(user),
        _activities(user),
        _teams(teams),
        _people(user, today),
        _quotas(user, quarter),
    ]


def _quarters(quarter) -> Step:
    words = _("No quarter holds today yet. Add the one you are in.")
    if quarter:
        last = date_format(quarter.ends_on, "j F Y")
        words = _("It is %(name)s, to %(day)s.") % {"name": quarter.name, "day": last}
    return Step(_("Quarters"), bool(quarter), words, reverse("reps:quarters"))


def _stages(user) -> Step:
    stages = list(Stage.objects.editable_by(user).in_order())
    counts = next((stage for stage in stages if stage.is_opportunity), None)
    if not stages:
        words = _("No stages yet. Add the columns of your whiteboard, left to right.")
    elif not counts:
        words = _("Say from which stage on a deal counts as an opportunity.")
    else:
        words = ngettext(
            "%(count)d stage. Deals count as opportunities from %(stage)s on.",
            "%(count)d stages. Deals count as opportunities from %(stage)s on.",
            len(stages),
        ) % {"count": len(stages), "stage": counts.name}
    return Step(_("Stages"), bool(counts), words, reverse("reps:stages"))


def _activities(user) -> Step:
    kinds = list(ActivityKind.objects.editable_by(user).counted())
    leading = next((kind for kind in kinds if kind.is_leading), None)
    words = _("Nothing is counted yet. Begin with the leading activity, such as demos.")
    if leading:
        words = ngettext(
            "%(count)d activity. %(kind)s is the leading one.",
            "%(count)d activities. %(kind)s is the leading one.",
            len(kinds),
        ) % {"count": len(kinds), "kind": leading.name}
    elif kinds:
        words = _("Say which one is the leading activity.")
    return Step(_("Activities"), bool(leading), words, reverse("reps:activity_kinds"))


def _teams(teams) -> Step:
    alone = [team.name for team in teams if not team.manager_id]
    if not teams:
        words = _("No teams yet.")
    elif alone:
        words = _("Without a manager: %(teams)s.") % {"teams": ", ".join(alone)}
    else:
        words = ngettext(
            "%(count)d team, with a manager.",
            "%(count)d teams, each with a manager.",
            len(teams),
        ) % {"count": len(teams)}
    done = bool(teams) and not alone
    return Step(_("Teams"), done, words, reverse("reps:teams"))


def _people(user, today) -> Step:
    reps = Rep.objects.editable_by(user).selling_on(today)
    selling = reps.count()
    addressless = reps.filter(Q(user=None) | Q(user__email=None)).count()
    here = User.objects.invitable_by(user).exclude(rep__left_on__lt=today)
    waiting = here.count()
    if not selling:
        words = _("Nobody sells yet. Add the people of your teams.")
    else:
        said = [ngettext("%(count)d rep.", "%(count)d reps.", selling)]
        if addressless:
            said.append(
                ngettext(
                    "%(addressless)d has no address yet.",
                    "%(addressless)d have no address yet.",
                    addressless,
                )
            )
        if waiting:
            said.append(
                ngettext(
                    "%(waiting)d person has not signed in yet.",
                    "%(waiting)d people have not signed in yet.",
                    waiting,
                )
            )
        figures = {"count": selling, "addressless": addressless, "waiting": waiting}
        words = " ".join(said) % figures
    done = bool(selling) and not addressless
    return Step(_("People"), done, words, reverse("reps:people"))


def _quotas(user, quarter) -> Step:
    if not quarter:
        words = _("They come once there is a quarter.")
        return Step(_("Quotas"), False, words, reverse("reps:quarters"))
    url = reverse("reps:quotas", args=[quarter.pk])
    reps = Rep.objects.editable_by(user).selling_between(
        quarter.starts_on, quarter.ends_on
    )
    owing = Quota.objects.editable_by(user).filter(quarter=quarter, rep__in=reps)
    owing = owing.owing()
    figures = {"owing": owing.count(), "reps": reps.count(), "name": quarter.name}
    words = _("They come once somebody sells.")
    if figures["reps"]:
        words = _("%(owing)d of %(reps)d have a quota for %(name)s.") % figures
    done = 0 < figures["reps"] == figures["owing"]
    return Step(_("Quotas"), done, words, url)
