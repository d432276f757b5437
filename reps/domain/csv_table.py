"""A table in a CSV file: columns found by name, rows that know their line.

Nothing stops at the first fault. What is wrong is noted down as complaints, in codes
with a value beside them, so that a person can put a whole file right in one go; the
words are the door's.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from reps.domain.typed_figures import Notation, read_figure

PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]*)?")
IN_A_FILE = Notation(decimal=".", group="", units={})
MOST = Decimal(10) ** 12
CENT = Decimal("0.01")
YEARS = range(1900, 2200)  # 9999-12-31 is somebody's word for "never"


class Wrong(StrEnum):
    """What a line, or a whole file, may have against it."""

    NOT_UTF_8 = "not_utf_8"
    NO_HEADER = "no_header"
    MISSING_COLUMN = "missing_column"
    NOT_CSV = "not_csv"
    OTHER_LENGTH = "other_length"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    FAR_OFF = "far_off"
    NOT_A_NUMBER = "not_a_number"
    MAYBE_THOUSANDS = "maybe_thousands"
    LESS_THAN_ZERO = "less_than_zero"
    TOO_LARGE = "too_large"
    TWICE = "twice"
    TWO_MANAGERS = "two_managers"
    TWO_PRICES = "two_prices"
    UNKNOWN_AGENT = "unknown_agent"
    UNKNOWN_STAGE = "unknown_stage"
    CLOSED_WITHOUT_DATE = "closed_without_date"
    CLOSED_BEFORE_OPENED = "closed_before_opened"
    WON_WITHOUT_VALUE = "won_without_value"
    NO_LIST_PRICE = "no_list_price"
    NO_SUCH_QUARTER = "no_such_quarter"
    SAME_NAME = "same_name"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One reason why a file cannot be taken. Line 0 is the file as a whole.

    `value` is what stands there, `against` what it does not go with.
    """

    file: str
    line: int
    wrong: Wrong
    value: str = ""
    against: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A file's name and its lines, as an open text file yields them."""

    name: str
    lines: Iterable[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A row's cells by the names of their columns, without the spaces around them.

    A cell that cannot be read is None to whoever asks, and a complaint.
    """

    file: str
    number: int
    cells: dict[str, str]
    complaints: list[Complaint]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def complain(self, wrong: Wrong, value: object = "", against: object = "") -> None:
        complaint = Complaint(self.file, self.number, wrong, str(value), str(against))
        self.complaints.append(complaint)

    def text(self, column: str, *, longest: int, may_be_empty: bool = False) -> str:
        text = self.cells[column]
        if not text and not may_be_empty:
            self.complain(Wrong.EMPTY, column)
        if len(text) > longest:
            self.complain(Wrong.TOO_LONG, column)
        return text

    def day(self, column: str) -> date | None:
        """Written as 2026-11-23, and in no other way; None when empty."""
        text = self.cells[column]
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        if day is None or day.isoformat() != text:
            self.complain(Wrong.NOT_A_DATE, text)
            return None
        if day.year not in YEARS:
            self.complain(Wrong.FAR_OFF, text)
            return None
        return day

    def amount(self, column: str) -> Decimal | None:
        """Digits with or without a decimal point, to the cent; None when empty.

        A point before three digits may part thousands, which one cell cannot tell.
        """
        text = self.cells[column]
        if not text:
            return None
        if not PLAIN_NUMBER.fullmatch(text):
            self.complain(Wrong.NOT_A_NUMBER, text)
            return None
        if text[-4:-3] == "." and _may_be_thousands(text):
            self.complain(Wrong.MAYBE_THOUSANDS, text, text.replace(".", ""))
            return None
        amount = Decimal(text)
        if amount < 0:
            self.complain(Wrong.LESS_THAN_ZERO, text)
            return None
        if amount > MOST:
            self.complain(Wrong.TOO_LARGE, text)
            return None
        return amount.quantize(CENT, ROUND_HALF_UP)


def _may_be_thousands(text: str) -> bool:
    """150.000 is a hundred and fifty here, and thousands in Berlin or São Paulo."""
    typed = read_figure(text, IN_A_FILE)
    return typed is not None and len(typed.readings) > 1


def key(name: str) -> str:
    """What two spellings of one name share: case, spaces and Unicode's ways aside."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def read_table(
    text: Text, columns: Iterable[str], complaints: list[Complaint]
) -> Iterator[Line]:
    """The rows below the header, each a `Line`; rows of another length are left out.

    The header may have more columns than are asked for, in any order.
    """
    rows = csv.reader(text.lines)

    def complain(line: int, wrong: Wrong, value: str = "", against: str = "") -> None:
        complaints.append(Complaint(text.name, line, wrong, value, against))

    try:
        header = [key(name) for name in next(rows, [])]
        if not any(header):
            complain(0, Wrong.NO_HEADER)
            return
        missing = [name for name in columns if name not in header]
        for name in missing:
            complain(0, Wrong.MISSING_COLUMN, name)
        if missing:
            return
        for row in rows:
            if not any(row):
                continue
            if len(row) != len(header):
                cells, in_header = str(len(row)), str(len(header))
                complain(rows.line_num, Wrong.OTHER_LENGTH, cells, in_header)
                continue
            if any("\0" in cell for cell in row):
                complain(rows.line_num, Wrong.NOT_CSV, "NUL")
                continue
            named = dict(zip(header, map(str.strip, row), strict=True))
            yield Line(text.name, rows.line_num, named, complaints)
    except UnicodeDecodeError:
        complain(0, Wrong.NOT_UTF_8)
    except csv.Error as error:
        complain(rows.line_num, Wrong.NOT_CSV, str(error))
