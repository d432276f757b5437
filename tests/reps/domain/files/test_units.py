"""What a header says of its amounts, besides what they are."""

import pytest

from reps.domain.files.units import unit_in


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Amount (k€)", "k€"),
        ("Auftragswert (T€)", "T€"),
        ("Umsatz in TEUR", "TEUR"),
        ("Umsatz in Tsd. €", "Tsd. €"),
        ("ARR ($k)", "$k"),
        ("ARR $k", "$k"),
        ("Revenue ('000)", "'000"),
        ("Revenue [USD 000s]", "USD 000s"),
        ("Value in thousands", "thousands"),
        ("Deal value (m)", "m"),
        ("Importe (miles)", "miles"),
        ("金額\uff08万円\uff09", "万円"),
        ("Amount (EUR)", "EUR"),
        ("Amount EUR", "EUR"),
        ("Betrag in €", "€"),
        ("Value £", "£"),
        ("Amount (CA$)", "CA$"),
    ],
)
def test_it_is_in_something_else(header, unit):
    assert unit_in(header, "USD") == unit


@pytest.mark.parametrize(
    "header",
    [
        *("Amount", "Amount (USD)", "Amount in US$", "Amount ($)", "Amount $"),
        *("Amount (2)", "Amount (converted)", "Amount (net)", "Amount (all)"),
        *("Deal value ALL", "Plan B", "Value T", "Amount in company currency"),
        *("Deal - Value", "Est. revenue", "Total amount", "Amount m", "ARR", ""),
        *("Amount / Amount", "Close value", "Annualized value (year 1)"),
    ],
)
def test_it_is_the_whole_amount(header):
    assert unit_in(header, "USD") is None


def test_whose_a_shared_sign_is_the_organization_says():
    assert unit_in("Amount ($)", "CAD") is None
    assert unit_in("Belopp (kr)", "SEK") is None
    assert unit_in("Belopp (kr)", "USD") == "kr"
    assert unit_in("金額\uff08円\uff09", "JPY") is None
