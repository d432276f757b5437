"""Days as spreadsheets and CRMs write them, each read in the order of its column.

`11/12/2026` is a day of November or of December; which one, all cells of its column
decide together (`reps.domain.files.verdicts`). No part of a day that is not written is
ever filled in.

A time and its zone are read over: the day is kept as it is written. Somebody saw that
day on their screen, and a file says of its zone only how far it is from Greenwich, not
in which zone its people work: a deal closed on `2026-11-23T00:00:00Z` would be one of
the 22nd all over America. An instant near midnight may so be a day off.

Years of two digits, and years at all, are those from 79 before today's to 20 after.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from reps.domain.files.day_words import MONTHS, WEEKDAYS, ZONES
from reps.domain.files.verdicts import Family, Ways
from reps.domain.typed_figures import has_raised_figures, plain

LONGEST = 80  # of all that stands in a cell with a day
YEARS_AHEAD = 20
# Spreadsheets count days from here, since they hold 1900 for a leap year.
SERIAL_ZERO = date(1899, 12, 30)
DASHES = str.maketrans("\N{HYPHEN}\N{EN DASH}", "--")


class Order(StrEnum):
    """In which order a column writes day, month and year."""

    YEAR_FIRST = "ymd"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class NoDay(StrEnum):
    """Why a cell is no day to its column."""

    NOT_A_DAY = "not_a_day"
    INCOMPLETE = "incomplete"
    NO_SUCH_DAY = "no_such_day"
    FAR_OFF = "far_off"
    OTHER_ORDER = "other_order"
    OTHER_WEEKDAY = "other_weekday"


class NotADay(ValueError):
    """A cell that cannot be read as a day: why, and what stands there."""

    def __init__(self, why: NoDay, value: str) -> None:
        super().__init__(why, value)
        self.why = why
        self.value = value


# What a cell says in each `Order`.
Readings = tuple[date | NoDay, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """Year, month and day as they are written, in each order in which they may be."""

    by_order: tuple[tuple[str, str, str] | None, ...]
    weekday: int | None  # from Monday, 1, where it is written beside them

    def days(self, today: date) -> Readings:
        found = tuple(
            self._day(parts, today) if parts else NoDay.NO_SUCH_DAY
            for parts in self.by_order
        )
        if not any(isinstance(day, date) for day in found):
            return found
        return tuple(
            NoDay.OTHER_ORDER if day is NoDay.NO_SUCH_DAY else day for day in found
        )

    def _day(self, parts: tuple[str, str, str], today: date) -> date | NoDay:
        year, month, day = map(int, parts)
        years = years_around(today)
        if len(parts[0]) == 2:
            year = years[(year - years.start) % 100]
        try:
            found = date(year, month, day)
        except ValueError:
            return NoDay.NO_SUCH_DAY
        if year not in years:
            return NoDay.FAR_OFF
        if self.weekday not in (None, found.isoweekday()):
            return NoDay.OTHER_WEEKDAY
        return found


def read_day(
    cell: str | bool | Decimal | date, order: Order, *, today: date, bare: bool = False
) -> date:
    """The day, in this order alone. A cell that came as a day is one.

    `bare`: the column is known to hold days, so that a bare number such as 46349 or
    20261123 is one too.
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    text = f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    if bare and (counted := bare_day(text, today)):
        return counted
    found = day_readings(text, today)[tuple(Order).index(order)]
    if isinstance(found, NoDay):
        raise NotADay(found, text)
    return found


def ways_of(today: date) -> Ways[Order, date]:
    """The orders in which a column's days may be written, read on this day."""

    def read(text: str, order: Order) -> date:
        return read_day(text, order, today=today)

    families = tuple(Family(order, (place,)) for place, order in enumerate(Order))
    return Ways(tuple(Order), families, read)


def years_around(today: date) -> range:
    """The hundred years in which a file's days may lie."""
    last = today.year + YEARS_AHEAD
    return range(last - 99, last + 1)


