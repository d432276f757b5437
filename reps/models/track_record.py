"""How reps stand and what their history says: the figures of many in a few queries.

A page about one rep asks for the whole team's too, since a small sample is shrunk
towards the team's; or, in an organization with several segments, towards that of
whoever is like the rep (`reps.domain.segment`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, DecimalField, F, Q, Sum, Value

from reps.domain.funnel import Figure, Sample, prefilled_rate, win_rate
from reps.domain.pacing import (
    Standing,
    UsualWeek,
    activity_expected_by,
    coverage,
    nothing_owed,
    usual_week,
)
from reps.domain.quarter import ONE_WEEK, Span, last_four_quarters
from reps.domain.segment import Size, Taken, group_taken
from reps.domain.work_week import WorkWeek
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
ADDED_UP = ("won_now", "pipeline", "open_deals", "won", "lost", "won_amount")
NOT_ASKED = Value(None, output_field=DecimalField())
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

    def days_off_in(self, week: date, work_week: WorkWeek) -> int:
        """How many working days the week lacks: days away, and those that are cut off
        where the first day of the week changes.
        """
        days = work_week.working_days_of(week)
        lacking = len(work_week.weekdays) - len(days)
        return max(lacking + self.days_away(days), 0)

    def is_away_all(self, week: date, work_week: WorkWeek) -> bool:
        """Whether this rep is away on every working day of the week."""
        if not self.away:
            return False
        return self.days_off_in(week, work_week) == len(work_week.weekdays)

    def due(
        self, usual: UsualWeek | None, *, today: date, work_week: WorkWeek
    ) -> Decimal:
        """How much of a usual week is due by the end of today; days away are not."""
        if usual is None:
            return ZERO
        return self.due_of(usual.count, today=today, work_week=work_week)

    def due_of(
        self, week: Decimal | int, *, today: date, work_week: WorkWeek
    ) -> Decimal:
        """How much of so many a week is due by the end of today; days away are not."""
        days = work_week.working_days_of(work_week.monday_of(today))
        gone = [day for day in days if day <= today]
        return activity_expected_by(
            Decimal(week),
            working_days_gone=len(gone) - self.days_away(gone),
            working_days=len(days) - self.days_away(days),
        )

    def usual(self, *, monday: date, work_week: WorkWeek) -> UsualWeek | None:
        """The usual week of the leading activity, from finished weeks before `monday`.

        Weeks before the first that was logged say nothing, and neither do weeks away.
        """
        if not self.weeks:
            return None
        first = max(min(self.weeks), monday - WEEKS_LOOKED_AT * ONE_WEEK)
        counts, week = [], monday - ONE_WEEK
        while week >= first and len(counts) < USUAL_WEEKS:
            if not self.is_away_all(week, work_week):
                counts.append(self.weeks.get(week, 0))
            week -= ONE_WEEK
        return usual_week(counts)


class TrackRecords(dict):
    """The records of some reps by their pk, with what they come to together.

    `called_off` is what customers cancelled in the quarter: of these reps' wins, and of
    what was won in the teams that were asked for.

    `elsewhere` is what each of those closed in the window who sell in the same segments
    and are not among them, by segment; None where nobody is compared by it.
    """

    def __init__(self, elsewhere: dict[int, list[Sample]] | None = None):
        super().__init__()
        self.elsewhere = elsewhere
        self.called_off: Sequence = ()

    def closed_by(self, rep: Rep) -> Sample:
        """What the rep's group closed in the window: what the rep's is shrunk to."""
        return self._closed[rep.team_id, rep.segment_id]

    @cached_property
    def _closed(self) -> dict[tuple[int, int], Sample]:
        """By team and segment: added up once, and not again for each who is in both."""
        teams, segments, both = (defaultdict(list) for _ in range(3))
        for record in self.values():
            team, segment = record.rep.team_id, record.rep.segment_id
            teams[team].append(record.closed)
            segments[segment].append(record.closed)
            both[team, segment].append(record.closed)
        if self.elsewhere is None:
            return {key: _together(teams[key[0]]) for key in both}
        closed = {}
        for (team, segment), in_team in both.items():
            everywhere = segments[segment] + self.elsewhere.get(segment, [])
            taken = group_taken(in_team=_size(in_team), everywhere=_size(everywhere))
            groups = {
                Taken.SEGMENT_IN_TEAM: in_team,
                Taken.SEGMENT: everywhere,
                Taken.TEAM: teams[team],
            }
            closed[team, segment] = _together(groups[taken])
        return closed

    def win_rate(self, record: TrackRecord, organization) -> Figure:
        """The rep's, shrunk to the group's, started from the organization's."""
        group = self.closed_by(record.rep)
        return Figure(record.closed, group, organization.starting_win_rate)

    def coverage_needed(self, record: TrackRecord, organization) -> Decimal:
        """1 ÷ the win rate as the page shows it, in whole percents."""
        return 1 / prefilled_rate(self.win_rate(record, organization).value)


