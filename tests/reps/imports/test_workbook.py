"""What a workbook says: its sheets, and the rows of one with their cells' types."""

import io
import tracemalloc
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.files.cell import Formula
from reps.domain.files.grid import Complaint, Foot, Row, Shape, Wrong
from reps.domain.files.unreadable import Unreadable, Why
from reps.imports import workbook_sheet
from reps.imports.workbook import Workbook, read_sheet, shape_of_sheet
from tests.reps.imports.workbook_file import parts_of, sheet, texts, zipped


def rows_of(*sheets, **about):
    with Workbook(zipped(parts_of(*sheets, **about))) as workbook:
        return list(workbook.rows(workbook.sheets[0]))


def cell(xml, **about):
    """What a cell says, given its XML."""
    ((only,),) = (row.cells for row in rows_of(sheet(f"<row>{xml}</row>"), **about))
    return only


def read(file, **said):
    complaints, feet = [], []
    with Workbook(file) as workbook:
        chosen = workbook.first_with_rows
        shape = shape_of_sheet(workbook, chosen, **said)
        rows = list(read_sheet(workbook, chosen, shape, complaints, feet))
    return chosen.name, shape, rows, complaints, feet


def test_it_reads_what_openpyxl_writes():
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Deals"
    page.merge_cells("A1:D1")
    page["A1"] = "Pipeline"
    page.append([])
    page.append(["Account", "Close", "Amount", "Amount", "Won"])
    page.append(["Müller & Söhne", date(2026, 11, 30), 0.1 + 0.2, 1_200, True])
    noon = datetime(2026, 11, 30, 12, 30)  # noqa: DTZ001
    page.append(["  <Ann>\u200b ", noon, None, -5.5, False])
    page.append(["Total", None, 7, "=SUM(D4:D5)"])
    page["J90"].number_format = "0.00"
    file = io.BytesIO()
    book.save(file)

    assert read(file) == (
        "Deals",
        Shape(3, ("Account", "Close", "Amount", "Amount (2)", "Won")),
        [
            Row(
                4,
                (
                    "Müller & Söhne",
                    date(2026, 11, 30),
                    Decimal("0.3"),
                    Decimal(1200),
                    "TRUE",
                ),
            ),
            Row(5, ("<Ann>", noon, "", Decimal("-5.5"), "FALSE")),
        ],
        [],
        [Foot(6, "Total, 7, =SUM(D4:D5)")],
    )


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ("<c><v>5</v></c>", Decimal(5)),
        ('<c t="n"><v>0.30000000000000004</v></c>', Decimal("0.3")),
        ('<c t="s"><v>1</v></c>', "two"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c t="str"><f>A1&amp;B1</f><v>ab </v></c>', "ab"),
        ("<c><f>1+1</f><v>2</v></c>", Decimal(2)),
        ('<c t="d"><v>2026-11-30</v></c>', date(2026, 11, 30)),
        ('<c t="d"><v>soon</v></c>', "soon"),
        ('<c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', "a"),
        (
            '<c t="inlineStr"><is><r><t>bold </t></r><r><t>plain</t></r>'
            "<rPh><t>sound</t></rPh></is></c>",
            "bold plain",
        ),
        ('<c s="1"><v>46356</v></c>', date(2026, 11, 30)),
        ('<c s="1" t="s"><v>0</v></c>', "one"),
        ('<c s="1"><v>-1e9</v></c>', Decimal(-1_000_000_000)),
        ('<c s="2"><v>0.5</v></c>', "12:00:00"),
        ('<c s="3"><v>46356</v></c>', date(2026, 11, 30)),
        ('<c s="99"><v>46356</v></c>', Decimal(46356)),
        ("<c><v>about 5</v></c>", "about 5"),
    ],
)
def test_cells_have_their_types(xml, said):
    found = cell(
        xml,
        styles=(0, 14, 46, 200),
        formats='<numFmt numFmtId="200" formatCode="d. mmmm yyyy"/>',
        shared=("<si><t>one</t></si>", "<si><r><t>t</t></r><r><t>wo</t></r></si>"),
    )
    assert found == said
    assert type(found) is type(said)


def test_how_a_shared_text_sounds_is_no_part_of_it():
    shared = ("<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>",)
    assert cell('<c t="s"><v>0</v></c>', shared=shared) == "東京"


