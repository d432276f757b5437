"""What stands in a column, for guesses: made up, without reading any cell."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class MadeUpLook:
    filled: int = 0
    e_mails: int = 0
    numbers: int = 0
    days: int = 0
    bare_days: int = 0
    examples: Sequence[str] = ()


EMPTY = MadeUpLook()
TEXTS = MadeUpLook(20)
EMAILS = MadeUpLook(20, e_mails=20)
DAYS = MadeUpLook(20, days=20)
NUMBERS = MadeUpLook(20, numbers=20)
BARE_DAYS = MadeUpLook(20, numbers=20, bare_days=20)  # 20260131, or a sheet's 46053


def ids(*examples):
    return MadeUpLook(20, examples=examples)
