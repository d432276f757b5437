"""What a guess asks of the values in a column."""

from collections.abc import Sequence
from typing import Protocol

from reps.domain.files.fields import Field, Holds

HALF = 0.5
NEARLY_ALL = 0.9


class Look(Protocol):
    """A column's values, counted: those that are filled, and what those may be."""

    @property
    def filled(self) -> int: ...
    @property
    def e_mails(self) -> int: ...
    @property
    def numbers(self) -> int: ...
    @property
    def days(self) -> int: ...
    @property
    def bare_days(self) -> int:
        """Numbers that are days where the column holds days."""

    @property
    def examples(self) -> Sequence[str]: ...


def are_e_mails(look: Look) -> bool:
    return look.filled > 0 and look.e_mails >= HALF * look.filled


def are_unmistakably_e_mails(look: Look) -> bool:
    return look.filled > 0 and look.e_mails >= NEARLY_ALL * look.filled


def contradicts(field: Field, look: Look) -> bool:
    """Whether what stands there cannot be it. An empty column contradicts nothing."""
    half, nearly_all = HALF * look.filled, NEARLY_ALL * look.filled
    if not look.filled:
        return False
    if field.holds == Holds.DAY:
        return look.days + look.bare_days < half
    if field.holds in {Holds.AMOUNT, Holds.SHARE, Holds.COUNT}:
        return look.numbers < half
    if field.holds == Holds.EMAIL:
        return look.e_mails < half
    if field.holds == Holds.NAME:
        return max(look.days, look.numbers) >= nearly_all
    return field.holds == Holds.CHOICE and look.days >= nearly_all
