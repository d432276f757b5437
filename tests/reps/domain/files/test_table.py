"""What parts the cells of a text, and what becomes of each of its rows."""

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reps.domain.files import table as table_module
from reps.domain.files.grid import Complaint, Foot, Row, Shape, Wrong
from reps.domain.files.table import DELIMITERS, read_rows, shapes_of
from reps.domain.files.unreadable import Place, Unreadable, Why


def lines_of(text):
    return list(io.StringIO(text, newline=""))


def shape_of(text, **said):
    (shape,) = shapes_of(lines_of(text), **said)
    return shape


def read(text, **said):
    """Rows as lists behind their number, complaints, feet."""
    complaints, feet = [], []
    shape = shape_of(text, **said)
    rows = list(read_rows(lines_of(text), shape, complaints, feet))
    return [[row.number, *row.cells] for row in rows], complaints, feet


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_it_finds_what_parts_the_cells(delimiter, end):
    text = end.join(
        delimiter.join(row)
        for row in [("Account", "Owner", "Amount"), ("Acme", "Ann", "5"), ("B", "", "")]
    )
    assert shape_of(text) == Shape(1, ("Account", "Owner", "Amount"), delimiter)
    assert read(text) == ([[2, "Acme", "Ann", "5"], [3, "B", "", ""]], [], [])


def test_decimal_commas_part_nothing():
    text = "Account;Amount\nAcme;1,50\nBolt;2,75\n"
    assert shape_of(text).delimiter == ";"
    text = (
        "Account;Close date, planned;Owner;Amount\nA;1.2.26;Bo;1,5\nC;2.2.26;Di;3,5\n"
    )
    assert shape_of(text).delimiter == ";"


def test_commas_in_texts_part_nothing():
    text = 'Name\tNotes\n"Acme, Inc."\ta, b, c\nBolt\td, e\nCo\tf, g, h, i\n'
    assert shape_of(text).delimiter == "\t"
    text = '"Name";"Note"\n"Acme, Inc.";"a"\n"Bolt, Ltd.";"b"\n'
    assert shape_of(text) == Shape(1, ("Name", "Note"), ";")


def test_two_that_part_as_well_are_a_question():
    text = "a;b,c\n1;2,3\n4;5,6\n"
    assert shapes_of(lines_of(text)) == (
        Shape(1, ("a;b", "c"), ","),
        Shape(1, ("a", "b,c"), ";"),
    )
    assert read(text, delimiter=";") == ([[2, "1", "2,3"], [3, "4", "5,6"]], [], [])


def test_excel_says_what_parts_them_in_a_line_that_is_no_row():
    text = "sep=;\r\na;b,c\r\n1;2,3\r\n"
    assert shape_of(text) == Shape(1, ("a", "b,c"), ";")
    assert read(text) == ([[2, "1", "2,3"]], [], [])
    assert shape_of("sep=\t\na\tb\n").delimiter == "\t"
    assert shape_of('"sep=,"\na;b,c\n').delimiter == ","
    assert shape_of("sep=x\na;b\n").delimiter == ";"


def test_one_column_is_a_table():
    assert read("Name\nAnn\nBo\n") == ([[2, "Ann"], [3, "Bo"]], [], [])


def test_quotes_are_doubled_and_lines_end_inside_them():
    text = 'Name,Note\n"A ""B"" C","one\r\ntwo"\nD 5",6\n'
    assert read(text) == ([[2, 'A "B" C', "one\ntwo"], [3, 'D 5"', "6"]], [], [])


def test_line_ends_may_be_mixed():
    text = 'a,b\r\n1,"x\ry"\n2,"x\r\ny"\r3,"x\ny"\r\n'
    assert read(text)[0] == [[2, "1", "x\ny"], [3, "2", "x\ny"], [4, "3", "x\ny"]]


def test_a_row_has_the_number_a_spreadsheet_gives_it():
    text = 'Name,Note\nA,"1\n2\n3"\n\n,\nB,2\n'
    assert [row[0] for row in read(text)[0]] == [2, 5]


def test_spaces_and_unseen_marks_at_the_ends_are_no_part_of_a_cell():
    text = "Name, Note\n\u200f\u202bAnn\u202c ,\xa0x\xa0y\u200b\n"
    assert read(text)[0] == [[2, "Ann", "x\xa0y"]]


