"""From a goal to demos a week, in steps that anybody can redo with a calculator.

    still to book  ÷ average deal  → deals
    deals          ÷ win rate      → opportunities, less those open that can still close
    opportunities  ÷ demo rate     → demos, less those held whose outcome is still open
    demos          ÷ effective weeks left → demos a week

Every step is rounded up before the next: there is no half a deal. The divisions are of
exact fractions, so 6 ÷ 30 % is 20 and never 21. "Demo" stands for the organization's
leading activity, whatever it is called.

Prefilled figures are rounded to what the page shows before they get here. What a person
typed is taken as it is.
"""

from collections.abc import Callable, Collection, Container, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from reps.domain.funnel import prefilled_money, prefilled_rate, prefilled_weeks
from reps.domain.quarter import ONE_DAY, Span

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figures:
    """What the chain divides by and takes off. Rates are shares from 0 to 1.

    `demos_pending` were held, and have neither become an opportunity nor been dropped.
    """

    average_deal: Decimal
    win_rate: Decimal
    open_deals: int
    demo_rate: Decimal
    demos_pending: int
    effective_weeks: Decimal

    @classmethod
    def prefilled(
        cls,
        *,
        average_deal: Decimal,
        win_rate: Decimal,
        open_deals: int,
        demo_rate: Decimal,
        demos_pending: int,
        effective_weeks: Decimal,
    ) -> "Figures":
        """As the page proposes them, and as a revision stores them: rounded once."""
        return cls(
            average_deal=prefilled_money(average_deal),
            win_rate=prefilled_rate(win_rate),
            open_deals=open_deals,
            demo_rate=prefilled_rate(demo_rate),
            demos_pending=demos_pending,
            effective_weeks=prefilled_weeks(effective_weeks),
        )


@dataclass(frozen=True, slots=True)
class Quotient:
    """5.9 deals, and 6 after rounding up."""

    exact: Decimal
    whole: int


class Verdict(StrEnum):
    """What the chain comes to. Where it begins with "no", it ends without a rate."""

    DEMOS_A_WEEK = "demos_a_week"
    GOAL_MET = "goal_met"
    OPEN_DEALS_ENOUGH = "open_deals_enough"
    DEMOS_HELD_ENOUGH = "demos_held_enough"
    NO_AVERAGE_DEAL = "no_average_deal"
    NO_WIN_RATE = "no_win_rate"
    NO_DEMO_RATE = "no_demo_rate"
    NO_TIME = "no_time"


@dataclass(frozen=True, slots=True)
class Chain:
    """Every step from one end of the goal. None from the first that has no answer.

    Whatever asks for nothing more needs nothing: a goal that is met, or one that the
    open deals carry, asks for 0 demos a week even at a rate of zero or with no time.
    """

    goal: Decimal
    booked: Decimal
    figures: Figures
    still_to_book: Decimal
    deals: Quotient | None
    opportunities: Quotient | None
    new_opportunities: int | None
    demos: Quotient | None
    demos_to_hold: int | None
    weekly: Quotient | None

    @property
    def demos_a_week(self) -> int | None:
        return _less(self.weekly, 0)

    @property
    def verdict(self) -> Verdict:
        """The first step that ends the matter, or that cannot be taken."""
        steps = (
            (self.still_to_book == 0, Verdict.GOAL_MET),
            (self.deals is None, Verdict.NO_AVERAGE_DEAL),
            (self.opportunities is None, Verdict.NO_WIN_RATE),
            (self.new_opportunities == 0, Verdict.OPEN_DEALS_ENOUGH),
            (self.demos is None, Verdict.NO_DEMO_RATE),
            (self.demos_to_hold == 0, Verdict.DEMOS_HELD_ENOUGH),
            (self.weekly is None, Verdict.NO_TIME),
            (True, Verdict.DEMOS_A_WEEK),
        )
        return next(verdict for ends_here, verdict in steps if ends_here)


def chain(goal: Decimal, booked: Decimal, figures: Figures) -> Chain:
    """What one end of the goal asks for, with what is booked so far."""
    still_to_book = max(goal - booked, ZERO)
    deals = _divided(still_to_book, figures.average_deal)
    opportunities = _divided(_less(deals, 0), figures.win_rate)
    new_opportunities = _less(opportunities, figures.open_deals)
    demos = _divided(new_opportunities, figures.demo_rate)
    demos_to_hold = _less(demos, figures.demos_pending)
    return Chain(
        goal=goal,
        booked=booked,
        figures=figures,
        still_to_book=still_to_book,
        deals=deals,
        opportunities=opportunities,
        new_opportunities=new_opportunities,
        demos=demos,
        demos_to_hold=demos_to_hold,
        weekly=_divided(demos_to_hold, figures.effective_weeks),
    )


def reachable(booked: Decimal, figures: Figures, *, demos_a_week: int) -> Decimal:
    """The highest goal that asks for no more than so many demos a week.

    The chain walked backwards, rounding down: one cent more would ask for more. The
    open deals and the demos already held count, so it can be above what is booked
    without any time left.
    """
    demos = floor(demos_a_week * Fraction(figures.effective_weeks))
    new = floor((demos + figures.demos_pending) * Fraction(figures.demo_rate))
    deals = floor((new + figures.open_deals) * Fraction(figures.win_rate))
    return booked + deals * figures.average_deal


