"""Rates from a history, with their sample sizes, shrunk to the team's.

Everything here is a mean over so many cases: of deals won, of demos that became an
opportunity, of amounts, of wins that closed in so many days. A small sample is mixed
with the team's as if ten of the team's cases were the rep's own:

    (the rep's total + 10 * the team's mean) / (the rep's cases + 10)

and the organization's starting figure stands in for a team that has no history. Where
segments are compared another group stands for the team (`reps.domain.segment`).

A prefilled figure is rounded once, here, by the `prefilled_…` functions, and stored so.
A half goes up, as with pencil and paper.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import accumulate

LENT_BY_TEAM = 10
ENOUGH_FOR_A_STAGE = 30
PERCENT = Decimal("0.01")


class Source(StrEnum):
    """Whose history a figure comes from."""

    OWN = "own"
    TEAM = "team"
    STARTING = "starting"


@dataclass(frozen=True, slots=True)
class Sample:
    """34 won of 113 closed, or $646,000 over 34 won deals."""

    total: Decimal | int
    cases: int

    @property
    def mean(self) -> Decimal | None:
        """None without a case: no history is not a rate of zero."""
        return Decimal(self.total) / self.cases if self.cases else None


@dataclass(frozen=True, slots=True)
class Figure:
    """A rep's figure and everything needed to redo it with a calculator."""

    own: Sample
    team: Sample
    starting: Decimal

    @property
    def source(self) -> Source:
        if self.own.cases:
            return Source.OWN
        return Source.TEAM if self.team.cases else Source.STARTING

    @property
    def leans_on(self) -> Source:
        """Whose history weighs most: the rep's own from ten cases on."""
        if self.own.cases >= LENT_BY_TEAM:
            return Source.OWN
        return Source.TEAM if self.team.cases else Source.STARTING

    @property
    def value(self) -> Decimal:
        """The mixed mean, unrounded: as in the first lines of this module."""
        lender = self.team if self.team.cases else Sample(self.starting, 1)
        total = self.own.total * lender.cases + LENT_BY_TEAM * lender.total
        return Decimal(total) / ((self.own.cases + LENT_BY_TEAM) * lender.cases)


def win_rate(won: int, lost: int) -> Sample:
    """Won of all opportunities closed in the window."""
    return Sample(won, won + lost)


def win_rate_counting_stale_as_lost(closed: Sample, stale_open: int) -> Sample:
    """The win rate if every open opportunity older than any win were lost."""
    return Sample(closed.total, closed.cases + stale_open)


def demo_to_opportunity(*, reached: int, held: int) -> Sample:
    """Deals that reached the first stage that counts ÷ demos held, at most 1.

    Deals can also get there without a demo, so there may be more of them than demos.
    The words then say "100 of 100".
    """
    return Sample(min(reached, held), held)


def differ_much(mean: Decimal, median: Decimal) -> bool:
    """By more than a quarter of the median, so the page should show both."""
    return abs(mean - median) * 4 > median


