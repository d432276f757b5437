"""What a zip and its XML may not do to us."""

import io
import struct
import zipfile

import pytest

from reps.domain.files.unreadable import Unreadable, Why
from reps.imports import workbook_parts
from reps.imports.workbook import Workbook
from reps.imports.workbook_parts import Parts
from tests.reps.imports.workbook_file import parts_of, sheet, texts, zipped


def refusal(file):
    with pytest.raises(Unreadable) as refused, Workbook(file) as workbook:
        list(workbook.rows(workbook.sheets[0], []))
    return refused.value.why


GOOD = parts_of(texts(("Name", "Amount"), ("Ann", "5")))
SHEET = "xl/worksheets/sheet1.xml"


def test_a_good_one_is_read():
    with Workbook(zipped(GOOD)) as workbook:
        assert len(list(workbook.rows(workbook.sheets[0], []))) == 2


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"x" * 99]
)
def test_what_is_no_zip(data):
    assert refusal(io.BytesIO(data)) in (Why.BROKEN_WORKBOOK, Why.ZIP)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_zip_that_was_cut_off(kept):
    data = zipped(GOOD).getvalue()
    assert refusal(io.BytesIO(data[: int(len(data) * kept)])) is Why.BROKEN_WORKBOOK


BINARY = {**GOOD, "xl/workbook.bin": "x"}
DOCUMENT = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
LETTER = {
    **GOOD,
    "[Content_Types].xml": GOOD["[Content_Types].xml"].replace("sheet.main", "word"),
}
GROWS = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;&a;">]>'
FETCHES = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"photo.txt": "x"}, Why.ZIP),
        (LETTER, Why.ZIP),
        (BINARY, Why.BINARY_WORKBOOK),
        ({**DOCUMENT, "content.xml": "<x/>"}, Why.OPEN_DOCUMENT),
        ({**GOOD, "[Content_Types].xml": "x"}, Why.BROKEN_WORKBOOK),
        ({**GOOD, "xl/workbook.xml": "<workbook>"}, Why.BROKEN_WORKBOOK),
        ({**GOOD, "xl/workbook.xml": "<workbook/>"}, Why.BROKEN_WORKBOOK),
        ({**GOOD, SHEET: "no XML"}, Why.BROKEN_WORKBOOK),
        ({**GOOD, SHEET: ""}, Why.BROKEN_WORKBOOK),
        ({**GOOD, SHEET: GROWS + GOOD[SHEET]}, Why.BROKEN_WORKBOOK),
        ({**GOOD, SHEET: FETCHES + GOOD[SHEET]}, Why.BROKEN_WORKBOOK),
        ({**GOOD, "xl/sharedStrings.xml": GROWS + "<sst/>"}, Why.BROKEN_WORKBOOK),
        ({**GOOD, "xl/workbook.xml": GROWS + "<workbook/>"}, Why.BROKEN_WORKBOOK),
        (
            {name: part for name, part in GOOD.items() if name != SHEET},
            Why.BROKEN_WORKBOOK,
        ),
    ],
)
def test_a_zip_without_a_workbook_or_with_a_broken_one(parts, why):
    assert refusal(zipped(parts)) is why


def test_a_part_with_a_password_says_that_it_is_locked():
    data = bytearray(zipped(GOOD).getvalue())
    entry = data.index(b"PK\x01\x02")  # in the directory: its flags are 8 bytes on
    data[entry + 8] |= 1
    assert refusal(io.BytesIO(data)) is Why.LOCKED_WORKBOOK


LIMITS = ["MOST_UNPACKED", "LARGEST_DIRECTORY", "MOST_PARTS", "LARGEST_SMALL"]


@pytest.mark.parametrize("limit", [*LIMITS, "LARGEST_STYLES", "MOST_OF_TEXTS"])
def test_more_than_fits_is_refused_before_it_is_unpacked(monkeypatch, limit):
    Workbook(zipped(GOOD)).archive.close()
    for module in ("workbook_parts", "workbook", "workbook_sheet"):
        monkeypatch.setattr(f"reps.imports.{module}.{limit}", 5, raising=False)
    with pytest.raises(Unreadable) as refused:
        Workbook(zipped(GOOD))
    assert refused.value.why is Why.UNPACKS_TOO_LARGE


def test_what_is_packed_better_than_any_table_is_refused():
    bomb = sheet(" " * 20_000_000)
    assert refusal(zipped({**GOOD, SHEET: bomb})) is Why.UNPACKS_TOO_LARGE
    # The same where nobody could tell by its size.
    packed = zipped({**GOOD, SHEET: bomb}, zipfile.ZIP_STORED)
    assert refusal(packed) is Why.CELL_TOO_LONG


def test_a_directory_that_lies_about_a_size_is_found_out():
    parts = {**GOOD, SHEET: texts(("Name", "Amount"), *[("Ann", "5")] * 5000)}
    data = bytearray(zipped(parts).getvalue())
    size = struct.pack("<L", len(parts[SHEET]))
    assert data.count(size) == 2
    lying = io.BytesIO(data.replace(size, struct.pack("<L", 500)))
    assert refusal(lying) is Why.BROKEN_WORKBOOK


def test_a_directory_that_hides_its_size_is_found_out():
    data = zipped(GOOD).getvalue()
    end = data.rindex(b"PK\x05\x06")
    far = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 9, 9, 10**7, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    # Both fields of the short one say: look in the long one.
    short = data[end:].replace(data[end + 12 : end + 20], b"\xff" * 8)
    longer = data[:end] + far + locator + short
    assert refusal(io.BytesIO(longer)) is Why.UNPACKS_TOO_LARGE


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/styles.xml", SHEET])
def test_tags_inside_each_other_without_end_are_refused(name):
    nested = zipped({**GOOD, name: "<x>" + "<y>" * 200_000})
    assert refusal(nested) is Why.UNPACKS_TOO_LARGE


def test_cells_without_end_in_which_nothing_stands_are_refused(monkeypatch):
    monkeypatch.setattr(workbook_parts, "MOST_IDLE", 1_000)
    row = f"<row>{'<c/>' * 11}<c><v>1</v></c></row>"
    for rows in (["<row/>"] * 1_001, [f"<row>{'<c/>' * 500}</row>"] * 2):
        assert refusal(zipped({**GOOD, SHEET: sheet(*rows)})) is Why.UNPACKS_TOO_LARGE
    with Workbook(zipped({**GOOD, SHEET: sheet(*[row] * 300)})) as workbook:
        assert len(list(workbook.rows(workbook.sheets[0], []))) == 300


def test_a_row_of_more_cells_than_a_sheet_has_is_refused(monkeypatch):
    monkeypatch.setattr(workbook_parts, "LARGEST_ELEMENT", 100)
    wide = sheet(f"<row>{'<c/>' * 100}</row>")
    assert refusal(zipped({**GOOD, SHEET: wide})) is Why.UNPACKS_TOO_LARGE


def test_what_is_not_asked_for_is_not_kept():
    """So links and colours below the rows take no memory, however many."""
    page = sheet("<row/>").replace("</worksheet>", "<x><y/><y/></x></worksheet>")
    with Parts(zipped({**GOOD, SHEET: page})) as parts:
        kept = [list(element) for element in parts.elements(SHEET, {"nothing"})]
    assert kept == []
