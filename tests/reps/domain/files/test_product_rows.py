"""Rows become products with their prices, or complaints that say why not."""

from decimal import Decimal

import pytest

from reps.domain.files.fields import Fact
from reps.domain.files.grid import Row
from reps.domain.files.numbers import NoNumber, Signs
from reps.domain.files.product_rows import (
    NoProduct,
    ProductMatching,
    ProductRow,
    read_products,
)

COLUMNS = {Fact.PRICE: 0, Fact.PRODUCT: 2}  # and a series between them


def read(*rows):
    """The products of such (name, price), and the complaints about them."""
    complaints = []
    products = read_products(
        (
            Row(number, (price, "GTX", name))
            for number, (name, price) in enumerate(rows, start=2)
        ),
        ProductMatching(COLUMNS, Signs(",", ".")),
        complaints,
    )
    return list(products), [
        (one.row, one.column, one.wrong, one.value) for one in complaints
    ]


def test_a_row_says_a_product_and_its_price():
    assert read(("GTX Pro", "4.821,505"), ("Sample", "0"), ("MG", Decimal(55))) == (
        [
            ProductRow("GTX Pro", Decimal("4821.51"), 2),
            ProductRow("Sample", Decimal(0), 3),
            ProductRow("MG", Decimal(55), 4),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("name", "price", "column", "why", "value"),
    [
        ("", "5", 3, NoProduct.EMPTY, Fact.PRODUCT),
        ("G" * 121, "5", 3, NoProduct.TOO_LONG, "121"),
        ("GTX", "", 1, NoProduct.EMPTY, Fact.PRICE),
        ("GTX", "on request", 1, NoNumber.NOT_A_NUMBER, "on request"),
        ("GTX", "1,2k", 1, NoNumber.CUT_SHORT, "1,2k"),
        ("GTX", "-5", 1, NoProduct.LESS_THAN_ZERO, "-5"),
        ("GTX", "2000000000000", 1, NoProduct.TOO_LARGE, "2000000000000"),
    ],
)
def test_what_is_wrong_is_said_at_its_column_and_the_next_is_read(
    name, price, column, why, value
):
    products, complaints = read((name, price), ("MG", "5"))
    assert [one.name for one in products] == ["MG"]
    assert complaints == [(2, column, why, value)]


def test_a_product_stands_once_however_it_is_spelled():
    products, complaints = read(("GTX Pro", "5"), ("gtx  pro", "6"))
    assert [one.name for one in products] == ["GTX Pro"]
    assert complaints == [(3, 3, NoProduct.TWICE, "2")]


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    assert read(("", "much")) == (
        [],
        [
            (2, 3, NoProduct.EMPTY, Fact.PRODUCT),
            (2, 1, NoNumber.NOT_A_NUMBER, "much"),
        ],
    )
