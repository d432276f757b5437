"""Which system wrote a file: its deals' keys are that system's."""

from collections import Counter
from collections.abc import Sequence

from reps.domain.files.fields import Fact, Kind
from reps.domain.files.known_headers import header_key, readings_of, systems_knowing
from reps.domain.files.looks import Look
from reps.domain.files.our_headers import are_ours
from reps.domain.files.systems import System, has_own_shape, has_shape


def written_by(
    kind: Kind, headers: Sequence[str], looks: Sequence[Look]
) -> System | None:
    """The system that wrote such a file; None where two may have, or nobody known.

    It is told by headers which only that system has, or by a column of its ids; a list
    that was downloaded here by all of its headers.
    """
    if are_ours(kind, headers):
        return System.SECOND_WIND
    known: Counter[System] = Counter()
    own: Counter[System] = Counter()
    with_ids: set[System] = set()
    for header, look in zip(headers, looks, strict=True):
        key = header_key(header)
        systems = systems_knowing(kind, key)
        readings = readings_of(kind, key)
        is_anybodys = any(reading.system is None for reading in readings)
        known.update(systems)
        if len(systems) == 1 and not is_anybodys:
            own.update(systems)
        with_ids |= {
            reading.system
            for reading in readings
            if reading.fact == Fact.KEY
            and reading.system
            and has_shape(reading.system, look.examples)
            and (has_own_shape(reading.system) or not is_anybodys)
        }
    worth = {
        system: 3 * own[system] + known[system]
        for system in known
        if known[system] >= 3 and (own[system] >= 2 or system in with_ids)
    }
    best = [system for system in worth if worth[system] == max(worth.values())]
    return best[0] if len(best) == 1 else None
