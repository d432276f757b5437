"""The table in a file, whatever the file is: lines of a text, or a workbook's sheet."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import BinaryIO, NamedTuple, Protocol

from reps.domain.files.grid import (
    FOOT_LINES,
    LOOKED_AT,
    Complaint,
    Foot,
    Row,
    Shape,
    header_of,
    rows_below,
)
from reps.domain.files.table import read_rows, records_of, shapes_of
from reps.domain.files.text import (
    Kind,
    encoding_of,
    is_locked,
    kind_of,
    text_of,
    within_limit,
)
from reps.domain.files.unreadable import MOST_ROWS, Unreadable, Why
from reps.domain.files.western import Reading
from reps.imports.kept_rows import KeptRows
from reps.imports.merged_cells import Merged, filled_down
from reps.imports.workbook import Workbook

Opened = Callable[[], Iterable[bytes]]  # the file's bytes, from their beginning
ROWS = 200  # between two words of how far it is
Passed = Callable[[int], None]  # told how many more bytes are through; raises to stop


class Said(NamedTuple):
    """What a person has said of a table, as far as they have."""

    encoding: str = ""
    delimiter: str = ""
    header_row: int | None = None
    sheet: str = ""


class Table(Protocol):
    """What is the same of every file. More than one reading or shape is a question.

    `sheet` is the one that is read, and `sheets` are all that are shown; a text has
    none.
    """

    said: Said
    readings: tuple[Reading, ...]
    shapes: tuple[Shape, ...]
    sheet: str
    sheets: tuple[str, ...]

    def rows(self, complaints: list[Complaint], feet: list[Foot]) -> Iterator[Row]:
        """Those below the header, as often as they are asked for.

        What is wrong with the shape of one is noted beside.
        """

    def records(self) -> Iterator[Row | Complaint]:
        """Every row as it stands, the header and whatever is wrong too."""


def table_in(opened: Opened, said: Said, passed: Passed = lambda _size: None) -> Table:
    """The table of a file, by what is said of it; `Unreadable` where it has none."""
    if _kind_of(opened) is Kind.ZIP:
        return SheetTable(opened, said, passed)
    return TextTable(opened, said)


def _kind_of(opened: Opened) -> Kind:
    pieces = within_limit(opened())
    start = next(pieces, b"")
    if not start:
        raise Unreadable(Why.EMPTY)
    try:
        return kind_of(start)
    except Unreadable as error:
        if error.why is Why.OLD_WORKBOOK and any(map(is_locked, pieces)):
            raise Unreadable(Why.LOCKED_WORKBOOK) from error
        raise


class TextTable:
    """Read anew each time."""

    sheet = ""
    sheets = ()

    def __init__(self, opened: Opened, said: Said) -> None:
        self.opened, self.said = opened, said
        encoding = said.encoding
        self.readings = (Reading(encoding),) if encoding else encoding_of(opened())
        self.shapes = shapes_of(self._lines(), said.delimiter, said.header_row)

    def rows(self, complaints: list[Complaint], feet: list[Foot]) -> Iterator[Row]:
        return read_rows(self._lines(), self.shapes[0], complaints, feet)

    def records(self) -> Iterator[Row | Complaint]:
        return records_of(self._lines(), self.shapes[0].delimiter)

    def _lines(self) -> Iterator[str]:
        return text_of(self.opened(), self.readings[0].encoding)


class SheetTable:
    """Unpacked once: to read a workbook takes far longer than to read its rows again.

    While it is unpacked it lies on disk, since a zip is read from its end.
    """

    readings = ()

    def __init__(self, opened: Opened, said: Said, passed: Passed) -> None:
        self.said = said
        merged: list[Merged] = []
        with tempfile.TemporaryFile() as file:
            for piece in within_limit(opened()):
                file.write(piece)
            counted = _Counted(file)
            with Workbook(counted) as workbook:
                chosen = workbook.sheet(said.sheet)
                rows = workbook.rows(chosen, merged)
                rows = _no_more_than_fit(_told(rows, counted, passed))
                self.kept = KeptRows(_with_a_header(rows, said.header_row))
        if merged:
            self.kept = KeptRows(filled_down(self.kept, merged))
        self.sheet = chosen.name
        self.sheets = tuple(one.name for one in workbook.sheets if not one.is_hidden)
        found = islice(self.kept, max(LOOKED_AT, said.header_row or 0))
        self.shapes = (header_of(found, said.header_row),)

    def rows(self, complaints: list[Complaint], feet: list[Foot]) -> Iterator[Row]:
        shape = self.shapes[0]
        return rows_below(self.kept, shape, complaints, feet, may_be_short=True)

    def records(self) -> Iterator[Row | Complaint]:
        return iter(self.kept)


class _Counted:
    """A file that counts how many of its bytes were read, and not yet told of."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.count = file, 0
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.count += len(piece)
        return piece


def _told(rows: Iterable[Row], counted: _Counted, passed: Passed) -> Iterator[Row]:
    """The rows, and between them how much of the file is through."""
    for count, row in enumerate(rows):
        if count % ROWS == 0:
            passed(counted.count)
            counted.count = 0
        yield row


def _with_a_header(rows: Iterator[Row], header_row: int | None) -> Iterator[Row]:
    """The rows, unless the first tell that there is no table below them."""
    if header_row is None:
        first = list(islice(rows, LOOKED_AT))
        header_of(first)
        yield from first
    yield from rows


def _no_more_than_fit(rows: Iterable[Row]) -> Iterator[Row]:
    """So many as a table may have, with what stands above and below it."""
    for count, row in enumerate(rows):
        if count > LOOKED_AT + MOST_ROWS + FOOT_LINES:
            raise Unreadable(Why.TOO_MANY_ROWS)
        yield row
