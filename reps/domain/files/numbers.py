"""Numbers as spreadsheets and CRMs write them, each read in the notation of its column.

In one cell `1.500` may be one and a half or fifteen hundred; in which of the notations
the column is written all its cells decide together (`reps.domain.files.verdicts`). What
is cut short, such as `1.2k`, is refused: nobody knows what was cut off.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reps.domain.files.currencies import codes_of
from reps.domain.files.verdicts import Family, Ways
from reps.domain.typed_figures import MOST_DIGITS, has_raised_figures, plain, ungrouped

LONGEST = 60  # of all that stands in a cell with a number
NUMBER = re.compile(
    r"(?P<before>[^0-9]*?)"
    # The point behind a letter is the letter's: "Fr.5" is five francs.
    r"(?P<body>(?:(?<![^\W\d_])[.,])?[0-9](?:[0-9.,' ]*[0-9])?)"
    r"(?P<exponent>e[+-]?[0-9]{1,2})?"
    r"(?P<after>[^0-9]*)"
)
FRACTION = re.compile(r"[0-9]{1,20}")
NO_CENTS = re.compile(r"(?<=[0-9])([.,])--?(?![0-9])")  # 1'200.- and 1.200,--
DASHES = str.maketrans("\N{HYPHEN}\N{EN DASH}\N{EM DASH}", "---")
GROUP_SIGNS = ".,' "
SHORT_FOR_MANY = (
    "k tsd tausend th thousand mil m mm mn mio million millions mln mrd md b bn "
    "billion t tn l lac lakh lakhs cr crore crores 千 万 百万 億 亿"
)


class NoNumber(StrEnum):
    """Why a cell is no number to its column."""

    NOT_A_NUMBER = "not_a_number"
    OTHER_NOTATION = "other_notation"
    CUT_SHORT = "cut_short"
    TOO_LARGE = "too_large"


class NotANumber(ValueError):
    """A cell that cannot be read as a number: why, and what stands there."""

    def __init__(self, why: NoNumber, value: str) -> None:
        super().__init__(why, value)
        self.why = why
        self.value = value


@dataclass(frozen=True, slots=True)
class Signs:
    """A notation: the decimal sign, and the signs that may part thousands.

    Of the latter "'" is any apostrophe and " " any space.
    """

    decimal: str
    groups: str


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it stands there, before anybody says which sign is the decimal one.

    `currency` are the codes its mark may stand for. Percent is read as it is written:
    27 % is 27.
    """

    negative: bool
    body: str
    exponent: str
    currency: tuple[str, ...]
    percent: bool

    def meaning(self, notation: Signs) -> Decimal | None:
        """What it is in this notation; None if it is not written in it."""
        whole, point, fraction = self.body.partition(notation.decimal)
        if point and not FRACTION.fullmatch(fraction):
            return None
        if not set(whole).intersection(GROUP_SIGNS) <= set(notation.groups):
            return None
        if self.exponent and not (whole or "0").isdecimal():
            return None
        digits = ungrouped(whole) if whole else "0"
        if digits is None:
            return None
        return self._figure(f"{digits}.{fraction}" if point else digits)

    def _figure(self, digits: str) -> Decimal:
        figure = Decimal(digits + self.exponent)
        if self.exponent:
            figure = Decimal(f"{figure:f}")  # 1.5E+5 as 150000
        return -figure if self.negative else figure


def read_number(cell: str | bool | Decimal | date, notation: Signs) -> Decimal:
    """The figure, in this notation alone. A cell that came as a number is one."""
    if isinstance(cell, Decimal):
        return cell
    if not isinstance(cell, str):
        raise NotANumber(NoNumber.NOT_A_NUMBER, str(cell))
    found = _apart(cell)
    if isinstance(found, NoNumber):
        raise NotANumber(found, cell)
    figure = found.meaning(notation)
    if figure is None or figure.adjusted() >= MOST_DIGITS:
        raise NotANumber(_why_not(found) or NoNumber.OTHER_NOTATION, cell)
    return figure


