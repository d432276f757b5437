"""What a workbook's cell holds by its text and its format: a figure, a day, a text.

A workbook keeps figures as floats and days as figures; a format says which is a day.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal
from functools import lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import (
    MAC_EPOCH,
    WINDOWS_EPOCH,
    from_excel,
    from_ISO8601,
)

from reps.domain.files.cell import Cell, clean

# What Excel keeps of a figure; behind them stands the noise of floats.
FIFTEEN_DIGITS = Context(prec=15)
FIGURE = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")
PLAIN_DIGITS = 15
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# Days as Japan, China and Korea write them: the format itself is not in the file.
DAYS_OF_THE_EAST = frozenset([*range(27, 37), *range(50, 59)])


def figure(text: str) -> Decimal | None:
    """What the spreadsheet shows: 0.3 where the file has 0.30000000000000004."""
    if text.isascii() and text.isdigit() and len(text) <= PLAIN_DIGITS:
        return Decimal(text)
    if not FIGURE.fullmatch(text):
        return None
    number = FIFTEEN_DIGITS.create_decimal(text).normalize()
    return number if number.as_tuple().exponent <= 0 else Decimal(f"{number:f}")


@lru_cache(maxsize=10_000)
def day(text: str, *, from_1904: bool) -> Cell | None:
    """The day, with its time if it has one; a time alone is a text, as 09:30:00."""
    try:
        epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH
        return _as_cell(from_excel(float(text), epoch))
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=10_000)
def duration(text: str) -> Cell | None:
    """Hours, minutes and seconds, as a text."""
    try:
        return _as_cell(timedelta(seconds=round(float(text) * 86_400)))
    except (ValueError, OverflowError):
        return None


def iso_day(text: str) -> Cell | None:
    """The day of a cell that has it in letters."""
    try:
        return _as_cell(from_ISO8601(text))
    except ValueError:
        return None


def _as_cell(when: datetime | date | time | timedelta) -> Cell:
    if isinstance(when, datetime) and when.time() == time():
        return when.date()
    if isinstance(when, date):
        return when
    return str(when)


def unescaped(text: str) -> str:
    """A text as it was typed: XML cannot hold every letter, and _x0009_ is a tab."""
    if "_x" in text:
        text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return clean(text)


class Format:
    """Whether figures in a format are days, durations, or themselves."""

    def __init__(self, number: int, code: str | None) -> None:
        code = code or BUILTIN_FORMATS.get(number)
        self.is_duration = is_timedelta_format(code)
        self.is_day = number in DAYS_OF_THE_EAST or is_date_format(code)