def test_a_number_that_is_kept_as_text_is_that_text():
    text = 'Id,Name\n="007",Ann\n"=""008""",Bo\n'
    assert read(text)[0] == [[2, "007", "Ann"], [3, "008", "Bo"]]


def test_a_space_before_a_quote_is_none():
    assert read('Name, Note\nAnn, "a, b"\n')[0] == [[2, "Ann", "a, b"]]


def test_title_lines_and_empty_lines_stand_above_the_header():
    text = 'Pipeline by rep\n"As of",2026-11-30\n\nAccount,Owner,Amount\nAcme,Ann,5\n'
    assert shape_of(text).header_row == 4
    assert read(text) == ([[5, "Acme", "Ann", "5"]], [], [])
    text = "Pipeline,,\nFiltered by:,EMEA,\n,,\nAccount,Owner,Amount\nAcme,Ann,5\n"
    assert shape_of(text).header_row == 4


def test_the_shape_is_told_by_the_first_lines(monkeypatch):
    monkeypatch.setattr(table_module, "SAMPLE_LETTERS", 20)
    lines = iter(["a;b\n", *["1;2\n"] * 10, "1,2,3\n"])
    assert shapes_of(lines) == (Shape(1, ("a", "b"), ";"),)
    assert len(list(lines)) == 6


def test_a_person_may_say_which_row_is_the_header():
    text = "Account,Owner\nKonto,Besitzer\nAcme,Ann\n"
    assert shape_of(text).header_row == 1
    assert shape_of(text, header_row=2).header == ("Konto", "Besitzer")
    assert read(text, header_row=2)[0] == [[3, "Acme", "Ann"]]
    with pytest.raises(Unreadable) as refusal:
        shape_of(text, header_row=9)
    assert (refusal.value.why, refusal.value.place) == (Why.NO_HEADER, Place(9))


def test_rows_of_another_length_are_complaints_and_empty_cells_behind_are_not():
    text = "a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n1,,\n,,\n"
    assert read(text) == (
        [[4, "1", "2", "3"], [5, "1", "", ""]],
        [
            Complaint(2, 0, Wrong.SHORTER, "2"),
            Complaint(3, 4, Wrong.LONGER, "4"),
        ],
        [],
    )


def test_a_quote_that_does_not_close_costs_its_own_row():
    text = 'a,b\n"open,1\nAnn,"2"\n"Bo"by,3\nCy,4\n"end,5\nDi,6\n'
    assert read(text) == (
        [[3, "Ann", "2"], [5, "Cy", "4"], [7, "Di", "6"]],
        [Complaint(row, 0, Wrong.QUOTES) for row in (2, 4, 6)],
        [],
    )


def test_a_header_with_an_open_quote_is_no_header():
    with pytest.raises(Unreadable) as refusal:
        shape_of('Name,"Amount\nAnn,5\nBo,6\n')
    assert (refusal.value.why, refusal.value.place) == (Why.OPEN_QUOTE, Place(1))


def test_nothing_but_open_quotes_is_no_table(monkeypatch):
    with pytest.raises(Unreadable) as refusal:
        shape_of('"Name,Amount')
    assert refusal.value.why is Why.OPEN_QUOTE
    monkeypatch.setattr(table_module, "MOST_OPEN_QUOTES", 2)
    with pytest.raises(Unreadable) as refusal:
        read("a,b\n1,2\n" + '"x"y,1\n' * 3)
    assert (refusal.value.why, refusal.value.place) == (Why.OPEN_QUOTE, Place(5))


def test_cells_that_are_too_long_are_complaints():
    text = f"a,b\n1,{'x' * 32_767}\n1,{'x' * 32_768}\n1,{'x' * 140_000}\n2,3\n"
    rows, complaints, _feet = read(text)
    assert [row[0] for row in rows] == [2, 5]
    assert complaints == [
        Complaint(3, 2, Wrong.CELL_TOO_LONG, "32768"),
        Complaint(4, 0, Wrong.CELL_TOO_LONG),
    ]


def test_a_row_of_many_long_cells_is_none_of_them():
    cell = "x" * 20_000
    assert read(f"a,b\n{cell},{cell}\n")[0] == [[2, cell, cell]]


def test_control_characters_are_complaints_and_a_break_inside_a_cell_is_none():
    text = "a,b\n1,be\x07ll\n\x1b2,3\n4,one\x0btwo\n"
    rows, complaints, _feet = read(text)
    assert rows == [[4, "4", "one\x0btwo"]]
    assert complaints == [
        Complaint(2, 2, Wrong.CONTROL, "U+0007"),
        Complaint(3, 1, Wrong.CONTROL, "U+001B"),
    ]


