"""Numbers as files write them: in one notation each, and in no other."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.files.numbers import (
    NOTATIONS,
    NoNumber,
    NotANumber,
    Signs,
    read_amount,
    read_number,
    written,
)

POINT = Signs(".", ",")
COMMA = Signs(",", ".")
FRENCH = Signs(",", " ")
SWISS = Signs(".", "'")
WIDE = "".join(chr(ord(sign) + 0xFEE0) for sign in "150,000")


@pytest.mark.parametrize(
    ("notation", "text", "figure"),
    [
        (POINT, "150000", "150000"),
        (POINT, "1,234.56", "1234.56"),
        (POINT, "1,500", "1500"),
        (POINT, "150.000", "150"),
        (POINT, "12,34,567", "1234567"),  # twelve lakhs
        (POINT, ".5", "0.5"),
        (POINT, "0.30000000000000004", "0.30000000000000004"),
        (POINT, "007", "7"),
        (POINT, WIDE, "150000"),
        (COMMA, "1.234,56", "1234.56"),
        (COMMA, "150.000", "150000"),
        (COMMA, "1,500", "1.5"),
        (FRENCH, "1 234,5", "1234.5"),
        (FRENCH, "1\N{NO-BREAK SPACE}234,5", "1234.5"),
        (FRENCH, "1\N{NARROW NO-BREAK SPACE}234,5", "1234.5"),
        (SWISS, "1'234.50", "1234.5"),
        (SWISS, "1’234.50", "1234.5"),
        # Marks before and behind.
        (POINT, "$1,200", "1200"),
        (POINT, "US$ 1,200", "1200"),
        (POINT, "$5 USD", "5"),
        (POINT, "USD5", "5"),
        (COMMA, "1.200,50 €", "1200.5"),
        (COMMA, "EUR\N{NO-BREAK SPACE}5", "5"),
        (POINT, "£5", "5"),
        (COMMA, "R$ 5,00", "5"),
        (FRENCH, "1 234,50 zł", "1234.5"),
        (COMMA, "kr. 500", "500"),
        (COMMA, "500 kr", "500"),
        (POINT, "Fr.5", "5"),  # not half a franc
        (POINT, "\N{FULLWIDTH YEN SIGN}1,500", "1500"),
        (POINT, "1,500円", "1500"),
        (POINT, "CHF 5", "5"),
        (COMMA, "27,5%", "27.5"),
        (COMMA, "27,5 %", "27.5"),
        (COMMA, "%27,5", "27.5"),
        # Less than zero.
        (POINT, "-5", "-5"),
        (POINT, "5-", "-5"),
        (POINT, "\N{MINUS SIGN}5", "-5"),
        (POINT, "–5", "-5"),
        (POINT, "(1,234.50)", "-1234.5"),
        (POINT, "($5)", "-5"),
        (POINT, "$(5)", "-5"),
        (POINT, "-$5", "-5"),
        (POINT, "$-5", "-5"),
        (POINT, "+5", "5"),
        # No cents, as the Swiss and Germans write them: not less than zero.
        (SWISS, "CHF 1'200.–", "1200"),
        (COMMA, "1.200,-- €", "1200"),
        # A spreadsheet's exponents.
        (POINT, "1.5E+05", "150000"),
        (COMMA, "1,5E+05", "150000"),
        (POINT, "1E3", "1000"),
        (POINT, "1.5e-3", "0.0015"),
    ],
)
def test_it_reads_what_files_write(notation, text, figure):
    assert read_number(text, notation) == Decimal(figure)


def test_what_came_as_a_number_is_one():
    assert read_number(Decimal("1.500"), COMMA) == Decimal("1.5")
    for other in (date(2026, 11, 23), True):
        with pytest.raises(NotANumber, match="not_a_number"):
            read_number(other, COMMA)


@pytest.mark.parametrize(
    ("notation", "text", "why"),
    [
        (POINT, "1.234,56", NoNumber.OTHER_NOTATION),
        (POINT, "1 234", NoNumber.OTHER_NOTATION),
        (POINT, "1.234.567", NoNumber.OTHER_NOTATION),
        (COMMA, "1.5", NoNumber.OTHER_NOTATION),
        (COMMA, "1.5E+05", NoNumber.OTHER_NOTATION),
        (FRENCH, "1.500", NoNumber.OTHER_NOTATION),
        (SWISS, "1,500", NoNumber.OTHER_NOTATION),
        (COMMA, "0.500", NoNumber.OTHER_NOTATION),  # no group begins with a nought
        (POINT, "1.2k", NoNumber.CUT_SHORT),
        (POINT, "$1.5M", NoNumber.CUT_SHORT),
        (POINT, "€150k", NoNumber.CUT_SHORT),
        (POINT, "150 kEUR", NoNumber.CUT_SHORT),
        (COMMA, "1,5 Mio. €", NoNumber.CUT_SHORT),
        (POINT, "150万円", NoNumber.CUT_SHORT),
        (POINT, "9" * 21, NoNumber.TOO_LARGE),
        (POINT, "1E99", NoNumber.TOO_LARGE),
        (POINT, "", NoNumber.NOT_A_NUMBER),
        (POINT, "-", NoNumber.NOT_A_NUMBER),
        (POINT, "$", NoNumber.NOT_A_NUMBER),
        (POINT, "a lot", NoNumber.NOT_A_NUMBER),
        (POINT, "12kg", NoNumber.NOT_A_NUMBER),
        (POINT, "usd.5", NoNumber.NOT_A_NUMBER),
        (POINT, "$5 €", NoNumber.NOT_A_NUMBER),
        (POINT, "5 % €", NoNumber.NOT_A_NUMBER),
        (POINT, "1 5", NoNumber.NOT_A_NUMBER),
        (POINT, "1,23,4", NoNumber.NOT_A_NUMBER),
        (POINT, "1.2.3", NoNumber.NOT_A_NUMBER),
        (POINT, "1,000E+05", NoNumber.OTHER_NOTATION),  # with a decimal comma only
        (POINT, "5-10", NoNumber.NOT_A_NUMBER),
        (POINT, "--5", NoNumber.NOT_A_NUMBER),
        (POINT, "+-5", NoNumber.NOT_A_NUMBER),
        (POINT, "(-5)", NoNumber.NOT_A_NUMBER),
        (POINT, "(5", NoNumber.NOT_A_NUMBER),
        (POINT, "23.11.2026", NoNumber.NOT_A_NUMBER),
        (POINT, "1,500\N{SUPERSCRIPT ONE}", NoNumber.NOT_A_NUMBER),  # a footnote's
        (POINT, "\N{CIRCLED DIGIT ONE}", NoNumber.NOT_A_NUMBER),
        (POINT, "5" + " " * 60 + "€", NoNumber.NOT_A_NUMBER),
        (POINT, "NaN", NoNumber.NOT_A_NUMBER),
    ],
)
def test_the_rest_is_refused_with_its_reason(notation, text, why):
    with pytest.raises(NotANumber) as refused:
        read_number(text, notation)
    assert (refused.value.why, refused.value.value) == (why, text)


def test_it_knows_the_currency_and_percent():
    assert written("US$ 5").currency == ("USD",)
    assert written("5 $").currency[:2] == ("USD", "CAD")
    assert written("$5 CAD").currency == ("CAD",)
    assert written("5").currency == ()
    assert written("5 %").percent
    assert not written("5").percent


def test_a_share_is_no_amount():
    assert read_number("20 %", Signs(".", ",")) == 20
    for share in ("20 %", "20%", "%20", "20\uff05"):
        with pytest.raises(NotANumber, match="not_a_number"):
            read_amount(share, Signs(".", ","))
    assert read_amount("$20", Signs(".", ",")) == 20


SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
APOSTROPHES = "'’"
MARKS = ["", "$", "US$ ", "€", "EUR ", "CHF ", "R$", "£", "kr ", "zł "]
FIGURES = st.decimals(
    min_value=Decimal(-(10**12)), max_value=Decimal(10**12), places=2
) | st.integers(-(10**9), 10**9).map(Decimal)


@st.composite
def figures_as_written(draw):
    """A figure, a notation, and the figure in this notation in some dress."""
    figure, notation = draw(FIGURES), draw(st.sampled_from(NOTATIONS.each))
    signs = {" ": SPACES, "'": APOSTROPHES}.get(notation.groups, notation.groups)
    group = draw(st.sampled_from(["", *signs]))
    digits = f"{abs(figure):,}".translate(str.maketrans({",": group, ".": "\0"}))
    digits = digits.replace("\0", notation.decimal)
    mark, is_behind = draw(st.sampled_from(MARKS)), draw(st.booleans())
    amount = f"{digits} {mark}".strip() if is_behind else mark + digits
    below = draw(st.sampled_from(["-{}", "{}-", "\N{MINUS SIGN}{}", "({})"]))
    return figure, notation, below.format(amount) if figure < 0 else amount


@given(figures_as_written())
def test_it_reads_back_what_is_written_and_nothing_else(case):
    figure, notation, text = case
    assert read_number(text, notation) == figure
    # Another notation reads it as the same figure or not at all, but where the text is
    # one of those that a column has to settle: three digits behind its only sign.
    for other in NOTATIONS.each:
        meaning = written(text).meaning(other)
        if meaning is not None and meaning != figure:
            assert {meaning * 1000, meaning / 1000} & {figure}


@given(st.text(max_size=30) | st.text("0123456789.,' -()$€%kE+", max_size=12))
def test_whatever_stands_there_is_read_or_refused(text):
    for notation in NOTATIONS.each:
        try:
            figure = read_number(text, notation)
        except NotANumber:
            continue
        assert figure.is_finite()
