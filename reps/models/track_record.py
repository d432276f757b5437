"""How reps stand and what their history says: the figures of many in a few queries.

A page about one rep asks for the whole team's too, since a small sample is shrunk
towards the team's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, DecimalField, Q, Sum, Value

from reps.domain.funnel import Figure, Sample, prefilled_rate, win_rate
from reps.domain.pacing import (
    Standing,
    UsualWeek,
    activity_expected_by,
    coverage,
    nothing_owed,
    usual_week,
)
from reps.domain.quarter import ONE_WEEK, Span, last_four_quarters, monday_of
from reps.models.absence import Absence
from reps.models.activity import ActivityEntry
from reps.models.came_back import CameBack
from reps.models.cancellation import called_off_in
from reps.models.compiled_query import compiled_once
from reps.models.deal import Deal
from reps.models.quarter import Quarter
from reps.models.quota import Quota
from reps.models.rep import Rep

ZERO = Decimal(0)
USUAL_WEEKS = 8  # the finished weeks a usual week is taken from
WEEKS_LOOKED_AT = 26  # half a year: older habits say little about this week


@dataclass(slots=True)
class TrackRecord:
    """One rep's figures as at a day. Money in the organization's currency."""

    rep: Rep
    standing: Standing
    has_quota: bool
    won: Decimal = ZERO  # in the quarter, whatever was called off since
    pipeline: Decimal = ZERO  # open opportunities, unweighted
    open_deals: int = 0
    closed: Sample = field(default_factory=lambda: win_rate(0, 0))  # in the window
    amounts: Sample = field(default_factory=lambda: Sample(ZERO, 0))
    weeks: dict[date, int] = field(default_factory=dict)  # leading activity by Monday
    away: list[Absence] = field(default_factory=list)

    @property
    def coverage(self) -> Decimal | None:
        """Pipeline ÷ still to book; None when nothing is left, or nothing is owed."""
        return coverage(self.pipeline, self.standing.gap)

    def days_away(self, days: Iterable[date]) -> int:
        """On how many of these days this rep is away."""
        return sum(
            any(off.starts_on <= day <= off.ends_on for off in self.away)
            for day in days
        )

    def days_away_in(self, week: date, working_days: Iterable[int]) -> int:
        """On how many of the week's working days this rep is away."""
        if not self.away:
            return 0
        return self.days_away(week + timedelta(days=day - 1) for day in working_days)

    def is_away_all(self, week: date, working_days: Sequence[int]) -> bool:
        """Whether this rep is away on every working day of the week."""
        away = self.days_away_in(week, working_days)
        return bool(self.away) and away == len(working_days)

    def due(self, usual: UsualWeek | None, *, today: date, working_days) -> Decimal:
        """How much of a usual week is due by the end of today; days away are not."""
        if usual is None:
            return ZERO
        return self.due_of(usual.count, today=today, working_days=working_days)

    def due_of(self, week: Decimal | int, *, today: date, working_days) -> Decimal:
        """How much of so many a week is due by the end of today; days away are not."""
        monday = monday_of(today)
        days = [monday + timedelta(days=day - 1) for day in working_days]
        gone = [day for day in days if day <= today]
        return activity_expected_by(
            Decimal(week),
            working_days_gone=len(gone) - self.days_away(gone),
            working_days=len(days) - self.days_away(days),
        )

    def usual(self, *, monday: date, working_days: Sequence[int]) -> UsualWeek | None:
        """The usual week of the leading activity, from finished weeks before `monday`.

        Weeks before the first that was logged say nothing, and neither do weeks away.
        """
        if not self.weeks:
            return None
        first = max(min(self.weeks), monday - WEEKS_LOOKED_AT * ONE_WEEK)
        counts, week = [], monday - ONE_WEEK
        while week >= first and len(counts) < USUAL_WEEKS:
            if not self.is_away_all(week, working_days):
                counts.append(self.weeks.get(week, 0))
            week -= ONE_WEEK
        return usual_week(counts)


class TrackRecords(dict):
    """The records of some reps by their pk, with what they come to together.

    `called_off` is what customers cancelled in the quarter: of these reps' wins, and of
    what was won in the teams that were asked for.
    """

    called_off: Sequence = ()

    def closed_by(self, team_id: int) -> Sample:
        """What a whole team closed in the window: the sample a rep's is shrunk to."""
        return self._closed[team_id]

    @cached_property
    def _closed(self) -> dict[int, Sample]:
        """Of each team: added up once, and not again for each who is in it."""
        closed = defaultdict(lambda: win_rate(0, 0))
        for record in self.values():
            team, own = closed[record.rep.team_id], record.closed
            whole = Sample(team.total + own.total, team.cases + own.cases)
            closed[record.rep.team_id] = whole
        return closed

    def win_rate(self, record: TrackRecord, organization) -> Figure:
        """The rep's win rate, shrunk to the team's, started from the organization's."""
        team = self.closed_by(record.rep.team_id)
        return Figure(record.closed, team, organization.starting_win_rate)

    def coverage_needed(self, record: TrackRecord, organization) -> Decimal:
        """1 ÷ the win rate as the page shows it, in whole percents."""
        return 1 / prefilled_rate(self.win_rate(record, organization).value)


