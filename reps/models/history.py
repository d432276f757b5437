"""What a rep's last four quarters say, beside the team's: the samples behind each rate.

The rep's page shows them, and a plan is prefilled from the same ones. Three queries,
however many people and deals.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, Min, Q, Sum, When
from django.db.models.functions import Coalesce

from reps.domain.funnel import (
    Figure,
    SalesCycle,
    Sample,
    UsualCycle,
    average_deal,
    demo_to_opportunity,
    median_amount,
    win_rate,
    win_rate_counting_stale_as_lost,
)
from reps.domain.quarter import Span, monday_of
from reps.models.activity import ActivityEntry
from reps.models.compiled_query import compiled_once
from reps.models.deal import Deal
from reps.models.organization import Organization
from reps.models.rep import Rep
from reps.models.stage_move import StageMove


@dataclass(frozen=True, slots=True)
class Samples:
    """What some people did in a window, summed."""

    won: int
    lost: int
    demos: Sample  # deals that became an opportunity, of leading activities held
    amounts: tuple[Decimal, ...]  # of the deals won
    cycle: SalesCycle  # of the deals won that have an opening date

    @property
    def closed(self) -> Sample:
        """Won of all opportunities closed."""
        return win_rate(self.won, self.lost)

    @property
    def median_amount(self) -> Decimal | None:
        return median_amount(self.amounts)


@dataclass(frozen=True, slots=True)
class History:
    """A rep's own samples, the team's (the rep's among them), and where to start."""

    window: Span
    own: Samples
    team: Samples
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
        own, team = average_deal(self.own.amounts), average_deal(self.team.amounts)
        return Figure(own, team, self.organization.starting_average_deal)

    @property
    def cycle(self) -> UsualCycle:
        start = self.organization.starting_cycle_days
        return UsualCycle(self.own.cycle, self.team.cycle, start)

    def older_than_any_win(self, opened: Iterable[date | None]) -> int:
        """How many deals opened on these days are open for longer than any win took.

        Any of the team's: a rep with one quick win has not lost all the rest. None
        without a win to compare with; a deal of unknown age is never counted.
        """
        longest, today = self.team.cycle.longest, self.window.ends_on
        if longest is None:
            return 0
        return sum(day is not None and (today - day).days > longest for day in opened)

    def win_rate_if_lost(self, stale_open: int) -> Sample:
        """The rep's own win rate if so many open deals were lost."""
        own = self.own
        return win_rate_counting_stale_as_lost(own.won, own.lost, stale_open)


def history_of(rep: Rep, *, window: Span, leading) -> History:
    """The history of a rep and the team in a window that ends today.

    `leading` is the organization's leading activity, or None. The team is whoever sells
    in it today, as on the team board.
    """
    days = (window.starts_on, window.ends_on)
    closed = _closed(rep, *days)
    held = {row["rep"]: row for row in _held(rep, *days, leading)}
    reached = [
        owner
        for owner, day in _reached(rep, window.ends_on)
        if day in window and owner in held and monday_of(day) >= held[owner]["first"]
    ]

    def samples(of: Container[int]) -> Samples:
        deals = [deal for deal in closed if deal.owner_id in of]
        won = [deal for deal in deals if deal.outcome == Deal.Outcome.WON]
        return Samples(
            won=len(won),
            lost=len(deals) - len(won),
            demos=demo_to_opportunity(
                reached=sum(owner in of for owner in reached),
                held=sum(row["held"] for owner, row in held.items() if owner in of),
            ),
            amounts=tuple(deal.amount for deal in won),
            cycle=SalesCycle.of(
                (deal.closed_on - deal.opened_on).days for deal in won if deal.opened_on
            ),
        )

    everybody = {deal.owner_id for deal in closed} | held.keys()
    return History(window, samples({rep.pk}), samples(everybody), rep.organization)


def _people(rep, today):
    """The rep, and whoever sells in the team today."""
    team = Rep.objects.filter(team=rep.team_id)
    return team.filter(pk=rep.pk) | team.selling_on(today)


@compiled_once
def _closed(rep, first, today):
    """Opportunities closed in the window. A won one counts wherever it stood."""
    won = Q(outcome=Deal.Outcome.WON)
    lost = Q(outcome=Deal.Outcome.LOST, stage__is_opportunity=True)
    deals = Deal.objects.filter(won | lost, owner__in=_people(rep, today))
    deals = deals.filter(closed_on__range=(first, today))
    return deals.values_list(
        "owner_id", "outcome", "amount", "opened_on", "closed_on", named=True
    )


@compiled_once
def _reached(rep, today):
    """(rep, day) of each deal that became an opportunity.

    That is its first move to a stage that counts, or to *won* from wherever it stood. A
    deal that an import brought in so far already became one before anybody looked: then
    the day it was opened stands in, where that is known.

    One pass over the moves, whatever the window is: as a condition around it,
    PostgreSQL may make the pass once a move, where it has no statistics yet.
    """
    counts = Q(to_stage__is_opportunity=True) | Q(outcome=Deal.Outcome.WON)
    moves = StageMove.objects.filter(counts, deal__owner__in=_people(rep, today))
    brought_in = Q(number=1, kind=StageMove.Kind.IMPORTED)
    day = Case(
        When(brought_in, then=Coalesce("deal__opened_on", "moved_on")),
        default="moved_on",
    )
    first = moves.order_by("deal", "number").distinct("deal")
    return first.annotate(day=day).values_list("deal__owner", "day")


@compiled_once
def _held(rep, first, today, leading):
    """By rep: leading activities held, and the first week in which anything was logged.

    What became of deals before that week cannot be set against demos nobody counted.
    """
    entries = ActivityEntry.objects.filter(rep__in=_people(rep, today))
    weeks = entries.filter(week__range=(first, today))
    sums = weeks.values("rep").annotate(
        first=Min("week"), held=Sum("change", filter=Q(kind=leading), default=0)
    )
    return sums.order_by()
