"""A file's words for what we have: their stages, kinds and owners matched to ours.

What fits is settled, what may fit is proposed, and what fits two of ours is a question.
Whatever else a person decides, they decide for all rows that say the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from reps.domain.files.outcomes import bare_label, outcome_hinted, outcome_of
from reps.domain.files.spelling import plain, words
from reps.domain.transitions import Outcome

Theirs = TypeVar("Theirs")
Ours = TypeVar("Ours")


class How(StrEnum):
    """How theirs came to ours."""

    BY_EMAIL = "by_email"
    BY_NAME = "by_name"
    BY_OUTCOME = "by_outcome"  # a stage's label that says won, lost or open
    PROPOSED = "proposed"  # for a person to agree to
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match(Generic[Theirs, Ours]):
    """What is said in so many rows, and what of ours fits it, the better first."""

    theirs: Theirs
    rows: int
    ours: tuple[Ours, ...]
    how: How

    @property
    def is_settled(self) -> bool:
        """Whether nobody need be asked."""
        return len(self.ours) == 1 and self.how != How.PROPOSED


@dataclass(frozen=True, slots=True)
class OurStage:
    """A stage of the board. `weight`: the share of such deals that one expects."""

    id: int
    name: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """What a stage's label says: the stage, or only the outcome. None: not said."""

    stage: int | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a row is, by what stands there; "" for what does not."""

    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """One of ours, who may have no e-mail ("")."""

    id: int
    name: str
    email: str = ""


AN_EMAIL = re.compile(r"[^\s<>()\[\],;@]+@[^\s<>()\[\],;@]+\.[^\s<>()\[\],;@]+")
NUMBERED = re.compile(r"\D*?([0-9]+)")


def match_names(
    theirs: Mapping[str, int], ours: Mapping[int, str]
) -> list[Match[str, int]]:
    """Kinds of activity, teams, products: by their names, however they are spelled.

    `theirs` counts the rows of each. "Call" for "Calls held" is proposed.
    """
    return [_match_name(name, rows, ours) for name, rows in theirs.items()]


def match_stages(
    theirs: Mapping[str, int],
    ours: Sequence[OurStage],
    chances: Mapping[str, Decimal] | None = None,
) -> list[Match[str, Standing]]:
    """Labels as stages of ours, by name, or as won, lost or open.

    `ours` in the order of the board, `chances` the shares that the file expects of each
    label. By these, else by the numbers in the labels, a stage is only proposed.
    """
    names = {stage.id: stage.name for stage in ours}
    matches = []
    for label, rows in theirs.items():
        stages = _of_name(label, names) or _of_name(bare_label(label), names)
        fits = [Standing(stage=stage) for stage in stages]
        how = How.BY_NAME
        if outcome := outcome_of(label):
            how = How.BY_NAME if fits else How.BY_OUTCOME
            fits.append(Standing(outcome=outcome))
        if not fits:
            how = How.PROPOSED
            fits = _proposed(label, theirs, ours, chances or {})
        how = how if fits else How.UNKNOWN
        matches.append(Match(label, rows, tuple(fits), how))
    return matches


def match_owners(
    theirs: Mapping[Owner, int], ours: Iterable[Person]
) -> list[Match[Owner, int]]:
    """Owners as people of ours: by e-mail, then by name in whatever order.

    Somebody of the same name with another e-mail is proposed, for it may be another.
    """
    by_email: dict[str, Person] = {}
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in ours:
        if person.email:
            by_email[_email_key(person.email)] = person
        for key in name_keys(person.name):
            by_name[key].append(person)
    return [
        _match_owner(owner, rows, by_email, by_name) for owner, rows in theirs.items()
    ]


def _match_owner(
    owner: Owner,
    rows: int,
    by_email: Mapping[str, Person],
    by_name: Mapping[str, list[Person]],
) -> Match[Owner, int]:
    beside = AN_EMAIL.search(owner.name)
    email = owner.email or (beside[0] if beside else "")
    if person := by_email.get(_email_key(email)):
        return Match(owner, rows, (person.id,), How.BY_EMAIL)
    keys = name_keys(AN_EMAIL.sub(" ", owner.name))
    people = {one.id: one for key in sorted(keys) for one in by_name.get(key, ())}
    how = How.BY_NAME if people else How.UNKNOWN
    if email and any(person.email for person in people.values()):
        how = How.PROPOSED
    return Match(owner, rows, tuple(sorted(people)), how)


def _email_key(email: str) -> str:
    return email.strip().casefold()


def name_keys(name: str) -> set[str]:
    """In whatever order, as "Lindqvist, Theo"; and in one, as 山田太郎 is written."""
    parts = words(name)
    return {" ".join(sorted(parts)), "".join(parts)} - {""}


def _of_name(name: str, ours: Mapping[int, str]) -> list[int]:
    """Ours of this name: to the letter, or else whatever case, accents and spaces."""
    if same := [one for one, other in ours.items() if other == name]:
        return same
    key = plain(name)
    return [one for one, other in ours.items() if key and plain(other) == key]


def _match_name(name: str, rows: int, ours: Mapping[int, str]) -> Match[str, int]:
    if found := _of_name(name, ours):
        return Match(name, rows, tuple(found), How.BY_NAME)
    key = plain(name)
    near = [
        one
        for one, other in ours.items()
        if min(len(key), len(plain(other))) >= 4
        and (plain(other).startswith(key) or key.startswith(plain(other)))
    ]
    return Match(name, rows, tuple(near), How.PROPOSED if near else How.UNKNOWN)


def _proposed(
    label: str,
    theirs: Iterable[str],
    ours: Sequence[OurStage],
    chances: Mapping[str, Decimal],
) -> list[Standing]:
    if outcome := outcome_hinted(label):
        return [Standing(outcome=outcome)]
    if not ours:
        return []
    if label in chances:
        chance = chances[label]
        nearest = min(ours, key=lambda stage: abs(stage.weight - chance))
        return [Standing(stage=nearest.id)]
    numbers = (_number(one) for one in theirs if not outcome_of(one))
    places = sorted({number for number in numbers if number is not None})
    number = _number(label)
    if number is None or len(places) < 2:
        return []
    share = Decimal(places.index(number)) / (len(places) - 1)
    return [Standing(stage=ours[round(share * (len(ours) - 1))].id)]


def _number(label: str) -> int | None:
    """The number before a label: 2 of "Stage 2: Demo"."""
    found = NUMBERED.match(label)
    return int(found[1]) if found else None
