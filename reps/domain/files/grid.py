"""Rows of cells, from whatever file: where their header is, and what stands below it.

A row is numbered as a spreadsheet does, from 1, lines inside a cell not counted. What
is wrong with one is a complaint, and the next is read.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from reps.domain.files.cell import CONTROL, Cell, Formula, as_text, is_filled
from reps.domain.files.feet import is_foot, is_subtotal
from reps.domain.files.our_headers import is_download
from reps.domain.files.unreadable import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Place,
    Unreadable,
    Why,
)

LOOKED_AT = 60  # rows at the top, among which the header is
NEARLY_ALL = 0.75  # of the columns have a name, whatever stands above has fewer cells
MOST = 0.6  # of them have one, in words, where nothing else is in words
FOOT_LINES = 50  # no report has more
SPACE = re.compile(r"\s+")


class Wrong(StrEnum):
    """What a row has against it by its shape alone."""

    SHORTER = "shorter"  # than the header. `value`: how many cells it has
    LONGER = "longer"
    QUOTES = "quotes"  # a quote that opens and does not close, or closes too early
    CELL_TOO_LONG = "cell_too_long"  # `value`: how many letters
    CONTROL = "control"  # `value`: the letter, as U+0007
    # Of a column that says something.
    FORMULA = "formula"  # one that was never worked out. `value`: the formula
    FAILED = "failed"  # a formula that came to nothing. `value`: such as #N/A


@dataclass(frozen=True, slots=True)
class Complaint:
    """One reason why a row cannot be taken. Column 0 is the row as a whole."""

    row: int
    column: int
    wrong: StrEnum
    value: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Foot:
    """A line below the table that is none of its rows, such as its total."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a table stands in its file. `header`: its columns' names, each once."""

    header_row: int
    header: tuple[str, ...]
    delimiter: str = ""  # of a text; a workbook has none

    @property
    def width(self) -> int:
        return len(self.header)


def header_of(rows: Iterable[Row], header_row: int | None = None) -> Shape:
    """The shape by the first rows, or by which row a person says is the header.

    Raises `Unreadable` where no row has anything, or the header has too many columns.
    """
    seen = [row for row in rows if _filled(row)]
    if not seen:
        raise Unreadable(Why.EMPTY)
    usual = _usual_extent(seen)
    above = {row.number + 1: row for row in seen if _filled(row) > 1}
    named = [_with_names_above(row, above.get(row.number), usual) for row in seen]
    if header_row is None:
        header = _likeliest_header(named, usual)
    else:
        said = [row for row in named if row.number == header_row]
        if not said:
            raise Unreadable(Why.NO_HEADER, Place(header_row))
        header = said[0]
    width = extent(header)
    if width > MOST_COLUMNS:
        raise Unreadable(Why.TOO_MANY_COLUMNS, Place(header.number), str(width))
    return Shape(header.number, told_apart(header.cells[:width]))


def _usual_extent(rows: Sequence[Row]) -> int:
    """How wide most rows are that have more than a cell; 1 where there are none."""
    extents = Counter(extent(row) for row in rows if _filled(row) > 1)
    return max(extents, key=lambda width: (extents[width], width), default=1)


def _with_names_above(row: Row, above: Row | None, usual: int) -> Row:
    """A name that is merged over two rows stands in the upper one."""
    if above is None:
        return row
    cells = list(zip_longest(row.cells, above.cells, fillvalue=""))
    within = cells[: max(usual, len(row.cells))]
    return Row(row.number, tuple(own if own != "" else upper for own, upper in within))


def _likeliest_header(rows: Sequence[Row], usual: int) -> Row:
    """The first that names nearly all columns, in words if there is one in words.

    A title, a filter or a date above a report fills a cell or two of them.
    """
    several = [row for row in rows if _filled(row) > 1] or rows
    enough = max(2, usual * NEARLY_ALL)
    full = [row for row in several if _filled(row) >= enough] or several
    most = [row for row in several if _filled(row) >= max(3, usual * MOST)]
    return next(filter(_is_in_words, [*full, *most]), full[0])


def _filled(row: Row) -> int:
    return len(row.cells) - row.cells.count("")


def extent(row: Row) -> int:
    """How many cells it has up to the last that holds something."""
    width = len(row.cells)
    while width and not is_filled(row.cells[width - 1]):
        width -= 1
    return width


def _is_in_words(row: Row) -> bool:
    return all(
        isinstance(cell, str) and any(map(str.isalpha, cell))
        for cell in row.cells
        if is_filled(cell)
    )


def told_apart(cells: Iterable[Cell]) -> tuple[str, ...]:
    """The columns' names, each once: Amount, Amount (2), and D for one without."""
    names: list[str] = []
    taken: set[str] = set()
    for position, cell in enumerate(cells):
        name = SPACE.sub(" ", as_text(cell)).strip() or column_letters(position)
        single, times = name, 1
        while single.casefold() in taken:
            times += 1
            single = f"{name} ({times})"
        taken.add(single.casefold())
        names.append(single)
    return tuple(names)


