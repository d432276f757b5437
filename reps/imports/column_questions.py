"""How a file's columns are written, or what to ask a person about them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from reps.domain.files.cell import as_text
from reps.domain.files.currencies import code_of, codes_of
from reps.domain.files.days import Order
from reps.domain.files.deal_rows import LABELLED
from reps.domain.files.fields import FIELDS, Fact, Holds, at_odds, missing
from reps.domain.files.grid import Complaint
from reps.domain.files.numbers import NOTATIONS, Signs
from reps.domain.files.questions import Asked, Asks
from reps.domain.files.row_cells import Cells
from reps.domain.files.verdicts import FIRST_ROWS, Question, Seen, Settled, merged
from reps.domain.typed_figures import plain
from reps.imports.answers import Answers
from reps.imports.look_at_file import FileLook, words_in

PLAIN = Signs(".", ",")


def column_questions(look: FileLook, answers: Answers, home: str) -> list[Asked]:
    """What is not sure of the table, and of the way its columns are written.

    `home` is the currency that the organization counts in.
    """
    return [
        *_of_the_table(look),
        *_of_notation(look, answers),
        *_of_currencies(look, home),
        *_of_many_values(look),
    ]


def signs_of(look: FileLook, answers: Answers, column: int) -> Signs:
    """The signs of a column's numbers; plain ones where it has nothing to tell."""
    alike = written_alike(look, column)
    for place in alike:
        said = answers.numbers.get(look.shape.header[place])
        for family in NOTATIONS.families:
            if family.way.decimal == said:
                return family.way
    for place in alike:
        found = look.looks[place].notation()
        if isinstance(found, Settled):
            return found.way
    return PLAIN


def written_alike(look: FileLook, column: int) -> list[int]:
    """It, and then those that are surely written as it is: the quarters of a grid."""
    others = []
    if look.facts[column] == Fact.QUARTER_AMOUNT:
        others = [
            place
            for place, fact in enumerate(look.facts)
            if fact == Fact.QUARTER_AMOUNT and place != column
        ]
    return [column, *others]


def order_of(look: FileLook, answers: Answers, column: int) -> Order:
    """The order of a column's days; the year first where it has nothing to tell."""
    if said := answers.days.get(look.shape.header[column]):
        return Order(said)
    found = look.looks[column].order()
    return found.way if isinstance(found, Settled) else Order.YEAR_FIRST


def cells_of(
    look: FileLook, answers: Answers, today: date, complaints: list[Complaint]
) -> Cells:
    """How to read its rows by our facts. What is wrong with one is noted there."""
    signs = {
        place: signs_of(look, answers, place)
        for place in columns_holding(look, Holds.AMOUNT, Holds.COUNT)
    }
    usual = next(iter(signs.values()), PLAIN)
    for place in columns_holding(look, Holds.SHARE):
        settled = isinstance(look.looks[place].notation(), Settled)
        signs[place] = signs_of(look, answers, place) if settled else usual
    orders = {
        fact: order_of(look, answers, place)
        for place in columns_holding(look, Holds.DAY, Holds.PERIOD)
        if (fact := look.facts[place])
    }
    return Cells(look.columns, signs, orders, today, complaints)


def columns_holding(look: FileLook, *kinds: Holds) -> Iterator[int]:
    """The columns whose facts are of these kinds, in the order of the file."""
    facts = {field.fact for field in FIELDS[look.kind] if field.holds in kinds}
    return (place for place, fact in enumerate(look.facts) if fact in facts)


def _of_the_table(look: FileLook) -> Iterable[Asked]:
    """What is not sure of the file as a whole, and what it cannot do without."""
    if len(look.readings) > 1:
        fits = tuple(f"{one.encoding}: {one.example}" for one in look.readings)
        yield Asked(Asks.ENCODING, fits=fits)
    if len(look.shapes) > 1:
        yield Asked(Asks.DELIMITER, fits=tuple(one.delimiter for one in look.shapes))
    for group in missing(look.kind, look.columns):
        yield Asked(Asks.MISSING, fits=tuple(group))
    for pair in at_odds(look.kind, look.columns):
        headers = tuple(look.header(fact) for fact in pair)
        yield Asked(Asks.AT_ODDS, fits=headers)


def _of_notation(look: FileLook, answers: Answers) -> Iterable[Asked]:
    """Numbers and days that can be read in two ways; of those alike the first."""
    numbers = set(columns_holding(look, Holds.AMOUNT, Holds.COUNT))
    days = set(columns_holding(look, Holds.DAY, Holds.PERIOD))
    for place in sorted(numbers | days):
        column, header = look.looks[place], look.shape.header[place]
        is_number = place in numbers
        if is_number:
            found = None if _is_told(look, answers, place) else column.notation()
        else:
            found = None if header in answers.days else column.order()
        if isinstance(found, Question):
            asks = Asks.NUMBERS if is_number else Asks.DAYS
            fits = tuple(f"{one.example} = {one.meaning}" for one in found.options)
            yield Asked(asks, header, fits)


def _is_told(look: FileLook, answers: Answers, place: int) -> bool:
    """Whether a column like it, or somebody, says how its numbers are written."""
    alike = written_alike(look, place)
    said = any(look.shape.header[one] in answers.numbers for one in alike)
    found = [look.looks[one].notation() for one in alike]
    asked_before = any(
        one < place and isinstance(look.looks[one].notation(), Question)
        for one in alike
    )
    return said or asked_before or any(isinstance(one, Settled) for one in found)


def _of_currencies(look: FileLook, home: str) -> Iterable[Asked]:
    """Amounts in another currency than the organization's: nothing is converted.

    It stands beside each amount, or in a column of its own.
    """
    for place in columns_holding(look, Holds.AMOUNT):
        found = look.looks[place].currencies(home)
        if found.keys() - {home}:
            foreign = merged(seen for code, seen in found.items() if code != home)
            yield _in_currencies(look, place, found, foreign)
    if Fact.CURRENCY in look.columns:
        words = words_in(look, Fact.CURRENCY) or {}
        codes = {
            word: code_of(codes_of(plain(word)) or (word,), home) for word in words
        }
        if set(codes.values()) - {home}:
            place = look.columns[Fact.CURRENCY]
            there = {word for word, code in codes.items() if code != home}
            foreign = _where(look, place, there)
            yield _in_currencies(look, place, codes.values(), foreign)


def _of_many_values(look: FileLook) -> Iterable[Asked]:
    """What has to be matched word by word, and is too much to be."""
    for fact in (*LABELLED, Fact.QUARTER, Fact.ACTIVITY):
        if fact in look.columns and words_in(look, fact) is None:
            yield Asked(Asks.TOO_MANY_VALUES, look.header(fact))


def _in_currencies(
    look: FileLook, place: int, codes: Iterable[str], foreign: Seen
) -> Asked:
    return Asked(
        Asks.CURRENCIES,
        look.shape.header[place],
        tuple(sorted(set(codes))),
        foreign.count,
        tuple(foreign.rows),
    )


def _where(look: FileLook, place: int, words: Collection[str]) -> Seen:
    """How many rows of a column say one of these, and the first of them."""
    seen = Seen("")
    for row in look.rows([]):
        if as_text(row.cells[place]).strip() in words:
            seen.count += 1
            if seen.count <= FIRST_ROWS:
                seen.rows.append(row.number)
    return seen
