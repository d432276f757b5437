"""Which column says what, guessed from its header and from what stands below it.

A guess never depends on the order, the case, the accents or the spaces of headers.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reps.domain.files.fields import FIELDS, Fact, Kind, at_odds, missing
from reps.domain.files.known_headers import header_key, readings_of
from reps.domain.files.looks import (
    Look,
    are_e_mails,
    are_unmistakably_e_mails,
    contradicts,
)
from reps.domain.files.quarter_names import NamedQuarter, named_quarter
from reps.domain.files.systems import System
from reps.domain.files.units import without_unit
from reps.domain.files.written_by import written_by


class Sure(StrEnum):
    """How sure a guess is."""

    KNOWN = "known"  # a header that means this and nothing else
    LIKE = "like"  # nearly such a header
    BY_CONTENT = "by_content"  # the values say so, the header nothing


@dataclass(frozen=True, slots=True)
class Guess:
    """This column says this. `system`: whose known header it is; None: anybody's."""

    column: int
    fact: Fact
    sure: Sure
    system: System | None = None
    quarter: NamedQuarter | None = None  # of a grid's columns


@dataclass(frozen=True, slots=True)
class _Fit:
    """A way to read a column; the least is the best, whatever the columns' order."""

    level: int
    place: int  # of the fact among the kind's
    rank: int
    key: str
    guess: Guess

    @property
    def worth(self) -> tuple[int, int, int, str, int]:
        """The column comes last: only where two headers are spelled the same."""
        return self.level, self.place, self.rank, self.key, self.guess.column


# The better first.
OF_ITS_SYSTEM, OF_A_SHEET, OF_ANOTHER_SYSTEM, NEARLY = range(4)

# A column for names that is full of e-mails says whose by those.
IN_EMAILS = {
    Fact.OWNER: Fact.OWNER_EMAIL,
    Fact.NAME: Fact.EMAIL,
    Fact.MANAGER: Fact.MANAGER_EMAIL,
}
# What the only column of e-mails says, where the header says nothing.
ONLY_EMAILS = {
    Kind.PEOPLE: Fact.EMAIL,
    Kind.QUOTAS: Fact.OWNER_EMAIL,
    Kind.QUOTA_GRID: Fact.OWNER_EMAIL,
    Kind.ACTIVITY_COUNTS: Fact.OWNER_EMAIL,
}
BEFORE = {
    Kind.DEALS: "deal opportunity opp negocio trato oportunidad oportunidade affaire"
    " opportunite 商談 取引 案件",
    Kind.PEOPLE: "user employee rep mitarbeiter",
    Kind.QUOTAS: "rep sales quarterly",
    Kind.QUOTA_GRID: "rep sales",
    Kind.ACTIVITY_COUNTS: "activity rep",
    Kind.ACTIVITY_LOG: "activity task",
    Kind.PRODUCTS: "product produkt producto produto produit",
}
BEHIND = "fullname name usd eur gbp chf jpy brl mxn cad aud inr sek nok dkk pln"
BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")


def fingerprint(headers: Sequence[str]) -> str:
    """The same for the same headers in any order, case and spelling.

    Under it a person's matching is remembered, by `header_key`.
    """
    keys = sorted(filter(None, map(header_key, headers)))
    return hashlib.sha256("\x1f".join(keys).encode()).hexdigest()


def guess(
    kind: Kind,
    headers: Sequence[str],
    looks: Sequence[Look],
    system: System | None = None,
) -> list[Guess]:
    """What the columns say, each fact once, in the order of the columns.

    `system`: who wrote the file, whose headers then come before anybody's.
    """
    halves = {Fact.FIRST_NAME, Fact.LAST_NAME}
    found = _best(kind, headers, looks, system)
    if len(halves & {told.fact for told in found}) == 1:
        found = _best(kind, headers, looks, system, left_out=halves)
    found += _by_content(kind, headers, looks, found)
    return sorted(found, key=lambda told: told.column)


def likeliest(
    kinds: Sequence[Kind], headers: Sequence[str], looks: Sequence[Look]
) -> Kind:
    """What the rows are, of these kinds: that which misses least and says most."""

    def worth(kind: Kind) -> tuple[int, int]:
        told = guess(kind, headers, looks, written_by(kind, headers, looks))
        return -len(missing(kind, {one.fact for one in told})), len(told)

    return max(kinds, key=worth)


