"""Is a rep on pace, how fast must they sell from here, and whom to look at first?

Dates and Decimals only: no Django, no database and no clock of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from statistics import median

from reps.domain.name_order import name_order
from reps.domain.quarter import ONE_DAY, Span

ZERO = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Revision:
    """A quota as it was set once, for a whole quarter of a rep fully at work.

    `ramp` is the share expected of somebody new, 0 to 1. Nothing is owed before
    `starts_on`, nor is this looked at on a day before `holds_from`; None is the
    quarter's first day, for either.
    """

    amount: Decimal
    ramp: Decimal = ONE
    starts_on: date | None = None
    holds_from: date | None = None


NOTHING = Revision(ZERO)


def owed_between(
    revisions: Sequence[Revision], quarter: Span, first: date, last: date
) -> Decimal:
    """What is owed for the days from `first` to `last`, both counted.

    Each day of the quarter owes amount × ramp of the revision that holds on it ÷ the
    days of the quarter, and any other day nothing. Of the revisions, in the order in
    which they were recorded, the last one that holds from a day or earlier holds on it.
    """
    owed = ZERO
    for revision, held in _days_held(revisions, quarter):
        since = max(first, held.starts_on, revision.starts_on or held.starts_on)
        days = (min(last, held.ends_on) - since).days + 1
        owed += revision.amount * revision.ramp * max(days, 0)
    return owed / quarter.days


def first_day_owed(revisions: Sequence[Revision], quarter: Span) -> date:
    """The day on which a quota starts to count: the quarter's first, or a later one."""
    days = [
        max(revision.starts_on or held.starts_on, held.starts_on)
        for revision, held in _days_held(revisions, quarter)
        if revision.amount
    ]
    return min(days, default=quarter.starts_on)


def held_revisions(revisions: Sequence[Revision], quarter: Span) -> list[Revision]:
    """Those that hold on any day, in the order of their days, and none twice.

    What owes nothing before anything is owed is left out, and the quarter's first day
    is None. Two quotas of which these are the same owe the same on each day.
    """
    held: list[Revision] = []
    for revision, days in reversed(list(_days_held(revisions, quarter))):
        begins = {None, quarter.starts_on}
        now = replace(
            revision,
            starts_on=None if revision.starts_on in begins else revision.starts_on,
            holds_from=None if days.starts_on in begins else days.starts_on,
        )
        before = held[-1] if held else NOTHING
        goes_on = replace(now, holds_from=before.holds_from) == before
        if not goes_on and (now.amount or before.amount):
            held.append(now)
    return held


def _days_held(
    revisions: Sequence[Revision], quarter: Span
) -> Iterator[tuple[Revision, Span]]:
    """Each revision that holds on any day, with its days: the last recorded first."""
    last = quarter.ends_on
    for revision in reversed(revisions):
        first = max(revision.holds_from or quarter.starts_on, quarter.starts_on)
        if first <= last:
            yield revision, Span(first, last)
            last = first - ONE_DAY


@dataclass(frozen=True, slots=True)
class Standing:
    """What one rep owes and has booked in one quarter, as at `as_of`.

    `quota` is what is owed for the whole quarter, `expected` what is owed to the close
    of `as_of`; whoever has no quota owes zero. `starts_on` is the first day that owes
    anything: the quarter's first, or later for somebody who joined or came back in the
    middle of it.
    """

    quota: Decimal
    expected: Decimal
    booked: Decimal
    starts_on: date
    ends_on: date
    as_of: date

    @property
    def gap(self) -> Decimal:
        """Still to be booked. A rep over quota has no gap, not a negative one."""
        return max(self.quota - self.booked, ZERO)

    @property
    def days_left(self) -> int:
        """Days left to sell in, counting today."""
        first_day = max(self.as_of, self.starts_on)
        return max((self.ends_on - first_day).days + 1, 0)


def nothing_owed(quarter: Span, *, booked: Decimal, as_of: date) -> Standing:
    """The standing of somebody without a quota."""
    return Standing(ZERO, ZERO, booked, quarter.starts_on, quarter.ends_on, as_of)


def share_of_expected(standing: Standing) -> Decimal | None:
    """Booked ÷ expected by now: what a board is ordered by. None before any is."""
    return standing.booked / standing.expected if standing.expected else None


def weekly_rate_needed(standing: Standing) -> Decimal | None:
    """Bookings per week that would close the gap, or None once time is up."""
    if standing.days_left == 0:
        return None
    return standing.gap * 7 / standing.days_left


def attainment(standing: Standing) -> Decimal | None:
    """Booked ÷ quota; None when nothing is owed."""
    if standing.quota == 0:
        return None
    return standing.booked / standing.quota


def pace(standing: Standing) -> Decimal:
    """How far ahead of the expected-by-now; behind is negative."""
    return standing.booked - standing.expected


def coverage(open_pipeline: Decimal, still_to_book: Decimal) -> Decimal | None:
    """How many times the open opportunities, unweighted, cover what is left to book.

    None when nothing is left: there is no such thing as too little pipeline then.
    """
    if still_to_book <= 0:
        return None
    return open_pipeline / still_to_book


def coverage_needed(win_rate: Decimal) -> Decimal | None:
    """1 ÷ win rate; None when nothing is ever won, for then no pipeline is enough."""
    if win_rate == 0:
        return None
    return 1 / win_rate


@dataclass(frozen=True, slots=True)
class UsualWeek:
    """What a rep usually does of one activity, and the number of weeks that says so."""

    count: Decimal
    weeks: int


def usual_week(counts: Sequence[int]) -> UsualWeek | None:
    """The median of some finished weeks; None without any. Leave out weeks of absence.

    The median, because one trade fair or one day of illness should not move what is
    usual, and anybody can find it by looking. It is whole or a half. Something done
    less than every other week has a usual week of 0, so nothing is expected of this
    one.
    """
    if not counts:
        return None
    return UsualWeek(count=Decimal(median(counts)), weeks=len(counts))


def activity_expected_by(
    week: Decimal, *, working_days_gone: int, working_days: int
) -> Decimal:
    """How much of a week's target, or of a usual week, is due by now.

    Working days are the person's own, this week: away all week, nothing is due.
    """
    if working_days == 0:
        return ZERO
    return week * min(working_days_gone, working_days) / working_days


@dataclass(frozen=True, slots=True)
class BoardRow:
    """What the order of the team board depends on.

    `coverage` is None when nothing is left to book. `activity` is the week so far ÷
    what is usual by now, and None when nothing is: away all week, or no usual week yet.
    """

    standing: Standing
    coverage: Decimal | None
    activity: Decimal | None
    name: str


def attention_order(
    row: BoardRow,
) -> tuple[bool, Decimal, Decimal, Decimal, tuple[str, str]]:
    """The key to sort the team board by. The rule, for the page to say:

    "Furthest behind first: booked as a share of what was expected by now. At the same
    share the thinner pipeline comes first, then the quieter week, then the name. People
    without a quota come last."

    Where nothing is expected yet, the pace is even (1), and so is a week of which
    nothing is expected: nobody moves up the board for being away.
    """
    standing = row.standing
    share = share_of_expected(standing)
    return (
        standing.quota == 0,
        ONE if share is None else share,
        Decimal("Infinity") if row.coverage is None else row.coverage,
        ONE if row.activity is None else row.activity,
        name_order(row.name),
    )
