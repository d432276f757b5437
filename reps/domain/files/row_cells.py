"""The cells of a row by our facts, read as their columns are written.

What is wrong with a cell is a complaint at its column, and it reads as nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from reps.domain.files.cell import Cell, as_text
from reps.domain.files.days import NotADay, Order, read_day
from reps.domain.files.fields import Fact
from reps.domain.files.grid import Complaint, Row
from reps.domain.files.nothing import says_nothing
from reps.domain.files.numbers import NotANumber, Signs, read_amount, read_number

CENT = Decimal("0.01")
MOST = Decimal(10) ** 12
PLAIN = Signs(".", ",")
Reads = Callable[[Cell, Signs], Decimal]


class NoFigure(StrEnum):
    """What a row lacks, or says too much of, whatever its kind."""

    EMPTY = "empty"  # `value`: the fact that is
    LESS_THAN_ZERO = "less_than_zero"
    TOO_LARGE = "too_large"
    NOT_WHOLE = "not_whole"


@dataclass(slots=True)
class Cells:
    """How a file's columns are written: `signs` by their places, `orders` by fact."""

    columns: Mapping[Fact, int]
    signs: Mapping[int, Signs]
    orders: Mapping[Fact, Order]
    today: date
    complaints: list[Complaint] = field(default_factory=list)

    def cell(self, row: Row, fact: Fact) -> Cell:
        place = self.columns.get(fact)
        return "" if place is None else row.cells[place]

    def text(self, row: Row, fact: Fact) -> str:
        return as_text(self.cell(row, fact))

    def day(self, row: Row, fact: Fact) -> date | None:
        cell = self.cell(row, fact)
        if isinstance(cell, str) and (not cell or says_nothing(cell)):
            return None
        order = self.orders.get(fact, Order.YEAR_FIRST)
        try:
            return read_day(cell, order, today=self.today, bare=True)
        except NotADay as error:
            self.complain(row.number, self.columns[fact], error.why, error.value)
            return None

    def figure(self, row: Row, place: int, read: Reads = read_number) -> Decimal | None:
        """No less than nothing. A dash, or n/a, says nothing."""
        cell = row.cells[place]
        if isinstance(cell, str) and (not cell or says_nothing(cell)):
            return None
        try:
            figure = read(cell, self.signs.get(place, PLAIN))
        except NotANumber as error:
            self.complain(row.number, place, error.why, error.value)
            return None
        if figure < 0:
            self.complain(row.number, place, NoFigure.LESS_THAN_ZERO, as_text(cell))
            return None
        return figure

    def amount(self, row: Row, place: int) -> Decimal | None:
        """Of money, to the cent."""
        figure = self.figure(row, place, read_amount)
        if figure is not None and figure > MOST:
            self.complain(row.number, place, NoFigure.TOO_LARGE, f"{figure:f}")
            return None
        return None if figure is None else figure.quantize(CENT, ROUND_HALF_UP)

    def complain(self, row: int, place: int, why: StrEnum, value: str = "") -> None:
        """`place` from 0, -1 for the row as a whole."""
        self.complaints.append(Complaint(row, place + 1, why, value))

    def lacks(self, row: Row, fact: Fact) -> None:
        place = self.columns.get(fact, -1)
        self.complain(row.number, place, NoFigure.EMPTY, fact)
