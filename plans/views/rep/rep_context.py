"""What a rep's page shows: the figures are the models', the words the templates'."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plans.models.week_target import agreed_for, target_of
from plans.views.group_words import beside, group_words, lent_by
from plans.views.rep.correction_words import Corrected, correction_lines
from reps.domain.funnel import (
    Figure,
    Source,
    differ_much,
    prefilled_money,
    prefilled_rate,
)
from reps.domain.pacing import Standing, attainment, nothing_owed, pace
from reps.domain.pacing import weekly_rate_needed as weekly_rate
from reps.domain.quarter import ONE_WEEK, Span, last_four_quarters
from reps.models import ActivityKind, Quarter
from reps.models.activity_weeks import ActivityWeeks, activity_weeks
from reps.models.corrections import corrections_of
from reps.models.history import History, history_of
from reps.models.open_deals import open_deals_of
from reps.models.past_quarters import QuarterRecord, past_quarters
from reps.models.track_record import WEEKS_LOOKED_AT, TrackRecord
from reps.views.whom_to_ask import whom_to_ask

ZERO = Decimal(0)
QUARTERS_SHOWN = 6
DEALS_SHOWN = 30
QUARTERS_IN_WINDOW = 4  # finished ones


@dataclass(frozen=True, slots=True)
class StandingNow:
    """The quarter that holds today, as the page tells it."""

    record: QuarterRecord
    standing: Standing

    @property
    def expected(self) -> Decimal:
        return self.standing.expected

    @property
    def pace(self) -> Decimal:
        return pace(self.standing)

    @property
    def attainment(self) -> Decimal | None:
        return attainment(self.standing)

    @property
    def weekly_rate_needed(self) -> Decimal | None:
        """None in the last days, when a rate by the week says nothing any more."""
        return weekly_rate(self.standing) if self.standing.days_left >= 7 else None

    @property
    def is_met(self) -> bool:
        return self.record.is_met

    @property
    def beyond(self) -> Decimal:
        """Booked beyond the quota, once it is met."""
        return self.standing.booked - self.standing.quota

    @property
    def has_ramp(self) -> bool:
        return self.record.quota.amount > 0 and self.record.quota.ramp < 1

    @property
    def changed_on(self) -> date | None:
        """The day from which the quota is another than before."""
        return self.record.quota.holds_from

    @property
    def has_late_start(self) -> bool:
        quota, quarter = self.record.quota, self.record.quarter
        return quota.amount > 0 and quota.first_day > quarter.starts_on


@dataclass(frozen=True, slots=True)
class RateShown:
    """A mixed figure as a plan would take it over, and the rep's own beside it."""

    figure: Figure
    value: Decimal
    own: Decimal | None

    @property
    def is_mixed(self) -> bool:
        """The group's part shows: the rep's own figure alone would read otherwise."""
        return self.own is not None and self.own != self.value

    @property
    def leans_on_team(self) -> bool:
        """The rep has too few cases for them to weigh most."""
        return self.figure.leans_on == Source.TEAM and not self.is_alone

    @property
    def is_alone(self) -> bool:
        """The rep's own cases are all the group has, so there is nobody to lean on."""
        return self.figure.own.cases == self.figure.team.cases


@dataclass(frozen=True, slots=True)
class HistoryShown:
    """What history says, in the figures a plan is prefilled with."""

    history: History
    has_four_quarters: bool
    stale_open: int  # open opportunities older than any win

    @property
    def group(self) -> str:
        """Whom the rep is compared with; empty for the team."""
        return group_words(self.history.group)

    @property
    def beside(self) -> str:
        return beside(self.history.group)

    @property
    def lent(self) -> str:
        return lent_by(self.history.group)

    @property
    def win_rate(self) -> RateShown:
        return _shown(self.history.win_rate, prefilled_rate)

    @property
    def win_rate_if_lost(self) -> Decimal | None:
        """The rep's own, counting the stale open ones as lost.

        None without any, and before the first deal was closed.
        """
        if not (self.stale_open and self.history.own.closed.cases):
            return None
        return self.history.win_rate_if_lost(self.stale_open).mean

    @property
    def demo_rate(self) -> RateShown:
        return _shown(self.history.demo_rate, prefilled_rate)

    @property
    def average_deal(self) -> RateShown:
        return _shown(self.history.average_deal, prefilled_money)

    @property
    def median_deal(self) -> Decimal | None:
        """To stand beside the rep's own average where one large deal carries it off."""
        mean, median = (
            self.history.average_deal.own.mean,
            self.history.median_amount,
        )
        if mean is None or not differ_much(mean, median):
            return None
        return median

    @property
    def coverage_needed(self) -> Decimal:
        """1 ÷ the win rate as it is shown."""
        return 1 / self.win_rate.value


