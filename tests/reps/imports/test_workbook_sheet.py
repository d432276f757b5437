"""What a sheet's cells say, whatever stands in its XML."""

import tracemalloc
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from reps.domain.files.cell import Failed, Formula
from reps.domain.files.grid import Row
from reps.domain.files.unreadable import LONGEST_CELL, Place, Unreadable, Why
from reps.imports import workbook_sheet
from reps.imports.workbook import Workbook
from tests.reps.imports.workbook_file import parts_of, sheet, texts, zipped


def rows_of(*sheets, **about):
    with Workbook(zipped(parts_of(*sheets, **about))) as workbook:
        return list(workbook.rows(workbook.sheets[0], []))


def cell(xml, **about):
    """What a cell says, given its XML; "" where nothing."""
    rows = rows_of(sheet(f"<row>{xml}</row>"), **about)
    return rows[0].cells[0] if rows else ""


def refusal(*sheets, **about):
    with pytest.raises(Unreadable) as refused:
        rows_of(*sheets, **about)
    return refused.value.why, refused.value.place


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ("<c><v>5</v></c>", Decimal(5)),
        ('<c t="n"><v>0.30000000000000004</v></c>', Decimal("0.3")),
        ('<c t="s"><v>1</v></c>', "two"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="b"><v>0</v></c>', "FALSE"),
        ('<c t="e"><f>B1/C1</f><v>#N/A</v></c>', Failed("#N/A")),
        ('<c t="str"><f>A1&amp;B1</f><v>ab </v></c>', "ab"),
        ("<c><f>1+1</f><v>2</v></c>", Decimal(2)),
        ("<c><f>A2*2</f><v></v></c>", Formula("=A2*2")),
        ("<c><f>A2*2</f></c>", Formula("=A2*2")),
        ('<c><f t="shared" si="0"/></c>', Formula("=")),
        ('<c t="str"><f>""</f><v></v></c>', ""),
        ('<c t="d"><v>2026-11-30</v></c>', date(2026, 11, 30)),
        ('<c t="d"><v>soon</v></c>', "soon"),
        ('<c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', "a"),
        (
            '<c t="inlineStr"><is><r><t>bold </t></r><r><t>plain</t></r>'
            "<rPh><t>sound</t></rPh><phoneticPr/></is></c>",
            "bold plain",
        ),
        ('<c s="1"><v>46356</v></c>', date(2026, 11, 30)),
        ('<c s="1" t="s"><v>0</v></c>', "one"),
        ('<c s="1"><v>-1e9</v></c>', Decimal(-1_000_000_000)),
        ('<c s="1"><v>46356.75</v></c>', date(2026, 11, 30)),
        ('<c s="1"><v>0</v></c>', ""),
        ('<c s="4"><v>0.275</v></c>', "27.5%"),
        ('<c s="2"><v>0.5</v></c>', "12:00:00"),
        ('<c s="3"><v>46356</v></c>', date(2026, 11, 30)),
        ('<c s="99"><v>46356</v></c>', Decimal(46356)),
        ('<c s="-1"><v>46356</v></c>', Decimal(46356)),
        ("<c><v>about 5</v></c>", "about 5"),
        ("<c><v>1e999</v></c>", "1e999"),
        ("<c><v>NaN</v></c>", "NaN"),
        ('<c t="b"><v>maybe</v></c>', "maybe"),
        ('<c t="str"><v>a_x0009_b_x0000__xD800_</v></c>', "a\tb_x0000__xD800_"),
    ],
)
def test_cells_have_their_types(xml, said):
    found = cell(
        xml,
        styles=(0, 14, 46, 200, 10),
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
        '<row r="1"/>',
        '<row r="1048577"/>',
        '<row r="x"/>',
        '<row><c r="XFE1"><v>1</v></c></row>',
        '<row><c r="AAAA1"/></row>',
        '<row><c r="é1"/></row>',
        '<row><c r="1"/></row>',
        '<row><c s="x"/></row>',
        '<row><c t="s"><v>7</v></c></row>',
        '<row><c t="s"><v>-1</v></c></row>',
        '<row><c t="s"><v>x</v></c></row>',
    ],
)
def test_a_sheet_that_cannot_be_is_broken_and_its_row_is_told(rows):
    page = sheet("<row><c><v>1</v></c></row>", rows)
    assert refusal(page) == (Why.BROKEN_WORKBOOK, Place(2))


def test_a_text_without_end_is_refused_with_its_row_and_fills_no_memory():
    page = texts(("a", "b"), ("c", "x" * 30_000_000))
    file = zipped(parts_of(page), zipfile.ZIP_STORED)
    del page
    with Workbook(file) as workbook:
        tracemalloc.start()
        with pytest.raises(Unreadable) as refused:
            list(workbook.rows(workbook.sheets[0], []))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (refused.value.why, refused.value.place) == (Why.CELL_TOO_LONG, Place(2))
    assert peak < 20_000_000


def test_a_row_of_more_than_fits_a_line_is_refused(monkeypatch):
    monkeypatch.setattr(workbook_sheet, "MOST_LETTERS", 5)
    assert rows_of(texts(("abc", "de"))) == [Row(1, ("abc", "de"))]
    assert refusal(texts(("abc", "def"))) == (Why.CELL_TOO_LONG, Place(1))


def test_a_shared_text_is_kept_as_long_as_shows_that_it_is_too_long():
    shared = (f"<si><t>{'y' * 99_000}</t></si>",)
    assert len(cell('<c t="s"><v>0</v></c>', shared=shared)) == LONGEST_CELL + 1


def test_shared_texts_have_a_limit(monkeypatch):
    shared = ("<si><t>one</t></si>", "<si/>", "<si><t>two</t></si>")
    monkeypatch.setattr(workbook_sheet, "MOST_TEXTS", 3)
    assert cell('<c t="s"><v>2</v></c>', shared=shared) == "two"
    assert refusal(sheet(), shared=(*shared, "<si/>"))[0] is Why.UNPACKS_TOO_LARGE


def test_memory_does_not_follow_the_rows():
    row = "<row>" + '<c><v>1.5</v></c><c t="s"><v>0</v></c>' * 4 + "</row>"
    header = "<row>" + "".join(f"<c><v>{number}</v></c>" for number in range(8))
    page = sheet(f"{header}</row>", *[row] * 2_000)
    file = zipped(parts_of(page, shared=("<si><t>one</t></si>",)))
    del page
    with Workbook(file) as workbook:
        tracemalloc.start()
        count = sum(1 for _row in workbook.rows(workbook.sheets[0], []))
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count == 2_001
    assert peak < 1_000_000
