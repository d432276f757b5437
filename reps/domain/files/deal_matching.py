"""What is settled of a file of deals, for its rows to be read by; and what is not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from reps.domain.files.cell import as_text
from reps.domain.files.days import Order
from reps.domain.files.fields import Fact
from reps.domain.files.grid import Row
from reps.domain.files.numbers import Signs
from reps.domain.files.values import Owner, Standing


@dataclass(frozen=True, slots=True)
class DealMatching:
    """What a person, or a sure guess, says of a file of deals.

    `columns` are places from 0. `sellers` gives an owner the name under which they are
    known here, and none to whoever is left out. `standings` is by a stage's label, and
    by a status that says no outcome. A deal without an amount is worth its product's
    price, by the key of the product's name, and else the `estimate`.
    """

    columns: Mapping[Fact, int]
    signs: Mapping[Fact, Signs]
    orders: Mapping[Fact, Order]
    sellers: Mapping[Owner, str]
    standings: Mapping[str, Standing]
    stages: Mapping[int, str]  # in the order of the board, by their ids
    estimate: Decimal
    today: date
    prices: Mapping[str, Decimal] = field(default_factory=dict)


def owner_of(row: Row, columns: Mapping[Fact, int]) -> Owner:
    """Whose a row is, as its cells say it."""

    def cell(fact: Fact) -> str:
        return as_text(row.cells[columns[fact]]) if fact in columns else ""

    return Owner(cell(Fact.OWNER), cell(Fact.OWNER_EMAIL))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is left out, for nobody here is its owner."""

    row: int
    account: str
    owner: Owner


@dataclass(slots=True)
class Aside:
    """The rows that become no deals. `numbers` are of the bad ones, too."""

    left_out: list[LeftOut] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
