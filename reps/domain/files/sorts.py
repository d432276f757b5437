"""What one cell may be: a number, a day, an e-mail address, in which ways of writing.

Most of it the cell's shape tells, with every figure as one: a file has many numbers,
and few shapes of them.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

from reps.domain.files.cell import Cell, Money, as_text
from reps.domain.files.currencies import MARKS
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
)
from reps.domain.files.nothing import says_nothing
from reps.domain.files.numbers import NOTATIONS, SHORT_FOR_MANY, NoNumber, written
from reps.domain.files.verdicts import Pattern, pattern_of

LONGEST_VALUE = 200  # of a value that is told apart or shown
E_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
SHAPES = {ord(figure): "1" for figure in "0123456789"}
SHAPES |= {ord(figure) + 0xFEE0: "1" for figure in "0123456789"}
LETTERS = re.compile("[a-z]+")
# All that may stand in a number or a day.
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


@dataclass(frozen=True, slots=True, eq=False)
class Sort:
    """What a cell may be. Cells of one sort have all of this in common.

    `number` and `day` are which ways of writing read it, and which of them alike. Made
    by `sort_like`, once each: there are a few hundred.
    """

    is_nothing: bool = False  # such as "-" and "n/a", where an amount or a day may be
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
NOTHING = sort_like(is_nothing=True)
E_MAILS = sort_like(is_e_mail=True)


def sort_of(cell: Cell, today: date) -> Sort:
    """What a cell without spaces around it may be."""
    if isinstance(cell, bool):
        return TEXT
    if not isinstance(cell, str):
        return _typed(cell, today)
    if len(cell) > LONGEST_VALUE:
        return TEXT
    if "@" in cell:
        return E_MAILS if E_MAIL.fullmatch(cell) else TEXT
    shape = cell.translate(SHAPES)
    figure = shape.find("1")
    if figure < 0:
        return NOTHING if says_nothing(cell) else TEXT
    if cell[figure] in NOUGHTS:  # no group of thousands begins with it
        shape = shape.replace("1", "0", 1)
    sort = _of_shape(shape)
    if sort.day is not None:
        time = _time_in(shape)
        if _is_time(cell[time]):
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
_is_time = lru_cache(maxsize=4096)(is_time)


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
        is_bare_day = bare_day(as_text(cell), today) is not None
        currency = cell.currency if isinstance(cell, Money) else ()
        return sort_like(
            is_typed_number=True, is_bare_day=is_bare_day, currency=currency
        )
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
