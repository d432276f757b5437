"""Where a table begins and ends among rows of cells, as a workbook has them."""

from datetime import date
from decimal import Decimal

import pytest

from reps.domain.files.fields import Kind
from reps.domain.files.grid import (
    Complaint,
    Foot,
    Row,
    Shape,
    Wrong,
    column_letters,
    header_of,
    rows_below,
    told_apart,
)
from reps.domain.files.our_headers import OUR_HEADERS
from reps.domain.files.unreadable import Unreadable, Why


def rows_of(*cells, begin=1):
    return [Row(number, tuple(row)) for number, row in enumerate(cells, start=begin)]


def read(rows, header=("Account", "Owner", "Amount"), header_row=1):
    complaints, feet = [], []
    shape = Shape(header_row, header)
    found = rows_below(rows, shape, complaints, feet, may_be_short=True)
    return list(found), complaints, feet


def numbers(found):
    rows, complaints, feet = found
    assert complaints == []
    return [row.number for row in rows], [foot.number for foot in feet]


def test_names_that_repeat_are_told_apart_and_columns_without_one_have_letters():
    cells = ("Amount", "amount", "Amount (2)", "", " Close\ndate ", Decimal(2026), "")
    assert told_apart(cells) == (
        "Amount",
        "amount (2)",
        "Amount (2) (2)",
        "D",
        "Close date",
        "2026",
        "G",
    )


