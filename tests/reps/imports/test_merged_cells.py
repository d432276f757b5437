"""What is merged over rows stands in each of them, where that is meant."""

from datetime import date
from decimal import Decimal

from reps.domain.files.grid import Row
from reps.imports.merged_cells import Merged, filled_down

DAY = date(2026, 11, 30)


def rows(*cells, first=1):
    return [Row(number, one) for number, one in enumerate(cells, start=first)]


def test_a_text_and_a_day_stand_in_each_row_they_are_merged_over():
    table = rows(("Ann", "a", DAY), ("", "b"), ("", "c"), ("", "d"))
    assert list(filled_down(table, [Merged(1, 1, 3), Merged(3, 1, 2)])) == rows(
        ("Ann", "a", DAY), ("Ann", "b", DAY), ("Ann", "c"), ("", "d")
    )


def test_a_figure_stands_once_for_it_may_be_a_sum():
    table = rows(("a", Decimal(9)), ("b", ""))
    assert list(filled_down(table, [Merged(2, 1, 2)])) == table


def test_a_cell_with_something_in_it_keeps_that():
    table = rows(("Ann", "a"), ("Bea", "b"), ("", "c"))
    assert list(filled_down(table, [Merged(1, 1, 3)])) == rows(
        ("Ann", "a"), ("Bea", "b"), ("Ann", "c")
    )


def test_one_after_the_other_and_rows_that_are_missing():
    table = [Row(2, ("Ann", "a")), Row(4, ("", "b")), Row(6, ("Bea",)), Row(7, ("",))]
    merged = [Merged(1, 6, 9), Merged(1, 2, 4), Merged(1, 5, 5), Merged(8, 6, 7)]
    assert list(filled_down(table, merged)) == [
        Row(2, ("Ann", "a")),
        Row(4, ("Ann", "b")),
        Row(6, ("Bea",)),
        Row(7, ("Bea",)),
    ]
