"""Which currency stands beside an amount."""

import pytest

from reps.domain.files.currencies import code_of, codes_of


@pytest.mark.parametrize(
    ("mark", "home", "code"),
    [
        ("€", "USD", "EUR"),
        ("eur", "USD", "EUR"),
        ("us$", "CAD", "USD"),
        ("$ ca", "USD", "CAD"),
        ("r$", "USD", "BRL"),
        ("£", "EUR", "GBP"),
        ("chf", "EUR", "CHF"),
        ("sfr.", "EUR", "CHF"),
        ("zł", "EUR", "PLN"),
        # Signs of several countries are the organization's own, or the commonest's.
        ("$", "USD", "USD"),
        ("$", "CAD", "CAD"),
        ("$", "EUR", "USD"),
        ("¥", "CNY", "CNY"),
        ("¥", "EUR", "JPY"),
        ("kr", "NOK", "NOK"),
        ("kr.", "DKK", "DKK"),
    ],
)
def test_a_mark_stands_for_a_currency(mark, home, code):
    assert code_of(codes_of(mark), home) == code


@pytest.mark.parametrize("mark", ["kg", "$€", "usd.", "%", "deals"])
def test_the_rest_is_no_currency(mark):
    assert codes_of(mark) is None