def track_records(
    reps: Iterable[Rep],
    *,
    quarter: Quarter | None,
    quarters: Iterable[Quarter],
    leading,
    today: date,
    teams: Iterable[int] = (),
) -> TrackRecords:
    """The figures of these reps in `quarter`, and their history in the last four.

    `quarters` are the organization's begun ones, `leading` its leading activity or
    None, `teams` the ids of those whose cancellations are asked for, too. Five queries,
    however many reps.
    """
    reps = list(reps)
    span = quarter.span if quarter else Span(today, today)
    window = last_four_quarters((q.span for q in quarters), today) or span
    quotas = {}
    pks = [rep.pk for rep in reps]
    if quarter:
        for quota in _quotas(pks, quarter):
            quota.quarter = quarter
            quotas[quota.rep_id] = quota
    since = min(window.starts_on, span.starts_on)
    days = (span.starts_on, span.ends_on, window.starts_on, window.ends_on)
    totals, came_back = {}, {}
    for row in _deal_totals(pks, *days, since):
        (came_back if row["came_back"] else totals)[row["owner"]] = row
    called_off = called_off_in(pks, list(teams), span.starts_on, span.ends_on)
    cancelled = Counter()
    for row in called_off:
        cancelled[row.deal__owner] += row.total
    weeks = _weeks(pks, leading, today)
    away = defaultdict(list)
    for absence in _absences(pks, monday_of(today) - WEEKS_LOOKED_AT * ONE_WEEK):
        away[absence.rep_id].append(absence)

    records = TrackRecords()
    records.called_off = called_off
    for rep in reps:
        quota, total = quotas.get(rep.pk), totals.get(rep.pk, {})
        won = total.get("won_now") or ZERO
        booked = won - cancelled[rep.pk]
        if quota:
            standing = quota.standing(as_of=today, booked=booked)
        else:
            standing = nothing_owed(span, booked=booked, as_of=today)
        lost = total.get("lost", 0)
        if rep.pk in came_back:
            lost += came_back[rep.pk]["came_back"]
        records[rep.pk] = TrackRecord(
            rep=rep,
            standing=standing,
            has_quota=quota is not None,
            won=won,
            pipeline=total.get("pipeline") or ZERO,
            open_deals=total.get("open_deals", 0),
            closed=win_rate(total.get("won", 0), lost),
            amounts=Sample(total.get("won_amount") or ZERO, total.get("won", 0)),
            weeks=weeks[rep.pk],
            away=away[rep.pk],
        )
    return records


@compiled_once
def _quotas(reps: list[int], quarter):
    owing = Quota.objects.filter(quarter=quarter, rep__id__among=reps).owing()
    return owing.with_earlier()


@compiled_once
def _absences(reps: list[int], since):
    return Absence.objects.filter(rep__id__among=reps, ends_on__gte=since)


@compiled_once
def _deal_totals(reps: list[int], first, last, window_first, window_last, since):
    """What each rep won in the quarter, closed in the window, and has open.

    Win rate and pipeline count from the first stage that counts; a deal that was won
    counts wherever it stood. Nothing that was closed before `since` is looked at.
    In rows of their own: how many losses were come back from, which stay losses.
    """
    open_now = Q(outcome=Deal.Outcome.OPEN, stage__is_opportunity=True)
    won = Q(outcome=Deal.Outcome.WON)
    lost = Q(outcome=Deal.Outcome.LOST, stage__is_opportunity=True)
    in_window = Q(closed_on__range=(window_first, window_last))
    in_quarter = Q(closed_on__range=(first, last))
    deals = Deal.objects.filter(owner__id__among=reps)
    deals = deals.filter(Q(outcome=Deal.Outcome.OPEN) | Q(closed_on__gte=since))
    totals = deals.values("owner").annotate(
        won_now=Sum("amount", filter=won & in_quarter),
        pipeline=Sum("amount", filter=open_now),
        open_deals=Count("pk", filter=open_now),
        won=Count("pk", filter=won & in_window),
        lost=Count("pk", filter=lost & in_window),
        won_amount=Sum("amount", filter=won & in_window),
        came_back=Value(0),
    )
    losses = CameBack.objects.filter(owner__id__among=reps, stage__is_opportunity=True)
    losses = losses.filter(lost_on__range=(window_first, window_last)).order_by()
    none, nothing = Value(0), Value(None, output_field=DecimalField())
    losses = losses.values("owner").annotate(
        won_now=nothing,
        pipeline=nothing,
        open_deals=none,
        won=none,
        lost=none,
        won_amount=nothing,
        came_back=Count("pk"),
    )
    return totals.order_by().union(losses, all=True)


def _weeks(reps: list[int], leading, today: date) -> dict:
    """The leading activity of each rep's last half-year, by the week's Monday."""
    weeks = defaultdict(dict)
    if leading is None:
        return weeks
    this_week = monday_of(today)
    since = this_week - WEEKS_LOOKED_AT * ONE_WEEK
    for rep, _kind, week, done in _entries(reps, leading, since, this_week):
        weeks[rep][week] = done
    return weeks


@compiled_once
def _entries(reps: list[int], leading, first, last):
    entries = ActivityEntry.objects.filter(rep__id__among=reps, kind=leading)
    return entries.by_week(first=first, last=last)
