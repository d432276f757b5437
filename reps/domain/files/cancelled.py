"""What a customer called off of a deal, in one cell: of each day how much.

Such as 2026-10-20: 200.00; 2026-11-02: 5000.00.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

Cancelled = tuple[tuple[date, Decimal], ...]

OF_A_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}): ([0-9]{1,13}(?:\.[0-9]{1,2})?)")


def cancelled_cell(days: Iterable[tuple[object, Decimal]]) -> str:
    """As `cancelled_in` reads it: days, and how much on each."""
    return "; ".join(f"{day}: {amount:.2f}" for day, amount in days)


def cancelled_in(text: str) -> Cancelled | None:
    """In the order of the days; None where that is not what it says."""
    found: dict[date, Decimal] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        told = OF_A_DAY.fullmatch(part)
        if told is None:
            return None
        try:
            day = date.fromisoformat(told[1])
        except ValueError:
            return None
        found[day] = found.get(day, Decimal(0)) + Decimal(told[2])
    return tuple(sorted((day, amount) for day, amount in found.items() if amount))
