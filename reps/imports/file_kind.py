"""What each kind of file does: match its words to ours, and bring its rows in.

`file_kinds.py` has them all. Whoever calls `bring_in` holds a transaction, which is
kept or rolled back: a look at what would happen is the import itself.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from reps.domain.files.grid import Complaint
from reps.domain.files.questions import Asks, WordMatch
from reps.imports.answers import Answers
from reps.imports.look_at_file import FileLook
from reps.models import Organization, User

SHOWN = 20  # rows, as they will stand
NAMED = 100  # of what is listed, for a page to hold

Row = TypeVar("Row")
# Rows as they are worked on, one after the other: it counts them, and it may stop.
Progress = Callable[[Sequence[Row]], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom a file is read: `teams` are those whose rows may come, None for all.

    `by` is nobody where an operator does it by command. `file_import` is the id that
    goes with whatever the file brings.
    """

    organization: Organization
    at: datetime
    by: User | None = None
    teams: frozenset[int] | None = None
    file_import: int | None = None
    reason: str = ""  # why what is in a closed quarter comes in all the same

    @property
    def today(self) -> date:
        return self.at.astimezone(self.organization.zone).date()


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One of the first rows as it will stand, in words, under the columns' headings."""

    row: int
    verdict: Verdict
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Note:
    """What a person should know of a row: what it is about, and what comes of it."""

    row: int
    about: str
    words: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A fact that stays as people here put it, though the file says otherwise.

    `key` is what an answer's `take` names, to have the file's instead, if it may.
    """

    key: str
    row: int
    about: str
    fact: str
    ours: str
    theirs: str
    may_take: bool = True


@dataclass(frozen=True, slots=True)
class Twin:
    """A row that looks like something typed here by hand: the same one, or another?

    `key` is what an answer's `same_as` names, and `id` what it says for the same one.
    """

    key: str
    row: int
    theirs: str
    ours: str
    id: int


@dataclass(slots=True)
class BroughtIn:
    """What came of a file's rows, or would come of them.

    `figures` are the places, from 0, of the columns that hold figures. The counts are
    of all rows, the lists are of the first `NAMED`, and `…_count` says how many there
    are. `complaints` are the bad rows, which did not come in. `said` are
    sentences on what came along with it: quarters, people. `made` are ids by model, of
    what no ledger knows to be this import's.
    """

    columns: Sequence[str] = ()
    figures: Sequence[int] = ()
    shown: list[ShownRow] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    same: int = 0
    left_out_count: int = 0
    left_out: list[Note] = field(default_factory=list)
    kept_count: int = 0
    kept: list[Kept] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)
    absent_count: int = 0
    absent: list[str] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    made: dict[str, list[int]] = field(default_factory=dict)

    def leave_out(self, row: int, about: str, words: str):
        self.left_out_count += 1
        if len(self.left_out) < NAMED:
            self.left_out.append(Note(row, about, words))

    def keep_ours(self, kept: Kept):
        self.kept_count += 1
        if len(self.kept) < NAMED:
            self.kept.append(kept)


class FileKind(Protocol):
    def matches(
        self, look: FileLook, answers: Answers, scope: Scope
    ) -> Sequence[WordMatch]:
        """Each of their words that has to be one of ours; None as answer: ask."""
        ...

    def choices(self, asks: Asks, scope: Scope) -> Sequence[tuple[str, str]]:
        """The answers that fit such a question, each with what a person reads."""
        ...

    def bring_in(
        self, look: FileLook, answers: Answers, scope: Scope, progress: Progress[Any]
    ) -> BroughtIn:
        """Bring in the good rows. Whatever is asked is answered by now."""
        ...
