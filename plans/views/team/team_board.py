"""Who needs the manager this week: who waits for an answer, then who is behind."""

from operator import attrgetter
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from plans.models import CheckIn, Plan
from plans.models.week_target import target_of, with_agreed
from plans.views.team.long_waits import waits_too_long
from plans.views.team.team_figures import PeopleTotals, PersonFigures
from plans.views.team.team_rows import TeamRowWords
from reps.domain.name_order import name_order
from reps.models import ActivityKind, Quarter, Rep, StandIn, Team
from reps.models.board import Total
from reps.models.compiled_query import compiled_once
from reps.models.team_credit import (
    TeamCredit,
    team_credit,
    unowned,
    with_passing,
    with_unowned,
)
from reps.models.track_record import track_records
from reps.views.checklist import open_checklist
from reps.views.list_file import download
from reps.views.whom_to_ask import whom_to_ask

SHOWN_AT_ONCE = 25
QUARTERS_OF_HISTORY = 5  # the four finished ones and this one
FILTERS = {
    "all": _("Everyone"),
    "behind": _("Behind pace"),
    "thin": _("Thin pipeline"),
    "quiet": _("Quiet week"),
}


@require_safe
def team_board(request):
    """Everybody one runs, who waits for an answer first; a team of them by `?team=`."""
    user = request.user
    now = timezone.now()
    today = user.local_date(now)
    quarters = _quarters(user, today)
    quarter = next((q for q in quarters if q.ends_on >= today), None)
    days = (quarter.starts_on, quarter.ends_on) if quarter else (today, today)
    run = _run_by(user, *days, today)
    if not run:
        raise Http404
    chosen = _chosen(run, request.GET["team"]) if "team" in request.GET else None
    weeks = user.organization.work_week
    week = weeks.days_of(weeks.monday_of(today))
    reps = _reps(user, today, chosen, quarter, week.starts_on, week.ends_on)
    leading = _leading.first(user)
    waits_elsewhere = []
    if not chosen and any(team.is_told_of for team in run):
        waits_elsewhere = waits_too_long(user, today, now)
    records = track_records(
        reps,
        quarter=quarter,
        quarters=quarters,
        leading=leading,
        today=today,
        work_week=weeks,
        teams=[team.pk for team in run],
        by_segment=user.organization.has_segments,
    )
    people = _people(user.organization, records, leading, today)
    shown = _with_those_below(run, chosen) if chosen else run
    credit = {team.pk: TeamCredit() for team in shown}
    if quarter:
        credit = team_credit(shown, records, quarter, today=today)

    filters = {
        "all": people,
        "behind": [p for p in people if p.is_behind],
        "thin": [p for p in people if p.is_thin],
        "quiet": [p for p in people if p.is_quiet],
    }
    show = request.GET.get("show", "all")
    if show not in filters:
        show = "all"
    page = Paginator(filters[show], SHOWN_AT_ONCE).get_page(request.GET.get("page"))
    currency = user.organization.currency
    of = {"team": chosen.pk} if chosen else {"selling": 1}
    wording = TeamRowWords(user, leading=leading, quarter=quarter, today=today)
    context = {
        "today": today,
        "quarter": quarter,
        "leading": leading,
        "together": PeopleTotals(people, sum(credit.values(), TeamCredit()), chosen),
        "deals": f"{reverse('reps:deal_list')}?{urlencode(of)}&show=",
        "has_own_reps": any(p.record.rep.is_managed for p in people),
        "is_manager": any(team.manager_id == user.pk for team in run),
        "stands_in": _stands_in(run),
        "waiting": [wording.waiting(person) for person in _waiting(people)],
        "waits_elsewhere": [
            wording.waits_elsewhere(name, at) for name, at in waits_elsewhere
        ],
        "page": page,
        "rows": [wording.row(person) for person in page],
        "show": show,
        "filters": [(key, FILTERS[key], len(rows)) for key, rows in filters.items()],
        "unowned": sum((unowned(team) for team in shown), Total()),
        "chosen": chosen,
        "teams": _teams(run, people, credit) if len(run) > 1 and not chosen else [],
        "currency": currency,
        "downloads": [
            download(gettext("Activity"), "plans:activity_file", **of),
            download(gettext("Quotas"), "reps:quota_file", **of),
        ],
        "checklist": open_checklist(user, today),
        "whom_to_ask": whom_to_ask(user),
    }
    return render(request, "plans/team/team_board.html", context)


