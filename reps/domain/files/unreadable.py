"""Why a file cannot be read at all, and where in it that is seen."""

from dataclasses import dataclass
from enum import StrEnum

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 500
LONGEST_CELL = 32_767  # as Excel has it


class Why(StrEnum):
    """What the whole file has against it; a row's own faults are complaints."""

    EMPTY = "empty"
    HEADER_ONLY = "header_only"
    NO_HEADER = "no_header"
    NO_SHEET = "no_sheet"  # `value`: the name that somebody said
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    CELL_TOO_LONG = "cell_too_long"
    OPEN_QUOTE = "open_quote"  # a cell that begins with a quote and never ends
    # Bytes that are no text in any encoding we know. `value`: the byte, as 0x9D.
    NOT_DECODABLE = "not_decodable"
    CUT_OFF = "cut_off"  # the file ends in the middle of a letter
    NUL = "nul"
    # Something else than a table, under whatever name.
    HTML = "html"
    XML = "xml"
    PDF = "pdf"
    IMAGE = "image"
    COMPRESSED = "compressed"
    ZIP = "zip"  # one that holds no workbook
    OLD_WORKBOOK = "old_workbook"  # the binary .xls of before 2007
    BINARY_WORKBOOK = "binary_workbook"  # .xlsb
    OPEN_DOCUMENT = "open_document"  # .ods
    LOCKED_WORKBOOK = "locked_workbook"  # opens with a password only
    BROKEN_WORKBOOK = "broken_workbook"
    UNPACKS_TOO_LARGE = "unpacks_too_large"  # a zip bomb


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a letter of a text, or a row and a column of a table, from 1.

    0 is all of it.
    """

    row: int = 0
    column: int = 0


class Unreadable(Exception):
    """The file cannot be read. `value` is what stands there, or how much there is."""

    def __init__(self, why: Why, place: Place | None = None, value: str = "") -> None:
        self.why = why
        self.place = place or Place()
        self.value = value
        super().__init__(why, self.place, value)
