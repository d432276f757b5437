"""A figure as people type it, read every way it may have been meant.

`1,500` is fifteen hundred in London and one and a half in Lisbon. What the reader's own
language settles is settled by it; of the rest both readings are told, for a person to
choose: `1.500` in London may have come by way of Lisbon.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

# Full-width digits and spaces that do not break are plain ones by then: see `plain`.
TYPED = re.compile(r"(?P<before>[^0-9.,]*)(?P<body>[0-9.,' ]*[0-9])(?P<after>[^0-9]*)")
SPELLINGS = str.maketrans({"\N{MINUS SIGN}": "-", "’": "'", "\u02bc": "'"})
FRACTION = re.compile(r"[0-9]{1,10}")
MOST_DIGITS = 20  # before the point: nothing counts that far, and nobody waits for it
# Thousands, and lakhs and crores, which part two digits before the last three.
GROUPED = re.compile(r"[1-9][0-9]?[0-9]?((?P<by>[.,' ])[0-9]{3})((?P=by)[0-9]{3})*")
LAKHS = re.compile(
    r"[1-9][0-9]?((?P<by>[, ])[0-9]{2})((?P=by)[0-9]{2})*(?P=by)[0-9]{3}"
)


@dataclass(frozen=True, slots=True)
class Notation:
    """How a language writes figures: its two signs, and what stands for how many."""

    decimal: str
    group: str
    units: Mapping[str, int]  # as written after a figure, such as {"k": 1_000}


@dataclass(frozen=True, slots=True)
class Typed:
    """What a text may say, the likeliest first. `mark`: such as "$" or "%", or none."""

    readings: tuple[Decimal, ...]
    mark: str


def read_figure(text: str, notation: Notation) -> Typed | None:
    """Every figure the text may mean; None if it is no figure at all.

    What is written beside it and is no unit of the language is its mark.
    """
    found = TYPED.fullmatch(plain(text))
    if not found:
        return None
    before, after = found["before"], found["after"].strip()
    sign = "-" if "-" in before else ""
    before = before.replace(sign, "", 1).strip()
    times, after = _unit(after, notation)
    if "-" in before + after or (before and after):
        return None
    readings = _readings(found["body"].strip(), notation)
    if not readings:
        return None
    figures = tuple(Decimal(sign + digits) * times for digits in readings)
    return Typed(figures, before or after)


def shares_of_one(typed: Typed) -> tuple[Decimal, ...]:
    """Percent as shares of one: 30 is 0.3. One bare figure up to 1 may be either."""
    shares = []
    for figure in typed.readings:
        shares.append(figure / 100)
        if not typed.mark and 0 < figure <= 1:
            shares.append(figure)
    return tuple(shares)


def plain(text: str) -> str:
    """In one spelling: as a keyboard has the figures and signs, in small letters."""
    return unicodedata.normalize("NFKC", text).translate(SPELLINGS).casefold().strip()


def has_raised_figures(text: str) -> bool:
    """Footnote marks, circled figures and the like: plain ones in plain spelling."""
    return not text.isascii() and any(
        sign.isdigit() and not sign.isdecimal() for sign in text
    )


def _unit(after: str, notation: Notation) -> tuple[int, str]:
    """How many times over, and what is left: "k €" is a thousand, and "€"."""
    for unit, times in sorted(notation.units.items(), key=lambda one: -len(one[0])):
        word = plain(unit).rstrip(".")
        if word and after.startswith(word):
            rest = after.removeprefix(word).removeprefix(".")
            if not rest[:1].isalpha() or len(rest) == 3:  # "kusd", but no "kg"
                return times, rest.strip()
    return 1, after


def _readings(body: str, notation: Notation) -> list[str]:
    """Digits with at most a point; the reader's own reading first."""
    whole = ungrouped(body)
    point, comma = (_with_fraction(body, sign) for sign in ".,")
    broken = [comma, point] if notation.decimal == "," else [point, comma]
    told = [reading for reading in broken if reading]
    if whole is None:
        return told
    group = plain(notation.group) or " "
    if not told or group in body:
        return [whole]
    return [*told, whole]


def ungrouped(body: str) -> str | None:
    """The digits of a whole number, whose groups go by one sign; None if it is none."""
    if body.isdecimal():
        return body if len(body) <= MOST_DIGITS else None
    if GROUPED.fullmatch(body) or LAKHS.fullmatch(body):
        digits = re.sub(r"[.,' ]", "", body)
        return digits if len(digits) <= MOST_DIGITS else None
    return None


def _with_fraction(body: str, sign: str) -> str | None:
    """Read with this as the decimal sign, which groups nothing then."""
    whole, found, fraction = body.rpartition(sign)
    if not found or sign in whole or not FRACTION.fullmatch(fraction):
        return None
    digits = ungrouped(whole) if whole else "0"
    return digits and f"{digits}.{fraction}".rstrip("0").rstrip(".")
