"""What a workbook's cell holds by its value and its format: a figure, a day, a text.

A workbook keeps figures as floats and days as figures; a format says which is a day.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, auto
from functools import lru_cache
from math import isfinite

from openpyxl.styles.numbers import (
    BUILTIN_FORMATS,
    STRIP_RE,
    is_date_format,
    is_datetime,
    is_timedelta_format,
)
from openpyxl.utils.datetime import from_excel

from reps.domain.files.cell import Cell, Money, clean
from reps.domain.files.currencies import codes_of
from reps.domain.typed_figures import plain

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# NUL, and halves of a letter: what nobody could keep stays as it is written.
NO_LETTERS = re.compile("[\0\ud800-\udfff]")
# Days as Japan, China and Korea write them: the format itself is not in the file.
DAYS_OF_THE_EAST = frozenset([*range(27, 37), *range(50, 59)])
MARK = re.compile(r"\[\$([^]-]*)[^]]*\]")
NO_MARK = re.compile(r"\[[^]]*\]|[_*].")  # a colour, a condition, a gap
AROUND_A_MARK = str.maketrans(dict.fromkeys('0#?,.%+-/()@"\\ \xa0'))


class Shows(Enum):
    """What a figure is in a format."""

    FIGURE = auto()
    PERCENT = auto()
    DAY = auto()
    TIME = auto()  # with a day or without
    DURATION = auto()


@dataclass(frozen=True, slots=True)
class Format:
    """`currency`: what the mark in it may stand for."""

    shows: Shows = Shows.FIGURE
    currency: tuple[str, ...] = ()


def format_of(number: int, code: str | None) -> Format:
    """By its number, and its code where the file has one."""
    if not code and number in DAYS_OF_THE_EAST:
        return Format(Shows.DAY)
    # What a number alone stands for has each country's own mark: it says no currency.
    currency = _currency_in(code) if code else ()
    code = code or BUILTIN_FORMATS.get(number, "")
    if is_timedelta_format(code):
        return Format(Shows.DURATION)
    if is_date_format(code):
        return Format(Shows.DAY if is_datetime(code) == "date" else Shows.TIME)
    shown = STRIP_RE.sub("", code.partition(";")[0])
    if "%" in shown.replace("\\%", ""):
        return Format(Shows.PERCENT)
    return Format(currency=currency)


def _currency_in(code: str) -> tuple[str, ...]:
    r"""Such as € in `#,##0.00\ [$€-407]` and $ in `_("$"* #,##0_)`."""
    mark = MARK.sub(r"\1", code.partition(";")[0])
    mark = NO_MARK.sub("", mark).translate(AROUND_A_MARK)
    return codes_of(plain(mark)) or ()


def cell_of(value: int | float, look: Format, epoch: datetime) -> Cell:
    """The cell that shows this figure. A share is a text, as it is shown: 27%."""
    if look.shows not in (Shows.FIGURE, Shows.PERCENT):
        told = _day(value, look.shows, epoch)
        if told is not None:
            return told
    figure = decimal_of(value)
    if look.shows is Shows.PERCENT:
        return f"{_written_out(figure.scaleb(2)):f}%"
    return Money(figure, look.currency) if look.currency else figure


def decimal_of(value: int | float) -> Decimal:
    """Without the noise of floats: 0.3 where the file has 0.30000000000000004.

    A spreadsheet keeps fifteen digits. Raises `ValueError` for what is no figure.
    """
    if isinstance(value, int):
        return Decimal(value)
    if not isfinite(value):
        raise ValueError(value)
    return _written_out(Decimal(f"{value:.15g}"))


def _written_out(figure: Decimal) -> Decimal:
    """Without an exponent above zero: 1500 for 1.5E+3."""
    return Decimal(f"{figure:f}") if "E+" in str(figure) else figure


@lru_cache(maxsize=10_000)
def _day(value: int | float, shows: Shows, epoch: datetime) -> Cell | None:
    """None for a figure that is no day, such as one before 1900.

    Day nought is none: it is what a formula makes of an empty cell.
    """
    if shows is Shows.DAY and value == 0:
        return ""
    try:
        return as_cell(from_excel(value, epoch, timedelta=shows is Shows.DURATION))
    except (ValueError, OverflowError):
        return None


def as_cell(when: datetime | date | time | timedelta) -> Cell:
    """The day, whatever the hour; a time alone is a text, such as 09:30:00."""
    if isinstance(when, datetime):
        return when.date()
    return when if isinstance(when, date) else str(when)


def unescaped(text: str) -> str:
    """A text as it was typed: XML cannot hold every letter, and _x0009_ is a tab."""
    return clean(ESCAPED.sub(_letter, text) if "_x" in text else text)


def _letter(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return found[0] if NO_LETTERS.match(letter) else letter
