"""What a workbook says: its sheets, and the rows of one with their cells' types."""

import io
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText

from reps.domain.files.grid import Row
from reps.domain.files.unreadable import Unreadable, Why
from reps.imports.workbook import Workbook
from tests.reps.imports.workbook_file import parts_of, sheet, texts, zipped


def chosen(*sheets, name="", **about):
    with Workbook(zipped(parts_of(*sheets, **about))) as workbook:
        return workbook.sheet(name).name


def test_it_reads_what_openpyxl_writes():
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Account", "Close", "Amount", "Won"])
    page.append(["Müller & Söhne", date(2026, 11, 30), 0.1 + 0.2, True])
    noon = datetime(2026, 11, 30, 12, 30)  # noqa: DTZ001
    page.append(["  <Ann>\u200b ", noon, -1_200, False])
    page.append([CellRichText("bold", " and plain"), time(9, 30), None, "=D2"])
    page["C2"].number_format = "0.00"
    page["J90"].number_format = "0.00"  # nothing stands there
    file = io.BytesIO()
    book.save(file)

    with Workbook(file) as workbook:
        assert list(workbook.rows(workbook.sheet(), [])) == [
            Row(1, ("Account", "Close", "Amount", "Won")),
            Row(2, ("Müller & Söhne", date(2026, 11, 30), Decimal("0.3"), "TRUE")),
            Row(3, ("<Ann>", date(2026, 11, 30), Decimal(-1200), "FALSE")),
            Row(4, ("bold and plain", "09:30:00", "", "=D2")),
        ]


FULL, EMPTY, TITLE = texts(("a", "b"), ("c", "d")), sheet(), texts(("Title",))
COVER = texts(("Pipeline",), ("Made by", "Ada"), ("2026",))


@pytest.mark.parametrize(
    ("sheets", "states", "name"),
    [
        ([FULL, FULL], (), "S1"),
        ([EMPTY, FULL], (), "S2"),
        ([TITLE, FULL], (), "S2"),
        ([COVER, EMPTY, FULL], (), "S3"),
        ([FULL, FULL], ("hidden",), "S2"),
        ([FULL, EMPTY, FULL], ("veryHidden",), "S3"),
        ([EMPTY, TITLE], (), "S2"),
    ],
)
def test_the_first_sheet_that_is_shown_and_has_a_table_is_taken(sheets, states, name):
    assert chosen(*sheets, states=states) == name


def test_a_person_may_name_the_sheet_and_a_hidden_one_too():
    assert chosen(FULL, FULL, FULL, name="S2") == "S2"
    assert chosen(FULL, FULL, name="S2", states=("visible", "hidden")) == "S2"
    with pytest.raises(Unreadable) as refused:
        chosen(FULL, name="Deals")
    assert (refused.value.why, refused.value.value) == (Why.NO_SHEET, "Deals")


@pytest.mark.parametrize("states", [(), ("visible", "hidden")])
def test_a_workbook_without_a_row_that_is_shown_is_empty(states):
    with pytest.raises(Unreadable) as refused:
        chosen(EMPTY, *[FULL] * bool(states), states=states)
    assert refused.value.why is Why.EMPTY


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
    with Workbook(zipped(parts)) as workbook:
        assert len(list(workbook.rows(workbook.sheet(), []))) == 2


def test_colours_and_properties_that_openpyxl_does_not_know_are_no_matter():
    parts = parts_of(FULL)
    styles = parts["xl/styles.xml"]
    parts["xl/styles.xml"] = styles.replace("<numFmts>", "<fills><x/></fills><numFmts>")
    parts["docProps/core.xml"] = "nothing of XML"
    with Workbook(zipped(parts)) as workbook:
        assert workbook.sheet().name == "S1"


def test_names_may_have_a_prefix():
    def prefixed(xml):
        return xml.replace("<", "<x:").replace("<x:/", "</x:").replace("ns=", "ns:x=")

    page = texts(("a", "b"), ("c", "d"))
    page = page.replace("</row>", '<c t="s"><v>0</v></c></row>')
    parts = parts_of(page, shared=("<si><t>one</t></si>",))
    for name in ("xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"):
        parts[name] = prefixed(parts[name])
    with Workbook(zipped(parts)) as workbook:
        rows = list(workbook.rows(workbook.sheets[0], []))
    assert rows == [Row(1, ("a", "b", "one")), Row(2, ("c", "d", "one"))]


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
                list(workbook.rows(one, []))
    except Unreadable:
        return
