"""What a header says in which system's exports, and in people's own spreadsheets."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from reps.domain.files.fields import Fact, Kind
from reps.domain.files.sheet_words import SHEET_WORDS
from reps.domain.files.spelling import plain
from reps.domain.files.system_headers import SYSTEM_HEADERS
from reps.domain.files.systems import MARKS, System


@dataclass(frozen=True, slots=True)
class Reading:
    """What a header says. No `system`: a word of people's own spreadsheets.

    `rank`: 0 for the header that says it best, where two of them stand side by side.
    """

    fact: Fact
    system: System | None
    rank: int


def header_key(header: str) -> str:
    """What all spellings of a header share; "#" is a word, for a number is meant."""
    text = unicodedata.normalize("NFKC", header).replace("#", " no ")
    return plain(text) or text.strip()


def readings_of(kind: Kind, key: str) -> tuple[Reading, ...]:
    """Everything that the header of this key says over such rows."""
    return READINGS[kind].get(key, ())


def systems_knowing(kind: Kind, key: str) -> set[System]:
    """Those whose exports have this header, whether it brings us something or not."""
    known = {reading.system for reading in readings_of(kind, key) if reading.system}
    return known | MARKED.get(key, set())


def _keys(headers: str) -> Iterator[tuple[int, str]]:
    names = [header_key(header) for header in headers.split(" | ")]
    return enumerate(dict.fromkeys(filter(None, names)))


def _readings(kind: Kind) -> dict[str, tuple[Reading, ...]]:
    tables: list[tuple[System | None, dict[Fact, str]]] = [(None, SHEET_WORDS[kind])]
    tables += SYSTEM_HEADERS.get(kind, {}).items()
    found: dict[str, list[Reading]] = defaultdict(list)
    for system, table in tables:
        for fact, headers in table.items():
            for rank, key in _keys(headers):
                found[key].append(Reading(fact, system, rank))
    return {key: tuple(readings) for key, readings in found.items()}


def _marked() -> dict[str, set[System]]:
    marked: dict[str, set[System]] = defaultdict(set)
    for system, headers in MARKS.items():
        for _, key in _keys(headers):
            marked[key].add(system)
    return dict(marked)


READINGS = {kind: _readings(kind) for kind in Kind}
MARKED = _marked()