def _divided(amount: Decimal | int | None, by: Decimal) -> Quotient | None:
    """None where there is nothing to divide by, or was not before."""
    if amount is None:
        return None
    if amount == 0:
        return Quotient(ZERO, 0)
    if by <= 0:
        return None
    ratio = Fraction(amount) / Fraction(by)
    return Quotient(Decimal(ratio.numerator) / ratio.denominator, ceil(ratio))


def _less(needed: Quotient | None, there_already: int) -> int | None:
    return None if needed is None else max(needed.whole - there_already, 0)


def working_days(
    first: date,
    last: date,
    *,
    weekdays: Container[int],
    holidays: Container[date],
    away: Collection[Span],
) -> list[date]:
    """A rep's own, both ends counted: the organization's, less the days away.

    `weekdays` are numbered from Monday, 1, to Sunday, 7.
    """
    days = (first + n * ONE_DAY for n in range((last - first).days + 1))
    return [
        day
        for day in days
        if day.isoweekday() in weekdays
        and day not in holidays
        and not any(day in span for span in away)
    ]


def days_counted(
    today: date,
    quarter: Span,
    *,
    weekdays: Container[int],
    holidays: Container[date],
    away: Collection[Span],
) -> list[date]:
    """The working days a plan made today can still use, the next one first.

    Today is not one of them: a plan is made in the middle of a day, and changes the
    next. A quarter that is still to come counts from its first day.
    """
    first = max(today + ONE_DAY, quarter.starts_on)
    return working_days(
        first, quarter.ends_on, weekdays=weekdays, holidays=holidays, away=away
    )


def effective_weeks(
    days: Iterable[date],
    *,
    ends_on: date,
    share_closed_within: Callable[[int], Decimal],
    days_in_week: int,
) -> Decimal:
    """Working weeks left, each day weighed by the wins that close in what follows it.

    A day after which half of all past wins would still have closed by `ends_on` is half
    a day. `days_in_week` are the organization's working days. Not rounded.
    """
    shares = (share_closed_within((ends_on - day).days) for day in days)
    return sum(shares, ZERO) / days_in_week


class OutOfTime(StrEnum):
    """Why a demo held from now on no longer counts for the quarter."""

    QUARTER_OVER = "quarter_over"
    NO_WORKING_DAY = "no_working_day"
    TOO_SLOW = "too_slow"  # hardly any past win closed in the days that are left


def why_out_of_time(today: date, quarter: Span, days: Collection[date]) -> OutOfTime:
    """For when no effective week is left, with the days that were counted."""
    if today > quarter.ends_on:
        return OutOfTime.QUARTER_OVER
    return OutOfTime.TOO_SLOW if days else OutOfTime.NO_WORKING_DAY


@dataclass(frozen=True, slots=True)
class Outlook:
    """What there is to say when no demo can help this quarter any more.

    `open_deals_bring` is what they bring on average, in money: some will be won, most
    will not. `leaves` is what that would leave of the goal.
    """

    open_deals_bring: Decimal
    leaves: Decimal
    next_quarter: Chain


def when_out_of_time(
    goal: Decimal,
    booked: Decimal,
    figures: Figures,
    *,
    next_quota: Decimal | None,
    next_figures: Figures,
) -> Outlook:
    """The open deals for this quarter, and the chain of the next.

    The next quarter begins with nothing booked and owes its quota, or without one this
    quarter's goal again. `next_figures` are the rates as they are, the effective weeks
    of that quarter, and only open deals not expected to close in this one.
    """
    bring = figures.open_deals * figures.win_rate * figures.average_deal
    return Outlook(
        open_deals_bring=bring,
        leaves=max(goal - booked - bring, ZERO),
        next_quarter=chain(next_quota or goal, ZERO, next_figures),
    )


class LeftOut(StrEnum):
    """Why an open opportunity is not counted on for the quarter."""

    EXPECTED_LATER = "expected_later"
    EXPECTED_EARLIER = "expected_earlier"  # the date went by before the quarter began
    TOO_OLD = "too_old"


def why_left_out(
    expected_on: date | None,
    age: int | None,
    *,
    quarter: Span,
    most_closed_by: int | None,
) -> LeftOut | None:
    """None for an open opportunity that can still close in the quarter.

    `age` is in days; `most_closed_by` the age by which 95 % of the team's wins had
    closed. Without a date, without a known age or without any win to compare with, a
    deal is given the benefit of the doubt.
    """
    if expected_on is not None and expected_on > quarter.ends_on:
        return LeftOut.EXPECTED_LATER
    if expected_on is not None and expected_on < quarter.starts_on:
        return LeftOut.EXPECTED_EARLIER
    if age is not None and most_closed_by is not None and age >= most_closed_by:
        return LeftOut.TOO_OLD
    return None