def day_readings(text: str, today: date) -> Readings:
    """The day in each `Order`, or why there is none."""
    return _readings(_timeless(text), today)


# Without their times a file has a few thousand days.
@lru_cache(maxsize=4096)
def _readings(spelled: str, today: date) -> Readings:
    parts = _parts(spelled)
    if isinstance(parts, NoDay):
        return (parts,) * len(Order)
    return parts.days(today)


BARE = re.compile(r"(?P<serial>[0-9]{5})([.,][0-9]+)?|(?P<basic>[0-9]{8})")


def bare_day(text: str, today: date) -> date | None:
    """The day that a number is to a spreadsheet, or as year, month and day in a row.

    None where it is no such number, or one of a day far off.
    """
    found = BARE.fullmatch(text.strip())
    if not found:
        return None
    if found["serial"]:
        day = SERIAL_ZERO + timedelta(days=int(found["serial"]))
        return day if day.year in years_around(today) else None
    basic = found["basic"]
    try:
        day = date(int(basic[:4]), int(basic[4:6]), int(basic[6:]))
    except ValueError:
        return None
    return day if day.year in years_around(today) else None


TIME = re.compile(
    r"(?:^|[t,\s]|(?<=[日)]))\s*"
    r"(?:(?:at|um|a|as|to|a\slas?)\s+)?"
    r"(?:(?:[01]?[0-9]|2[0-4])[:h時][0-5][0-9]分?(?:[:.][0-5][0-9]秒?(?:[.,][0-9]+)?)?"
    r"(?:\s*[ap]\.?\s?m\b\.?)?"
    r"|(?:1[0-2]|0?[0-9])\s*[ap]\.?\s?m\b\.?)"
    rf"(?:\s*uhr)?(?:\s*(?:{'|'.join(ZONES.split())})\b)?"
    r"(?:\s*[+-][0-9]{2}:?(?:[0-9]{2})?)?(?:\s*\([a-z\s]+\))?"
)
NUMERIC = re.compile(
    r"([0-9]{1,4})\s*(?P<by>[/.-])\s*([0-9]{1,2})\s*(?P=by)\s*([0-9]{1,4})"
    r"(?:\.|z|[+-][0-9]{2}:[0-9]{2})?"
)
KANJI = re.compile(r"([0-9]{4}|[0-9]{2})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日")
# A day and its ending, a month's name, a year; `[^\W\d_]` is any letter.
DAY = r"(?P<d>[0-9]{1,2})(?:(?:st|nd|rd|th|er|[oae])(?![^\W\d_])|\.)?"
MONTH = r"(?P<m>[^\W\d_]+)\.?"
YEAR = r"(?P<y>[0-9]{4}|[0-9]{2})"
OF = r"(?:\s*\b(?:of|del?)\b)?[\s,./'-]*"
# Of two figures of two digits around a name, the first is the day, as in 23-Nov-26.
NAMED = [
    re.compile(DAY + OF + MONTH + OF + YEAR),
    re.compile(MONTH + r"[\s./-]*" + DAY + r"(?![0-9])" + OF + YEAR),
    re.compile(r"(?P<y>[0-9]{4})" + OF + MONTH + OF + DAY),
]
PARTIAL = re.compile(
    r"[0-9]{4}[/.-][0-9]{1,2}|[0-9]{1,2}[/.-][0-9]{4}|[0-9]{1,2}[/.-][0-9]{1,2}\.?"
    r"|[0-9]{4}年([0-9]{1,2}月)?|[0-9]{1,2}月([0-9]{1,2}日)?"
    r"|[qt][1-4][\s/-]*[0-9]{2,4}|[0-9]{4}[\s/-]*[qtw][0-9]{1,2}"
)
PARTIAL_NAMED = re.compile(rf"(?:{DAY}{OF})?{MONTH}{OF}(?:[0-9]{{1,4}})?")
ARTICLE = re.compile(r"^(?:the|den|le|el)\s+")
WEEKDAY_AHEAD = re.compile(r"([^\W\d_]+)(?:-feira)?[.,]*\s*(?=[^\s])")
WEEKDAY_BEHIND = re.compile(r"\s*(?:[\s(]|(?<=日))([^\W\d_]+)(?:-feira)?\.?\)?")
# What is as long in plain spelling, sign for sign.
AS_SPELLED = re.compile(r"[ -~年月日時分秒火水木金土曜]*")


