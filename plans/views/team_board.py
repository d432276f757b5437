"""Who needs the manager this week: everybody's standing, worst first."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from reps.domain.pacing import (
    BoardRow,
    UsualWeek,
    activity_expected_by,
    attainment,
    attention_order,
    coverage,
    expected_by_now,
    pace,
)
from reps.domain.quarter import monday_of
from reps.models import ActivityKind, Quarter, Rep, Team
from reps.models.track_record import TrackRecord, track_records

SHOWN_AT_ONCE = 50
QUARTERS_OF_HISTORY = 5  # the four finished ones and this one
ZERO = Decimal(0)
FILTERS = {
    "all": _("Everyone"),
    "behind": _("Behind pace"),
    "thin": _("Thin pipeline"),
    "quiet": _("Quiet week"),
}


@dataclass(slots=True)
class Person:
    """One row of the board, ready to be shown."""

    record: TrackRecord
    expected: Decimal  # booked by now, at an even pace
    coverage_needed: Decimal
    done: int  # of the leading activity, this week
    usual: UsualWeek | None
    due: Decimal  # of a usual week, by today
    away_until: date | None

    @property
    def pace(self) -> Decimal:
        return pace(self.record.standing)

    @property
    def is_behind(self) -> bool:
        return self.record.has_quota and self.pace < 0

    @property
    def is_thin(self) -> bool:
        """Less pipeline than what is left to book needs."""
        covered = self.record.coverage
        return covered is not None and covered < self.coverage_needed

    @property
    def is_quiet(self) -> bool:
        return self.usual is not None and self.done < self.due

    @property
    def is_steady(self) -> bool:
        return not (self.is_behind or self.is_thin or self.is_quiet)

    @property
    def order(self):
        """Its place on the board: the rule is `attention_order`'s."""
        activity = self.done / self.due if self.due else None
        standing, name = self.record.standing, self.record.rep.name
        row = BoardRow(standing, self.record.coverage, activity, name)
        return attention_order(row)

    @property
    def is_met(self) -> bool:
        return self.record.has_quota and not self.record.standing.gap

    @property
    def is_usual_met(self) -> bool:
        return self.usual is not None and self.done >= self.usual.count

    @property
    def attainment(self) -> Decimal | None:
        return attainment(self.record.standing)

    @property
    def bar_id(self) -> str:
        return f"booked-{self.record.rep.pk}"

    @property
    def week_id(self) -> str:
        return f"week-{self.record.rep.pk}"

    @property
    def booked_share(self) -> int:
        return share(self.record.standing.booked, self.record.standing.quota)

    @property
    def expected_share(self) -> int:
        return share(self.expected, self.record.standing.quota)

    @property
    def done_share(self) -> int:
        return share(self.done, max(self.done, self.usual.count)) if self.usual else 0

    @property
    def due_share(self) -> int:
        return share(self.due, max(self.done, self.usual.count)) if self.usual else 0


@dataclass(slots=True)
class Together:
    """What some people come to: a team, or all that somebody runs."""

    people: list[Person]
    team: Team | None = None

    @property
    def quota(self) -> Decimal:
        return sum((p.record.standing.quota for p in self.people), ZERO)

    @property
    def booked(self) -> Decimal:
        return sum((p.record.standing.booked for p in self.people), ZERO)

    @property
    def expected(self) -> Decimal:
        return sum((p.expected for p in self.people), ZERO)

    @property
    def pace(self) -> Decimal:
        return self.booked - self.expected

    @property
    def booked_share(self) -> int:
        return share(self.booked, self.quota)

    @property
    def expected_share(self) -> int:
        return share(self.expected, self.quota)

    @property
    def deals_of_pace(self) -> Decimal | None:
        """The pace in average deals; None before anything was won."""
        won = [p.record.amounts for p in self.people]
        amount, cases = sum(s.total for s in won), sum(s.cases for s in won)
        return abs(self.pace) * cases / amount if amount else None

    @property
    def done(self) -> int:
        return sum(p.done for p in self.people)

    @property
    def usual(self) -> Decimal:
        return sum((p.usual.count for p in self.people if p.usual), ZERO)

    @property
    def due(self) -> Decimal:
        return sum((p.due for p in self.people), ZERO)

    @property
    def pipeline(self) -> Decimal:
        return sum((p.record.pipeline for p in self.people), ZERO)

    @property
    def coverage(self) -> Decimal | None:
        gaps = (p.record.standing.gap for p in self.people)
        return coverage(self.pipeline, sum(gaps, ZERO))

    @property
    def behind(self) -> int:
        return sum(p.is_behind for p in self.people)


def share(part, whole) -> int:
    """Whole percent for a bar, from 0 to 100; an empty bar where there is no whole."""
    return min(max(int(100 * part / whole), 0), 100) if whole else 0


@require_safe
def team_board(request):
    """Everybody one runs, furthest behind pace first; a team of them by `?team=`."""
    user = request.user
    today = user.local_date(timezone.now())
    run = list(Team.objects.run_by(user).select_related("manager"))
    if not run:
        raise Http404
    reps = Rep.objects.in_teams_of(user).selling_on(today).select_related("team")
    chosen = None
    if "team" in request.GET:
        chosen = _chosen(run, request.GET["team"])
        reps = reps.filter(team__in=Team.objects.with_all_below(chosen))
    quarters = Quarter.objects.visible_to(user).begun_by(today)
    quarters = list(quarters[:QUARTERS_OF_HISTORY])
    quarter = next((q for q in quarters if q.ends_on >= today), None)
    leading = ActivityKind.objects.visible_to(user).filter(is_leading=True).first()
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
    context = {
        "today": today,
        "quarter": quarter,
        "leading": leading,
        "together": Together(people),
        "page": page,
        "show": show,
        "filters": [(key, FILTERS[key], len(rows)) for key, rows in filters.items()],
        "chosen": chosen,
        "teams": _teams(run, people) if len(run) > 1 and not chosen else [],
        "currency": user.organization.currency,
    }
    return render(request, "plans/team_board.html", context)


def _chosen(run, asked: str) -> Team:
    """One of the teams this person runs; any other is not found."""
    for team in run:
        if str(team.pk) == asked:
            return team
    raise Http404


def _people(organization, reps, quarter, quarters, leading, today) -> list[Person]:
    records = track_records(
        reps, quarter=quarter, quarters=quarters, leading=leading, today=today
    )
    monday, weekdays = monday_of(today), organization.working_days
    working_days = [monday + timedelta(days=day - 1) for day in weekdays]
    gone = [day for day in working_days if day <= today]
    people = []
    for record in records.values():
        usual = record.usual(monday=monday, working_days=weekdays)
        due = activity_expected_by(
            usual.count if usual else ZERO,
            working_days_gone=len(gone) - record.days_away(gone),
            working_days=len(working_days) - record.days_away(working_days),
        )
        people.append(
            Person(
                record=record,
                expected=expected_by_now(record.standing),
                coverage_needed=records.coverage_needed(record, organization),
                done=record.weeks.get(monday, 0),
                usual=usual,
                due=due,
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


def _teams(run, people) -> list[Together]:
    """The teams that have people of their own, furthest behind pace first."""
    by_team = {team.pk: Together([], team) for team in run}
    for person in people:
        by_team[person.record.rep.team_id].people.append(person)
    return sorted(
        (team for team in by_team.values() if team.people),
        key=lambda team: team.booked / team.expected if team.expected else Decimal(1),
    )