def _together(closed: list[Sample]) -> Sample:
    won = sum(sample.total for sample in closed)
    return Sample(won, sum(sample.cases for sample in closed))


def _size(closed: list[Sample]) -> Size:
    return Size.of(sample.cases for sample in closed)


def track_records(
    reps: Iterable[Rep],
    *,
    quarter: Quarter | None,
    quarters: Iterable[Quarter],
    leading,
    today: date,
    work_week: WorkWeek,
    teams: Iterable[int] = (),
    by_segment: bool = False,
) -> TrackRecords:
    """The figures of these reps in `quarter`, and their history in the last four.

    `quarters` are the organization's begun ones, `leading` its leading activity or
    None, `teams` the ids of those whose cancellations are asked for, too; `by_segment`
    says whether there are several segments. Five queries, however many reps.
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
    if by_segment:
        segments = sorted({rep.segment_id for rep in reps})
        rows = _deal_totals_and_elsewhere(pks, *days, since, segments, today)
    else:
        rows = _deal_totals(pks, *days, since)
    totals = _by_owner(rows)
    called_off = called_off_in(pks, list(teams), span.starts_on, span.ends_on)
    cancelled = Counter()
    for row in called_off:
        cancelled[row.deal__owner] += row.total
    this_week = work_week.monday_of(today)
    weeks = _weeks(pks, leading, this_week)
    away = defaultdict(list)
    looked_at_since = work_week.begins_on(this_week - WEEKS_LOOKED_AT * ONE_WEEK)
    for absence in _absences(pks, looked_at_since):
        away[absence.rep_id].append(absence)

    records = TrackRecords({} if by_segment else None)
    records.called_off = called_off
    for rep in reps:
        quota, total = quotas.get(rep.pk), totals.pop(rep.pk, {})
        won = total.get("won_now") or ZERO
        booked = won - cancelled[rep.pk]
        if quota:
            standing = quota.standing(as_of=today, booked=booked)
        else:
            standing = nothing_owed(span, booked=booked, as_of=today)
        records[rep.pk] = TrackRecord(
            rep=rep,
            standing=standing,
            has_quota=quota is not None,
            won=won,
            pipeline=total.get("pipeline") or ZERO,
            open_deals=total.get("open_deals", 0),
            closed=win_rate(total.get("won", 0), total.get("lost", 0)),
            amounts=Sample(total.get("won_amount") or ZERO, total.get("won", 0)),
            weeks=weeks[rep.pk],
            away=away[rep.pk],
        )
    for total in totals.values():  # what is left is of nobody here
        closed = win_rate(total["won"], total["lost"])
        records.elsewhere.setdefault(total["segment"], []).append(closed)
    return records


def _by_owner(rows) -> dict[int, dict]:
    """One row each, added up for whom there are two."""
    totals = {}
    for row in rows:
        known = totals.setdefault(row["owner"], row)
        if known is not row:
            for name in ADDED_UP:
                known[name] = (known[name] or 0) + (row[name] or 0)
    return totals


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

    Nothing that was closed before `since` is looked at.
    """
    deals = Deal.objects.filter(owner__id__among=reps)
    deals = deals.filter(Q(outcome=Deal.Outcome.OPEN) | Q(closed_on__gte=since))
    own = _totals(deals.values("owner"), first, last, window_first, window_last)
    theirs = Q(owner__id__among=reps)
    lost = _losses_that_came_back(theirs, window_first, window_last, "owner")
    return own.union(lost, all=True)