@dataclass(frozen=True, slots=True)
class SalesCycle:
    """How many days the deals won in a window took, from opened to won.

    `days` are those that occur, fewest first, and `wins[n]` how many took no more than
    `days[n]`. Build it with `of` or `counted`. A deal without an opening date is not in
    it.
    """

    days: tuple[int, ...] = ()
    wins: tuple[int, ...] = ()

    @classmethod
    def of(cls, days: Iterable[int]) -> "SalesCycle":
        """From the days of each win."""
        return cls.counted(Counter(days))

    @classmethod
    def counted(cls, wins: Mapping[int, int]) -> "SalesCycle":
        """From how many wins took so many days."""
        days = tuple(sorted(wins))
        return cls(days, tuple(accumulate(wins[day] for day in days)))

    @property
    def cases(self) -> int:
        return self.wins[-1] if self.wins else 0

    @property
    def median(self) -> Decimal | None:
        if not self.cases:
            return None
        lower = self._days_of((self.cases + 1) // 2)
        upper = self._days_of(self.cases // 2 + 1)
        return Decimal(lower + upper) / 2

    @property
    def longest(self) -> int | None:
        """A deal open for more days is older than any that was won."""
        return self.days[-1] if self.days else None

    def closed_within(self, days: int) -> Sample:
        """The wins that took no more than so many days, of all of them."""
        shorter = bisect_right(self.days, days)
        return Sample(self.wins[shorter - 1] if shorter else 0, self.cases)

    def age_when_closed(self, percent: int = 95) -> int | None:
        """The first age by which so many percent of the wins had closed."""
        return self._days_of(-(-self.cases * percent // 100)) if self.cases else None

    def _days_of(self, rank: int) -> int:
        """What the win took that comes at this rank, 1 for the quickest."""
        return self.days[bisect_left(self.wins, rank)]


@dataclass(frozen=True, slots=True)
class UsualCycle:
    """The days a rep's wins usually take.

    A median cannot be lent a part of another as a mean can: from ten wins on it is the
    rep's own, with fewer the team's, and without any the starting figure.
    """

    own: SalesCycle
    team: SalesCycle
    starting: int

    @property
    def leans_on(self) -> Source:
        if self.own.cases >= LENT_BY_TEAM:
            return Source.OWN
        return Source.TEAM if self.team.cases else Source.STARTING

    @property
    def days(self) -> Decimal:
        own, team = self.own.median, self.team.median
        chosen = own if self.leans_on == Source.OWN else team
        return Decimal(self.starting) if chosen is None else chosen


def share_closed_within(
    days: int, own: SalesCycle, team: SalesCycle, *, usual_days: int
) -> Figure:
    """Of what a rep wins, the share that closes in no more than so many days.

    Without any history, wins are taken to be spread evenly over twice `usual_days`, the
    organization's starting figure: so half of them close within it.
    """
    spread = 2 * max(usual_days, 1)
    starting = Decimal(min(max(days, 0), spread)) / spread
    return Figure(own.closed_within(days), team.closed_within(days), starting)


def stage_weight(closed_from_it: Sample, starting: Decimal) -> Decimal:
    """What a deal in a stage counts for in the weighted pipeline.

    The measured win rate of the deals that stood in the stage, once 30 of them have
    closed; until then the starting figure.
    """
    measured = closed_from_it.mean
    if measured is None or closed_from_it.cases < ENOUGH_FOR_A_STAGE:
        return starting
    return measured


# How far the starting weights have climbed from the win rate towards certainty, in
# fourteenths: at a win rate of 30 % they are 30, 40, 50, 65 and 85 %.
CLIMB = (0, 2, 4, 7, 11)


def starting_weights(win_rate: Decimal, stages: int) -> tuple[Decimal, ...]:
    """Whole percents to begin with, one for each stage that counts, in their order.

    The first is the win rate itself. More or fewer than five stages go up along the
    same line.
    """
    gaps = max(stages - 1, 1)
    weights = []
    for stage in range(stages):
        step, part = divmod(stage * (len(CLIMB) - 1), gaps)
        here, beyond = CLIMB[step], CLIMB[min(step + 1, len(CLIMB) - 1)]
        climbed = Decimal(here * gaps + (beyond - here) * part)
        weights.append(prefilled_rate(win_rate + (1 - win_rate) * climbed / gaps / 14))
    return tuple(weights)


def prefilled_rate(value: Decimal) -> Decimal:
    """A rate to whole percents, from 1 % to 100 %: the plan divides by it."""
    return min(max(_rounded(value, PERCENT), PERCENT), Decimal(1))


def prefilled_money(value: Decimal) -> Decimal:
    """An amount to 500 above 10,000, to 100 from 100 up, to whole units below.

    Never to zero: the plan divides by it.
    """
    if value > 10_000:
        return _rounded(value, Decimal(500))
    if value >= 100:
        return _rounded(value, Decimal(100))
    return max(_rounded(value, Decimal(1)), Decimal(1))


def prefilled_weeks(value: Decimal) -> Decimal:
    """Weeks to one decimal."""
    return _rounded(value, Decimal("0.1"))


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
