"""Activity out of a file's rows: how many of what in whose week.

A row is a count of a week or of a day, or one call, demo or meeting that was logged.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reps.domain.files.days import NoDay, NotADay, Order, read_day
from reps.domain.files.deal_matching import owner_of
from reps.domain.files.fields import Fact
from reps.domain.files.grid import Row
from reps.domain.files.outcomes import flag_of
from reps.domain.files.row_cells import Cells, NoFigure
from reps.domain.files.values import Owner
from reps.domain.files.week_names import BEFORE_A_DAY, named_week
from reps.domain.work_week import WorkWeek

MOST = 30_000  # of one activity in one week of one person: as much as can be kept


class NoActivity(StrEnum):
    """What a row says that is no activity."""

    NO_YEAR = "no_year"  # a week's number, and no year it is of
    NO_SUCH_WEEK = "no_such_week"
    DONE_UNCLEAR = "done_unclear"  # neither done nor not; `value`: what stands there


class LeftOut(StrEnum):
    """Why a row that is none the worse for it does not come in."""

    OWNER = "owner"
    ACTIVITY = "activity"
    NOTHING = "nothing"  # there is no count in it
    NOT_DONE = "not_done"
    NOT_YET = "not_yet"  # it is of a day to come
    TWICE = "twice"  # its number is in another row already: that is the value
    TOO_MANY = "too_many"  # in one week


# A row's number, whose it is, why it stays out, and the value that is the cause.
LeaveOut = Callable[[int, str, LeftOut, str], None]


@dataclass(frozen=True, slots=True)
class ActivityMatching:
    """What a person, or a sure guess, says of a file of activity.

    `sellers` gives an owner, and `kinds` a word for an activity, the key by which it is
    known here; "" for what is left out. `weeks_are` is how the organization's weeks
    lie.
    """

    sellers: Mapping[Owner, str]
    kinds: Mapping[str, str]
    weeks_are: WorkWeek
    today: date


@dataclass(frozen=True, slots=True)
class OfWeek:
    """One activity in one week of one person: the week by its Monday."""

    seller: str
    kind: str
    week: date


@dataclass(slots=True)
class CountSaid:
    """How many a file says, in how many rows, and the first of these."""

    row: int
    count: int = 0
    rows: int = 0


def counts_said(
    rows: Iterable[Row], cells: Cells, matching: ActivityMatching, leave_out: LeaveOut
) -> dict[OfWeek, CountSaid]:
    """What all rows of a file come to, in the order in which they begin to speak of it.

    It holds a count for each week of each activity, and the numbers of a log's rows,
    never the rows.
    """
    said: dict[OfWeek, CountSaid] = {}
    reader = _Reader(cells, matching, leave_out)
    for row in rows:
        read = reader.read(row)
        if read is None:
            continue
        of, count = read
        here = said.get(of)
        if here is None:
            here = said[of] = CountSaid(row.number)
        if here.count + count > MOST:
            reader.leaves_out(row, LeftOut.TOO_MANY, str(here.count + count))
            continue
        here.count += count
        here.rows += 1
    return {of: count for of, count in said.items() if count.rows}


class _Reader:
    def __init__(
        self, cells: Cells, matching: ActivityMatching, leave_out: LeaveOut
    ) -> None:
        self.cells = cells
        self.matching = matching
        self.leave_out = leave_out
        self.first_rows: dict[str, int] = {}
        by_week = Fact.WEEK in cells.columns
        today, weeks = matching.today, matching.weeks_are
        self.last_day = weeks.monday_of(today) if by_week else today

    def read(self, row: Row) -> tuple[OfWeek, int] | None:
        """None where the row is none, or is left out."""
        cells, matching = self.cells, self.matching
        before = len(cells.complaints)
        seller = matching.sellers.get(owner_of(row, cells.columns))
        word = cells.text(row, Fact.ACTIVITY)
        kind = matching.kinds.get(word)
        if seller == "":
            self.leaves_out(row, LeftOut.OWNER)
            return None
        if kind == "":
            self.leaves_out(row, LeftOut.ACTIVITY, word)
            return None
        if not self._is_done(row) and len(cells.complaints) == before:
            done = cells.text(row, Fact.IS_DONE)
            self.leaves_out(row, LeftOut.NOT_DONE, done)
            return None
        day = self._day(row)
        count = self._count(row)
        if seller is None:
            cells.lacks(row, Fact.OWNER)
        if kind is None:
            cells.lacks(row, Fact.ACTIVITY)
        if len(cells.complaints) > before or not (seller and kind and day):
            return None
        if self._stays_out(row, day, count) or count is None:
            return None
        return OfWeek(seller, kind, matching.weeks_are.monday_of(day)), count

    def _stays_out(self, row: Row, day: date, count: int | None) -> bool:
        """Whether a row that can be read says nothing, or nothing new."""
        why, value = None, ""
        number = self.cells.text(row, Fact.KEY)
        if count is None:
            why = LeftOut.NOTHING
        elif day > self.last_day:
            why, value = LeftOut.NOT_YET, str(day)
        elif number:
            first = self.first_rows.setdefault(number, row.number)
            if first != row.number:
                why, value = LeftOut.TWICE, str(first)
        if why:
            self.leaves_out(row, why, value)
        return why is not None

    def leaves_out(self, row: Row, why: LeftOut, value: str = "") -> None:
        owner = owner_of(row, self.cells.columns)
        self.leave_out(row.number, owner.name or owner.email, why, value)

    def _is_done(self, row: Row) -> bool:
        """Whatever does not say, is: a log is of what was done."""
        said = self.cells.text(row, Fact.IS_DONE)
        done = flag_of(said) if said else True
        if done is None:
            place = self.cells.columns[Fact.IS_DONE]
            self.cells.complain(row.number, place, NoActivity.DONE_UNCLEAR, said)
        return bool(done)

    def _count(self, row: Row) -> int | None:
        """One, of a log; None where there is nothing."""
        place = self.cells.columns.get(Fact.COUNT)
        if place is None:
            return 1
        figure = self.cells.figure(row, place)
        if figure is None:
            return None
        if figure > MOST:
            self.cells.complain(row.number, place, NoFigure.TOO_LARGE, f"{figure:f}")
            return None
        if figure != int(figure):
            self.cells.complain(row.number, place, NoFigure.NOT_WHOLE, f"{figure:f}")
        return int(figure)

    def _day(self, row: Row) -> date | None:
        """Of a week its Monday."""
        if Fact.WEEK in self.cells.columns:
            return self._day_of_week(row, self.cells.text(row, Fact.WEEK))
        if self.cells.cell(row, Fact.DAY) == "":
            self.cells.lacks(row, Fact.DAY)
        return self.cells.day(row, Fact.DAY)

    def _day_of_week(self, row: Row, text: str) -> date | None:
        """By its number in a year, or by a day in it."""
        cells, weeks = self.cells, self.matching.weeks_are
        if not text:
            cells.lacks(row, Fact.WEEK)
            return None
        named = named_week(text)
        if named and named.year is None:
            named = named_week(f"{text} {cells.text(row, Fact.YEAR)}")
        why: StrEnum = NoActivity.NO_SUCH_WEEK
        if named:
            if monday := named.monday(weeks):
                return monday
            why = why if named.year else NoActivity.NO_YEAR
        else:
            try:
                return weeks.monday_of(self._first_day(text))
            except NotADay as error:
                if error.why not in (NoDay.NOT_A_DAY, NoDay.INCOMPLETE):
                    why = error.why
        cells.complain(row.number, cells.columns[Fact.WEEK], why, text)
        return None

    def _first_day(self, text: str) -> date:
        """Of "Week of 30 March 2026" as of the day alone."""
        order = self.cells.orders.get(Fact.WEEK, Order.YEAR_FIRST)
        bare = BEFORE_A_DAY.sub("", text)
        return read_day(bare, order, today=self.matching.today, bare=True)
