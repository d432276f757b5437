"""A text and a workbook are read alike."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from reps.domain.files.cell import Formula
from reps.domain.files.grid import Complaint, Foot, Row, Wrong
from reps.domain.files.unreadable import MOST_BYTES, Place, Unreadable, Why
from reps.imports import file_table
from reps.imports.file_table import Said, table_in
from tests.reps.imports.workbook_file import parts_of, sheet, texts, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")


def saved(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def pieces(data: bytes, size=1_000):
    return lambda: (data[at : at + size] for at in range(0, len(data), size))


def read(table):
    complaints, feet = [], []
    return list(table.rows(complaints, feet)), complaints, feet


def refusal(data, **said):
    with pytest.raises(Unreadable) as refused:
        read(table_in(pieces(data), Said(**said)))
    return refused.value.why, refused.value.place


def bytes_of(*sheets, **about):
    return zipped(parts_of(*sheets, **about)).getvalue()


def test_a_report_with_a_title_and_a_foot_is_read_from_a_sheet():
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Deals"
    page["C2"] = "Pipeline"
    page.merge_cells("C2:F2")
    for row in (
        ["Account", "Close", "Amount", "Amount"],
        ["Larkspur", date(2026, 11, 30), 5, 6],
        ["Quill", None, 7],
        ["Harrow", None, "=E6*2", None],
        ["Total", None, 12, "=SUM(F5:F7)"],
    ):
        page.append([None, None, *row])
    page["Z99"].number_format = "0.00"
    book.create_sheet("Notes")
    book.create_sheet("Prices").sheet_state = "hidden"

    table = table_in(pieces(saved(book)), Said())

    assert (table.sheet, table.sheets) == ("Deals", ("Deals", "Notes"))
    (shape,) = table.shapes
    assert shape.header == ("A", "B", "Account", "Close", "Amount", "Amount (2)")
    found = (
        [
            Row(4, ("", "", "Larkspur", date(2026, 11, 30), Decimal(5), Decimal(6))),
            Row(5, ("", "", "Quill", "", Decimal(7), "")),
            Row(6, ("", "", "Harrow", "", Formula("=E6*2"), "")),
        ],
        [],
        [Foot(7, "Total, 12, =SUM(F5:F7)")],
    )
    assert read(table) == found
    assert read(table) == found
    assert [row.number for row in table.records()] == [2, 3, 4, 5, 6, 7]


def test_a_text_is_read_the_same_way():
    table = table_in(pieces(b"a,b\n1,2\n3\n", size=2), Said())
    assert (table.sheet, table.sheets) == ("", ())
    assert read(table) == (
        [Row(2, ("1", "2"))],
        [Complaint(3, 0, Wrong.SHORTER, "1")],
        [],
    )
    assert list(table.records()) == [
        Row(1, ("a", "b")),
        Row(2, ("1", "2")),
        Row(3, ("3",)),
    ]


def test_a_person_may_say_the_sheet_and_its_header():
    data = bytes_of(texts(("a", "b"), ("c", "d")), texts(("e", "f"), ("g", "h"), "ij"))
    table = table_in(pieces(data), Said(sheet="S2", header_row=2))
    assert (table.sheet, table.shapes[0].header) == ("S2", ("g", "h"))
    assert read(table)[0] == [Row(3, ("i", "j"))]
    assert refusal(data, sheet="S3") == (Why.NO_SHEET, Place())
    assert refusal(data, header_row=9) == (Why.NO_HEADER, Place(9))


def test_a_text_merged_over_rows_stands_in_each():
    page = texts(("Owner", "Title"), ("Ann", "a"), (None, "b"), (None, "c"))
    merged = '</sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    data = bytes_of(page.replace("</sheetData>", merged))
    assert [row.cells[0] for row in read(table_in(pieces(data), Said()))[0]] == [
        "Ann",
        "Ann",
        "",
    ]


def test_it_is_told_how_much_of_a_workbook_is_through():
    data = bytes_of(texts(("a", "b"), *[("c", "d")] * 500))
    seen = []
    table_in(pieces(data), Said(), seen.append)
    assert len(seen) == 3  # every 200 rows
    assert len(data) / 2 < sum(seen) < 2 * len(data)


def test_whoever_is_told_may_stop_it():
    class Stopped(Exception):
        pass

    def stop(_size):
        raise Stopped

    with pytest.raises(Stopped):
        table_in(pieces(bytes_of(texts(("a", "b"), ("c", "d")))), Said(), stop)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Why.EMPTY),
        (OLE + b"\0" * 9_000, Why.OLD_WORKBOOK),
        (OLE + LOCKED + b"\0" * 9_000, Why.LOCKED_WORKBOOK),
        (OLE + b"\0" * 9_000 + LOCKED, Why.LOCKED_WORKBOOK),
        (b"PK\x03\x04", Why.BROKEN_WORKBOOK),
        (b"PK\x05\x06" + b"\0" * 18, Why.ZIP),
        (bytes_of(texts(("a", "b"), ("c", "d")))[:-99], Why.BROKEN_WORKBOOK),
        (b"PK\x03\x04" + bytes(MOST_BYTES), Why.TOO_LARGE),
        (bytes_of(sheet()), Why.EMPTY),
        (bytes_of(texts(("a", "b"))), Why.HEADER_ONLY),
    ],
)
def test_what_cannot_be_read_is_named(data, why):
    assert refusal(data)[0] is why


def test_ten_thousand_columns_are_too_many_whatever_stands_below():
    wide = texts(tuple(f"c{number}" for number in range(10_000)), *["a"] * 100)
    broken = wide.replace("</sheetData>", "<")
    assert refusal(bytes_of(broken)) == (Why.TOO_MANY_COLUMNS, Place(1))


def test_more_rows_than_fit_are_not_read_to_their_end(monkeypatch):
    monkeypatch.setattr(file_table, "MOST_ROWS", 10)
    broken = texts(("a", "b"), *[("c", "d")] * 200).replace("</sheetData>", "<")
    assert refusal(bytes_of(broken))[0] is Why.TOO_MANY_ROWS


def test_a_cell_too_long_for_a_sheet_costs_its_row():
    page = texts(("a", "b"), ("c", "x" * 40_000), ("d", "e"))
    rows, complaints, _feet = read(table_in(pieces(bytes_of(page)), Said()))
    assert rows == [Row(3, ("d", "e"))]
    assert complaints == [Complaint(2, 2, Wrong.CELL_TOO_LONG, "40000")]


def test_letters_that_nobody_types_cost_their_row():
    page = texts(("a", "b"), ("c", "bell_x0007_"), ("d", "tab_x0009_e"))
    rows, complaints, _feet = read(table_in(pieces(bytes_of(page)), Said()))
    assert rows == [Row(3, ("d", "tab\te"))]
    assert complaints == [Complaint(2, 2, Wrong.CONTROL, "U+0007")]