@compiled_once
def _deal_totals_and_elsewhere(
    reps: list[int],
    first,
    last,
    window_first,
    window_last,
    since,
    segments: list[int],
    today,
):
    """`_deal_totals`, and what whoever else sells in these segments closed."""
    days = (first, last, window_first, window_last)
    deals = Deal.objects.filter(owner__id__among=reps)
    deals = deals.filter(Q(outcome=Deal.Outcome.OPEN) | Q(closed_on__gte=since))
    like = Rep.objects.filter(segment__id__among=segments).selling_on(today)
    others = Deal.objects.filter(owner__in=like).exclude(owner__id__among=reps)
    others = others.exclude(outcome=Deal.Outcome.OPEN)  # as the index has them
    others = others.filter(closed_on__range=(window_first, window_last))
    own = _totals(deals.values("owner", segment=F("owner__segment")), *days)
    closed = others.values("owner", segment=F("owner__segment")).annotate(
        won_now=NOT_ASKED,
        pipeline=NOT_ASKED,
        open_deals=Value(0),
        won=Count("pk", filter=Q(outcome=Deal.Outcome.WON)),
        lost=Count(
            "pk", filter=Q(outcome=Deal.Outcome.LOST, stage__is_opportunity=True)
        ),
        won_amount=NOT_ASKED,
    )
    whose = Q(owner__id__among=reps) | Q(owner__in=like)
    window = (window_first, window_last)
    segment = {"segment": F("owner__segment")}
    lost = _losses_that_came_back(whose, *window, "owner", **segment)
    return own.union(closed.order_by(), lost, all=True)


def _totals(deals, first, last, window_first, window_last):
    """Win rate and pipeline count from the first stage that counts; a deal that was won
    counts wherever it stood.
    """
    open_now = Q(outcome=Deal.Outcome.OPEN, stage__is_opportunity=True)
    won = Q(outcome=Deal.Outcome.WON)
    lost = Q(outcome=Deal.Outcome.LOST, stage__is_opportunity=True)
    in_window = Q(closed_on__range=(window_first, window_last))
    in_quarter = Q(closed_on__range=(first, last))
    totals = deals.annotate(
        won_now=Sum("amount", filter=won & in_quarter),
        pipeline=Sum("amount", filter=open_now),
        open_deals=Count("pk", filter=open_now),
        won=Count("pk", filter=won & in_window),
        lost=Count("pk", filter=lost & in_window),
        won_amount=Sum("amount", filter=won & in_window),
    )
    return totals.order_by()


def _losses_that_came_back(of: Q, window_first, window_last, *groups, **named):
    """Rows of their own, for whom there are any: what was lost stays lost."""
    losses = CameBack.objects.filter(of, stage__is_opportunity=True).order_by()
    losses = losses.filter(lost_on__range=(window_first, window_last))
    return losses.values(*groups, **named).annotate(
        won_now=NOT_ASKED,
        pipeline=NOT_ASKED,
        open_deals=Value(0),
        won=Value(0),
        lost=Count("pk"),
        won_amount=NOT_ASKED,
    )


def _weeks(reps: list[int], leading, this_week: date) -> dict:
    """The leading activity of each rep's last half-year, by the week's Monday."""
    weeks = defaultdict(dict)
    if leading is None:
        return weeks
    since = this_week - WEEKS_LOOKED_AT * ONE_WEEK
    for rep, _kind, week, done in _entries(reps, leading, since, this_week):
        weeks[rep][week] = done
    return weeks


@compiled_once
def _entries(reps: list[int], leading, first, last):
    entries = ActivityEntry.objects.filter(rep__id__among=reps, kind=leading)
    return entries.by_week(first=first, last=last)