def time_in(text: str) -> slice:
    """Where in a text a time stands; nowhere, at its end, if it has none.

    A text that plain spelling may make longer or shorter is left whole.
    """
    found = TIME.search(text.lower()) if AS_SPELLED.fullmatch(text) else None
    return slice(*found.span()) if found else slice(len(text), len(text))


def is_time(text: str) -> bool:
    """Whether a text is a time, such as `T10:00:00Z`, or nothing at all."""
    return not text or TIME.fullmatch(text.lower()) is not None


def parts_of(text: str) -> Parts | NoDay:
    """Which day a text writes, if it writes one in any order."""
    return _parts(_timeless(text))


def _timeless(text: str) -> str:
    """Without its time and in plain spelling; nothing if it can be no day."""
    if len(text) > LONGEST or has_raised_figures(text):
        return ""
    return TIME.sub(" ", _spelled(text), count=1).strip(" ,")


def _parts(spelled: str) -> Parts | NoDay:
    for weekday, rest in _weekdays(spelled):
        by_order = _by_order(ARTICLE.sub("", rest))
        if by_order:
            return Parts(by_order, weekday)
    return NoDay.INCOMPLETE if _is_partial(spelled) else NoDay.NOT_A_DAY


def _spelled(text: str) -> str:
    """In plain spelling without accents, which people leave out."""
    spelled = plain(text).translate(DASHES)
    if spelled.isascii():
        return spelled
    apart = unicodedata.normalize("NFKD", spelled)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _weekdays(spelled: str) -> Iterator[tuple[int | None, str]]:
    """Each way to part a weekday from the rest: "mar" is a Tuesday, and March."""
    ahead = WEEKDAY_AHEAD.match(spelled)
    if ahead and (weekday := WEEKDAYS.get(ahead[1])):
        yield weekday, spelled[ahead.end() :]
    yield None, spelled
    for behind in WEEKDAY_BEHIND.finditer(spelled):
        if behind.end() == len(spelled) and (weekday := WEEKDAYS.get(behind[1])):
            yield weekday, spelled[: behind.start()]


def _by_order(spelled: str) -> tuple[tuple[str, str, str] | None, ...] | None:
    if found := NUMERIC.fullmatch(spelled):
        return _numeric(found[1], found[3], found[4])
    if found := KANJI.fullmatch(spelled):
        return ((found[1], found[2], found[3]),) * len(Order)
    for named in NAMED:
        found = named.fullmatch(spelled)
        if found and (month := MONTHS.get(found["m"])):
            return ((found["y"], str(month), found["d"]),) * len(Order)
    return None


def _numeric(
    first: str, second: str, third: str
) -> tuple[tuple[str, str, str] | None, ...] | None:
    """The year has four digits, or two; then it may be on either end."""
    year_first = (first, second, third)
    if len(first) == 4:
        return (year_first,) * len(Order) if len(third) <= 2 else None
    if len(first) > 2 or len(third) not in (2, 4):
        return None
    may_begin = len(first) == len(third) == 2
    return (
        year_first if may_begin else None,
        (third, second, first),
        (third, first, second),
    )


def _is_partial(spelled: str) -> bool:
    if PARTIAL.fullmatch(spelled):
        return True
    found = PARTIAL_NAMED.fullmatch(spelled)
    return bool(found and found["m"] in MONTHS)
