"""What a table forgives, and what it notes down."""

import io
from datetime import date
from decimal import Decimal

import pytest

from reps.domain.csv_table import Complaint, Text, Wrong, key, read_table

COLUMNS = ("name", "day", "price")


def read(*lines, columns=COLUMNS):
    complaints = []
    text = Text("t.csv", [f"{line}\n" for line in lines])
    return list(read_table(text, columns, complaints)), complaints


def only_line(*cells):
    (line,), complaints = read(",".join(COLUMNS), ",".join(cells))
    return line, complaints


@pytest.mark.parametrize("spelling", ["GTX Pro", "GTXPro", "gtx  PRO", "GTX\u00a0Pro "])
def test_a_name_is_the_same_whatever_its_case_and_spaces(spelling):
    assert key(spelling) == key("GTX Pro")


def test_it_finds_columns_by_name_in_any_order_and_case():
    (line,), complaints = read("Price,unasked, Name ,day", "5,x, Ann ,2026-01-02")
    assert (line["name"], line["price"], line.number) == ("Ann", "5", 2)
    assert complaints == []


def test_it_names_every_missing_column():
    lines, complaints = read("name", "Ann")
    assert lines == []
    assert complaints == [
        Complaint("t.csv", 0, Wrong.MISSING_COLUMN, "day"),
        Complaint("t.csv", 0, Wrong.MISSING_COLUMN, "price"),
    ]


@pytest.mark.parametrize("lines", [(), ("",), (",,",)])
def test_a_file_without_a_header_is_empty(lines):
    assert read(*lines) == ([], [Complaint("t.csv", 0, Wrong.NO_HEADER)])


def test_empty_lines_are_passed_over_and_counted():
    lines, complaints = read("name,day,price", "", "Ann,,", ",,", "Bo,,")
    assert [(line["name"], line.number) for line in lines] == [("Ann", 3), ("Bo", 5)]
    assert complaints == []


@pytest.mark.parametrize(("row", "cells"), [("Ann", "1"), ("Ann,,,x", "4")])
def test_a_row_of_another_length_is_left_out(row, cells):
    assert read("name,day,price", row) == (
        [],
        [Complaint("t.csv", 2, Wrong.OTHER_LENGTH, cells, "3")],
    )


def test_text_that_is_not_utf_8_is_one_complaint():
    file = io.TextIOWrapper(io.BytesIO("name\nJosé".encode("cp1252")), "utf-8-sig")
    complaints = []
    list(read_table(Text("t.csv", file), ("name",), complaints))
    assert complaints == [Complaint("t.csv", 0, Wrong.NOT_UTF_8)]


def test_a_byte_order_mark_is_no_part_of_the_first_column():
    file = io.TextIOWrapper(io.BytesIO("name\nJosé".encode("utf-8-sig")), "utf-8-sig")
    (line,) = read_table(Text("t.csv", file), ("name",), [])
    assert line["name"] == "José"


@pytest.mark.parametrize("cell", ["a\0b", "x" * 140_000])
def test_what_no_spreadsheet_writes_is_a_complaint(cell):
    lines, complaints = read("name,day,price", f"{cell},,")
    assert lines == []
    assert [(found.line, found.wrong) for found in complaints] == [(2, Wrong.NOT_CSV)]


@pytest.mark.parametrize(
    ("written", "meant", "wrong"),
    [
        ("2026-02-28", date(2026, 2, 28), None),
        ("", None, None),
        ("2026-02-29", None, Wrong.NOT_A_DATE),  # not a leap year
        ("20260228", None, Wrong.NOT_A_DATE),
        ("2026-W09-6", None, Wrong.NOT_A_DATE),
        ("28.02.2026", None, Wrong.NOT_A_DATE),
        ("9999-12-31", None, Wrong.FAR_OFF),
    ],
)
def test_a_date_is_written_in_one_way(written, meant, wrong):
    line, complaints = only_line("Ann", written, "")
    assert line.day("day") == meant
    assert [complaint.wrong for complaint in complaints] == [wrong] * bool(wrong)


@pytest.mark.parametrize(
    ("written", "meant", "wrong"),
    [
        ("1054", Decimal("1054.00"), None),
        ("1054.5", Decimal("1054.50"), None),
        ("0", Decimal(0), None),
        ("0.005", Decimal("0.01"), None),  # to the cent, a half up
        ("", None, None),
        ("1250.500", Decimal("1250.50"), None),  # nobody parts thousands so
        ("0.125", Decimal("0.13"), None),
        ("1.500", None, Wrong.MAYBE_THOUSANDS),
        ("150.000", None, Wrong.MAYBE_THOUSANDS),
        ("-5.000", None, Wrong.MAYBE_THOUSANDS),
        ("1.234.567", None, Wrong.NOT_A_NUMBER),
        ("1e3", None, Wrong.NOT_A_NUMBER),
        ("1_000", None, Wrong.NOT_A_NUMBER),
        ("NaN", None, Wrong.NOT_A_NUMBER),
        ("$5", None, Wrong.NOT_A_NUMBER),
        ("-5", None, Wrong.LESS_THAN_ZERO),
        ("1000000000000.01", None, Wrong.TOO_LARGE),
    ],
)
def test_an_amount_is_a_plain_number(written, meant, wrong):
    line, complaints = only_line("Ann", "", written)
    assert line.amount("price") == meant
    assert [complaint.wrong for complaint in complaints] == [wrong] * bool(wrong)


def test_text_is_asked_for_and_fits():
    line, complaints = only_line("", "", "12345")
    line.text("name", longest=10)
    line.text("name", longest=10, may_be_empty=True)
    line.text("price", longest=4)
    assert complaints == [
        Complaint("t.csv", 2, Wrong.EMPTY, "name"),
        Complaint("t.csv", 2, Wrong.TOO_LONG, "price"),
    ]
