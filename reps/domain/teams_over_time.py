"""In which team somebody was, on which days, as it was known at some time.

Changes of team come in the order in which they were written down. Each holds from its
day on, whatever was said of later days before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from reps.domain.quarter import ONE_DAY, Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in one team; None: from the beginning."""

    team: int
    since: date | None = None


def stretches(first: int, changes: Iterable[tuple[int, date]]) -> list[Stretch]:
    """The teams one after the other: the first, then (team, since which day)."""
    found = [Stretch(first)]
    for team, since in changes:
        found = [one for one in found if one.since is None or one.since < since]
        if found[-1].team != team:
            found.append(Stretch(team, since))
    return found


def team_on(day: date, found: list[Stretch]) -> int:
    """The team of a day."""
    begun = [one for one in found if one.since is None or one.since <= day]
    return begun[-1].team


def days_within(found: list[Stretch], span: Span) -> Iterator[tuple[int, Span]]:
    """Each team with its days in the span, the first one first."""
    ends = [one.since - ONE_DAY for one in found[1:] if one.since] + [span.ends_on]
    for one, end in zip(found, ends, strict=True):
        first = max(one.since or span.starts_on, span.starts_on)
        last = min(end, span.ends_on)
        if first <= last:
            yield one.team, Span(first, last)
