"""Rows come back as they were kept, as often as they are asked for."""

import gc
from datetime import date
from decimal import Decimal

import pytest

from reps.domain.files.cell import Failed, Formula, Money
from reps.domain.files.grid import Row
from reps.domain.files.unreadable import Unreadable, Why
from reps.imports import kept_rows
from reps.imports.kept_rows import KeptRows

ROWS = [
    Row(1, ("Ann", Decimal("1.50"), date(2026, 11, 30), "")),
    Row(4, (Formula("=A1"), Failed("#N/A"), Money("5", ("EUR",)))),
]


def test_cells_stay_what_they_are():
    (_first, (_number, kinds)) = [(row.number, row.cells) for row in KeptRows(ROWS)]
    assert list(KeptRows(ROWS)) == ROWS
    assert list(map(type, kinds)) == [Formula, Failed, Money]
    assert kinds[2].currency == ("EUR",)


@pytest.mark.parametrize("limit", ["PIECE_OF_ROWS", "PIECE_OF_LETTERS"])
def test_two_may_read_at_once(monkeypatch, limit):
    monkeypatch.setattr(kept_rows, limit, 3)
    rows = [Row(number, ("ab", str(number))) for number in range(20)]
    kept = KeptRows(iter(rows))
    assert list(zip(kept, kept, strict=True)) == list(zip(rows, rows, strict=True))
    assert list(kept) == rows


def test_no_rows_are_none():
    assert list(KeptRows([])) == []


def test_its_file_ends_with_it():
    kept = KeptRows(ROWS)
    file = kept.file
    del kept
    gc.collect()
    assert file.closed


def test_a_text_in_a_million_cells_does_not_fill_the_disk(monkeypatch):
    monkeypatch.setattr(kept_rows, "MOST_KEPT", 5_000)
    monkeypatch.setattr(kept_rows, "PIECE_OF_ROWS", 1)
    with pytest.raises(Unreadable) as refused:
        KeptRows(Row(number, ("x" * 100,)) for number in range(10_000))
    assert refused.value.why is Why.UNPACKS_TOO_LARGE
