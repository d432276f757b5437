"""Figures as a person reads them, checked against what the mocks show."""

from decimal import Decimal

import pytest
from django.utils import translation

from reps.templatetags.sales_format import (
    magnitude,
    money,
    money_short,
    percent,
    signed,
    times,
)


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        (Decimal(38_000), "USD", "$38,000"),
        (Decimal("38000.49"), "USD", "$38,000"),
        (Decimal("38000.50"), "USD", "$38,001"),  # halves go up
        (Decimal("2.5"), "USD", "$3"),  # to the even number would be 2
        (Decimal(0), "USD", "$0"),
        (
            Decimal(-41_000),
            "USD",
            "\N{MINUS SIGN}$41,000",
        ),  # the sign before the symbol
        (Decimal("-0.4"), "USD", "$0"),  # and none on a zero
        (1_560_000, "EUR", "€1,560,000"),
        (1_000, "GBP", "£1,000"),
        (1_000, "JPY", "¥1,000"),
        (
            1_000,
            "CHF",
            "CHF\N{NO-BREAK SPACE}1,000",
        ),  # no symbol: the code, not to be broken off
        (None, "USD", "\N{EN DASH}"),  # not known is not zero
    ],
)
def test_money_is_in_whole_units(amount, currency, written):
    assert money(amount, currency) == written


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "$0"),
        (950, "$950"),
        (Decimal("999.49"), "$999"),
        (Decimal("999.50"), "$1k"),  # rounds up into the next unit
        (1_200, "$1.2k"),
        (1_249, "$1.2k"),
        (1_250, "$1.3k"),
        (2_000, "$2k"),  # no ".0"
        (9_949, "$9.9k"),
        (9_950, "$10k"),
        (38_000, "$38k"),
        (38_500, "$39k"),
        (559_000, "$559k"),
        (999_499, "$999k"),
        (999_500, "$1m"),
        (1_560_000, "$1.56m"),
        (1_500_000, "$1.5m"),
        (12_340_000, "$12.3m"),
        (559_400_000, "$559m"),
        (1_234_000_000, "$1.23bn"),
        (12_340_000_000, "$12.3bn"),
        (1_234_000_000_000, "$1,234bn"),  # yen and rupiah get there
        (-1_200, "\N{MINUS SIGN}$1.2k"),
        (Decimal("-0.4"), "$0"),
        (None, "\N{EN DASH}"),
    ],
)
def test_money_short_keeps_what_a_glance_needs(amount, written):
    assert money_short(amount, "USD") == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (Decimal("0.304"), "30%"),
        (Decimal("0.305"), "31%"),
        (0.285, "29%"),  # in binary it is a little less than 0.285
        (Decimal(0), "0%"),
        (Decimal("1.25"), "125%"),
        (Decimal("-0.2"), "\N{MINUS SIGN}20%"),
        (None, "\N{EN DASH}"),
    ],
)
def test_percent_is_whole(share, written):
    assert percent(share) == written


@pytest.mark.parametrize(
    ("change", "written"),
    [
        (3, "+3"),
        (-2, "\N{MINUS SIGN}2"),
        (0, "0"),
        (Decimal("0.4"), "0"),
        (1_500, "+1,500"),
    ],
)
def test_signed_shows_a_gain_as_one(change, written):
    assert signed(change) == written


def test_signed_says_when_nothing_is_known():
    assert signed(None) == "\N{EN DASH}"


@pytest.mark.parametrize(
    ("ratio", "written"),
    [
        (Decimal("1.4"), "1.4\N{MULTIPLICATION SIGN}"),
        (Decimal(1) / Decimal("0.3"), "3.3\N{MULTIPLICATION SIGN}"),
        (Decimal("2.96"), "3\N{MULTIPLICATION SIGN}"),
        (Decimal("0.05"), "0.1\N{MULTIPLICATION SIGN}"),
        (None, "\N{EN DASH}"),
    ],
)
def test_times_is_to_a_tenth(ratio, written):
    assert times(ratio) == written


def test_magnitude_leaves_the_sign_to_the_words():
    assert magnitude(Decimal(-41_000)) == 41_000
    assert magnitude(None) is None  # for the next filter to say it is not known


def test_it_groups_as_the_readers_language_does():
    with translation.override("de"):
        assert money(38_000, "EUR") == "€38.000"
        assert money_short(1_560_000, "EUR") == "€1,56m"
        assert times(Decimal("1.4")) == "1,4\N{MULTIPLICATION SIGN}"