@dataclass(frozen=True, slots=True)
class ActivityShown:
    """This week of one activity against its target or the usual, and those before."""

    shown: ActivityWeeks
    target: int | None  # what the signed plan asks of this week
    due: Decimal  # of the target, or of a usual week without one, by today

    @property
    def goal(self) -> Decimal | int:
        usual = self.shown.usual
        return self.target or (usual.count if usual else 0)

    @property
    def is_met(self) -> bool:
        return 0 < self.goal <= self.shown.done

    @property
    def scale(self) -> Decimal | int:
        """What a full bar stands for; 0 when there is nothing to draw."""
        return max(self.shown.done, self.goal) if self.goal else 0


def rep_context(rep, user, *, today: date, form=None, show_all=False) -> dict:
    """The context of `rep_detail.html` and of its regions.

    `form` is the one for days away, None for somebody who only looks.
    """
    organization = rep.organization
    quarters = list(Quarter.objects.visible_to(user).begun_by(today))
    records = past_quarters(rep, quarters, limit=QUARTERS_SHOWN)
    now = next((r for r in records if today in r.quarter.span), None)
    weeks = organization.work_week
    this_week = weeks.monday_of(today)
    days = weeks.days_of(this_week)
    agreed = agreed_for(rep.pk, days.starts_on, days.ends_on)
    kinds = list(
        ActivityKind.objects.visible_to(user).counted().annotate(agreed=agreed)
    )
    leading = next((kind for kind in kinds if kind.is_leading), None)
    window = last_four_quarters((q.span for q in quarters), today) or Span(today, today)
    deals = open_deals_of(rep, today=today)
    if now:
        standing = now.standing(as_of=today)
    else:
        standing = nothing_owed(Span(today, today), booked=ZERO, as_of=today)
    since = weeks.begins_on(this_week - WEEKS_LOOKED_AT * ONE_WEEK)
    record = TrackRecord(
        rep=rep,
        standing=standing,
        has_quota=bool(now and now.quota),
        pipeline=deals.pipeline,
        open_deals=len(deals.opportunities),
        away=list(rep.absences.filter(ends_on__gte=since)),
    )
    history = history_of(rep, window=window, leading=leading)
    opened = [row.deal.opened_on for row in deals.opportunities]
    return {
        "rep": rep,
        "left_on": rep.left_on if rep.left_on and rep.left_on < today else None,
        "is_own": rep.user_id == user.pk,
        "whom_to_ask": whom_to_ask(user),
        "today": today,
        "currency": organization.currency,
        "has_quarters": bool(quarters),
        "now": StandingNow(now, standing) if now else None,
        "quarters": [r for r in records if not r.is_empty or r.as_closed],
        "corrected": _corrected(rep, records, user),
        "activities": _activities(record, kinds, today),
        "leading": leading,
        "history": HistoryShown(
            history=history,
            has_four_quarters=_finished(quarters, today) >= QUARTERS_IN_WINDOW,
            stale_open=history.older_than_any_win(opened),
        ),
        "deals": deals,
        "deals_shown": deals if show_all else deals.first(DEALS_SHOWN),
        "deals_left_out": 0 if show_all else max(deals.count - DEALS_SHOWN, 0),
        "coverage": record.coverage,
        "coming": _coming(record, today),
        "recent": _recent(record, today),
        "form": form,
    }


def _corrected(rep, records: list[QuarterRecord], user) -> list[Corrected]:
    """What was put right in those that were closed with other figures."""
    said = {"currency": rep.organization.currency, "reader": user}
    return [
        Corrected(quarter, correction_lines(corrections_of(rep, quarter), **said))
        for quarter in (record.quarter for record in records if record.as_closed)
    ]


def _activities(record: TrackRecord, kinds, today: date) -> list[ActivityShown]:
    """Each has its target, of this week as on every page, in `kind.agreed`."""
    work_week, shown = record.rep.organization.work_week, []
    week = {"monday": work_week.monday_of(today), "work_week": work_week}
    for weeks in activity_weeks(record, kinds, today=today, work_week=work_week):
        kind, due = weeks.kind, weeks.due
        target = target_of(kind.agreed, kind, record, **week)
        if target:
            due = record.due_of(target, today=today, work_week=work_week)
        shown.append(ActivityShown(weeks, target, due))
    return shown


def _shown(figure: Figure, prefilled) -> RateShown:
    own = figure.own.mean
    return RateShown(
        figure=figure,
        value=prefilled(figure.value),
        own=None if own is None else prefilled(own),
    )


def _finished(quarters, today: date) -> int:
    return sum(quarter.ends_on < today for quarter in quarters)


def _coming(record: TrackRecord, today: date) -> list:
    """Days away now and to come, the next first."""
    coming = [absence for absence in record.away if absence.ends_on >= today]
    return sorted(coming, key=lambda absence: absence.starts_on)


def _recent(record: TrackRecord, today: date) -> list:
    """Days away in the weeks the page looks back on, the last first."""
    past = [absence for absence in record.away if absence.ends_on < today]
    return sorted(past, key=lambda absence: absence.starts_on, reverse=True)
