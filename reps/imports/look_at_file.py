"""What a file says, as far as it can be told without asking anybody.

It is read from end to end: its encoding, its table, what each column holds and which of
our facts that is, and then whose its rows are. What a person has said of it
goes before every guess.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from reps.domain.files.cell import Failed, Formula, as_text
from reps.domain.files.columns import ColumnLook
from reps.domain.files.deal_rows import owner_of
from reps.domain.files.fields import Fact, Kind
from reps.domain.files.grid import Complaint, Foot, Row, Shape, Wrong
from reps.domain.files.headers import Guess, guess, likeliest
from reps.domain.files.systems import System
from reps.domain.files.values import Owner
from reps.domain.files.western import Reading
from reps.domain.files.written_by import written_by
from reps.imports.answers import Answers
from reps.imports.file_table import Opened, Passed, Said, Table, table_in

NO_VALUE = (Formula, Failed)
OWNERS = {Fact.OWNER, Fact.OWNER_EMAIL}
MANY_TIMES = {Fact.QUARTER_AMOUNT}  # what several columns of a file may say


@dataclass(slots=True)
class FileLook:
    """A file that was read to its end. `facts` are those of its columns, in order."""

    table: Table
    kind: Kind
    looks: list[ColumnLook]
    system: System | None
    guesses: list[Guess]
    facts: list[Fact | None]
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

    @property
    def columns(self) -> dict[Fact, int]:
        """The place of each fact, from 0: the first where it has several."""
        places = [(fact, place) for place, fact in enumerate(self.facts) if fact]
        return dict(reversed(places))

    def header(self, fact: Fact) -> str:
        return self.shape.header[self.columns[fact]]

    def records(self) -> Iterator[Row | Complaint]:
        """Every row of the file as it stands, its header and whatever is wrong too."""
        return self.table.records()

    def rows(self, complaints: list[Complaint]) -> Iterator[Row]:
        """Its rows once more. What is wrong with their shape is noted beside.

        So is a formula without a value, in a column that says something.
        """
        places = [place for place, fact in enumerate(self.facts) if fact]
        for row in self.table.rows(complaints, []):
            without = [at for at in places if isinstance(row.cells[at], NO_VALUE)]
            if not without:
                yield row
            for at in without:
                cell = row.cells[at]
                wrong = Wrong.FAILED if isinstance(cell, Failed) else Wrong.FORMULA
                complaints.append(Complaint(row.number, at + 1, wrong, as_text(cell)))


def look_at_file(
    opened: Opened,
    answers: Answers,
    *,
    kinds: Sequence[Kind],
    today: date,
    before: FileLook | None = None,
    passed: Passed = lambda _size: None,
) -> FileLook:
    """Read it as the likeliest of these kinds.

    `before`: a look at the same file, whose table is taken where nothing else is said
    of it. Raises `Unreadable` where there is no table in it at all.
    """
    said = Said(answers.encoding, answers.delimiter, answers.header_row, answers.sheet)
    if before and before.table.said == said:
        table = before.table
    else:
        table = table_in(opened, said, passed)
    shape = table.shapes[0]
    looks = [ColumnLook(today) for _ in shape.header]
    complaints: list[Complaint] = []
    feet: list[Foot] = []
    for row in table.rows(complaints, feet):
        for look, cell in zip(looks, row.cells, strict=True):
            look.add("" if isinstance(cell, NO_VALUE) else cell, row.number)
    kind = likeliest(kinds, shape.header, looks)
    system = written_by(kind, shape.header, looks)
    guesses = guess(kind, shape.header, looks, system)
    look = FileLook(
        table=table,
        kind=kind,
        looks=looks,
        system=system,
        guesses=guesses,
        facts=_facts(shape, guesses, answers),
        complaints=complaints,
        feet=feet,
    )
    look.owners = _owners(look)
    return look


def _owners(look: FileLook) -> Counter[Owner]:
    """Whose its rows are. Where names and e-mails stand side by side, row for row."""
    columns = look.columns
    facts = OWNERS & columns.keys()
    if not facts:
        return Counter()
    if len(facts) == 1:
        (fact,) = facts
        words = words_in(look, fact)
        if words is not None:
            empty = look.looks[columns[fact]].empty
            words |= {"": empty} if empty else {}
            is_name = fact == Fact.OWNER
            return Counter(
                {Owner(w) if is_name else Owner("", w): n for w, n in words.items()}
            )
    return Counter(owner_of(row, columns) for row in look.rows([]))


def _facts(
    shape: Shape, guesses: Iterable[Guess], answers: Answers
) -> list[Fact | None]:
    """The guesses, but for the columns and the facts of which somebody spoke."""
    facts = [answers.columns.get(header) for header in shape.header]
    said = set(facts)
    for told in guesses:
        spoken_of = shape.header[told.column] in answers.columns
        if not spoken_of and told.fact not in said - MANY_TIMES:
            facts[told.column] = told.fact
    return facts


def words_in(look: FileLook, fact: Fact) -> dict[str, int] | None:
    """The different texts of a fact's column, and how often each; None if many."""
    return look.looks[look.columns[fact]].values
