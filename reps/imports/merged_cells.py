"""Cells that were merged over several rows: only the topmost holds what is in them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from reps.domain.files.cell import Cell, is_filled
from reps.domain.files.grid import Row


class Merged(NamedTuple):
    """The leftmost column of such a cell and its rows, from 1."""

    column: int
    top: int
    bottom: int


def filled_down(rows: Iterable[Row], merged: Iterable[Merged]) -> Iterator[Row]:
    """The rows, with a merged text or day in each that it stands beside.

    A figure stays where it is: it may be the sum of its rows. Of what is merged over
    several columns, too, only the first has it: a title is no row of titles.
    """
    ahead = sorted(merged, key=lambda one: one.top, reverse=True)
    going_on: dict[int, tuple[int, Cell]] = {}  # by its column
    for row in rows:
        while ahead and ahead[-1].top < row.number:
            ahead.pop()
        cells = list(row.cells)
        for column, (bottom, cell) in list(going_on.items()):
            if bottom < row.number:
                del going_on[column]
                continue
            cells += [""] * (column - len(cells))
            if not is_filled(cells[column - 1]):
                cells[column - 1] = cell
        while ahead and ahead[-1].top == row.number:
            column, _top, bottom = ahead.pop()
            cell = row.cells[column - 1] if column <= len(row.cells) else ""
            if cell != "" and isinstance(cell, str | date):
                going_on[column] = bottom, cell
        yield Row(row.number, tuple(cells))
