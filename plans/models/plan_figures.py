"""What the records say a plan could count on: every figure before anybody overrides it.

Figures are rounded here, once, to what the page shows, so that a person with a
calculator gets the page's numbers.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import F

from plans.domain.arithmetic import (
    Chain,
    Figures,
    LeftOut,
    Outlook,
    OutOfTime,
    chain,
    days_counted,
    effective_weeks,
    when_out_of_time,
    why_left_out,
    why_out_of_time,
)
from plans.models.ogsm import targets_on
from plans.models.plan import Plan
from reps.domain.funnel import prefilled_weeks, share_closed_within
from reps.domain.pacing import Standing, nothing_owed
from reps.domain.quarter import ONE_DAY, Span, last_four_quarters
from reps.models import Absence, ActivityKind, Cancellation, Deal, Quarter, Quota
from reps.models.compiled_query import compiled_once
from reps.models.history import History, history_of
from reps.models.open_deals import OpenDeal, open_deals_of

ZERO = Decimal(0)
OVERRIDABLE = (
    "average_deal",
    "win_rate",
    "open_deals",
    "demo_rate",
    "demos_pending",
    "effective_weeks",
)


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """A rep's figures for one quarter, as at a day, with where each comes from."""

    plan: Plan
    today: date
    history: History
    figures: Figures
    standing: Standing
    counted: list[OpenDeal]  # open opportunities that can still close
    left_out: list[tuple[OpenDeal, LeftOut]]
    days: list[date]  # working days from the next one on
    holidays: dict[date, str]  # that would have been working days
    away: list[Span]  # the rep's own, in what is left of the quarter
    targets: list[ActivityKind]  # as `targets_on` the plan

    @property
    def expected(self) -> Decimal:
        return self.standing.expected

    @property
    def used(self) -> Figures:
        """The measured figures, with those that somebody overrode in their place."""
        return used_figures(self.plan, self.figures)

    def chain(self, goal: Decimal) -> Chain:
        return chain(goal, self.standing.booked, self.used)

    @property
    def asked(self) -> int | None:
        """Of the leading activity a week, for the lower end; None without a rate."""
        low = self.plan.goal_low
        return self.chain(low).demos_a_week if low else None

    @property
    def out_of_time(self) -> OutOfTime | None:
        """Why no week is left that can still count; None while one is."""
        if self.figures.effective_weeks:
            return None
        return why_out_of_time(self.today, self.plan.quarter.span, self.days)

    def outlook(self, goal: Decimal) -> Outlook:
        """For when time is up: what the open deals bring, what comes next."""
        following = Quarter.objects.filter(
            organization=self.plan.organization_id,
            starts_on__gt=self.plan.quarter.ends_on,
        ).order_by("starts_on").first()  # fmt: skip
        quota = None
        weeks = ZERO
        if following:
            own = Quota.objects.filter(rep=self.plan.rep_id, quarter=following).owing()
            own = own.with_earlier().select_related("quarter")
            quota = next((q.owed for q in own), None)
            left = _days_left(self.plan.rep, following.span, self.today)
            weeks = _effective(left.days, following.span, self.history)
        return when_out_of_time(
            goal,
            self.standing.booked,
            self.used,
            next_quota=quota,
            next_figures=replace(
                self.used,
                effective_weeks=prefilled_weeks(weeks),
                open_deals=sum(
                    why == LeftOut.EXPECTED_LATER for _, why in self.left_out
                ),
            ),
        )


def used_figures(plan: Plan, plan_figures: Figures) -> Figures:
    """What the chain is worked with: an override wherever there is one."""
    overrides = {name: getattr(plan, name) for name in OVERRIDABLE}
    given = {name: value for name, value in overrides.items() if value is not None}
    return replace(plan_figures, **given)


