"""Where imported quotas come from: a file of them, or growth over the quarter before.

Both speak of reps by name or by key and of quarters by their own days.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from reps.domain.csv_table import CENT, Complaint, Text, Wrong, key, read_table
from reps.domain.quarter import Span

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """What somebody, here by the key of their name, owes in the quarter of that day."""

    line: int
    rep: str
    quarter_starts_on: date
    amount: Decimal


def read_quotas(
    text: Text, complaints: list[Complaint], *, reps: Collection[str]
) -> list[QuotaRow]:
    """The quotas of a file, by people of these keys. Ask `complaints` first."""
    columns = ("rep", "quarter_starts_on", "quota")
    first_lines: dict[tuple[str, date], int] = {}
    quotas = []
    for line in read_table(text, columns, complaints):
        for column in columns:
            if not line[column]:
                line.complain(Wrong.EMPTY, column)
        rep, day = key(line["rep"]), line.day("quarter_starts_on")
        amount = line.amount("quota")
        if rep and rep not in reps:
            line.complain(Wrong.UNKNOWN_AGENT, line["rep"])
        if day is None:
            continue
        first = first_lines.setdefault((rep, day), line.number)
        if first != line.number:
            line.complain(Wrong.TWICE, f"{line['rep']}, {day}", first)
        if amount is not None:
            quotas.append(QuotaRow(line.number, rep, day, amount))
    return quotas


def quarter_before(quarter: Span, quarters: Collection[Span]) -> Span | None:
    """The one that ends on the eve of this one; None where the calendar has a gap."""
    eve = quarter.starts_on - ONE_DAY
    return next((before for before in quarters if before.ends_on == eve), None)


def grown_quotas(
    booked: Mapping[tuple[int, Span], Decimal],
    quarters: Collection[Span],
    growth: Decimal,
) -> dict[tuple[int, Span], Decimal]:
    """What each rep booked in the quarter before, times `growth`, to the cent.

    Who booked nothing then has no quota now: none is not a quota of zero.
    """
    grown = {}
    reps = {rep for rep, _ in booked}
    for quarter in quarters:
        before = quarter_before(quarter, quarters)
        if before is None:
            continue
        for rep in reps:
            base = booked.get((rep, before), Decimal(0))
            if base > 0:
                amount = (base * growth).quantize(CENT, ROUND_HALF_UP)
                grown[rep, quarter] = amount
    return grown


def is_partial(quarter: Span, *, first_close: date, last_close: date) -> bool:
    """Whether the closed deals we know begin or end inside the quarter.

    What was booked in it is then less than what was sold in it.
    """
    begins_late = quarter.starts_on < first_close <= quarter.ends_on
    ends_early = quarter.starts_on <= last_close < quarter.ends_on
    return begins_late or ends_early
