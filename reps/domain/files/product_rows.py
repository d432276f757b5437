"""A price list out of a file's rows: what each product costs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from reps.domain.csv_table import key
from reps.domain.files.cell import as_text
from reps.domain.files.fields import LABEL, Fact
from reps.domain.files.grid import Complaint, Row
from reps.domain.files.numbers import NotANumber, Signs, read_number

CENT = Decimal("0.01")
MOST = Decimal(10) ** 12
NOTHING = Decimal(0)


class NoProduct(StrEnum):
    """What a row lacks, or says twice, to be a product with its price."""

    EMPTY = "empty"  # `value`: what is
    TOO_LONG = "too_long"
    LESS_THAN_ZERO = "less_than_zero"
    TOO_LARGE = "too_large"
    TWICE = "product_twice"  # `value`: the row it is in already


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product, and what one costs in the organization's currency."""

    name: str
    price: Decimal
    row: int


@dataclass(frozen=True, slots=True)
class ProductMatching:
    """What is settled of a file of products: `columns` are places from 0."""

    columns: Mapping[Fact, int]
    signs: Signs


def read_products(
    rows: Iterable[Row], matching: ProductMatching, complaints: list[Complaint]
) -> Iterator[ProductRow]:
    """The products; what is wrong with a row is noted, and the next is read.

    A product stands once, however it is spelled: two prices would be one too many.
    """
    reader = _Reader(matching, complaints)
    for row in rows:
        before = len(complaints)
        name, price = reader.name(row), reader.price(row)
        if len(complaints) == before:
            yield ProductRow(name, price, row.number)


class _Reader:
    def __init__(self, matching: ProductMatching, complaints: list[Complaint]) -> None:
        self.matching = matching
        self.complaints = complaints
        self.first_rows: dict[str, int] = {}

    def name(self, row: Row) -> str:
        name = as_text(row.cells[self.matching.columns[Fact.PRODUCT]])
        if not key(name):
            self._complain(row, Fact.PRODUCT, NoProduct.EMPTY, Fact.PRODUCT)
            return name
        if len(name) > LABEL:
            self._complain(row, Fact.PRODUCT, NoProduct.TOO_LONG, str(len(name)))
        first = self.first_rows.setdefault(key(name), row.number)
        if first != row.number:
            self._complain(row, Fact.PRODUCT, NoProduct.TWICE, str(first))
        return name

    def price(self, row: Row) -> Decimal:
        """Nought where there is none to be read, and then a complaint."""
        cell = row.cells[self.matching.columns[Fact.PRICE]]
        price = NOTHING
        try:
            price = read_number(cell, self.matching.signs)
        except NotANumber as error:
            if cell == "":
                self._complain(row, Fact.PRICE, NoProduct.EMPTY, Fact.PRICE)
            else:
                self._complain(row, Fact.PRICE, error.why, error.value)
        if price < 0:
            self._complain(row, Fact.PRICE, NoProduct.LESS_THAN_ZERO, str(price))
        if price > MOST:
            self._complain(row, Fact.PRICE, NoProduct.TOO_LARGE, str(price))
            return NOTHING
        return price.quantize(CENT, ROUND_HALF_UP)

    def _complain(self, row: Row, fact: Fact, why: StrEnum, value: str = "") -> None:
        column = self.matching.columns[fact] + 1
        self.complaints.append(Complaint(row.number, column, why, value))