def column_letters(position: int) -> str:
    """As a spreadsheet calls the column: 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, letter = divmod(position - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def rows_below(
    rows: Iterable[Row | Complaint],
    shape: Shape,
    complaints: list[Complaint],
    feet: list[Foot],
    *,
    may_be_short: bool,
) -> Iterator[Row]:
    """The rows of the table, each as wide as the header; empty ones are passed over.

    What was downloaded here has no foot: a team may be called Total.
    `may_be_short`: cells that a row lacks at its end are empty ones, as in a workbook.
    Raises `Unreadable` where there are too many rows, or none.
    """
    table = _Table(shape, complaints, may_be_short)
    pending: list[Row] = []  # what may be the foot, until a row of the table follows
    last = shape.header_row
    may_have_foot = not is_download(shape.header)

    def ended() -> Iterator[Row]:
        begin = _where_the_foot_begins(pending, shape.width, last)
        yield from table.taken(pending[:begin])
        feet.extend(map(_named, pending[begin:]))
        pending.clear()

    for row in rows:
        if isinstance(row, Complaint):
            if row.row > shape.header_row:
                table.complain(row)
            continue
        if row.number <= shape.header_row or not _filled(row):
            continue
        if may_have_foot and _may_end_a_report(row, shape.width):
            pending.append(row)
            if len(pending) <= FOOT_LINES:
                continue
            row = pending.pop(0)
        elif _is_header_again(row, shape):
            yield from ended()
            feet.append(_named(row))
            last = row.number
            continue
        else:
            feet.extend(_named(one) for one in pending if is_subtotal(one.cells))
            yield from table.taken(one for one in pending if not is_subtotal(one.cells))
            pending.clear()
        yield from table.taken([row])
        last = row.number
    yield from ended()
    if not table.count:
        raise Unreadable(Why.HEADER_ONLY, Place(shape.header_row))


def _may_end_a_report(row: Row, width: int) -> bool:
    return _is_lonely(row, width) or is_foot(row.cells, width)


def _is_header_again(row: Row, shape: Shape) -> bool:
    """As on each page of a print, or where two files were put together."""
    return row.cells[0] == shape.header[0] and (
        told_apart(row.cells[: shape.width]) == shape.header
    )


def _is_lonely(row: Row, width: int) -> bool:
    """One cell of several: a report's name below it, or a row not finished."""
    return width > 2 and _filled(row) == 1


def _where_the_foot_begins(rows: Sequence[Row], width: int, last: int) -> int:
    """At the first line that says it is one, or at the empty row before that."""
    own_words = (at for at, row in enumerate(rows) if is_foot(row.cells, width))
    first = next(own_words, None)
    if first is None:
        return len(rows)
    for begin in range(first, -1, -1):
        above = rows[begin - 1].number if begin else last
        if rows[begin].number > above + 1:
            return begin
    return first


def _named(row: Row) -> Foot:
    return Foot(row.number, ", ".join(as_text(c) for c in row.cells if is_filled(c)))


class _Table:
    """Counts the rows, and holds each to the header's width."""

    def __init__(
        self, shape: Shape, complaints: list[Complaint], may_be_short: bool
    ) -> None:
        self.width = shape.width
        self.complaints = complaints
        self.may_be_short = may_be_short
        self.count = 0

    def complain(self, complaint: Complaint) -> None:
        self._counted()
        self.complaints.append(complaint)

    def _counted(self) -> None:
        self.count += 1
        if self.count > MOST_ROWS:
            raise Unreadable(Why.TOO_MANY_ROWS)

    def taken(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self._counted()
            fault = self._fault_of_shape(row) or fault_of_text(row)
            if fault:
                self.complaints.append(fault)
            elif len(row.cells) == self.width:
                yield row
            else:
                missing = ("",) * (self.width - len(row.cells))
                yield Row(row.number, row.cells[: self.width] + missing)

    def _fault_of_shape(self, row: Row) -> Complaint | None:
        cells = len(row.cells)
        if cells < self.width and not self.may_be_short:
            return Complaint(row.number, 0, Wrong.SHORTER, str(cells))
        if cells > self.width and extent(row) > self.width:
            return Complaint(row.number, self.width + 1, Wrong.LONGER, str(extent(row)))
        return None


def fault_of_text(row: Row) -> Complaint | None:
    """The first cell that is too long, or holds what no keyboard writes."""
    together = "".join([cell for cell in row.cells if cell.__class__ is str])
    is_plain = together.isprintable() or not CONTROL.search(together)
    if is_plain and len(together) <= LONGEST_CELL:
        return None
    for column, cell in enumerate(row.cells, start=1):
        if not isinstance(cell, str) or isinstance(cell, Formula):
            continue
        if len(cell) > LONGEST_CELL:
            return Complaint(row.number, column, Wrong.CELL_TOO_LONG, str(len(cell)))
        found = CONTROL.search(cell)
        if found:
            code = f"U+{ord(found.group()):04X}"
            return Complaint(row.number, column, Wrong.CONTROL, code)
    return None