def test_days_counted_from_1904():
    about = '<workbookPr date1904="1"/>'
    xml = '<c s="0"><v>44894</v></c>'
    assert cell(xml, about=about, styles=(14,)) == date(2026, 11, 30)


def test_a_formula_that_was_never_worked_out_is_a_complaint():
    page = sheet(
        '<row><c t="inlineStr"><is><t>a</t></is></c>'
        '<c t="inlineStr"><is><t>b</t></is></c></row>',
        "<row><c><v>1</v></c><c><f>A2*2</f><v></v></c></row>",
        "<row><c><v>1</v></c><c><f>A3*2</f></c></row>",
        '<row><c><v>1</v></c><c t="str"><f>""</f><v></v></c></row>',
    )
    _name, _shape, rows, complaints, _feet = read(zipped(parts_of(page)))
    assert rows == [Row(4, (Decimal(1), ""))]
    assert complaints == [
        Complaint(2, 2, Wrong.FORMULA, "=A2*2"),
        Complaint(3, 2, Wrong.FORMULA, "=A3*2"),
    ]
    assert type(complaints[0].value) is Formula


def test_rows_and_cells_may_be_missing_and_need_not_say_where_they_are():
    page = sheet(
        '<row r="3"><c r="B3"><v>1</v></c><c r="D3" s="0"/><c r="F3"/></row>',
        "<row><c/><c><v>2</v></c></row>",
        '<row r="9"><c r="A9"/></row>',
        '<row r="1048576"><c r="A1048576"><v>3</v></c>'
        '<c r="A1048576"><v>4</v></c></row>',
    )
    assert rows_of(page) == [
        Row(3, ("", Decimal(1))),
        Row(4, ("", Decimal(2))),
        Row(1_048_576, (Decimal(4),)),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="0"/>',
        '<row r="2"/><row r="2"/>',
        '<row r="1048577"/>',
        '<row r="x"/>',
        '<row><c r="XFE1"/></row>',
        '<row><c r="AAAA1"/></row>',
        '<row><c r="é1"/></row>',
        '<row><c r="1"/></row>',
        '<row><c s="x"/></row>',
        '<row><c t="s"><v>7</v></c></row>',
        '<row><c t="s"><v>-1</v></c></row>',
        '<row><c t="s"><v>x</v></c></row>',
    ],
)
def test_a_sheet_that_cannot_be_is_broken(rows):
    with pytest.raises(Unreadable) as refusal:
        rows_of(sheet(rows))
    assert refusal.value.why is Why.BROKEN_WORKBOOK


def test_names_may_have_a_prefix():
    def prefixed(xml):
        return xml.replace("<", "<x:").replace("<x:/", "</x:").replace("ns=", "ns:x=")

    page = texts(("a", "b"), ("c", "d"))
    page = page.replace("</row>", '<c t="s"><v>0</v></c></row>')
    parts = parts_of(page, shared=("<si><t>one</t></si>",))
    for name in ("xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"):
        parts[name] = prefixed(parts[name])
    with Workbook(zipped(parts)) as workbook:
        rows = list(workbook.rows(workbook.sheets[0]))
    assert rows == [Row(1, ("a", "b", "one")), Row(2, ("c", "d", "one"))]


FULL, EMPTY, TITLE = texts(("a", "b"), ("c", "d")), sheet(), texts(("Title",))


@pytest.mark.parametrize(
    ("sheets", "states", "chosen"),
    [
        ([FULL, FULL], (), "S1"),
        ([EMPTY, FULL], (), "S2"),
        ([TITLE, FULL], (), "S2"),
        ([FULL, FULL], ("hidden",), "S2"),
        ([FULL, EMPTY, FULL], ("veryHidden",), "S3"),
        ([EMPTY, TITLE], (), "S2"),
    ],
)
def test_the_first_sheet_that_is_shown_and_has_rows_is_taken(sheets, states, chosen):
    with Workbook(zipped(parts_of(*sheets, states=states))) as workbook:
        assert workbook.first_with_rows.name == chosen
        assert [one.name for one in workbook.sheets] == [
            f"S{number}" for number in range(1, len(sheets) + 1)
        ]
        assert [one.is_hidden for one in workbook.sheets] == [
            number < len(states) for number in range(len(sheets))
        ]


