"""Rows and grids become quotas as they say, or complaints that say why not."""

from datetime import date
from decimal import Decimal

import pytest

from reps.domain.files.days import Order
from reps.domain.files.fields import Fact
from reps.domain.files.grid import Row
from reps.domain.files.numbers import NoNumber, Signs
from reps.domain.files.quota_rows import (
    LeftOut,
    NoQuota,
    QuotaMatching,
    QuotaSaid,
    quarters_said,
    read_quotas,
)
from reps.domain.files.row_cells import Cells, NoFigure
from reps.domain.files.values import Owner
from reps.domain.quarter import Span

FIRST = Span(date(2026, 1, 1), date(2026, 3, 31))
SECOND = Span(date(2026, 4, 1), date(2026, 6, 30))
QUARTERS = {"Q1 2026": FIRST, "Q2 2026": SECOND, "Q3 2026": None}
SELLERS = {Owner("Theo"): "rep:1", Owner("T. Lind"): "rep:1", Owner("House"): ""}
ROW = (
    *(Fact.OWNER, Fact.QUARTER, Fact.AMOUNT, Fact.RAMP),
    *(Fact.STARTS_ON, Fact.HOLDS_FROM),
)


class Read:
    """What came of some rows: quotas, complaints, and what was left out."""

    def __init__(self, columns, rows, *, grid=None, erases=False, signs=None):
        places = {fact: place for place, fact in enumerate(columns)}
        written = signs or Signs(".", ",")
        cells = Cells(
            columns=places,
            signs=dict.fromkeys(range(9), written),
            orders=dict.fromkeys((Fact.STARTS_ON, Fact.HOLDS_FROM), Order.DAY_FIRST),
            today=date(2026, 2, 2),
        )
        self.left_out = []
        self.quotas = read_quotas(
            [Row(number, row) for number, row in enumerate(rows, start=2)],
            cells,
            QuotaMatching(grid or {}, SELLERS, QUARTERS, erases),
            lambda *left: self.left_out.append(left),
        )
        self.wrong = [
            (one.row, one.column, one.wrong, one.value) for one in cells.complaints
        ]


def from_rows(*rows, **said):
    filled = [(*row, *[""] * len(ROW))[: len(ROW)] for row in rows]
    return Read(ROW, filled, **said)


def from_grid(*rows, **said):
    grid = {1: "Q1 2026", 2: "Q2 2026", 3: "Q3 2026"}
    return Read((Fact.OWNER,), rows, grid=grid, **said)


def test_a_row_is_a_quota():
    read = from_rows(("Theo", "Q2 2026", "1,200,000.50", "50 %", "15/04/2026"))
    assert read.quotas == [
        QuotaSaid(
            2,
            "rep:1",
            SECOND,
            Decimal("1200000.50"),
            Decimal("0.5"),
            date(2026, 4, 15),
        )
    ]
    assert read.wrong == read.left_out == []


def test_a_grid_has_one_for_each_filled_cell():
    read = from_grid(("Theo", "250", "-", ""))
    assert read.quotas == [QuotaSaid(2, "rep:1", FIRST, Decimal(250))]
    assert read.wrong == read.left_out == []


@pytest.mark.parametrize(
    ("ramp", "share"),
    [("0.5", "0.5"), ("50", "0.5"), ("50%", "0.5"), ("1", "1"), ("0.5 %", "0.005")],
)
def test_a_ramp_is_a_share_however_it_is_written(ramp, share):
    (quota,) = from_rows(("Theo", "Q1 2026", "100", ramp)).quotas
    assert quota.ramp == Decimal(share)


