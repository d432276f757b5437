"""What a rep's last four quarters say, beside a group's: the samples behind each rate.

The group is the team, or in an organization with several segments whoever is like the
rep (`reps.domain.segment`).

The rep's page shows them, and a plan is prefilled from the same ones. Three queries,
however many people and deals.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    Count,
    DecimalField,
    DurationField,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from reps.domain.funnel import (
    Figure,
    SalesCycle,
    Sample,
    UsualCycle,
    demo_to_opportunity,
    win_rate,
    win_rate_counting_stale_as_lost,
)
from reps.domain.quarter import Span
from reps.domain.segment import THE_TEAM, Group, Size, Taken, group_taken
from reps.models.activity import ActivityEntry
from reps.models.came_back import CameBack
from reps.models.compiled_query import compiled_once
from reps.models.deal import Deal
from reps.models.organization import Organization
from reps.models.rep import Rep
from reps.models.segment import Segment
from reps.models.stage import Stage
from reps.models.team import Team

ZERO = Decimal(0)
WON = Q(outcome=Deal.Outcome.WON)  # counts wherever it stood
# Asked of the few stages there are: a join of every deal with its own takes longer.
LOST = Q(outcome=Deal.Outcome.LOST, stage__in=Stage.objects.filter(is_opportunity=True))


@dataclass(frozen=True, slots=True)
class Samples:
    """What some people did in a window, summed."""

    closed: Sample  # won, of all opportunities closed
    demos: Sample  # deals that became an opportunity, of leading activities held
    amounts: Sample  # of the deals won
    cycle: SalesCycle  # of the deals won that have an opening date


@dataclass(frozen=True, slots=True)
class History:
    """A rep's own samples, a group's (the rep's among them), and where to start."""

    window: Span
    own: Samples
    team: Samples  # or whichever group's stand for it
    group: Group
    median_amount: Decimal | None  # of the deals the rep won; None without one
    organization: Organization

    @property
    def win_rate(self) -> Figure:
        start = self.organization.starting_win_rate
        return Figure(self.own.closed, self.team.closed, start)

    @property
    def demo_rate(self) -> Figure:
        """Demo-to-opportunity, whatever the leading activity is called."""
        start = self.organization.starting_demo_rate
        return Figure(self.own.demos, self.team.demos, start)

    @property
    def average_deal(self) -> Figure:
        start = self.organization.starting_average_deal
        return Figure(self.own.amounts, self.team.amounts, start)

    @property
    def cycle(self) -> UsualCycle:
        start = self.organization.starting_cycle_days
        return UsualCycle(self.own.cycle, self.team.cycle, start)

    def older_than_any_win(self, opened: Iterable[date | None]) -> int:
        """How many deals opened on these days are open for longer than any win took.

        Any of the group's: a rep with one quick win has not lost all the rest. None
        without a win to compare with; a deal of unknown age is never counted.
        """
        longest, today = self.team.cycle.longest, self.window.ends_on
        if longest is None:
            return 0
        return sum(day is not None and (today - day).days > longest for day in opened)

    def win_rate_if_lost(self, stale_open: int) -> Sample:
        """The rep's own win rate if so many open deals were lost."""
        return win_rate_counting_stale_as_lost(self.own.closed, stale_open)


def history_of(rep: Rep, *, window: Span, leading) -> History:
    """The history of a rep and a group in a window that ends today.

    `leading` is the organization's leading activity, or None. A team is whoever sells
    in it today, as on the team board, and a segment whoever is in it today.
    """
    days = (window.starts_on, window.ends_on)
    if rep.organization.has_segments:
        closers = _closers(rep, *days)
        group, middle = _like(rep, closers), next(iter(closers), None)
    else:
        group, middle = THE_TEAM, _middle.first(rep, *days)
    held = _held(rep, *days, leading, group.taken)
    closed = _closed(rep, [row.pk for row in held], *days)
    return History(
        window=window,
        own=_samples(
            [row for row in closed if row.is_own],
            [row for row in held if row.pk == rep.pk],
        ),
        team=_samples(closed, held),
        group=group,
        median_amount=_median(middle),
        organization=rep.organization,
    )


def _like(rep, closers) -> Group:
    """The group that is large enough, from who of the segment closed how many."""
    in_team = [row for row in closers if row.owner__team == rep.team_id]
    taken = group_taken(in_team=_size(in_team), everywhere=_size(closers))
    if taken == Taken.TEAM:
        return THE_TEAM
    here = in_team if taken == Taken.SEGMENT_IN_TEAM else closers
    return Group(
        taken,
        segment=here[0].segment,
        team=here[0].team if here is in_team else "",
        teams=len({row.owner__team for row in here}),
    )


def _size(closers) -> Size:
    return Size.of(row.closed for row in closers)


def _samples(closed, held) -> Samples:
    won = [row for row in closed if row.outcome == Deal.Outcome.WON]
    wins = sum(row.deals for row in won)
    cycle = Counter()
    for row in won:
        if row.took is not None:
            cycle[row.took.days] += row.deals
    return Samples(
        closed=win_rate(wins, sum(row.deals for row in closed) - wins),
        demos=demo_to_opportunity(
            reached=sum(row.reached for row in held),
            held=sum(row.held for row in held),
        ),
        amounts=Sample(sum((row.total for row in won), ZERO), wins),
        cycle=SalesCycle.counted(cycle),
    )


@compiled_once
def _closed(rep, people: list[int], first, today):
    """Opportunities these people closed in the window: the rep's or not, how, how fast.

    There are no more rows than days a deal can take, however many were closed: what a
    lost one took is not asked. A loss counts although the deal came back from it.
    """
    deals = Deal.objects.owned_by(people).filter(WON | LOST)
    is_own = ExpressionWrapper(Q(owner=rep), output_field=BooleanField())
    deals = deals.filter(closed_on__range=(first, today)).annotate(
        is_own=is_own,
        took=Case(When(WON, then=F("closed_on") - F("opened_on"))),
    )
    groups = ("is_own", "outcome", "took")
    sums = deals.order_by().values(*groups)
    sums = sums.annotate(deals=Count("*"), total=Sum("amount"))
    losses = CameBack.objects.filter(owner__id__among=people)
    losses = losses.filter(lost_on__range=(first, today), stage__is_opportunity=True)
    losses = losses.order_by().annotate(
        is_own=is_own,
        outcome=Value(Deal.Outcome.LOST.value),
        took=Value(None, output_field=DurationField()),
    )
    losses = losses.values(*groups).annotate(
        deals=Count("*"), total=Value(None, output_field=DecimalField())
    )
    columns = (*groups, "deals", "total")
    return sums.values_list(*columns, named=True).union(
        losses.values_list(*columns, named=True), all=True
    )


class Middle(Aggregate):
    """What stands in the middle, from the smallest (ASC) or the largest (DESC)."""

    template = "percentile_disc(0.5) WITHIN GROUP (ORDER BY %(expressions)s %(order)s)"


MIDDLE = {
    "lower": Middle("amount", order="ASC"),
    "upper": Middle("amount", order="DESC"),
}


def _median(middle) -> Decimal | None:
    """Of what the rep won in the window; None without a win."""
    if middle is None or middle.lower is None:
        return None
    return (middle.lower + middle.upper) / 2


@compiled_once
def _middle(rep, first, today):
    won = Deal.objects.filter(owner=rep).won_between(first, today).order_by()
    middle = won.values("owner").annotate(**MIDDLE)
    return middle.values_list("lower", "upper", named=True)


@compiled_once
def _closers(rep, first, today):
    """Who of the rep's segment closed how many in the window, and in which team.

    Each row has what the rep's segment and team are called, and the middle of the rep's
    own wins, so that these are no queries more.
    """
    like = Rep.objects.filter(segment=rep.segment_id)
    people = like.filter(pk=rep.pk) | like.selling_on(today)
    won = Deal.objects.filter(owner=rep).won_between(first, today).order_by()
    own = won.values("owner").annotate(**MIDDLE)
    each = {
        "segment": Segment.objects.filter(pk=rep.segment_id).values("name"),
        "team": Team.objects.filter(pk=rep.team_id).values("name"),
        "lower": own.values("lower"),
        "upper": own.values("upper"),
    }
    deals = Deal.objects.filter(WON | LOST, owner__in=people)
    deals = deals.exclude(outcome=Deal.Outcome.OPEN)  # as the index has them
    deals = deals.filter(closed_on__range=(first, today)).order_by()
    closers = deals.values("owner", "owner__team").annotate(closed=Count("*"))
    closers = closers.annotate(**{name: Subquery(of) for name, of in each.items()})
    return closers.values_list("owner__team", "closed", *each, named=True)


@compiled_once
def _held(rep, first, today, leading, taken: Taken):
    """The rep and whoever sells in the group today: what they held, what came of it.

    That is leading activities in the window, and deals that became an opportunity from
    the first week on in which anything was logged: what became of deals before cannot
    be set against demos nobody counted.
    """
    entries = ActivityEntry.objects.filter(week__range=(first, today))
    entries = entries.filter(rep=OuterRef("pk")).order_by().values("rep")
    weeks = entries.annotate(
        first=Min("week"), held=Sum("change", filter=Q(kind=leading), default=0)
    )
    deals = Deal.objects.filter(owner=OuterRef("pk")).order_by().values("owner")
    since = (OuterRef("logged_since"), today)
    reached = deals.filter(became_opportunity_on__range=since)
    group = Rep.objects.all()
    if taken != Taken.SEGMENT:
        group = group.filter(team=rep.team_id)
    if taken != Taken.TEAM:
        group = group.filter(segment=rep.segment_id)
    people = (group.filter(pk=rep.pk) | group.selling_on(today)).annotate(
        logged_since=Subquery(weeks.values("first")),
        held=Coalesce(Subquery(weeks.values("held")), 0),
        reached=Coalesce(Subquery(reached.annotate(n=Count("*")).values("n")), 0),
    )
    return people.order_by().values_list("pk", "held", "reached", named=True)