def _best(
    kind: Kind,
    headers: Sequence[str],
    looks: Sequence[Look],
    system: System | None,
    *,
    left_out: Collection[Fact] = (),
) -> list[Guess]:
    fits = [
        fit
        for column, (header, look) in enumerate(zip(headers, looks, strict=True))
        for fit in _fits(kind, column, header, look, system)
        if fit.guess.fact not in left_out
    ]
    taken: dict[int, Guess] = {}
    said: set[tuple[Fact, NamedQuarter | None]] = set()
    for fit in sorted(fits, key=lambda fit: fit.worth):
        told = fit.guess
        facts = {fact for fact, _ in said}
        if told.column in taken or (told.fact, told.quarter) in said:
            continue
        if len(at_odds(kind, facts | {told.fact})) > len(at_odds(kind, facts)):
            continue
        taken[told.column] = told
        said.add((told.fact, told.quarter))
    return list(taken.values())


def _fits(
    kind: Kind, column: int, header: str, look: Look, system: System | None
) -> Iterator[_Fit]:
    """Every way to read this column that its values do not contradict.

    In what is downloaded here a header is right whatever stands below it: an account
    may be called 360.
    """
    fields = {field.fact: (place, field) for place, field in enumerate(FIELDS[kind])}
    key = header_key(header)
    for level, rank, told in _said(kind, column, header, key, system):
        fact = told.fact
        is_ours = told.system == system == System.SECOND_WIND
        if fact in IN_EMAILS and are_e_mails(look) and not is_ours:
            fact = IN_EMAILS[fact]
        place, field = fields[fact]
        if is_ours or not contradicts(field, look):
            sure = Guess(column, fact, told.sure, told.system, told.quarter)
            yield _Fit(level, place, rank, key, sure)


def _said(
    kind: Kind, column: int, header: str, key: str, system: System | None
) -> Iterator[tuple[int, int, Guess]]:
    """What the header alone says: how well, and what."""
    if kind == Kind.QUOTA_GRID and (quarter := named_quarter(header)):
        told = Guess(column, Fact.QUARTER_AMOUNT, Sure.KNOWN, quarter=quarter)
        yield OF_A_SHEET, 0, told
    readings = [
        reading
        for reading in readings_of(kind, key)
        if reading.system != System.SECOND_WIND or system == System.SECOND_WIND
    ]
    for reading in readings:
        owners = {other.system for other in readings if other.fact == reading.fact}
        level, whose = OF_ANOTHER_SYSTEM, reading.system
        if reading.system is None:
            level = OF_A_SHEET
        elif reading.system == system:
            level = OF_ITS_SYSTEM
        elif len(owners) > 1:
            whose = None
        yield level, reading.rank, Guess(column, reading.fact, Sure.KNOWN, whose)
    for rank, other in enumerate(_nearly(kind, header, key)):
        for reading in readings_of(kind, other):
            told = Guess(column, reading.fact, Sure.LIKE)
            yield NEARLY, 100 * rank + reading.rank, told


def _nearly(kind: Kind, header: str, key: str) -> list[str]:
    """The keys of what a header says without what people write around it.

    "Amount (USD)" and "Opportunity: Amount" are the amount, "Rep name" is the rep.
    """
    bare = BRACKETED.sub(" ", unicodedata.normalize("NFKC", header))
    before, behind = BEFORE[kind].split(), BEHIND.split()
    first, colon, last = bare.partition(":")
    if colon and header_key(first) in {*before, header_key(last)}:
        bare = last
    found = list(dict.fromkeys([header_key(bare), header_key(without_unit(bare))]))
    found += [found[0].removesuffix(word) for word in behind]
    found += [one.removeprefix(word) for one in list(found) for word in before]
    return [one for one in dict.fromkeys(found) if one and one != key]


def _by_content(
    kind: Kind, headers: Sequence[str], looks: Sequence[Look], found: list[Guess]
) -> list[Guess]:
    """The one column of e-mails whose header nobody knows, where it can be but one."""
    fact = ONLY_EMAILS.get(kind)
    if fact is None or {fact, Fact.OWNER} & {told.fact for told in found}:
        return []  # beside somebody's name it may be their manager's
    taken = {told.column for told in found}
    emails = [
        column
        for column, (header, look) in enumerate(zip(headers, looks, strict=True))
        if column not in taken
        and are_unmistakably_e_mails(look)
        and not readings_of(kind, header_key(header))
    ]
    return [Guess(emails[0], fact, Sure.BY_CONTENT)] if len(emails) == 1 else []