@compiled_once
def _run_by(user, first, last, today):
    """With whether one hears of their long waits, until when one stands in, who came
    and went on these days, and the deals nobody sells today.
    """
    teams = Team.objects.run_by(user).with_is_told_of(user).select_related("manager")
    teams = with_unowned(StandIn.objects.beside(teams, user), today)
    return with_passing(teams, first, last)


@compiled_once
def _reps(user, today, team, quarter, begins_on, ends_on):
    """Those of the team, or all there are, with their plan and their check-ins.

    What the plan asks for in this week comes along too: no query of its own.
    """
    reps = Rep.objects.in_teams_of(user).selling_on(today).with_is_managed(user)
    if team:
        reps = reps.filter(team__in=Team.objects.with_all_below(team))
    reps = with_agreed(Plan.objects.beside(reps, quarter), begins_on, ends_on)
    return CheckIn.objects.beside(reps, user)


@compiled_once
def _quarters(user, today):
    return Quarter.objects.visible_to(user).begun_by(today)[:QUARTERS_OF_HISTORY]


@compiled_once
def _leading(user):
    return ActivityKind.objects.visible_to(user).filter(is_leading=True)


def _stands_in(run) -> list[Team]:
    """A team of each for whom the reader stands in today, until when, with a word."""
    whose = {team.manager_id: team for team in run if team.stood_in_until}
    return sorted(whose.values(), key=lambda team: name_order(team.manager.name))


def _chosen(run, asked: str) -> Team:
    """One of the teams this person runs; any other is not found."""
    for team in run:
        if str(team.pk) == asked:
            return team
    raise Http404


def _with_those_below(run, chosen: Team) -> list[Team]:
    """Of the teams one runs: this one and every one below it."""
    within = {chosen.pk}
    while below := {t.pk for t in run if t.above_id in within} - within:
        within |= below
    return [team for team in run if team.pk in within]


def _people(organization, records, leading, today) -> list[PersonFigures]:
    weeks = organization.work_week
    monday = weeks.monday_of(today)
    week = {"monday": monday, "work_week": weeks}
    people = []
    for record in records.values():
        usual, target = record.usual(**week), None
        if leading:
            target = target_of(record.rep.agreed, leading, record, **week)
        people.append(
            PersonFigures(
                record=record,
                expected=record.standing.expected,
                coverage_needed=records.coverage_needed(record, organization),
                done=record.weeks.get(monday, 0),
                usual=usual,
                target=target,
                due=record.due_of(
                    target or (usual.count if usual else 0),
                    today=today,
                    work_week=weeks,
                ),
                away_until=next(
                    (
                        a.ends_on
                        for a in record.away
                        if a.starts_on <= today <= a.ends_on
                    ),
                    None,
                ),
            )
        )
    return sorted(people, key=lambda person: person.order)


def _waiting(people) -> list[PersonFigures]:
    """Those who wait for the reader's answer, the longest first."""
    waiting = [person for person in people if person.waits]
    return sorted(waiting, key=attrgetter("record.rep.waiting_week"))


def _teams(run, people, credit) -> list[PeopleTotals]:
    """The teams that have people of their own, or had, furthest behind first.

    Booked as a share of what was expected by now; those that nothing is yet expected of
    come last.
    """
    by_team = {team.pk: PeopleTotals([], credit[team.pk], team) for team in run}
    for person in people:
        by_team[person.record.rep.team_id].people.append(person)
    return sorted(
        (totals for totals in by_team.values() if totals.people or totals.quota),
        key=lambda totals: (
            totals.share_of_expected is None,
            totals.share_of_expected or 0,
            name_order(totals.team.name),
        ),
    )
