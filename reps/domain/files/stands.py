"""What the rows of a file say of teams, and the teams that come of it.

People are keys here, teams the spelling of their names.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from reps.domain.files.fields import Fact

USUAL = " "  # no team's spelling: where people sell by a file that names no teams


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a row puts somebody: names of teams, keys of people, "" for what it lacks.

    `sells` is None where the row does not say it. Without a person it is of a team.
    """

    row: int
    person: str
    team: str = ""
    above: str = ""
    manager: str = ""
    sells: bool | None = None


@dataclass(slots=True)
class TeamFacts:
    """A team: its name, the key of whoever runs it, the spelling of the team above."""

    name: str
    manager: str = ""
    above: str = ""


@dataclass(slots=True)
class TeamTree:
    """All teams of which a file speaks, by the spelling of their names.

    `places` are those in which the people of the rows sell. `offices` are the teams of
    several managers, and `only_run` the rows of those who run a team and so do not sell
    in the one that is named.
    """

    teams: dict[str, TeamFacts] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)
    offices: list[str] = field(default_factory=list)
    only_run: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason why what a row says of teams cannot be."""

    row: int
    fact: Fact
    why: StrEnum
    value: str = ""
