"""Is a rep on pace, how fast must they sell from here, and whom to look at first?

Dates and Decimals only: no Django, no database and no clock of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from reps.domain.name_order import name_order

ZERO = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Standing:
    """What one rep owes and has booked in one quarter, as at `as_of`.

    `starts_on` is the day the quota starts: the quarter's first day, or later for
    somebody who joined or came back in the middle of it. `quota` is what is owed from
    that day (`quota_owed`); whoever has no quota owes zero.
    """

    quota: Decimal
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


def quota_owed(
    amount: Decimal,
    *,
    ramp: Decimal,
    starts_on: date,
    quarter_starts_on: date,
    quarter_ends_on: date,
) -> Decimal:
    """A full quarter's quota, less the ramp and the days before the quota starts.

    `ramp` is the share expected of somebody new, 0 to 1. Calendar days, as in pacing; a
    start before the quarter owes all of it, a start after it nothing.
    """
    length = (quarter_ends_on - quarter_starts_on).days + 1
    owed_from = max(starts_on, quarter_starts_on)
    owed = max((quarter_ends_on - owed_from).days + 1, 0)
    return amount * ramp * owed / length


def expected_by_now(standing: Standing) -> Decimal:
    """What an even pace would have booked by the close of `as_of`."""
    length = max((standing.ends_on - standing.starts_on).days + 1, 1)
    gone = min(max((standing.as_of - standing.starts_on).days + 1, 0), length)
    return standing.quota * gone / length


def share_of_expected(standing: Standing) -> Decimal | None:
    """Booked ÷ expected by now: what a board is ordered by. None before any is."""
    expected = expected_by_now(standing)
    return standing.booked / expected if expected else None


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
    return standing.booked - expected_by_now(standing)


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


def attention_order(row: BoardRow) -> tuple:
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