@pytest.mark.parametrize("ramp", ["0", "150", "0.001 %"])
def test_or_it_is_none(ramp):
    read = from_rows(("Theo", "Q1 2026", "100", ramp))
    assert (read.quotas, read.wrong) == ([], [(2, 4, NoQuota.NO_SHARE, ramp)])


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (("Theo", "Q1 2026", "12k"), (2, 3, NoNumber.CUT_SHORT, "12k")),
        (("Theo", "Q1 2026", "-5"), (2, 3, NoFigure.LESS_THAN_ZERO, "-5")),
        (("Theo", "Q1 2026", "9000000000000"), (2, 3, NoFigure.TOO_LARGE)),
        (("", "Q1 2026", "5"), (2, 1, NoFigure.EMPTY, "owner")),
        (("Theo", "", "5"), (2, 2, NoFigure.EMPTY, "quarter")),
        (("Theo", "Spring", "5"), (2, 2, NoQuota.NO_SUCH_QUARTER, "Spring")),
        (
            ("Theo", "Q1 2026", "5", "", "01/04/2026"),
            (2, 5, NoQuota.STARTS_OUTSIDE, "2026-04-01"),
        ),
        (
            ("Theo", "Q1 2026", "5", "", "", "31/12/2025"),
            (2, 6, NoQuota.STARTS_OUTSIDE, "2025-12-31"),
        ),
    ],
)
def test_what_is_wrong_with_a_row_is_told_at_its_column(row, wrong):
    read = from_rows(row, ("Theo", "Q2 2026", "7"))
    assert [found[: len(wrong)] for found in read.wrong] == [wrong]
    assert [(quota.row, quota.amount) for quota in read.quotas] == [(3, 7)]


def test_one_bad_cell_of_a_grid_keeps_its_row_out():
    read = from_grid(("Theo", "250", "soon", ""))
    assert read.quotas == []
    assert read.wrong == [(2, 3, NoNumber.NOT_A_NUMBER, "soon")]


def test_what_was_left_out_is_named():
    read = from_rows(
        ("House", "Q1 2026", "5"), ("Theo", "Q3 2026", "5"), ("Theo", "Q1 2026", "")
    )
    assert (read.quotas, read.wrong) == ([], [])
    assert read.left_out == [
        (2, "House", LeftOut.OWNER, ""),
        (3, "Theo", LeftOut.QUARTER, "Q3 2026"),
        (4, "Theo", LeftOut.NOTHING, ""),
    ]


def test_said_twice_alike_is_said_once():
    read = from_rows(("Theo", "Q1 2026", "5"), ("T. Lind", "Q1 2026", "5.00"))
    assert [quota.row for quota in read.quotas] == [2]
    assert read.wrong == []


def test_one_that_holds_from_another_day_is_another():
    read = from_rows(
        ("Theo", "Q1 2026", "5"),
        ("Theo", "Q1 2026", "6", "", "", "01/02/2026"),
        ("Theo", "Q1 2026", "5", "", "", "01/01/2026"),  # which is all of the quarter
    )
    assert [(one.amount, one.holds_from) for one in read.quotas] == [
        (5, None),
        (6, date(2026, 2, 1)),
    ]
    assert read.wrong == []


def test_of_two_that_differ_neither_holds():
    rows = ("Theo", "Q1 2026", "5"), ("T. Lind", "Q1 2026", "6"), ("Theo", "Q2 2026", 1)
    read = from_rows(*(tuple(map(str, row)) for row in rows))
    assert [quota.quarter for quota in read.quotas] == [SECOND]
    assert read.wrong == [
        (2, 3, NoQuota.SAYS_OTHERWISE, "3"),
        (3, 3, NoQuota.SAYS_OTHERWISE, "2"),
    ]


def test_an_empty_cell_takes_away_only_where_it_was_said():
    row = ("Theo", "Q1 2026", "", "", "")
    assert from_rows(row).quotas == []
    (quota,) = from_rows(row, erases=True).quotas
    assert (quota.amount, quota.ramp, quota.starts_on) == (0, 1, FIRST.starts_on)
    quotas = from_grid(("Theo", "", "-", "7"), erases=True).quotas
    assert [(quota.quarter, quota.amount) for quota in quotas] == [(FIRST, 0)]


def test_the_year_may_stand_in_a_column_of_its_own():
    columns = {Fact.OWNER: 0, Fact.YEAR: 1}
    rows = [Row(2, ("Theo", "2026", "5", "")), Row(3, ("Mira", "2027", "5", "6"))]
    assert quarters_said(rows, columns, {2: "Q1", 3: "Q2"}) == {
        "Q1 2026": 1,
        "Q1 2027": 1,
        "Q2 2027": 1,
    }
    columns |= {Fact.QUARTER: 2, Fact.AMOUNT: 3}
    rows = [Row(2, ("Theo", "FY26", "3", "5")), Row(3, ("Theo", "2026", "Q1 2027", 5))]
    rows.append(Row(4, ("Theo", "2026", "2026-04-01", "5")))
    assert quarters_said(rows, columns, {}) == {
        "Q3 FY26": 1,
        "Q1 2027": 1,
        "2026-04-01": 1,
    }
