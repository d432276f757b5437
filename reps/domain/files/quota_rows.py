"""Quotas out of a file's rows: a row for each, or a grid with a column per quarter."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from reps.domain.files.cell import as_text, is_filled
from reps.domain.files.deal_matching import owner_of
from reps.domain.files.fields import Fact
from reps.domain.files.grid import Row
from reps.domain.files.quarter_names import named_quarter
from reps.domain.files.row_cells import Cells
from reps.domain.files.values import Owner
from reps.domain.quarter import Span

SHARE = Decimal("0.0001")
WHOLE = Decimal(1)
PERCENT = Decimal(100)


class NoQuota(StrEnum):
    """What a row says that is no quota."""

    NO_SUCH_QUARTER = "no_such_quarter"  # `value`: what stands there
    NO_SHARE = "no_share"  # a ramp of nothing, or of more than the whole
    STARTS_OUTSIDE = "starts_outside"  # of its quarter, as may what it holds from
    SAYS_OTHERWISE = "says_otherwise"  # `value`: the row that gives them another


class LeftOut(StrEnum):
    """Why a row that is none the worse for it does not come in."""

    OWNER = "owner"
    QUARTER = "quarter"
    NOTHING = "nothing"  # there is no amount in it


# A row's number, whose it is, why it stays out, and the value that is the cause.
LeaveOut = Callable[[int, str, LeftOut, str], None]


@dataclass(frozen=True, slots=True)
class QuotaMatching:
    """What a person, or a sure guess, says of a file of quotas.

    `grid`: the headers of its quarters by their places, from 0; empty where each row is
    a quota. `sellers` gives an owner the key by which they are known here, and "" to
    whoever is left out. `quarters` is by the words of `quarters_said`, None for one
    that is left out. `erases`: an empty cell takes away what we know.
    """

    grid: Mapping[int, str]
    sellers: Mapping[Owner, str]
    quarters: Mapping[str, Span | None]
    erases: bool = False


@dataclass(frozen=True, slots=True)
class QuotaSaid:
    """What somebody owes in a quarter. None: the file does not say.

    It is of the whole quarter, or from the day on that it `holds_from`.
    """

    row: int
    seller: str
    quarter: Span
    amount: Decimal
    ramp: Decimal | None = None
    starts_on: date | None = None
    holds_from: date | None = None


def quarters_said(
    rows: Iterable[Row],
    columns: Mapping[Fact, int],
    grid: Mapping[int, str],
    *,
    erases: bool = False,
) -> Counter[str]:
    """Every quarter that a file speaks of, in its words, and of how many quotas.

    Those of empty cells are among them where an empty cell says something.
    """
    said: Counter[str] = Counter()
    for row in rows:
        for place, word in _words_of(row, columns, grid):
            if erases or is_filled(row.cells[place]):
                said[word] += 1
    said.pop("", None)
    return said


def read_quotas(
    rows: Iterable[Row], cells: Cells, matching: QuotaMatching, leave_out: LeaveOut
) -> list[QuotaSaid]:
    """The quotas, in the order of the file: one for each person, quarter and day from
    which it holds.

    What is said twice counts once. Where two rows differ nobody knows which of them
    holds, and neither does.
    """
    said: dict[tuple[str, Span, date | None], QuotaSaid] = {}
    at_odds: set[tuple[str, Span, date | None]] = set()
    for row in rows:
        for place, quota in _quotas_of(row, cells, matching, leave_out).items():
            key = quota.seller, quota.quarter, quota.holds_from
            first = said.setdefault(key, quota)
            if _facts(first) == _facts(quota):
                continue
            for one, other in ((first, quota), (quota, first)):
                if one is quota or key not in at_odds:
                    why = NoQuota.SAYS_OTHERWISE
                    cells.complain(one.row, place, why, str(other.row))
            at_odds.add(key)
    return [quota for key, quota in said.items() if key not in at_odds]


def _quotas_of(
    row: Row, cells: Cells, matching: QuotaMatching, leave_out: LeaveOut
) -> dict[int, QuotaSaid]:
    """Those of a row by the places of their amounts: none where one of them is bad."""
    owner = owner_of(row, cells.columns)
    seller = matching.sellers.get(owner)
    about = owner.name or owner.email
    if seller == "":
        leave_out(row.number, about, LeftOut.OWNER, "")
        return {}
    before, found = len(cells.complaints), {}
    if seller is None:
        cells.lacks(row, Fact.OWNER)
    ramp = _ramp(row, cells, matching)
    days = {fact: cells.day(row, fact) for fact in (Fact.STARTS_ON, Fact.HOLDS_FROM)}
    for place, word in _words_of(row, cells.columns, matching.grid):
        amount = cells.amount(row, place)
        if amount is None and matching.erases and not is_filled(row.cells[place]):
            amount = Decimal(0)
        if amount is None:
            if not matching.grid and len(cells.complaints) == before:
                leave_out(row.number, about, LeftOut.NOTHING, "")
            continue
        quarter = _quarter(row, word, cells, matching)
        if quarter is None:
            if len(cells.complaints) == before:
                leave_out(row.number, about, LeftOut.QUARTER, word)
            continue
        for fact, day in days.items():
            if day and day not in quarter:
                why = NoQuota.STARTS_OUTSIDE
                cells.complain(row.number, cells.columns[fact], why, str(day))
        starts_on, holds_from = days.values()
        if starts_on is None and _erases(Fact.STARTS_ON, cells, matching):
            starts_on = quarter.starts_on
        found[place] = QuotaSaid(
            row.number,
            seller or "",
            quarter,
            amount,
            ramp,
            starts_on,
            None if holds_from == quarter.starts_on else holds_from,
        )
    return found if len(cells.complaints) == before else {}


def _quarter(row: Row, word: str, cells: Cells, matching: QuotaMatching) -> Span | None:
    """None where it is left out, or is none; then that is a complaint."""
    if not word:
        cells.lacks(row, Fact.QUARTER)
    elif word not in matching.quarters:
        place = cells.columns.get(Fact.QUARTER, -1)
        cells.complain(row.number, place, NoQuota.NO_SUCH_QUARTER, word)
    return matching.quarters.get(word)


def _ramp(row: Row, cells: Cells, matching: QuotaMatching) -> Decimal | None:
    """As a share: 0.5, 50 % and 50 are a half. None: it is not said."""
    place = cells.columns.get(Fact.RAMP)
    if place is None:
        return None
    share = cells.figure(row, place)
    if share is None:
        return WHOLE if _erases(Fact.RAMP, cells, matching) else None
    if share > 1 or "%" in as_text(row.cells[place]):
        share /= PERCENT
    share = share.quantize(SHARE, ROUND_HALF_UP)
    if not 0 < share <= 1:
        cells.complain(row.number, place, NoQuota.NO_SHARE, as_text(row.cells[place]))
        return None
    return share


def _erases(fact: Fact, cells: Cells, matching: QuotaMatching) -> bool:
    return matching.erases and fact in cells.columns


def _words_of(
    row: Row, columns: Mapping[Fact, int], grid: Mapping[int, str]
) -> Iterator[tuple[int, str]]:
    """The places of a row's amounts, each with the quarter it is of, in its words."""
    year = as_text(row.cells[columns[Fact.YEAR]]) if Fact.YEAR in columns else ""
    for place, header in grid.items():
        yield place, _with_year(header, year)
    if not grid:
        quarter = as_text(row.cells[columns[Fact.QUARTER]])
        quarter = f"Q{quarter}" if quarter in {"1", "2", "3", "4"} else quarter
        yield columns[Fact.AMOUNT], _with_year(quarter, year)


def _with_year(quarter: str, year: str) -> str:
    """ "Q1" of a row whose year is 2026 is "Q1 2026"."""
    named = named_quarter(quarter)
    return f"{quarter} {year}".strip() if named and named.year is None else quarter


def _facts(quota: QuotaSaid) -> tuple[Decimal, Decimal | None, date | None]:
    return quota.amount, quota.ramp, quota.starts_on