@pytest.mark.parametrize("text", ["", "\n", " ,\t\n\r\n", ",,,\n;\n"])
def test_a_text_without_a_cell_is_empty(text):
    with pytest.raises(Unreadable) as refusal:
        shape_of(text)
    assert refusal.value.why is Why.EMPTY


@pytest.mark.parametrize("text", ["a,b\n", "a,b\n,\n\n", "Title\n\na,b,c\n\nTotal\n"])
def test_a_header_alone_is_no_table(text):
    with pytest.raises(Unreadable) as refusal:
        read(text)
    assert refusal.value.why is Why.HEADER_ONLY


def test_rows_that_are_all_faulty_are_more_than_a_header():
    assert read("a,b\n1\n2\n")[1] != []


def test_columns_and_rows_have_a_limit(monkeypatch):
    header = ",".join(map(str, range(500)))
    assert shape_of(f"{header},\n").width == 500
    with pytest.raises(Unreadable) as refusal:
        shape_of(f"{header},x\n")
    assert (refusal.value.why, refusal.value.value) == (Why.TOO_MANY_COLUMNS, "501")
    monkeypatch.setattr("reps.domain.files.grid.MOST_ROWS", 2)
    assert len(read("a,b\n1,2\n3,4\nTotal,6\n")[0]) == 2
    with pytest.raises(Unreadable) as refusal:
        read("a,b\n1,2\n3\n5,x\n")
    assert refusal.value.why is Why.TOO_MANY_ROWS


def test_a_foot_as_salesforce_writes_it_is_named():
    text = (
        '"Account","Owner","Amount"\n"Acme","Ann","5"\n"Grand Total","","5"\n\n'
        '"Pipeline by rep"\n"Copyright (c) 2000-2026 salesforce.com, inc. All rights '
        'reserved."\n"Confidential Information - Do Not Distribute"\n'
        '"Generated By:  Ann Lee  11/30/2026 1:02 AM"\n"Acme, Inc."\n'
    )
    rows, complaints, feet = read(text)
    assert rows == [[2, "Acme", "Ann", "5"]]
    assert complaints == []
    assert [foot.number for foot in feet] == [3, 5, 6, 7, 8, 9]
    assert feet[0] == Foot(3, "Grand Total, 5")
    assert feet[1] == Foot(5, "Pipeline by rep")


cells = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), max_size=9
).map(str.strip)
tables = st.integers(2, 6).flatmap(
    lambda width: st.lists(
        st.lists(cells, min_size=width, max_size=width).filter(any),
        min_size=1,
        max_size=8,
    )
)


@given(
    tables,
    st.sampled_from(DELIMITERS),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_any_table_comes_back_as_it_was_written(rows, delimiter, end, quoting):
    header = [f"Column {number}" for number in range(len(rows[0]))]
    text = io.StringIO(newline="")
    csv.writer(
        text, delimiter=delimiter, lineterminator=end, quoting=quoting
    ).writerows([header, *rows, ["last"] * len(header)])
    text = text.getvalue()
    shape = Shape(1, tuple(header), delimiter)
    complaints, feet = [], []
    found = list(read_rows(lines_of(text), shape, complaints, feet))
    assert found[:-1] == [
        Row(number, tuple(row)) for number, row in enumerate(rows, start=2)
    ]
    assert (complaints, feet) == ([], [])


@given(st.text(max_size=80), st.sampled_from(DELIMITERS))
def test_any_text_is_read_or_refused(text, delimiter):
    text = f"a{delimiter}b\n{text}".replace("\0", "")
    assume(text.strip())
    complaints, feet = [], []
    shape = Shape(1, ("a", "b"), delimiter)
    try:
        shapes_of(lines_of(text))
        rows = list(read_rows(lines_of(text), shape, complaints, feet))
    except Unreadable:
        return
    assert all(len(row.cells) == 2 for row in rows)
    numbers = [row.number for row in rows] + [one.row for one in complaints]
    assert len(set(numbers)) == len(numbers)


def test_a_last_row_full_of_another_sign_is_no_header():
    lines = ["a,b,c,d\n", "1,2,3,4\n", "1,x;;;;;;;;,3,4\n"]
    (shape,) = shapes_of(lines)
    assert (shape.delimiter, shape.header_row) == (",", 1)
