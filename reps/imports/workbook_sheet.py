"""The XML of a sheet and of the texts that its cells share, read as a stream.

The texts are kept packed, so that memory follows the file's size and not the number of
its cells.
"""

from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterator, Sequence

from reps.domain.files.cell import Cell, Formula
from reps.domain.files.grid import Row
from reps.domain.files.unreadable import LONGEST_CELL, Unreadable, Why
from reps.imports.workbook_cells import (
    Format,
    day,
    duration,
    figure,
    iso_day,
    unescaped,
)
from reps.imports.workbook_zip import DEEPEST, local, parser_of_xml

LAST_ROW = 1_048_576  # of any sheet
LAST_COLUMN = 16_384
MOST_TEXTS = 5_000_000  # different ones
DIGITS = "0123456789"
PIECES = 16  # of a text, before they are put together


class Texts:
    """Texts by their number, in one piece of memory."""

    def __init__(self) -> None:
        self.packed = bytearray()
        self.ends = array("I", [0])

    def append(self, text: str) -> None:
        if len(self.ends) > MOST_TEXTS:
            raise Unreadable(Why.UNPACKS_TOO_LARGE)
        self.packed += text.encode("utf-8", "surrogatepass")
        self.ends.append(len(self.packed))

    def __getitem__(self, number: int) -> str:
        if number < 0:
            raise IndexError(number)
        piece = self.packed[self.ends[number] : self.ends[number + 1]]
        return piece.decode("utf-8", "surrogatepass")


class _Reader(ABC):
    """What is told of a part: its letters, until they are a text."""

    def __init__(self) -> None:
        self.parser = parser_of_xml()
        self.letters: list[str] = []
        self.parser.StartElementHandler = self._root
        self.parser.CharacterDataHandler = self.letters.append
        self.prefix = ""
        self.depth = 0
        self.in_phonetics = False

    def shorten(self) -> None:
        """Keep of a text without end what shows that it is too long."""
        if self.depth > DEEPEST:
            raise Unreadable(Why.BROKEN_WORKBOOK)
        if len(self.letters) > PIECES:
            self.letters[:] = ["".join(self.letters)[: LONGEST_CELL + 1]]

    def _root(self, tag: str, _about: dict[str, str]) -> None:
        self.prefix = tag.removesuffix(local(tag))
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def text(self) -> str:
        return "".join(self.letters)

    @abstractmethod
    def start(self, tag: str, about: dict[str, str]) -> None:
        """A tag begins."""

    @abstractmethod
    def end(self, tag: str) -> None:
        """A tag ends."""


class TextReader(_Reader):
    """The texts that cells share. How a Japanese name sounds is no part of it."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.texts = texts
        self.runs: list[str] = []

    def start(self, tag: str, about: dict[str, str]) -> None:
        self.depth += 1
        if self.prefix:
            tag = local(tag)
        if tag == "si":
            self.runs.clear()
        elif tag == "rPh":
            self.in_phonetics = True
        self.letters.clear()

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self.prefix:
            tag = local(tag)
        if tag == "t" and not self.in_phonetics:
            self.runs.append(self.text())
        elif tag == "rPh":
            self.in_phonetics = False
        elif tag == "si":
            self.texts.append(unescaped("".join(self.runs)))
        if len(self.runs) > PIECES:
            self.runs[:] = ["".join(self.runs)[: LONGEST_CELL + 1]]


class SheetReader(_Reader):
    """The cells of a sheet, row by row."""

    def __init__(
        self, texts: Texts, formats: Sequence[Format], *, is_from_1904: bool
    ) -> None:
        super().__init__()
        self.texts = texts
        self.formats = formats
        self.is_from_1904 = is_from_1904
        self.columns: dict[str, int] = {}  # from 0, by their letters
        self.done: list[Row] = []
        self.number = 0
        self.cells: list[Cell] = []
        self.column = -1
        self.type = "n"
        self.style = 0
        self.value: str | None = None
        self.formula: str | None = None
        self.runs: list[str] = []

    def taken(self) -> Iterator[Row]:
        yield from self.done
        self.done.clear()
        self.shorten()

    def start(self, tag: str, about: dict[str, str]) -> None:
        self.depth += 1
        if self.prefix:
            tag = local(tag)
        if tag == "c":
            self._begin_cell(about)
        elif tag in ("v", "t", "f"):
            self.letters.clear()
        elif tag == "row":
            self._begin_row(about.get("r"))
        elif tag == "rPh":
            self.in_phonetics = True

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self.prefix:
            tag = local(tag)
        if tag == "v":
            self.value = self.text()
        elif tag == "c":
            cell = self._cell()
            if cell != "":
                self._put(cell)
        elif tag == "row":
            if self.cells:
                self.done.append(Row(self.number, tuple(self.cells)))
        elif tag == "f":
            self.formula = self.text()
        elif tag == "t" and not self.in_phonetics:
            self.runs.append(self.text())
        elif tag == "rPh":
            self.in_phonetics = False

    def _begin_row(self, number: str | None) -> None:
        following = int(number) if number else self.number + 1
        if not self.number < following <= LAST_ROW:
            raise Unreadable(Why.BROKEN_WORKBOOK)
        self.number = following
        self.cells = []
        self.column = -1

    def _begin_cell(self, about: dict[str, str]) -> None:
        place = about.get("r")
        if place:
            letters = place.rstrip(DIGITS)
            column = self.columns.get(letters)
            self.column = self._new_column(letters) if column is None else column
        else:
            self.column += 1
        if self.column >= LAST_COLUMN:
            raise Unreadable(Why.BROKEN_WORKBOOK)
        self.type = about.get("t", "n")
        self.style = int(about.get("s", 0))
        self.value = self.formula = None
        if self.runs:
            self.runs = []

    def _new_column(self, letters: str) -> int:
        """Position of a column by its letters: 0 is A."""
        position = 0
        if not 1 <= len(letters) <= 3:
            raise Unreadable(Why.BROKEN_WORKBOOK)
        for letter in letters.upper():
            if not "A" <= letter <= "Z":
                raise Unreadable(Why.BROKEN_WORKBOOK)
            position = position * 26 + ord(letter) - ord("A") + 1
        self.columns[letters] = position - 1
        return position - 1

    def _put(self, cell: Cell) -> None:
        missing = self.column - len(self.cells)
        if missing >= 0:
            self.cells += [""] * missing
            self.cells.append(cell)
        else:
            self.cells[self.column] = cell

    def _cell(self) -> Cell:
        """What the cell says; "" where nothing."""
        value, kind = self.value, self.type
        if kind == "inlineStr":
            return unescaped("".join(self.runs))
        if not value:
            worked_out = value is not None and kind == "str"
            if self.formula is None or worked_out:
                return ""
            return Formula(f"={self.formula}")
        if kind == "s":
            return self.texts[int(value)]
        if kind == "n":
            return self._figure_or_day(value)
        if kind == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE"
        if kind == "d":
            found = iso_day(value)
            return value if found is None else found
        return unescaped(value)  # a formula's text, or an error such as #N/A

    def _figure_or_day(self, value: str) -> Cell:
        """What is neither, such as a day before 1900, stays as it is written."""
        found: Cell | None = None
        if 0 <= self.style < len(self.formats):
            look = self.formats[self.style]
            if look.is_duration:
                found = duration(value)
            elif look.is_day:
                found = day(value, from_1904=self.is_from_1904)
        if found is None:
            found = figure(value.strip())
        return unescaped(value) if found is None else found
