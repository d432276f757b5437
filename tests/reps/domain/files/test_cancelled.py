"""What a customer called off, as one cell says it."""

from datetime import date
from decimal import Decimal

import pytest

from reps.domain.files.cancelled import cancelled_cell, cancelled_in

OCTOBER, NOVEMBER = date(2026, 10, 20), date(2026, 11, 2)


def test_of_each_day_how_much():
    days = ((OCTOBER, Decimal(200)), (NOVEMBER, Decimal("5000.50")))
    cell = "2026-10-20: 200.00; 2026-11-02: 5000.50"
    assert cancelled_cell(days) == cell
    assert cancelled_in(cell) == days
    assert cancelled_cell(()) == ""
    assert cancelled_in("") == ()


def test_days_are_put_in_order_and_each_is_told_once():
    said = "2026-11-02: 5;2026-10-20: 1.5 ; 2026-11-02: 1; 2026-10-21: 0"
    assert cancelled_in(said) == ((OCTOBER, Decimal("1.5")), (NOVEMBER, Decimal(6)))


@pytest.mark.parametrize(
    "cell",
    ["2026-11-02", "5000.00", "2026-11-31: 5", "2026-11-02: -5", "2026-11-02: 1.234"],
)
def test_anything_else_says_nothing_of_it(cell):
    assert cancelled_in(cell) is None
