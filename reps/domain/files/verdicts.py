"""In which way a column is written, told from all its cells; or what to ask.

Each cell says which ways can read it, and which of them read the same in it. One cell
that only one way can read settles a column. What two ways read differently, all
through, is a question for a person, with an example of each.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Way = TypeVar("Way")  # of writing: the signs of numbers, the order of days
Meaning = TypeVar("Meaning", bound=Hashable)

FIRST_ROWS = 5
# For each way: None where it cannot read the cell; equal where two ways read the same.
Pattern = tuple[int | None, ...]


@dataclass(slots=True)
class Seen:
    """Cells of one sort: how many, the first rows they stand in, and one of them."""

    example: str
    count: int = 0
    rows: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Settled(Generic[Way]):
    """The way a column is written; `against` are cells which it cannot read."""

    way: Way
    against: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Option(Generic[Way, Meaning]):
    """One answer to a question: what the example means by it, and what it leaves."""

    way: Way
    example: str
    meaning: Meaning
    against: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Question(Generic[Way, Meaning]):
    """Several ways fit: the one that reads most cells comes first."""

    options: tuple[Option[Way, Meaning], ...]


@dataclass(frozen=True, slots=True)
class Family(Generic[Way]):
    """Ways that never read one cell differently, by their places, and all in one."""

    way: Way
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ways(Generic[Way, Meaning]):
    """Every way a column may be written, and how each reads a cell that it can read."""

    each: tuple[Way, ...]
    families: tuple[Family[Way], ...]
    read: Callable[[str, Way], Meaning]


def pattern_of(meanings: Sequence[Hashable | None]) -> Pattern:
    """What each way reads in a cell, None where it cannot: reduced to what agrees."""
    numbers: dict[Hashable, int] = {}
    return tuple(
        None if meaning is None else numbers.setdefault(meaning, len(numbers))
        for meaning in meanings
    )


def merged(several: Iterable[Seen]) -> Seen:
    """Cells of several sorts as those of one, by their rows."""
    several = sorted(several, key=lambda one: one.rows)
    rows = sorted(row for seen in several for row in seen.rows)[:FIRST_ROWS]
    return Seen(several[0].example, sum(seen.count for seen in several), rows)


def decide(
    sorts: Mapping[Pattern, Seen], ways: Ways[Way, Meaning]
) -> Settled[Way] | Question[Way, Meaning] | None:
    """None if no cell can be read in any way.

    Where no one way reads every cell the most cells decide, as long as each can be
    read in one way only. Else nobody can say in which of them the others were written:
    a question.
    """
    fitting = [
        place
        for place in range(len(ways.each))
        if all(pattern[place] is not None for pattern in sorts)
    ]
    if not sorts:
        return None
    if not fitting:
        return _contested(sorts, ways)
    alike: dict[Pattern, int] = {}
    for place in fitting:
        alike.setdefault(tuple(pattern[place] for pattern in sorts), place)
    if len(alike) == 1:
        return Settled(ways.each[fitting[0]], ())
    one_each = [Family(ways.each[place], (place,)) for place in alike.values()]
    return _question(sorts, one_each, ways)


def _contested(
    sorts: Mapping[Pattern, Seen], ways: Ways[Way, Meaning]
) -> Settled[Way] | Question[Way, Meaning]:
    able = {
        family.way: sum(
            seen.count for pattern, seen in sorts.items() if _reads(family, pattern)
        )
        for family in ways.families
    }
    likeliest = sorted(
        (family for family in ways.families if able[family.way]),
        key=lambda family: -able[family.way],
    )
    first, *others = likeliest
    doubtful = any(len(set(pattern) - {None}) > 1 for pattern in sorts)
    if others and (doubtful or able[first.way] == able[others[0].way]):
        return _question(sorts, likeliest, ways)
    return Settled(first.way, _against(first, sorts))


def _question(
    sorts: Mapping[Pattern, Seen],
    families: Sequence[Family[Way]],
    ways: Ways[Way, Meaning],
) -> Question[Way, Meaning]:
    telling = _most_telling(sorts, families)
    options = []
    for family in families:
        pattern = telling if _reads(family, telling) else _own(family, sorts)
        example = sorts[pattern].example
        meaning = ways.read(example, family.way)
        against = _against(family, sorts)
        options.append(Option(family.way, example, meaning, against))
    return Question(tuple(options))


def _most_telling(
    sorts: Mapping[Pattern, Seen], families: Sequence[Family[Way]]
) -> Pattern:
    """The cells which most of these read, each in its own way."""

    def told_apart(pattern: Pattern) -> tuple[int, int]:
        read = [_meaning(family, pattern) for family in families]
        able = [meaning for meaning in read if meaning is not None]
        return len(set(able)), len(able)

    return max(sorts, key=told_apart)


def _own(family: Family[Way], sorts: Mapping[Pattern, Seen]) -> Pattern:
    """The cells this reads which the fewest others can read too."""
    able = [pattern for pattern in sorts if _reads(family, pattern)]
    return max(able, key=lambda pattern: pattern.count(None))


def _against(family: Family[Way], sorts: Mapping[Pattern, Seen]) -> tuple[Seen, ...]:
    return tuple(seen for pattern, seen in sorts.items() if not _reads(family, pattern))


def _reads(family: Family[Way], pattern: Pattern) -> bool:
    return _meaning(family, pattern) is not None


def _meaning(family: Family[Way], pattern: Pattern) -> int | None:
    """What the family reads, by the first of it that can."""
    able = (pattern[place] for place in family.members)
    return next((meaning for meaning in able if meaning is not None), None)
