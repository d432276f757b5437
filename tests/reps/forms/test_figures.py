"""Figures as people type them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from reps.forms.figures import MoneyField, PercentField

PERCENT = PercentField(max_digits=5, decimal_places=4)
MONEY = MoneyField(max_digits=15, decimal_places=2)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (PERCENT, "30", "0.3"),
        (PERCENT, " 12.5 % ", "0.125"),
        (PERCENT, "100%", "1"),
        (PERCENT, "0", "0"),
        (MONEY, "200000", "200000"),
        (MONEY, "$200,000.50", "200000.50"),
        (MONEY, "1 234 567", "1234567"),
    ],
)
def test_it_takes_what_people_type(field, typed, kept):
    assert field.clean(typed) == Decimal(kept)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (PERCENT, "a third"),
        (PERCENT, "1,5"),  # a comma that groups nothing is no figure of ours
        (PERCENT, "12.345"),
        (PERCENT, "NaN"),
        (PERCENT, "1e-999999999"),
        (MONEY, "1e999999999"),
        (MONEY, "20,00"),
        (MONEY, "0.001"),
        (MONEY, "9" * 40),
        (MONEY, ""),
    ],
)
def test_it_refuses_the_rest(field, typed):
    with pytest.raises(ValidationError):
        field.clean(typed)


@pytest.mark.parametrize(
    ("field", "kept", "shown"),
    [
        (PERCENT, Decimal("0.3000"), "30"),
        (PERCENT, Decimal("0.1250"), "12.5"),
        (PERCENT, Decimal("1.0000"), "100"),
        (PERCENT, 1, "100"),
        (MONEY, Decimal("200000.00"), "200,000"),
        (MONEY, Decimal("19500.50"), "19,500.50"),
        (MONEY, None, None),
        (MONEY, "a lot", "a lot"),  # words typed come back as they were
    ],
)
def test_it_shows_what_is_kept_as_one_would_type_it(field, kept, shown):
    assert field.prepare_value(kept) == shown


@pytest.mark.parametrize("kept", [Decimal("0.3"), Decimal("0.1234"), Decimal(1)])
def test_what_is_shown_is_what_is_kept(kept):
    assert PERCENT.clean(PERCENT.prepare_value(kept)) == kept
