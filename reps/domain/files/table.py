"""A table in a text: what parts its cells, and its rows.

Comma, semicolon, tab or upright, whichever makes the rows agree with the header. Quotes
are doubled inside quotes, and lines may end inside them. A quote that does not close
costs its own row only: the lines after it are read anew.
"""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from reps.domain.files.cell import AT_THE_ENDS, clean, is_plain
from reps.domain.files.grid import (
    LOOKED_AT,
    Complaint,
    Foot,
    Row,
    Shape,
    Wrong,
    extent,
    header_of,
    rows_below,
)
from reps.domain.files.unreadable import Place, Unreadable, Why

DELIMITERS = (",", ";", "\t", "|")
NOTHING = AT_THE_ENDS + '"' + "".join(DELIMITERS)
LITTLE = 0.01
SAMPLE = 500  # lines
SAMPLE_LETTERS = 400_000
SAYS_ITS_DELIMITER = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE | re.DOTALL)
MOST_OPEN_QUOTES = 1_000


def shapes_of(
    lines: Iterable[str], delimiter: str = "", header_row: int | None = None
) -> tuple[Shape, ...]:
    """What parts the cells and where the header is, by the first lines of the text.

    More than one where two delimiters make as good a table. What a person has said of
    either is taken as it is.
    """
    sample = _sample_of(lines)
    if not any(line.strip(NOTHING) for line in sample):
        raise Unreadable(Why.EMPTY)
    said = SAYS_ITS_DELIMITER.fullmatch(sample[0])
    if not delimiter and said and said[1] in DELIMITERS:
        delimiter = said[1]
    tries = [
        one
        for each in ([delimiter] if delimiter else DELIMITERS)
        if (one := _tried(sample, each, header_row))
    ]
    if not tries:
        raise Unreadable(Why.OPEN_QUOTE)
    best = max(one.fit for one in tries)
    chosen = [one for one in tries if one.fit == best]
    if chosen[0].begins_with_a_fault:
        raise Unreadable(Why.OPEN_QUOTE, Place(1))
    if chosen[0].shape.width == 1:
        return (chosen[0].shape,)  # of one column, which nothing parts
    return tuple(one.shape for one in chosen)


def read_rows(
    lines: Iterable[str],
    shape: Shape,
    complaints: list[Complaint],
    feet: list[Foot],
) -> Iterator[Row]:
    """The rows below the header, each as wide as it, all of them text.

    What is wrong with a row, and the lines of a report's foot, are noted beside.
    """
    records = records_of(lines, shape.delimiter)
    return rows_below(records, shape, complaints, feet, may_be_short=False)


def _sample_of(lines: Iterable[str]) -> list[str]:
    sample: list[str] = []
    letters = 0
    for line in islice(lines, SAMPLE):
        sample.append(line)
        letters += len(line)
        if letters > SAMPLE_LETTERS:
            break
    return sample


@dataclass(frozen=True, slots=True)
class _Try:
    """A delimiter, and how well it fits: rows like the header, and many columns."""

    shape: Shape
    fit: tuple[float, int]
    begins_with_a_fault: bool


def _tried(
    sample: Sequence[str], delimiter: str, header_row: int | None
) -> _Try | None:
    """None where no row can be read."""
    found = list(islice(records_of(sample, delimiter), max(LOOKED_AT, header_row or 0)))
    rows = [row for row in found if isinstance(row, Row) and extent(row)]
    if not rows:
        return None
    shape = replace(header_of(rows, header_row), delimiter=delimiter)
    header = next(row for row in rows if row.number == shape.header_row)
    below = [row for row in rows if row.number > header.number and extent(row) > 1]
    faulty = sum(isinstance(row, Complaint) for row in found)
    width = len(header.cells)
    alike = sum(len(row.cells) >= width >= extent(row) for row in below)
    above = rows.index(header)
    share = (
        1.0 if not above else LITTLE
    )  # of a header alone; below other rows it is none
    if below or faulty:
        share = max(LITTLE, alike / (len(below) + faulty))
    fit = (share**2 * (shape.width - 1), -above)
    return _Try(shape, fit, isinstance(found[0], Complaint))


def records_of(lines: Iterable[str], delimiter: str) -> Iterator[Row | Complaint]:
    """Every row of the text, from its first line; of a faulty one the complaint.

    As it stands: above the header too, however wide, and the empty ones.
    """
    source = _Lines(lines)
    reader = source.reader(delimiter)
    number = faults = 0
    for first in islice(source, 1):
        if not SAYS_ITS_DELIMITER.fullmatch(first):
            source.again.appendleft(first)
    while True:
        number += 1
        source.taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Complaint(number, 0, _fault(source.taken))
            faults += 1
            if faults > MOST_OPEN_QUOTES:
                raise Unreadable(Why.OPEN_QUOTE, Place(number)) from None
            source.again.extendleft(reversed(source.taken[1:]))
            reader = source.reader(delimiter)
        else:
            if is_plain("".join(cells)):
                yield Row(number, tuple(map(str.strip, cells)))
            else:
                yield Row(number, tuple(map(clean, cells)))


def _fault(taken: Sequence[str]) -> Wrong:
    """Of what `csv` refuses: beyond its limit on one line, or a quote out of place."""
    alone = len(taken) == 1 and len(taken[0]) > csv.field_size_limit()
    return Wrong.CELL_TOO_LONG if alone else Wrong.QUOTES


class _Lines:
    """Lines that can be read again from the second of a row on."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = iter(lines)
        self.again: deque[str] = deque()
        self.taken: list[str] = []  # of the row that is being read

    def __iter__(self) -> Iterator[str]:
        while True:
            if self.again:
                line = self.again.popleft()
            else:
                following = next(self.lines, None)
                if following is None:
                    return
                line = following
            self.taken.append(line)
            yield line

    def reader(self, delimiter: str) -> Iterator[list[str]]:
        return csv.reader(self, delimiter=delimiter, strict=True, skipinitialspace=True)
