"""A sheet's rows, and the texts that its cells share, read as a stream.

openpyxl reads each cell. What it leaves out is put in: a formula that was never worked
out, which it takes for an empty cell, and a value that is not what its cell says, which
ends its reading.
"""

from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element

from openpyxl.utils import range_boundaries
from openpyxl.worksheet._reader import (
    FORMULA_TAG,
    INLINE_STRING,
    ROW_TAG,
    VALUE_TAG,
    WorkSheetParser,
)
from openpyxl.xml.constants import SHEET_MAIN_NS

from reps.domain.files.cell import Cell, Failed, Formula
from reps.domain.files.grid import Row
from reps.domain.files.unreadable import (
    LONGEST_CELL,
    MOST_COLUMNS,
    Unreadable,
    Why,
)
from reps.imports.merged_cells import Merged
from reps.imports.workbook_cells import Format, as_cell, cell_of, unescaped
from reps.imports.workbook_parts import MOST_OF_TEXTS, Parts

SHARED_TAG = f"{{{SHEET_MAIN_NS}}}si"
TEXT_TAG = f"{{{SHEET_MAIN_NS}}}t"
SOUND_TAG = f"{{{SHEET_MAIN_NS}}}rPh"
MERGED_TAG = f"{{{SHEET_MAIN_NS}}}mergeCell"
LAST_ROW = 1_048_576  # of any sheet
LAST_COLUMN = 16_384
MOST_TEXTS = 2_500_000  # different ones; 200,000 rows of twelve have 2.4 million
OF_A_TEXT = 2  # elements
AROUND_A_VALUE = 12  # elements, most of them cells with a format and nothing in them
LONGEST_FAULT = 50  # letters of what a formula says that came to nothing
MOST_LETTERS = 2_000_000  # of a row; none of a table we take has as many


class Texts:
    """Texts by their number, in one piece of memory."""

    def __init__(self) -> None:
        self.packed = bytearray()
        self.ends = array("I", [0])

    def append(self, text: str) -> None:
        if len(self.ends) > MOST_TEXTS:
            raise Unreadable(Why.UNPACKS_TOO_LARGE)
        self.packed += text.encode()
        self.ends.append(len(self.packed))

    def __getitem__(self, number: int) -> str:
        if number < 0:
            raise IndexError(number)
        return self.packed[self.ends[number] : self.ends[number + 1]].decode()


def texts_in(parts: Parts, name: str) -> Texts:
    """The texts that cells share."""
    texts = Texts()
    for element in parts.elements(name, {SHARED_TAG}, MOST_OF_TEXTS):
        text = _text_of(element)
        # What is longer is a complaint, whatever else stands there.
        texts.append(unescaped(text[: LONGEST_CELL + 1]))
        parts.used(OF_A_TEXT if text else 0)
    return texts


def _text_of(element: Element) -> str:
    """All runs of it together. How a Japanese name sounds is no part of it."""
    if len(element) == 1:
        text = element.findtext(TEXT_TAG)
        if text is not None:
            return text
    runs = (one if one.tag == TEXT_TAG else one.find(TEXT_TAG) for one in element)
    return "".join(
        run.text or ""
        for one, run in zip(element, runs, strict=True)
        if run is not None and one.tag != SOUND_TAG
    )


class SheetReader(WorkSheetParser):
    """openpyxl's, for the rows alone: their cells by their columns."""

    def __init__(
        self,
        parts: Parts,
        name: str,
        texts: Texts,
        formats: Sequence[Format],
        epoch: datetime,
    ) -> None:
        super().__init__(name, texts, data_only=True, epoch=epoch)
        self.parts = parts
        self.formats = formats
        self.last = 0  # row that is through

    def rows(self, merged: list[Merged]) -> Iterator[Row]:
        """Every row that has something in it. What is merged is noted beside, last."""
        for element in self.parts.elements(self.source, {ROW_TAG, MERGED_TAG}):
            if element.tag == MERGED_TAG:
                left, top, _right, bottom = range_boundaries(element.get("ref"))
                if top < bottom and left <= MOST_COLUMNS:
                    merged.append(Merged(left, top, bottom))
                continue
            number, cells = self.parse_row(element)
            self.row_dimensions.clear()
            if not self.last < number <= LAST_ROW:
                raise Unreadable(Why.BROKEN_WORKBOOK)
            filled = {column: cell for column, cell in cells if cell != ""}
            self.parts.used(min(len(filled), MOST_COLUMNS) * AROUND_A_VALUE)
            if filled:
                yield Row(number, _in_columns(filled))
            self.last = number

    def parse_cell(self, element: Element) -> tuple[int, Cell]:
        """The column, from 1, and what stands in it."""
        column, kind = self.col_counter, element.get("t", "n")
        inline = element.find(INLINE_STRING) if kind == "inlineStr" else None
        if inline is not None:
            element.remove(inline)  # openpyxl takes long for it
        try:
            read = super().parse_cell(element)
            cell = self._cell(read["value"], kind, read["style_id"], element)
        except ValueError:
            if kind == "s" or self.col_counter == column:
                raise  # it is its text's number that is bad, or its place
            return self.col_counter, unescaped(element.findtext(VALUE_TAG, ""))
        if inline is not None:
            cell = unescaped(_text_of(inline))
        return self.col_counter, cell

    def _cell(self, value: object, kind: str, style: int, element: Element) -> Cell:
        if value is None:
            return _never_worked_out(element) if kind != "str" else ""
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, int | float):
            within = 0 <= style < len(self.formats)
            look = self.formats[style] if within else Format()
            return cell_of(value, look, self.epoch)
        if not isinstance(value, str):
            return as_cell(value)
        if kind == "e":
            return Failed(value[:LONGEST_FAULT])
        return value if kind == "s" else unescaped(value)


def _never_worked_out(element: Element) -> Cell:
    """The formula of a cell without a value; "" where there is none."""
    formula = element.find(FORMULA_TAG)
    return "" if formula is None else Formula(f"={formula.text or ''}")


def _in_columns(filled: dict[int, Cell]) -> tuple[Cell, ...]:
    """The cells from the first column on, with empty ones between them."""
    width = max(filled)
    if width > LAST_COLUMN:
        raise Unreadable(Why.BROKEN_WORKBOOK)
    letters = sum(len(cell) for cell in filled.values() if isinstance(cell, str))
    if letters > MOST_LETTERS:
        raise Unreadable(Why.CELL_TOO_LONG)
    return tuple(filled.get(column, "") for column in range(1, width + 1))
