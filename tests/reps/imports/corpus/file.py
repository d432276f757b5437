"""One file of the corpus: its bytes, and what must come out of it.

All of them are brought to Harbor on 12 November 2026. Its stages are Prospecting,
Engaging and Contract; Theo Lindqvist sells there, and two who are both named Ana Ruiz.
A deal without an amount is worth 10,000 there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

SHAPES = {
    "Salesforce",
    "HubSpot",
    "Pipedrive",
    "Zoho",
    "Dynamics 365",
    "Close",
    "Copper",
    "Freshsales",
    "Attio",
    "Twenty",
    "EspoCRM",
    "German",
    "Spanish",
    "Portuguese",
    "French",
    "Japanese",
    "spreadsheet",
    "no table",
}
# What must occur at least once; a file may have others.
FAULTS = {
    *("encoding: UTF-8", "encoding: UTF-8 with BOM", "encoding: UTF-16 LE"),
    *("encoding: UTF-16 BE", "encoding: Windows-1252", "encoding: Mac Roman"),
    *("an ambiguous encoding", "an encoding nobody knows here", "a damaged letter"),
    *("delimiter: comma", "delimiter: semicolon", "delimiter: tab", "delimiter: pipe"),
    *("an ambiguous delimiter", "mixed line ends", "an open quote"),
    *("quotes in a cell", "line breaks in a cell", "title lines", "empty rows"),
    *("duplicate headers", "blank headers", "short rows", "long rows"),
    *("foot: a total", "foot: Grand Total", "foot: copyright", "foot: filters"),
    *("subtotals", "the header again below", "a deal that looks like a foot"),
    *("decimal: comma", "decimal: point", "an ambiguous amount"),
    *("thousands: space", "thousands: no-break space", "thousands: apostrophe"),
    *("thousands: dot", "thousands: comma"),
    *("a currency sign", "a currency code", "a currency column", "two currencies"),
    *("a unit in a header", "a dash for nothing"),
    *("day order: D/M/Y", "day order: M/D/Y", "day order: ISO", "day in words"),
    *("day order: Japanese", "ambiguous days", "closed before it opened"),
    *("NUL", "control characters", "formulas", "HTML in a cell"),
    *("right-to-left marks", "a truncated letter", "cells too long"),
    *("an HTML page", "gzip", "PDF", "PNG", ".xls", "an empty file"),
    *("a header only", "10,000 columns", "one 50 MB cell", "too large"),
    *("an unknown stage", "outcome in a status", "outcome in a label"),
    *("outcome in flags", "a status nobody knows", "a status against its label"),
    *("two namesakes", "an unknown owner", "no owner", "won without amount"),
    *("a twice-used id", "no id", "the same row twice"),
}


# Where a label may belong: the board's stages, and the outcomes.
FITS = ("Prospecting", "Engaging", "Contract", "open", "won", "lost")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the kind of question, what it is about, and what fits."""

    asks: str
    about: str = ""
    fits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that is refused. Column 0 is the row as a whole."""

    row: int
    column: int
    why: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Cannot:
    """Why the whole file is refused, and where in it that is seen."""

    why: str
    row: int = 0
    column: int = 0
    value: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """Some bytes, and what comes of them: deals, questions, bad rows, or nothing.

    `deals` is a line for each:

        number | owner | account | product | stage | outcome | amount | opened | closed

    The number is * where the file gives none, an amount that is an estimate begins with
    ~, a day that nobody knows is -, and the last day of an open deal is the one that is
    hoped for. A line break in a cell is ⏎ here, and an upright /. Where `asks` has questions, `answers` brings the deals.
    """

    name: str
    shape: str
    faults: tuple[str, ...]
    content: Callable[[], bytes]
    deals: str = ""
    source: str = "Spreadsheet"
    feet: tuple[str, ...] = ()
    asks: tuple[Question, ...] = ()
    answers: dict[str, Any] = field(default_factory=dict)
    bad: tuple[Bad, ...] = ()
    cannot: Cannot | None = None
    currency: str = "USD"

    def __str__(self) -> str:
        return self.name


def written(text: str, encoding: str = "utf-8", line_end: str = "\n"):
    """The bytes of a text as it stands in these files, below its first line."""
    lines = text.removeprefix("\n").replace("\n", line_end)
    return lambda: lines.encode(encoding)


def tabbed(text: str, encoding: str = "utf-8", line_end: str = "\n"):
    """The same; its cells are parted by tabs, which are arrows here."""
    return written(text.replace("→", "\t"), encoding, line_end)
