"""What came of placing a file's deals: how many, and which were left, and why."""

from dataclasses import dataclass, field

from reps.domain.crm_export import DealRow
from reps.domain.ours_and_theirs import key_of
from reps.domain.transitions import Outcome
from reps.models import Deal, Quarter


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a deal stands: the name of its stage, and the outcome."""

    stage: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class KeptFact:
    """One thing that stays as people have it, beside what the file says of it.

    It does unless it `is_taken` from the file, as somebody chose. `field` is the
    deal's, or `stands`: then `ours` and `theirs` are `Stands`. An owner is a rep.
    `theirs` is None where the file takes it away. Unless it `may_take`, the file's
    cannot be taken, for a cancellation rests on ours.
    """

    deal: Deal
    row: DealRow
    field: str
    ours: object
    theirs: object
    may_take: bool = True
    is_taken: bool = False

    @property
    def key(self) -> str:
        """By which it is taken from the file."""
        return key_of(self.row, self.field)


@dataclass(slots=True)
class Placed:
    """How many deals were added, changed and the same; what was kept or left.

    `left` are rows of a closed quarter, and that quarter; `twins` rows that look like a
    deal typed here, each with that deal: they are neither added nor changed until
    somebody says whether it is the same one. `outside` are rows of whoever sells
    outside the teams that were given, or whose deals do. `absent` are the first of the
    deals of this source that are not in the file: they are as they were.
    """

    added: int = 0
    changed: int = 0
    same: int = 0
    kept: list[KeptFact] = field(default_factory=list)
    left: list[tuple[DealRow, Quarter]] = field(default_factory=list)
    twins: list[tuple[DealRow, Deal]] = field(default_factory=list)
    outside: list[DealRow] = field(default_factory=list)
    absent: list[Deal] = field(default_factory=list)
    absent_count: int = 0
