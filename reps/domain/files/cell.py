"""What a cell holds: text as it is written, or what a workbook knows it to be.

Marks that nobody sees are no part of a text. At its ends all of them go, with the
spaces. Inside, what only steers the direction of writing goes too, for it would make
two names of one; the joiners stay, since Persian and Hindi are spelled with them. Nor
is what keeps a spreadsheet from taking a text for a number: 007 is written ="007".
"""

import re
from datetime import date
from decimal import Decimal
from typing import Any

# A datetime is a date. An empty cell is "", and what is ticked in a workbook TRUE.
Cell = str | Decimal | date


class Formula(str):
    """One that was never worked out, as it is written: what wrote it cannot reckon."""

    __slots__ = ()


class Money(Decimal):
    """A figure shown beside a currency's mark. `currency`: what that may stand for."""

    __slots__ = ("currency",)
    currency: tuple[str, ...]

    def __new__(cls, figure: Decimal | str, currency: tuple[str, ...] = ()) -> "Money":
        self = super().__new__(cls, figure)
        self.currency = currency
        return self

    def __reduce__(self) -> Any:
        return Money, (str(self), self.currency)


class Failed(str):
    """What a formula says that came to nothing, such as #N/A."""

    __slots__ = ()


JOINERS = "\u200c\u200d"
UNSEEN = (
    "\u00ad"  # soft hyphen
    "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
AT_THE_ENDS = SPACES + UNSEEN + JOINERS
INSIDE = str.maketrans(dict.fromkeys(UNSEEN))
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")  # no spaces among them
RUN = "=+-@\t\r\n"  # what a cell begins with that a spreadsheet runs
KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
LINE_END = re.compile(r"\r\n?")


def is_plain(text: str) -> bool:
    """Whether nothing is to be cleaned in it but the spaces at its ends."""
    return text.isprintable() and "'" not in text and '="' not in text


def clean(text: str) -> str:
    """Without spaces and unseen marks at its ends; the lines in it end with LF."""
    if text.isprintable():
        text = text.strip()
    else:
        text = LINE_END.sub("\n", text.strip(AT_THE_ENDS).translate(INSIDE))
    kept = KEPT_AS_TEXT.fullmatch(text)
    return kept[1].strip() if kept else as_it_was(text)


def harmless(text: str) -> str:
    """What no spreadsheet runs as a formula: with an apostrophe before what would be.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    begins = text.lstrip("'")[:1]
    return f"'{text}" if begins and begins in RUN else text


def as_it_was(text: str) -> str:
    """What `harmless` was given."""
    begins = text.lstrip("'")[:1]
    if text.startswith("'") and begins and begins in RUN:
        return text[1:]
    return text


def is_filled(cell: Cell) -> bool:
    return not isinstance(cell, str) or cell != ""


def as_text(cell: Cell) -> str:
    """A cell in words: figures without an exponent, days as 2026-11-30."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return str(cell)