def read_amount(cell: str | bool | Decimal | date, notation: Signs) -> Decimal:
    """The same, of money: a share of something is none."""
    if isinstance(cell, str) and "%" in plain(cell):
        raise NotANumber(NoNumber.NOT_A_NUMBER, cell)
    return read_number(cell, notation)


NOTATIONS = Ways(
    each=(
        Signs(".", ","),
        Signs(",", "."),
        Signs(".", " "),
        Signs(",", " "),
        Signs(".", "'"),
        Signs(",", "'"),
    ),
    families=(
        Family(Signs(".", ",' "), (0, 2, 4)),
        Family(Signs(",", ".' "), (1, 3, 5)),
    ),
    read=read_number,
)


def written(text: str) -> Written | NoNumber:
    """The parts of a number, if it is one in any notation."""
    found = _apart(text)
    return found if isinstance(found, NoNumber) else _why_not(found) or found


def _apart(text: str) -> Written | NoNumber:
    """The parts of what may be a number."""
    if len(text) > LONGEST or has_raised_figures(text):
        return NoNumber.NOT_A_NUMBER
    spelled = NO_CENTS.sub(r"\g<1>00", plain(text).translate(DASHES))
    found = NUMBER.fullmatch(spelled)
    if not found:
        return NoNumber.NOT_A_NUMBER
    unsigned = _unsigned(found["before"], found["after"])
    if unsigned is None:
        return NoNumber.NOT_A_NUMBER
    negative, before, after = unsigned
    marks = _marks(before, after)
    if isinstance(marks, NoNumber):
        return marks
    currency, percent = marks
    body, exponent = found["body"], found["exponent"] or ""
    return Written(negative, body, exponent, currency, percent)


def _unsigned(before: str, after: str) -> tuple[bool, str, str] | None:
    """Whether it is less than zero, and what else stands around it."""
    minuses = (before + after).count("-")
    opened, closed = before.count("("), after.count(")")
    if minuses + opened > 1 or opened != closed or before.count("+") + minuses > 1:
        return None
    before = before.replace("(", "").replace("-", "").replace("+", "")
    after = after.replace(")", "").replace("-", "")
    return bool(minuses or opened), before.strip(), after.strip()


def _marks(before: str, after: str) -> tuple[tuple[str, ...], bool] | NoNumber:
    """The currencies that the marks may stand for, and whether it is percent."""
    if (before, after) in {("", "%"), ("%", "")}:
        return (), True
    ahead, behind = _currency(before), _currency(after)
    if ahead is None or behind is None:
        short = ahead is not None and _is_cut_short(after)
        return NoNumber.CUT_SHORT if short else NoNumber.NOT_A_NUMBER
    if not ahead or not behind:
        return ahead or behind, False
    both = tuple(code for code in ahead if code in behind)  # "$5 USD"
    return (both, False) if both else NoNumber.NOT_A_NUMBER


def _currency(mark: str) -> tuple[str, ...] | None:
    return codes_of(mark) if mark else ()


def _is_cut_short(after: str) -> bool:
    """Whether a word for thousands or more stands there, and at most a currency."""
    for word in SHORT_FOR_MANY.split():
        if after.startswith(word):
            rest = after.removeprefix(word).lstrip(". ")
            if _currency(rest) is not None:
                return True
    return False


def _why_not(number: Written) -> NoNumber | None:
    """`1 5`, `1,23,4` and `1.2.3` are numbers in no notation."""
    figures = [
        figure
        for signs in NOTATIONS.each
        if (figure := number.meaning(signs)) is not None
    ]
    if not figures:
        digits = sum(map(str.isdecimal, number.body))
        return NoNumber.TOO_LARGE if digits > MOST_DIGITS else NoNumber.NOT_A_NUMBER
    if any(figure.adjusted() >= MOST_DIGITS for figure in figures):
        return NoNumber.TOO_LARGE
    return None