def measure(plan: Plan, *, today: date) -> PlanFigures:
    """Everything a plan's page shows that nobody typed.

    Eight queries, and without a quota one more for what is booked.
    """
    rep, quarter = plan.rep, plan.quarter.span
    spans = [quarter.span for quarter in _quarters(plan, today)]
    window = last_four_quarters(spans, today) or Span(today, today)
    targets = _targets(plan)
    leading = next((kind for kind in targets if kind.is_leading), None)
    history = history_of(rep, window=window, leading=leading)

    most_closed_by = history.team.cycle.age_when_closed()
    counted, left_out = [], []
    for row in open_deals_of(rep, today=today).opportunities:
        why = why_left_out(
            row.deal.expected_close_on,
            row.age,
            quarter=quarter,
            most_closed_by=most_closed_by,
        )
        if why is None:
            counted.append(row)
        else:
            left_out.append((row, why))

    standing = _standing(plan, today)
    own_part = Span(max(standing.starts_on, quarter.starts_on), quarter.ends_on)
    left = _days_left(rep, own_part, today)
    return PlanFigures(
        plan=plan,
        today=today,
        history=history,
        figures=Figures.prefilled(
            average_deal=history.average_deal.value,
            win_rate=history.win_rate.value,
            open_deals=len(counted),
            demo_rate=history.demo_rate.value,
            # Nobody records what became of a single demo: people say it themselves.
            demos_pending=0,
            effective_weeks=_effective(left.days, quarter, history),
        ),
        standing=standing,
        counted=counted,
        left_out=left_out,
        days=left.days,
        holidays=left.holidays,
        away=left.away,
        targets=targets,
    )


_targets = compiled_once(targets_on)


@compiled_once
def _quarters(plan, today):
    """The four finished ones and the one it is."""
    quarters = Quarter.objects.filter(organization=plan.organization_id)
    return quarters.begun_by(today)[:5]


@compiled_once
def _booked(plan, first, last):
    """Each win of the rep's, and less than nothing for each cancellation."""
    won = Deal.objects.filter(owner=plan.rep_id).won_between(first, last)
    off = Cancellation.objects.filter(deal__owner=plan.rep_id).between(first, last)
    return won.values_list("amount").union(off.values_list(-F("amount")), all=True)


def booked_of(plan: Plan) -> Decimal:
    """What the rep has booked in the plan's quarter so far."""
    rows = _booked(plan, plan.quarter.starts_on, plan.quarter.ends_on)
    return sum((amount for (amount,) in rows), ZERO)


@compiled_once
def _quota(plan):
    quotas = Quota.objects.with_booked()
    return quotas.filter(rep=plan.rep_id, quarter=plan.quarter_id)


def _standing(plan: Plan, today: date) -> Standing:
    if quota := _quota.first(plan):
        return quota.standing(as_of=today, booked=quota.booked)
    return nothing_owed(plan.quarter.span, booked=booked_of(plan), as_of=today)


@dataclass(frozen=True, slots=True)
class DaysLeft:
    days: list[date]
    holidays: dict[date, str]
    away: list[Span]


def _days_left(rep, quarter: Span, today: date) -> DaysLeft:
    """The working days a plan can still use, and what makes them fewer."""
    organization = rep.organization
    weekdays = organization.working_days
    first = max(today + ONE_DAY, quarter.starts_on)
    holidays = {
        day: name
        for day, name in organization.holidays_between(first, quarter.ends_on).items()
        if day.isoweekday() in weekdays
    }
    absences = _absences(rep, first, quarter.ends_on)
    away = [Span(off.starts_on, off.ends_on) for off in absences]
    days = days_counted(today, quarter, weekdays=weekdays, holidays=holidays, away=away)
    return DaysLeft(days, holidays, away)


@compiled_once
def _absences(rep, first, last):
    absences = Absence.objects.filter(rep=rep).touching(first, last)
    return absences.order_by("starts_on")


def _effective(days, quarter: Span, history: History) -> Decimal:
    organization = history.organization

    def share(days_after: int) -> Decimal:
        return share_closed_within(
            days_after,
            history.own.cycle,
            history.team.cycle,
            usual_days=organization.starting_cycle_days,
        ).value

    return effective_weeks(
        days,
        ends_on=quarter.ends_on,
        share_closed_within=share,
        days_in_week=len(organization.working_days),
    )
