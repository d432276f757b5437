"""What only a person can say of a file, and the answers that fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

REP, TEAM = "rep:", "team:"  # before an id, in the answer to whose a row is
NEW_ACTIVITY = "activity:new"  # an answer: their word is one of ours from now on


class Asks(StrEnum):
    """What only a person can say."""

    ENCODING = "encoding"
    DELIMITER = "delimiter"
    MISSING = "missing"
    AT_ODDS = "at_odds"
    NUMBERS = "numbers"
    DAYS = "days"
    CURRENCIES = "currencies"
    UNIT = "unit"  # of amounts, as their header names it
    TOO_MANY_VALUES = "too_many_values"
    STAGE = "stage"
    OWNER = "owner"
    ACTIVITY = "activity"
    QUARTER = "quarter"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about a file: what it is about, and the answers that fit.

    `rows` is how many it is about, `lines` are the first of them.
    """

    asks: Asks
    about: str = ""
    fits: tuple[str, ...] = ()
    rows: int = 0
    lines: tuple[int, ...] = ()


class Unsure(Exception):
    """Nothing was imported; a person has to say what is meant first."""

    def __init__(self, questions: Sequence[Asked]):
        super().__init__(len(questions))
        self.questions = questions


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A word of theirs, in so many rows, and what of ours it means.

    `fits` are answers, the better first; `said` is what a person answered, None where
    nobody did. A word that is settled need not be asked about.
    """

    asks: Asks
    theirs: str
    rows: int
    fits: tuple[str, ...]
    is_settled: bool
    said: str | None = None

    @property
    def answer(self) -> str | None:
        """What counts; None as long as somebody has to say."""
        if self.said is not None:
            return self.said
        return self.fits[0] if self.is_settled else None
