"""What stands in a column, for guesses: made up, without reading any cell."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class MadeUpLook:
    filled: int = 0
    share_of_emails: float = 0.0
    share_of_days: float = 0.0
    share_of_numbers: float = 0.0
    examples: Sequence[str] = ()


EMPTY = MadeUpLook()
TEXTS = MadeUpLook(20)
EMAILS = MadeUpLook(20, share_of_emails=1.0)
DAYS = MadeUpLook(20, share_of_days=1.0)
NUMBERS = MadeUpLook(20, share_of_numbers=1.0)


def ids(*examples):
    return MadeUpLook(20, examples=examples)
