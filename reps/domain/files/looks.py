"""What a guess asks of the values in a column."""

from collections.abc import Sequence
from typing import Protocol

from reps.domain.files.fields import Field, Holds

HALF = 0.5
NEARLY_ALL = 0.9


class Look(Protocol):
    """What a guess asks of a column's values. Shares are of those that are filled."""

    @property
    def filled(self) -> int: ...
    @property
    def share_of_emails(self) -> float: ...
    @property
    def share_of_days(self) -> float: ...
    @property
    def share_of_numbers(self) -> float: ...
    @property
    def examples(self) -> Sequence[str]: ...


def contradicts(field: Field, look: Look) -> bool:
    """Whether what stands there cannot be it. An empty column contradicts nothing."""
    if not look.filled:
        return False
    if field.holds == Holds.DAY:
        return look.share_of_days < HALF
    if field.holds in {Holds.AMOUNT, Holds.SHARE, Holds.COUNT}:
        return look.share_of_numbers < HALF
    if field.holds == Holds.EMAIL:
        return look.share_of_emails < HALF
    if field.holds == Holds.NAME:
        return max(look.share_of_days, look.share_of_numbers) >= NEARLY_ALL
    return field.holds == Holds.CHOICE and look.share_of_days >= NEARLY_ALL
