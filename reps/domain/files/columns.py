"""What the columns of a file hold, told from all their cells in one pass.

A `ColumnLook` keeps counts of sorts of cells, never the cells: a million rows take no
more memory than a thousand.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TypeVar

from reps.domain.files.currencies import MARKS, code_of
from reps.domain.files.day_words import BESIDE, MONTHS, WEEKDAYS, ZONES
from reps.domain.files.days import (
    BARE,
    NoDay,
    NotADay,
    Order,
    bare_day,
    day_readings,
    is_time,
    parts_of,
    read_day,
    time_in,
    ways_of,
)
from reps.domain.files.numbers import (
    NOTATIONS,
    SHORT_FOR_MANY,
    NoNumber,
    Signs,
    written,
)
from reps.domain.files.verdicts import (
    FIRST_ROWS,
    Pattern,
    Question,
    Seen,
    Settled,
    decide,
    merged,
    pattern_of,
)

MOST_VALUES = 1_000  # more than a list of stages, owners or products ever has
LONGEST_VALUE = 200  # of a value that is told apart or shown
MOST_EXAMPLES = 3
E_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
# All figures as one: in which notation a number may be, its shape tells.
SHAPES = {ord(figure): "1" for figure in "0123456789"}
SHAPES |= {ord(figure) + 0xFEE0: "1" for figure in "0123456789"}
LETTERS = re.compile("[a-z]+")
KNOWN_WORDS = {
    *MONTHS,
    *WEEKDAYS,
    *ZONES.split(),
    *BESIDE.split(),
    *LETTERS.findall(" ".join(MARKS)),
    *SHORT_FOR_MANY.split(),
    *(many + mark for many in SHORT_FOR_MANY.split() for mark in MARKS),
}
NOUGHTS = "0\N{FULLWIDTH DIGIT ZERO}"

Key = TypeVar("Key")
Cell = str | Decimal | date


@dataclass(frozen=True, slots=True, eq=False)
class Sort:
    """What a cell may be. Cells of one sort have all of this in common.

    Of those that are equal there is one, and a few hundred in all: see `sort_like`.

    `number` and `day` are which ways of writing read it, and which of them alike.
    """

    is_e_mail: bool = False
    is_typed_number: bool = False  # came as one, from a spreadsheet
    is_typed_day: bool = False
    is_percent: bool = False
    has_exponent: bool = False  # how large it is, its shape does not tell
    is_bare_day: bool = False  # a number that is a day where the column holds days
    number: Pattern | None = None
    currency: tuple[str, ...] = ()
    no_number: NoNumber = NoNumber.NOT_A_NUMBER
    day: Pattern | None = None
    no_day: NoDay = NoDay.NOT_A_DAY

    @property
    def is_number(self) -> bool:
        return self.is_typed_number or self.number is not None

    @property
    def is_day(self) -> bool:
        return self.is_typed_day or self.day is not None


sort_like = cache(Sort)
TEXT = sort_like()
E_MAILS = sort_like(is_e_mail=True)


@dataclass(slots=True)
class Value:
    """One text of a column: how often it came, among which sort of cells."""

    text: str
    sort: Seen
    count: int = 0


@dataclass(slots=True)
class ColumnLook:
    """What a column holds: `add` each of its cells, then ask.

    `today` is for years of two digits, and days far off.
    """

    today: date
    rows: int = 0
    empty: int = 0
    longest: int = 0  # in characters
    examples: list[str] = field(default_factory=list)  # the first values that differ
    has_many_values: bool = False  # too many, or too long, to be told apart
    _values: dict[Cell, Value] = field(default_factory=dict)
    _sorts: dict[Sort, Seen] = field(default_factory=dict)

    def add(self, cell: Cell, row: int | None = None) -> None:
        """A cell as it stands. `row` is its row in the file, else counted from 1."""
        self.rows += 1
        if isinstance(cell, str):
            cell = cell.strip()
        value = self._values.get(cell) or self._first_sight(cell)
        if value is None:
            self.empty += 1
            return
        value.count += 1
        sort = value.sort
        sort.count += 1
        if sort.count <= FIRST_ROWS:
            sort.rows.append(row or self.rows)

    def _first_sight(self, cell: Cell) -> Value | None:
        """A value of its own; None if the cell is empty."""
        text = text_of(cell)
        if not text:
            return None
        self.longest = max(self.longest, len(text))
        shown = text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
        if len(self.examples) < MOST_EXAMPLES and shown not in self.examples:
            self.examples.append(shown)
        sort = sort_of(cell, self.today)
        seen = self._sorts.get(sort)
        if seen is None:
            seen = self._sorts[sort] = Seen(shown)
        value = Value(text, seen)
        if shown is text:
            self._remember(cell, value)
        else:
            self.has_many_values = True
        return value

    def _remember(self, cell: Cell, value: Value) -> None:
        """What comes again need not be read again, and is told apart while few."""
        if len(self._values) >= MOST_VALUES:
            self.has_many_values = True
            self._values.clear()
        self._values[cell] = value

    @property
    def filled(self) -> int:
        return self.rows - self.empty

    @property
    def values(self) -> dict[str, int] | None:
        """Each text, without the spaces around it, and how often; None if many."""
        if self.has_many_values:
            return None
        counts: dict[str, int] = {}
        for value in self._values.values():
            counts[value.text] = counts.get(value.text, 0) + value.count
        return counts

    @property
    def e_mails(self) -> int:
        return self._count(sort for sort in self._sorts if sort.is_e_mail)

    @property
    def numbers(self) -> int:
        return self._count(sort for sort in self._sorts if sort.is_number)

    @property
    def percents(self) -> int:
        return self._count(sort for sort in self._sorts if sort.is_percent)

    @property
    def days(self) -> int:
        """Cells that are days in any column; `bare_days` are not among them."""
        return self._count(sort for sort in self._sorts if sort.is_day)

    @property
    def bare_days(self) -> int:
        """Numbers that are days too, once it is known that the column holds days."""
        return self._count(sort for sort in self._sorts if sort.is_bare_day)

    def notation(self) -> Settled[Signs] | Question[Signs, Decimal] | None:
        """How its numbers are written; None if no text in it is a number."""
        read = ((s.number, n) for s, n in self._sorts.items() if s.number is not None)
        return decide(_together(read), NOTATIONS)

    def order(self) -> Settled[Order] | Question[Order, date] | None:
        """How its days are written; None if no text in it is a day."""
        read = ((s.day, n) for s, n in self._sorts.items() if s.day is not None)
        return decide(_together(read), ways_of(self.today))

    def currencies(self, home: str) -> dict[str, Seen]:
        """Its amounts by the currency beside them, for an organization's own one.

        More than one is a column that nobody can add up. Bare amounts are not here.
        """
        return _together(
            (code_of(sort.currency, home), seen)
            for sort, seen in self._sorts.items()
            if sort.currency
        )

    def no_numbers(self) -> dict[NoNumber, Seen]:
        """The filled cells that are no numbers, by the reason why."""
        reasons = ((s.no_number, n) for s, n in self._sorts.items() if not s.is_number)
        return _together(reasons)

    def no_days(self) -> dict[NoDay, Seen]:
        """The filled cells that are no days, by the reason why; bare ones too."""
        reasons = ((s.no_day, n) for s, n in self._sorts.items() if not s.is_day)
        return _together(reasons)

    def _count(self, sorts: Iterable[Sort]) -> int:
        return sum(self._sorts[sort].count for sort in sorts)


def text_of(cell: Cell) -> str:
    """A cell as text."""
    if isinstance(cell, str):
        return cell
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def sort_of(cell: Cell, today: date) -> Sort:
    """What a cell without spaces around it may be."""
    if not isinstance(cell, str):
        return _typed(cell, today)
    if len(cell) > LONGEST_VALUE:
        return TEXT
    if "@" in cell:
        return E_MAILS if E_MAIL.fullmatch(cell) else TEXT
    shape = cell.translate(SHAPES)
    figure = shape.find("1")
    if figure < 0:
        return TEXT
    if cell[figure] in NOUGHTS:  # no group of thousands begins with it
        shape = shape.replace("1", "0", 1)
    sort = _of_shape(shape)
    if sort.day is not None:
        time = _time_in(shape)
        if is_time(cell[time]):
            return _of_day(f"{cell[: time.start]} {cell[time.stop :]}", today)
        return _of_day(cell, today)
    if sort.has_exponent:
        return _of_shape(cell)
    if sort.is_bare_day and bare_day(cell, today) is None:
        return _not_bare(sort)
    return sort


# Sorts of shapes and days come from these few thousand again and again.
@lru_cache(maxsize=4096)
def _of_shape(shape: str) -> Sort:
    """By the shape alone, in which a number is what it is, and a day may be one."""
    if _is_prose(shape):
        return TEXT
    number = written(shape)
    if not isinstance(number, NoNumber):
        return sort_like(
            number=pattern_of([number.meaning(way) for way in NOTATIONS.each]),
            currency=number.currency,
            is_percent=number.percent,
            has_exponent=bool(number.exponent),
            is_bare_day=BARE.fullmatch(shape) is not None,
        )
    parts = parts_of(shape)
    if isinstance(parts, NoDay):
        return sort_like(no_number=number, no_day=parts)
    return sort_like(no_number=number, day=(0,) * len(Order))


_time_in = lru_cache(maxsize=4096)(time_in)


@lru_cache(maxsize=4096)
def _of_day(text: str, today: date) -> Sort:
    readings = day_readings(text, today)
    days = [day if isinstance(day, date) else None for day in readings]
    if any(days):
        return sort_like(day=pattern_of(days))
    # The likeliest reason: what is far off in one order is no such day in another.
    reasons = [day for day in readings if isinstance(day, NoDay)]
    return sort_like(no_day=max(reasons, key=list(NoDay).index))


def _typed(cell: Decimal | date, today: date) -> Sort:
    """One that came as a number or a day tells nothing of how texts are written."""
    if isinstance(cell, Decimal):
        is_bare_day = bare_day(text_of(cell), today) is not None
        return sort_like(is_typed_number=True, is_bare_day=is_bare_day)
    try:
        read_day(cell, Order.YEAR_FIRST, today=today)
    except NotADay as error:
        return sort_like(no_day=error.why)
    return sort_like(is_typed_day=True)


@cache
def _not_bare(sort: Sort) -> Sort:
    return replace(sort, is_bare_day=False)


def _is_prose(text: str) -> bool:
    """Whether a word stands in it that stands in no number and no day; at a glance."""
    if not text.isascii():
        return False
    outside = text.partition("(")[0] or text  # a zone may have its name behind it
    return not KNOWN_WORDS.issuperset(LETTERS.findall(outside.lower()))


def _together(sorts: Iterable[tuple[Key, Seen]]) -> dict[Key, Seen]:
    """Cells by what they have in common."""
    by_key: dict[Key, list[Seen]] = {}
    for key, seen in sorts:
        by_key.setdefault(key, []).append(seen)
    return {key: merged(several) for key, several in by_key.items()}
