"""Figures as people type them, in the languages they come from."""

from decimal import Decimal

import pytest

from reps.domain.typed_figures import (
    Notation,
    has_raised_figures,
    read_figure,
    shares_of_one,
)

ENGLISH = Notation(".", ",", {"k": 10**3, "m": 10**6, "bn": 10**9})
GERMAN = Notation(",", ".", {"Tsd.": 10**3, "Mio.": 10**6})
FRENCH = Notation(",", "\N{NARROW NO-BREAK SPACE}", {"k": 10**3, "M": 10**6})
# 150,000 as a Japanese keyboard writes it.
WIDE = "".join(chr(ord(sign) + 0xFEE0) for sign in "150,000")
SWISS = Notation(".", "’", {})


@pytest.mark.parametrize(
    ("notation", "text", "readings", "mark"),
    [
        # One reading, whoever writes it.
        (ENGLISH, "150000", ["150000"], ""),
        (ENGLISH, "$150k", ["150000"], "$"),
        (ENGLISH, "1.5m", ["1500000"], ""),
        (ENGLISH, "1.5 M", ["1500000"], ""),
        (ENGLISH, "€150k", ["150000"], "€"),
        (ENGLISH, "150k€", ["150000"], "€"),
        (ENGLISH, "150 kEUR", ["150000"], "eur"),
        (ENGLISH, "CHF\N{NO-BREAK SPACE}1,000", ["1000"], "chf"),
        (ENGLISH, "1,234.56", ["1234.56"], ""),
        (ENGLISH, "1.234,56", ["1234.56"], ""),
        (ENGLISH, "27,5%", ["27.5"], "%"),
        (ENGLISH, "% 27.5", ["27.5"], "%"),
        (ENGLISH, "1.234.567", ["1234567"], ""),
        (ENGLISH, "1 234 567", ["1234567"], ""),
        (ENGLISH, "1\N{THIN SPACE}234,5", ["1234.5"], ""),
        (ENGLISH, "1\N{NARROW NO-BREAK SPACE}234", ["1234"], ""),
        (ENGLISH, "1'234.50", ["1234.5"], ""),
        (ENGLISH, "12,34,567", ["1234567"], ""),  # twelve lakhs
        (ENGLISH, "0.234", ["0.234"], ""),  # no group begins with a nought
        (ENGLISH, ".5", ["0.5"], ""),
        (ENGLISH, WIDE, ["150000"], ""),
        (ENGLISH, "\N{MINUS SIGN}$1,200", ["-1200"], "$"),
        (ENGLISH, "$-1,200", ["-1200"], "$"),
        (ENGLISH, "1,234bn", ["1234000000000"], ""),
        (GERMAN, "1,5 Mio. €", ["1500000"], "€"),
        (GERMAN, "150 tsd", ["150000"], ""),
        (SWISS, "1’234.50", ["1234.5"], ""),
        # The language settles it.
        (ENGLISH, "1,500", ["1500"], ""),
        (GERMAN, "1.500", ["1500"], ""),
        # It does not: the reader's own way comes first.
        (ENGLISH, "1.500", ["1.5", "1500"], ""),
        (ENGLISH, "150.000", ["150", "150000"], ""),
        (ENGLISH, "$1.250k", ["1250", "1250000"], "$"),
        (GERMAN, "1,500", ["1.5", "1500"], ""),
        (FRENCH, "1.500", ["1.5", "1500"], ""),
        (FRENCH, "1,500", ["1.5", "1500"], ""),
        (SWISS, "1,500", ["1.5", "1500"], ""),
        # What is no unit of the language stays beside it, for its field to judge.
        (ENGLISH, "12kg", ["12"], "kg"),
        (ENGLISH, "12 kr", ["12"], "kr"),
        (ENGLISH, "3 demos", ["3"], "demos"),
        (ENGLISH, "150 mxn", ["150"], "mxn"),
        (ENGLISH, "150 Tsd.", ["150"], "tsd."),
    ],
)
def test_it_reads_what_people_write(notation, text, readings, mark):
    typed = read_figure(text, notation)
    assert (typed.readings, typed.mark) == (tuple(map(Decimal, readings)), mark)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "$",
        "-",
        "a lot",
        "1e5",
        "1 5",
        "1,23,4",
        "1,234,56.7",
        "1.2.3",
        "$5$",
        "5-",
        "1,234,5",
        "12 and 13",
        "9" * 21,
        "NaN",
    ],
)
def test_the_rest_is_no_figure(text):
    assert read_figure(text, ENGLISH) is None


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("30", ["0.3"]),
        ("1.5", ["0.015"]),
        ("0", ["0"]),
        ("0.9", ["0.009", "0.9"]),  # nine in a thousand, or nine in ten
        ("0,9", ["0.009", "0.9"]),
        ("1", ["0.01", "1"]),
        ("0.9%", ["0.009"]),
        ("1 %", ["0.01"]),
    ],
)
def test_a_bare_figure_up_to_one_may_be_percent_or_a_share(text, shares):
    typed = read_figure(text, ENGLISH)
    assert shares_of_one(typed) == tuple(map(Decimal, shares))


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("1,500\N{SUPERSCRIPT ONE}", True),
        ("\N{CIRCLED DIGIT ONE}", True),
        (WIDE, False),
    ],
)
def test_raised_figures_are_told_before_plain_spelling_lowers_them(text, raised):
    assert has_raised_figures(text) == raised
