"""Like with like: whose history stands beside a rep's.

That of the same segment in the team, else of the same segment in the organization, else
of the team: the first that is large enough to say something, and too large for one
person to be read out of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

ENOUGH_DEALS = 30
ENOUGH_REPS = 3


class Taken(StrEnum):
    """Which people a rep is compared with; the rep is always among them."""

    SEGMENT_IN_TEAM = "segment in team"
    SEGMENT = "segment"  # in the whole organization
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Size:
    """How much lies behind some people's rates."""

    deals: int  # opportunities closed in the window
    reps: int  # of whom there is at least one

    @classmethod
    def of(cls, closed: Iterable[int]) -> "Size":
        """From how many deals each of them closed."""
        some = [count for count in closed if count]
        return cls(deals=sum(some), reps=len(some))

    @property
    def is_enough(self) -> bool:
        return self.deals >= ENOUGH_DEALS and self.reps >= ENOUGH_REPS


def group_taken(*, in_team: Size, everywhere: Size) -> Taken:
    """Of those of the rep's segment: in the rep's team, or in the organization."""
    if in_team.is_enough:
        return Taken.SEGMENT_IN_TEAM
    return Taken.SEGMENT if everywhere.is_enough else Taken.TEAM


@dataclass(frozen=True, slots=True)
class Group:
    """Whom a rep is compared with, and what a page needs to call them.

    Sums of theirs are shown, never who they are.
    """

    taken: Taken
    segment: str = ""
    team: str = ""  # where it is within one
    teams: int = 1  # in which its deals were closed


THE_TEAM = Group(Taken.TEAM)
