"""Who needs the manager this week: who waits for an answer, then who is behind."""

from operator import attrgetter

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from plans.models import CheckIn, Plan
from plans.models.week_target import target_of, with_agreed
from plans.views.team.team_figures import PeopleTotals, PersonFigures
from plans.views.team.team_rows import TeamRowWords
from reps.domain.name_order import name_order
from reps.domain.quarter import monday_of
from reps.models import ActivityKind, Quarter, Rep, Team
from reps.models.compiled_query import compiled_once
from reps.models.track_record import track_records

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
    today = user.local_date(timezone.now())
    run = _run_by(user)
    if not run:
        raise Http404
    chosen = _chosen(run, request.GET["team"]) if "team" in request.GET else None
    quarters = _quarters(user, today)
    quarter = next((q for q in quarters if q.ends_on >= today), None)
    reps = _reps(user, today, chosen, quarter, monday_of(today))
    leading = _leading.first(user)
    people = _people(user.organization, reps, quarter, quarters, leading, today)

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
    whose = f"team={chosen.pk}" if chosen else "selling=1"
    wording = TeamRowWords(user, leading=leading, quarter=quarter, today=today)
    context = {
        "today": today,
        "quarter": quarter,
        "leading": leading,
        "together": PeopleTotals(people),
        "deals": f"{reverse('reps:deal_list')}?{whose}&show=",
        "has_own_reps": any(p.record.rep.team.manager_id == user.pk for p in people),
        "waiting": [wording.waiting(person) for person in _waiting(people)],
        "page": page,
        "rows": [wording.row(person) for person in page],
        "show": show,
        "filters": [(key, FILTERS[key], len(rows)) for key, rows in filters.items()],
        "chosen": chosen,
        "teams": _teams(run, people) if len(run) > 1 and not chosen else [],
        "currency": currency,
    }
    return render(request, "plans/team/team_board.html", context)


@compiled_once
def _run_by(user):
    return Team.objects.run_by(user).select_related("manager")


@compiled_once
def _reps(user, today, team, quarter, week):
    """Those of the team, or all there are, with their plan and their check-ins.

    What the plan asks for in this week comes along too: no query of its own.
    """
    reps = Rep.objects.in_teams_of(user).selling_on(today).select_related("team")
    if team:
        reps = reps.filter(team__in=Team.objects.with_all_below(team))
    reps = with_agreed(Plan.objects.beside(reps, quarter), week)
    return CheckIn.objects.beside(reps, user)


@compiled_once
def _quarters(user, today):
    return Quarter.objects.visible_to(user).begun_by(today)[:QUARTERS_OF_HISTORY]


@compiled_once
def _leading(user):
    return ActivityKind.objects.visible_to(user).filter(is_leading=True)


def _chosen(run, asked: str) -> Team:
    """One of the teams this person runs; any other is not found."""
    for team in run:
        if str(team.pk) == asked:
            return team
    raise Http404


def _people(
    organization, reps, quarter, quarters, leading, today
) -> list[PersonFigures]:
    records = track_records(
        reps,
        quarter=quarter,
        quarters=quarters,
        leading=leading,
        today=today,
        by_segment=organization.has_segments,
    )
    monday, weekdays = monday_of(today), organization.working_days
    people = []
    for record in records.values():
        week = {"monday": monday, "working_days": weekdays}
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
                    working_days=weekdays,
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


def _teams(run, people) -> list[PeopleTotals]:
    """The teams that have people of their own, furthest behind first.

    Booked as a share of what was expected by now; those that nothing is yet expected of
    come last.
    """
    by_team = {team.pk: PeopleTotals([], team) for team in run}
    for person in people:
        by_team[person.record.rep.team_id].people.append(person)
    return sorted(
        (totals for totals in by_team.values() if totals.people),
        key=lambda totals: (
            totals.share_of_expected is None,
            totals.share_of_expected or 0,
            name_order(totals.team.name),
        ),
    )
