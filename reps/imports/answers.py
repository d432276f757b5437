"""What a person has said of a file, and how that is written down."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from reps.domain.files.days import Order
from reps.domain.files.fields import Fact
from reps.domain.files.table import DELIMITERS
from reps.domain.files.text import ENCODINGS
from reps.domain.ours_and_theirs import Choices


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person has said of a file, by the headers and words that stand in it.

    `sheet`: of a workbook, by its name. `columns`: the fact a header says, None where
    it says none. `numbers`: its decimal sign. `stages`: one of ours by name, or won,
    lost, open. `owners`: one of ours by name or address or as `rep:7`, `team:3` for
    somebody new in that team, or "" for whoever is left out. `activities`, `quarters`,
    `teams`: one of ours by name or id, "" for what is left out; `activity:new` for an
    activity that is to be one of ours.

    `erase`: an empty cell takes away what we know. `take_all`, or `take` by their keys:
    the file's facts instead of what people here made of them. `same_as`: the id of what
    a row is the same as, 0 for none.
    """

    encoding: str = ""
    delimiter: str = ""
    header_row: int | None = None
    sheet: str = ""
    columns: Mapping[str, Fact | None] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    days: Mapping[str, str] = field(default_factory=dict)
    stages: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    activities: Mapping[str, str] = field(default_factory=dict)
    quarters: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    erase: bool = False
    take_all: bool = False
    take: frozenset[str] = frozenset()
    same_as: Mapping[str, int] = field(default_factory=dict)

    @property
    def choices(self) -> Choices:
        """What was decided where the file and what is here differ."""
        return Choices(self.take_all, self.take, self.erase, self.same_as)


def answers_from(said: Any) -> Answers:
    """Answers as JSON has them; TypeError or ValueError for what makes no sense."""
    if not isinstance(said, dict):
        raise TypeError(_("it is no object"))
    return Answers(**{name: _read(name, answer) for name, answer in said.items()})


def as_json(answers: Answers) -> dict[str, Any]:
    """What `answers_from` reads again: only what was said."""
    said = {name: answer for name, answer in asdict(answers).items() if answer}
    if "take" in said:
        said["take"] = sorted(said["take"])
    return said


def _read(name: str, answer: Any) -> Any:
    if name in WHOLE:
        if answer not in WHOLE[name]:
            raise ValueError(f"{name}: {answer}")
        return answer
    if name in PLAIN:
        return PLAIN[name](answer)
    if not isinstance(answer, dict):
        raise TypeError(f"{name}: {answer}")
    read = READ.get(name, str)
    return {word: read(meaning) for word, meaning in answer.items()}


def _fact(word: str | None) -> Fact | None:
    return Fact(word) if word else None


def _decimal_sign(word: str) -> str:
    if word not in (".", ","):
        raise ValueError(word)
    return word


WHOLE = {"encoding": ENCODINGS, "delimiter": DELIMITERS}
PLAIN = {
    "header_row": int,
    "sheet": str,
    "erase": bool,
    "take_all": bool,
    "take": frozenset,
}
READ = {"columns": _fact, "numbers": _decimal_sign, "days": Order, "same_as": int}