@pytest.mark.parametrize(
    ("position", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")],
)
def test_a_column_has_the_letters_a_spreadsheet_gives_it(position, letters):
    assert column_letters(position) == letters


@pytest.mark.parametrize(
    "above",
    [
        [],
        [("Pipeline",)],
        [("Pipeline", "", "", ""), ("",)],
        [("As of", date(2026, 11, 30), "")],
        [("Customer", "", "Deal", "")],  # cells merged over two columns each
        [("Region:", "EMEA")],
    ],
)
def test_the_header_names_nearly_all_columns(above):
    table = [
        ("Account", "Owner", "Close", "Amount"),
        ("Acme", "Ann", date(2026, 11, 30), Decimal(5)),
        ("Bolt", "", "", Decimal(6)),
        ("Cray", "Bo", date(2026, 11, 30), Decimal(7)),
    ]
    shape = header_of(rows_of(*above, *table))
    assert shape == Shape(len(above) + 1, ("Account", "Owner", "Close", "Amount"))


def test_the_header_is_in_words_where_there_are_some():
    rows = rows_of(("Report", "30.11.2026"), ("Name", "Amount"), ("Acme", "5"))
    assert header_of(rows).header_row == 2
    rows = rows_of(("Rep", "2025", "2026"), ("Ann", "5", "6"))
    assert header_of(rows).header_row == 1


def test_a_name_merged_over_two_rows_is_the_column_s():
    rows = rows_of(
        ("Rep", "Quota", "", "", "Team"),
        ("", "Q1", "Q2", "Q3", ""),
        ("Ann", "5", "6", "7", "East"),
        ("Bo", "8", "9", "10", "West"),
    )
    assert header_of(rows) == Shape(2, ("Rep", "Q1", "Q2", "Q3", "Team"))
    rows[1] = Row(2, ("", "Q1", "Q2", "Q3"))
    assert header_of(rows).header == ("Rep", "Q1", "Q2", "Q3", "Team")


def test_what_stands_above_and_beside_the_table_names_no_column():
    rows = rows_of(
        ("Pipeline", "", "", "", "as of today"), ("a", "b", "c"), ("1", "2", "3")
    )
    assert header_of(rows) == Shape(2, ("a", "b", "c"))


def test_a_header_in_words_may_lack_a_name_or_two():
    header = ("", "Account", "Owner", "", "Status", "Amount", "Close")
    below = ("1", "Acme", "Ann", "x", "Won", "5", date(2026, 11, 30))
    assert header_of(rows_of(header, below, below)).header_row == 1
    assert header_of(rows_of(("Region:", "EMEA"), header, below)).header_row == 2


def test_a_header_may_lack_names():
    rows = rows_of(("Name", "", "", "", "Sum"), *[("A", "1", "2", "3", "4")] * 3)
    assert header_of(rows[:1] * 4).header == ("Name", "B", "C", "D", "Sum")


def test_one_row_with_cells_too_many_is_not_the_header():
    rows = rows_of(("a", "b", "c"), ("x", "y", "z"), tuple("pqrstuvw"), ("k", "l", "m"))
    assert header_of(rows).header_row == 1


def test_empty_cells_behind_the_header_are_no_columns():
    assert header_of(rows_of(("a", "b", "", ""), ("1", "2", "", ""))).width == 2


def test_rows_are_as_wide_as_the_header():
    rows = rows_of(("h",), ("A",), ("B", "b", "", ""), ("C", "c", "1", "x"), ("", ""))
    assert read([*rows, *rows_of(("D", "d", "2"), begin=9)]) == (
        [
            Row(2, ("A", "", "")),
            Row(3, ("B", "b", "")),
            Row(9, ("D", "d", "2")),
        ],
        [Complaint(4, 4, Wrong.LONGER, "4")],
        [],
    )


def test_a_reader_s_own_complaints_are_kept_but_those_above_the_header():
    above, below = Complaint(1, 1, Wrong.QUOTES), Complaint(3, 2, Wrong.QUOTES)
    rows = [above, *rows_of(("a", "b"), begin=2), below]
    complaints = []
    shape = Shape(2, ("a", "b"))
    assert list(rows_below(rows, shape, complaints, [], may_be_short=True)) == []
    assert complaints == [below]


def test_a_text_that_is_too_long_is_found_among_figures():
    rows = rows_of(("h",), (Decimal(1), "x", "y" * 32_768))
    assert read(rows)[1] == [Complaint(2, 3, Wrong.CELL_TOO_LONG, "32768")]


FULL = ("Acme", "Ann", "5")
TOTAL = ("Total", "", "5")
SUBTOTAL = ("Subtotal", "", "5")
ALONE = ("Pipeline by rep",)
HEADER = ("Account", "Owner", "Amount")


@pytest.mark.parametrize(
    ("below", "rows", "feet"),
    [
        ([FULL, TOTAL], [2], [3]),
        ([FULL, TOTAL, FULL], [2, 3, 4], []),  # of a group: only at the end
        ([FULL, TOTAL, FULL, TOTAL], [2, 3, 4], [5]),
        ([FULL, SUBTOTAL, FULL, SUBTOTAL, TOTAL], [2, 4], [3, 5, 6]),
        ([FULL, ALONE, SUBTOTAL, FULL], [2, 3, 5], [4]),
        ([FULL, HEADER, FULL], [2, 4], [3]),  # once more on every page
        ([FULL, TOTAL, HEADER, FULL, TOTAL], [2, 5], [3, 4, 6]),
        ([FULL, (*HEADER, "more"), FULL], [2, 4], [3]),
        ([FULL, ("Account", "Ann", "5"), FULL], [2, 3, 4], []),
        ([FULL, ALONE], [2, 3], []),
        ([FULL, ALONE, TOTAL], [2, 3], [4]),
        ([FULL, (), ALONE, TOTAL], [2], [4, 5]),
        ([FULL, ALONE, (), ALONE, TOTAL, ALONE], [2, 3], [5, 6, 7]),
        ([FULL, TOTAL, (), ALONE], [2], [3, 5]),
        ([FULL, *[ALONE] * 60, TOTAL], list(range(2, 63)), [63]),
        ([FULL, *[TOTAL] * 60], list(range(2, 13)), list(range(13, 63))),
    ],
)
def test_a_foot_stands_at_the_end_or_says_that_it_is_of_a_group(below, rows, feet):
    assert numbers(read(rows_of(("h",), *below))) == (rows, feet)


def test_what_was_downloaded_here_has_none():
    header = tuple(OUR_HEADERS[Kind.PEOPLE])
    team = ("", "", "Total", *[""] * (len(header) - 3))
    person = ("Ann", *team[1:])
    assert numbers(read(rows_of(header, person, team), header)) == ([2, 3], [])
    other = ("Person", *header[1:])
    assert numbers(read(rows_of(other, person, team), other)) == ([2], [3])


def test_feet_are_named_by_what_they_say():
    _rows, _complaints, feet = read(rows_of(FULL, ("Total", "", Decimal(5)), begin=2))
    assert feet == [Foot(3, "Total, 5")]


def test_a_header_with_feet_only_is_no_table():
    with pytest.raises(Unreadable) as refusal:
        read(rows_of(("h",), (), TOTAL))
    assert refusal.value.why is Why.HEADER_ONLY


def test_no_row_is_no_table():
    with pytest.raises(Unreadable) as refusal:
        header_of(rows_of((), ("",)))
    assert refusal.value.why is Why.EMPTY
