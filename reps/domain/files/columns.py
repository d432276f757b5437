"""What the columns of a file hold, told from all their cells in one pass.

A `ColumnLook` keeps counts of sorts of cells, never the cells: a million rows take no
more memory than a thousand.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from reps.domain.files.cell import Cell, Money, as_text
from reps.domain.files.currencies import code_of
from reps.domain.files.days import NoDay, Order, ways_of
from reps.domain.files.numbers import NOTATIONS, NoNumber, Signs
from reps.domain.files.sorts import LONGEST_VALUE, Sort, sort_of
from reps.domain.files.verdicts import (
    FIRST_ROWS,
    Question,
    Seen,
    Settled,
    decide,
    merged,
)

MOST_VALUES = 1_000  # more than a list of stages, owners or products ever has
MOST_EXAMPLES = 3

Key = TypeVar("Key")


@dataclass(slots=True)
class Value:
    """One text of a column: how often it came, among which sort of cells."""

    text: str
    sort: Seen
    count: int = 0


@dataclass(slots=True)
class ColumnLook:
    """What a column holds: `add` each of its cells, then ask.

    `today` is for years of two digits, and days far off.
    """

    today: date
    rows: int = 0
    empty: int = 0
    longest: int = 0  # in characters
    examples: list[str] = field(default_factory=list)  # the first values that differ
    has_many_values: bool = False  # too many, or too long, to be told apart
    _values: dict[Hashable, Value] = field(default_factory=dict)
    _sorts: dict[Sort, Seen] = field(default_factory=dict)

    def add(self, cell: Cell, row: int | None = None) -> None:
        """A cell as it stands. `row` is its row in the file, else counted from 1."""
        self.rows += 1
        if isinstance(cell, bool):  # which equals a 1 or 0 that came as a number
            cell = as_text(cell)
        key: Hashable = cell
        if isinstance(cell, str):
            key = cell = cell.strip()
        elif isinstance(cell, Money):
            key = (cell, cell.currency)
        if cell == "":
            self.empty += 1
            return
        value = self._values.get(key)
        if value:
            value.count += 1
        sort = value.sort if value else self._first_sight(cell, key)
        sort.count += 1
        if sort.count <= FIRST_ROWS:
            sort.rows.append(row or self.rows)

    def _first_sight(self, cell: Cell, key: Hashable) -> Seen:
        """The cells of whose sort this one is. It is remembered while there are few."""
        text = as_text(cell)
        if len(text) > self.longest:
            self.longest = len(text)
        shown = text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
        if len(self.examples) < MOST_EXAMPLES and shown not in self.examples:
            self.examples.append(shown)
        sort = sort_of(cell, self.today)
        seen = self._sorts.get(sort)
        if seen is None:
            seen = self._sorts[sort] = Seen(shown)
        if shown is not text or len(self._values) >= MOST_VALUES:
            self.has_many_values = True
            self._values.clear()
        if not self.has_many_values:
            self._values[key] = Value(text, seen, 1)
        return seen

    @property
    def filled(self) -> int:
        """Cells that say something: neither empty nor such as "-"."""
        nothing = self._count(sort for sort in self._sorts if sort.is_nothing)
        return self.rows - self.empty - nothing

    @property
    def values(self) -> dict[str, int] | None:
        """Each text, without the spaces around it, and how often; None if many."""
        if self.has_many_values:
            return None
        counts: dict[str, int] = {}
        for value in self._values.values():
            counts[value.text] = counts.get(value.text, 0) + value.count
        return counts

    @property
    def e_mails(self) -> int:
        return self._count(sort for sort in self._sorts if sort.is_e_mail)

    @property
    def numbers(self) -> int:
        return self._count(sort for sort in self._sorts if sort.is_number)

    @property
    def percents(self) -> int:
        return self._count(sort for sort in self._sorts if sort.is_percent)

    @property
    def days(self) -> int:
        """Cells that are days in any column; `bare_days` are not among them."""
        return self._count(sort for sort in self._sorts if sort.is_day)

    @property
    def bare_days(self) -> int:
        """Numbers that are days too, once it is known that the column holds days."""
        return self._count(sort for sort in self._sorts if sort.is_bare_day)

    def notation(self) -> Settled[Signs] | Question[Signs, Decimal] | None:
        """How its numbers are written; None if no text in it is a number."""
        read = ((s.number, n) for s, n in self._sorts.items() if s.number is not None)
        return decide(_together(read), NOTATIONS)

    def order(self) -> Settled[Order] | Question[Order, date] | None:
        """How its days are written; None if no text in it is a day."""
        read = ((s.day, n) for s, n in self._sorts.items() if s.day is not None)
        return decide(_together(read), ways_of(self.today))

    def currencies(self, home: str) -> dict[str, Seen]:
        """Its amounts by the currency beside them, for an organization's own one.

        More than one is a column that nobody can add up. Bare amounts are not here.
        """
        return _together(
            (code_of(sort.currency, home), seen)
            for sort, seen in self._sorts.items()
            if sort.currency
        )

    def no_numbers(self) -> dict[NoNumber, Seen]:
        """The filled cells that are no numbers, by the reason why."""
        reasons = ((s.no_number, n) for s, n in self._said() if not s.is_number)
        return _together(reasons)

    def no_days(self) -> dict[NoDay, Seen]:
        """The filled cells that are no days, by the reason why; bare ones too."""
        reasons = ((s.no_day, n) for s, n in self._said() if not s.is_day)
        return _together(reasons)

    def _said(self) -> list[tuple[Sort, Seen]]:
        return [(s, seen) for s, seen in self._sorts.items() if not s.is_nothing]

    def _count(self, sorts: Iterable[Sort]) -> int:
        return sum(self._sorts[sort].count for sort in sorts)


def _together(sorts: Iterable[tuple[Key, Seen]]) -> dict[Key, Seen]:
    """Cells by what they have in common."""
    by_key: dict[Key, list[Seen]] = {}
    for key, seen in sorts:
        by_key.setdefault(key, []).append(seen)
    return {key: merged(several) for key, several in by_key.items()}
