"""Figures as people type them, and as their fields show them again."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from reps.figure_style import SYMBOLS
from reps.forms.figures import CountField, MoneyField, PercentField, in_currency
from reps.templatetags.sales_format import SHORT_STEPS, money, money_short, percent
from tests.pages import one_line

PERCENT = PercentField(max_digits=5, decimal_places=4)
COUNT = CountField(min_value=0)
LANGUAGES = ("en", "de", "de-ch", "fr", "es", "pt-br", "lv", "id", "ja", "hi", "pl")


def amount(currency="USD", **facts):
    field = MoneyField(**{"max_digits": 15, "decimal_places": 2} | facts)
    field.currency = currency
    return field


MONEY = amount()


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (PERCENT, "30", "0.3"),
        (PERCENT, " 12.5 % ", "0.125"),
        (PERCENT, "27,5%", "0.275"),
        (PERCENT, "100%", "1"),
        (PERCENT, "0.9%", "0.009"),
        (PERCENT, "1%", "0.01"),
        (PERCENT, "0", "0"),
        (MONEY, "200000", "200000"),
        (MONEY, "$200,000.50", "200000.50"),
        (MONEY, "1 234 567", "1234567"),
        (MONEY, "$150k", "150000"),
        (MONEY, "1.5m", "1500000"),
        (MONEY, "1.234,56", "1234.56"),
        (MONEY, "20,00", "20"),
        (MONEY, "USD 1,500", "1500"),
        (MONEY, "1500 US$", "1500"),
        (amount("EUR"), "€150k", "150000"),
        (amount("EUR"), "150k EUR", "150000"),
        (amount("AUD"), "$150k", "150000"),
        (amount("AUD"), "A$150k", "150000"),
        (amount("AUD"), "AU$150k", "150000"),
        (amount("CHF"), "CHF 1'500", "1500"),
        (amount("JPY"), "\N{FULLWIDTH YEN SIGN}150,000", "150000"),
        (COUNT, "1,200", "1200"),
        (COUNT, "1.200", "1200"),
        (COUNT, "12.0", "12"),
    ],
)
def test_it_takes_what_people_type(field, typed, kept):
    assert field.clean(typed) == Decimal(kept)


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (PERCENT, "a third", "Use a percentage up to 100, such as 30."),
        (PERCENT, "$30", "Use a percentage up to 100, such as 30."),
        (PERCENT, "12.345", "no more than two digits"),
        (PERCENT, "NaN", "Use a percentage"),
        (PERCENT, "1e-999999999", "Use a percentage"),
        (MONEY, "1e999999999", "Use an amount in figures, such as 200,000."),
        (MONEY, "30%", "Use an amount in figures"),
        (MONEY, "0.001", "no more than two digits"),
        (MONEY, "9" * 40, "Use an amount in figures"),
        (MONEY, "9" * 16, "more than anybody can sell"),
        (MONEY, "", "This field is required."),
        (MONEY, "€150k", "Amounts here are in USD, and nothing is converted."),
        (MONEY, "150 CHF", "Amounts here are in USD, and nothing is converted."),
        (MONEY, "CA$150", "Amounts here are in USD, and nothing is converted."),
        (amount("EUR"), "$150k", "Amounts here are in EUR, and nothing is converted."),
        (COUNT, "3 demos", "Use a whole number, such as 12."),
        (COUNT, "1.5", "Use a whole number, such as 12."),
    ],
)
def test_it_refuses_the_rest(field, typed, words):
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert words in refused.value.messages[0]


@pytest.mark.parametrize(
    ("field", "typed", "words", "readings"),
    [
        (MONEY, "150.000", "Do you mean $150 or $150,000?", ["$150", "$150,000"]),
        (MONEY, "1.500", "Do you mean $1.50 or $1,500?", ["$1.50", "$1,500"]),
        # Nobody has a tenth of a cent: but nobody is taken for somebody else, either.
        (MONEY, "1.234", "Do you mean $1,234?", ["$1,234"]),
        (PERCENT, "0.9", "Do you mean 0.9% or 90%?", ["0.9%", "90%"]),
        (PERCENT, "1", "Do you mean 1% or 100%?", ["1%", "100%"]),
        (
            PercentField(min_value=0.01, max_digits=5, decimal_places=4),
            "0.3",
            "Do you mean 30%?",
            ["30%"],
        ),
    ],
)
def test_of_two_readings_it_asks_which(field, typed, words, readings):
    with pytest.raises(ValidationError) as asked:
        field.clean(typed)
    assert asked.value.messages == [words]
    assert asked.value.error_list[0].params["readings"] == readings
    assert len({field.clean(reading) for reading in readings}) == len(readings)


def test_where_no_reading_can_be_kept_it_says_why():
    with pytest.raises(ValidationError, match="more than anybody can sell"):
        amount(max_digits=3).clean("1234.000")
    with pytest.raises(ValidationError, match="more than nothing"):
        amount(min_value=1_000_000).clean("1.500")


# --- Chosen from two readings ---------------------------------------------------------


class QuotaOf(forms.Form):
    amount = MoneyField(max_digits=15, decimal_places=2)


def sent(text, meant=None):
    form = QuotaOf({"amount": text} | ({"amount-meant": meant} if meant else {}))
    in_currency(form, "USD")
    return form


@pytest.mark.parametrize(
    ("text", "meant", "kept"),
    [
        ("150.000", "$150,000", 150_000),
        ("150.000", "$150", 150),
        ("200", "$150", 200),  # typed anew, with a choice still made above it
        ("150,000", "$150", 150_000),
    ],
)
def test_a_choice_is_taken_where_the_text_can_be_read_so(text, meant, kept):
    form = sent(text, meant)
    assert form.is_valid()
    assert form.cleaned_data["amount"] == kept


@pytest.mark.parametrize("meant", [None, "$7", "150000", "<b>"])
def test_without_a_choice_that_it_gave_it_asks_again(meant):
    form = sent("150.000", meant)
    assert not form.is_valid()
    html = one_line(str(form))
    assert 'value="150.000"' in html
    assert 'type="radio" name="amount-meant" value="$150,000"' in html


def test_a_choice_stands_in_the_field_when_the_form_comes_back():
    form = sent("150.000", "$150,000")
    assert 'name="amount" value="$150,000"' in one_line(str(form))


# --- What is shown --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "kept", "shown"),
    [
        (PERCENT, Decimal("0.3000"), "30%"),
        (PERCENT, Decimal("0.1250"), "12.5%"),
        (PERCENT, Decimal("1.0000"), "100%"),
        (PERCENT, 1, "100%"),
        (MONEY, Decimal("200000.00"), "$200,000"),
        (MONEY, Decimal("19500.50"), "$19,500.50"),
        (MONEY, 0, "$0"),
        (amount("CHF"), 1_500, "CHF\N{NO-BREAK SPACE}1,500"),
        (MONEY, None, None),
        (MONEY, "a lot", "a lot"),  # words typed come back as they were
        (COUNT, 1200, "1,200"),
    ],
)
def test_it_shows_what_is_kept_as_the_app_prints_it(field, kept, shown):
    assert field.prepare_value(kept) == shown


# --- What the app prints it takes back ------------------------------------------------

amounts = st.decimals(Decimal(0), Decimal(10) ** 12, places=2, allow_nan=False)
shares = st.decimals(Decimal(0), Decimal(1), places=4, allow_nan=False)
languages, currencies = st.sampled_from(LANGUAGES), st.sampled_from([*SYMBOLS, "CHF"])


def rounded(figure, step=1):
    return (figure / step).quantize(Decimal(1), ROUND_HALF_UP) * step


@given(amounts, currencies, languages)
def test_what_an_untouched_field_sends_is_what_was_kept(kept, currency, language):
    field = amount(currency)
    with translation.override(language):
        assert field.clean(field.prepare_value(kept)) == kept


@given(amounts, currencies, languages)
def test_money_as_the_app_prints_it_is_read_back(kept, currency, language):
    field = amount(currency)
    short = next(
        rounded(kept, step)
        for limit, step, _ in SHORT_STEPS
        if rounded(kept, step) < limit
    )
    with translation.override(language):
        assert field.clean(money(kept, currency)) == rounded(kept)
        assert field.clean(money_short(kept, currency)) == short


@given(shares, languages)
def test_a_share_as_the_app_prints_it_is_read_back(kept, language):
    with translation.override(language):
        assert PERCENT.clean(PERCENT.prepare_value(kept)) == kept
        assert PERCENT.clean(percent(kept)) == rounded(kept * 100) / 100
