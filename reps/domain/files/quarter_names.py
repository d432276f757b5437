"""A quarter as people name it over a column: Q1 2026, FY26 Q1, 1. Quartal, T1, 1Q26."""

import re
from dataclasses import dataclass, field

from reps.domain.files.spelling import words

_WORD = "quarter|quartal|trimestre|trim|qtr|q|t"
QUARTER = re.compile(
    rf"(?<![a-z0-9])(?:{_WORD}) ?([1-4])(?![0-9])"
    rf"|(?<![0-9])([1-4]) ?(?:st|nd|rd|th|er|e|eme|o)? ?(?:{_WORD})(?![a-z])"
    r"|第?([1-4])四半期"
)
YEAR = re.compile(
    r"(?<![a-z0-9])(?P<mark>fy|cy|gj|ej|ano|jahr|year|geschaftsjahr|ejercicio)? ?"
    r"(?:(?P<begun>20[0-9]{2}|[0-9]{2}) )?(?P<year>20[0-9]{2}|[0-9]{2})(?![0-9])"
    r"(?:年度|年)?"
)
FISCAL = {"fy", "gj", "ej", "fiscal", "geschaftsjahr", "ejercicio"}
BESIDE_IT = "quota quotas target targets goal amount budget fy year of du de ziel"
BESIDE_IT += " fiscal geschaftsjahr ejercicio"
BESIDE_IT += " vorgabe cuota objetivo meta cota objectif 目標 予算 ノルマ"
_BESIDE_IT = set(words(BESIDE_IT))


@dataclass(frozen=True, slots=True, order=True)
class NamedQuarter:
    """The quarter of a year, 1 to 4. Without a year, which one is meant is to be asked.

    Whether the year is the calendar's or a fiscal one, only the organization knows;
    `is_fiscal` where the name says so itself, as FY26 and 2025/26 do.
    """

    year: int | None
    quarter: int
    is_fiscal: bool = field(default=False, compare=False)


def named_quarter(header: str) -> NamedQuarter | None:
    """The quarter that a header names; None where it says anything else besides."""
    text = re.sub(r"(?<=20[0-9]{2})(?=[qt][1-4])", " ", " ".join(words(header)))
    found = QUARTER.search(text)
    if not found:
        return None
    quarter = int(next(filter(None, found.groups())))
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    year = YEAR.search(rest)
    if year:
        rest = f"{rest[: year.start()]} {rest[year.end() :]}"
    beside = set(rest.split())
    if not beside <= _BESIDE_IT:
        return None
    if not year:
        return NamedQuarter(None, quarter)
    ends = _whole(year["year"])
    if year["begun"] and _whole(year["begun"]) + 1 != ends:
        return None
    marks = {*beside, year["mark"]}
    return NamedQuarter(ends, quarter, bool(year["begun"] or marks & FISCAL))


def _whole(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)
