"""What a file of deals says, as far as it can be told without asking anybody.

The file is read from end to end: its encoding, its table, what each column holds and
which of our facts that is, and then whose its rows are. What a person has said of it
goes before every guess.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from reps.domain.files.cell import Failed
from reps.domain.files.columns import ColumnLook
from reps.domain.files.deal_rows import owner_of
from reps.domain.files.fields import Fact, Kind
from reps.domain.files.grid import Complaint, Foot, Row, Shape, Wrong
from reps.domain.files.headers import Guess, guess
from reps.domain.files.systems import System
from reps.domain.files.values import Owner
from reps.domain.files.western import Reading
from reps.domain.files.written_by import written_by
from reps.imports.file_table import Opened, Table, table_in


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person has said of a file, by the headers and words that stand in it.

    `sheet`: of a workbook, by its name. `columns`: the fact a header says, None where
    it says none. `numbers`: its decimal sign. `stages`: one of ours by name, or won,
    lost, open. `owners`: one of ours by name, or "" for whoever is left out.
    """

    encoding: str = ""
    delimiter: str = ""
    header_row: int | None = None
    sheet: str = ""
    columns: Mapping[str, Fact | None] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class FileLook:
    """A file that was read to its end. `columns` gives each fact its place from 0."""

    table: Table
    looks: list[ColumnLook]
    system: System | None
    guesses: list[Guess]
    columns: dict[Fact, int]
    owners: Counter[Owner] = field(default_factory=Counter)
    complaints: list[Complaint] = field(default_factory=list)
    feet: list[Foot] = field(default_factory=list)

    @property
    def readings(self) -> tuple[Reading, ...]:
        return self.table.readings

    @property
    def shapes(self) -> tuple[Shape, ...]:
        return self.table.shapes

    @property
    def shape(self) -> Shape:
        return self.shapes[0]

    def header(self, fact: Fact) -> str:
        return self.shape.header[self.columns[fact]]

    def rows(self, complaints: list[Complaint]) -> Iterator[Row]:
        """Its rows once more. What is wrong with their shape is noted beside.

        So is a cell of a column that says something, if its formula came to nothing.
        """
        places = sorted(self.columns.values())
        for row in self.table.rows(complaints, []):
            failed = [at for at in places if isinstance(row.cells[at], Failed)]
            if not failed:
                yield row
            for at in failed:
                value = row.cells[at]
                complaints.append(Complaint(row.number, at + 1, Wrong.FAILED, value))


def look_at_file(opened: Opened, answers: Answers, *, today: date) -> FileLook:
    """Raises `Unreadable` where there is no table in it at all."""
    table = table_in(
        opened,
        encoding=answers.encoding,
        delimiter=answers.delimiter,
        header_row=answers.header_row,
        sheet=answers.sheet,
    )
    shape = table.shapes[0]
    looks = [ColumnLook(today) for _ in shape.header]
    complaints: list[Complaint] = []
    feet: list[Foot] = []
    for row in table.rows(complaints, feet):
        for look, cell in zip(looks, row.cells, strict=True):
            look.add("" if isinstance(cell, Failed) else cell, row.number)
    system = written_by(Kind.DEALS, shape.header, looks)
    guesses = guess(Kind.DEALS, shape.header, looks, system)
    look = FileLook(
        table=table,
        looks=looks,
        system=system,
        guesses=guesses,
        columns=_columns(shape, guesses, answers),
        complaints=complaints,
        feet=feet,
    )
    for row in look.rows([]):
        look.owners[owner_of(row, look.columns)] += 1
    return look


def _columns(
    shape: Shape, guesses: Iterable[Guess], answers: Answers
) -> dict[Fact, int]:
    """The guesses, but for the columns and the facts of which somebody spoke."""
    places = {header: place for place, header in enumerate(shape.header)}
    said = {
        fact: places[header]
        for header, fact in answers.columns.items()
        if fact and header in places
    }
    spoken_of = {places[header] for header in answers.columns if header in places}
    guessed = {
        told.fact: told.column
        for told in guesses
        if told.column not in spoken_of and told.fact not in said
    }
    return guessed | said


def words_in(look: FileLook, fact: Fact) -> dict[str, int] | None:
    """The different texts of a fact's column, and how often each; None if many."""
    return look.looks[look.columns[fact]].values