@pytest.mark.parametrize("states", [(), ("visible", "hidden")])
def test_a_workbook_without_a_row_that_is_shown_is_empty(states):
    sheets = [EMPTY, FULL] if states else [EMPTY]
    file = zipped(parts_of(*sheets, states=states))
    with Workbook(file) as workbook, pytest.raises(Unreadable) as refusal:
        _ = workbook.first_with_rows
    assert refusal.value.why is Why.EMPTY


def test_charts_and_sheets_listed_twice_are_none():
    parts = parts_of(FULL, FULL, FULL)
    related = parts["xl/_rels/workbook.xml.rels"]
    related = related.replace("/sheet2", "/sheet1", 1)
    at = related.index('Id="rId3"')
    related = related[:at] + related[at:].replace("/worksheet", "/chartsheet", 1)
    file = zipped({**parts, "xl/_rels/workbook.xml.rels": related})
    with Workbook(file) as workbook:
        assert [one.name for one in workbook.sheets] == ["S1"]


def test_a_workbook_needs_neither_styles_nor_shared_texts():
    parts = parts_of(FULL)
    del parts["xl/styles.xml"], parts["xl/sharedStrings.xml"]
    assert read(zipped(parts))[2] == [Row(2, ("c", "d"))]


def test_a_person_may_say_which_row_is_the_header():
    page = texts(("a", "b"), ("c", "d"), ("e", "f"))
    _name, shape, rows, _complaints, _feet = read(zipped(parts_of(page)), header_row=2)
    assert shape == Shape(2, ("c", "d"))
    assert rows == [Row(3, ("e", "f"))]


def test_ten_thousand_columns_are_too_many():
    page = texts(tuple(f"c{number}" for number in range(10_000)))
    with pytest.raises(Unreadable) as refusal:
        read(zipped(parts_of(page)))
    assert (refusal.value.why, refusal.value.value) == (Why.TOO_MANY_COLUMNS, "10000")


def test_a_text_without_end_is_a_complaint_and_fills_no_memory():
    page = texts(("a", "b"), ("c", "x" * 6_000_000), ("d", "e"))
    shared = (f"<si>{'<t>yyyyyyyyyy</t>' * 300_000}</si>",)
    file = zipped(parts_of(page, shared=shared))
    tracemalloc.start()
    _name, _shape, rows, complaints, _feet = read(file)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows == [Row(3, ("d", "e"))]
    assert complaints[0].wrong is Wrong.CELL_TOO_LONG
    assert peak < 4_000_000


def test_shared_texts_have_a_limit(monkeypatch):
    shared = ("<si><t>one</t></si>", "<si/>", "<si><t>two</t></si>")
    monkeypatch.setattr(workbook_sheet, "MOST_TEXTS", 3)
    assert cell('<c t="s"><v>2</v></c>', shared=shared) == "two"
    with pytest.raises(Unreadable) as refusal:
        cell("<c/>", shared=(*shared, "<si/>"))
    assert refusal.value.why is Why.UNPACKS_TOO_LARGE


GOOD = parts_of(
    texts(("a", "b"), ("c", "d")),
    sheet('<row r="1"><c r="A1" s="1"><v>46356</v></c><c t="s"><v>0</v></c></row>'),
    styles=(0, 14),
    shared=("<si><t>one</t></si>",),
    formats='<numFmt numFmtId="200" formatCode="d. mmmm yyyy"/>',
)


@given(
    st.sampled_from(sorted(GOOD)),
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 12),
    st.text(st.sampled_from('<>/"= cvrst19AZ&;x\ufeffé'), max_size=6),
)
def test_a_part_with_anything_in_it_is_read_or_refused(name, where, length, put):
    part = GOOD[name]
    at = int(where * len(part))
    file = zipped({**GOOD, name: part[:at] + put + part[at + length :]})
    try:
        with Workbook(file) as workbook:
            for one in workbook.sheets:
                list(workbook.rows(one))
            read(file)
    except Unreadable:
        return


def test_memory_does_not_follow_the_rows():
    row = "<row>" + '<c><v>1.5</v></c><c t="s"><v>0</v></c>' * 4 + "</row>"
    header = "<row>" + "".join(f"<c><v>{number}</v></c>" for number in range(8))
    page = sheet(f"{header}</row>", *[row] * 10_000)
    file = zipped(parts_of(page, shared=("<si><t>one</t></si>",)))
    del page
    with Workbook(file) as workbook:
        tracemalloc.start()
        count = sum(1 for _row in workbook.rows(workbook.sheets[0]))
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == 10_001
    assert peak < 2_000_000
