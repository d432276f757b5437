"""What a zip may not do to us."""

import io
import struct
import zipfile

import pytest

from reps.domain.files.unreadable import Unreadable, Why
from reps.imports import workbook_zip
from reps.imports.workbook import Workbook
from reps.imports.workbook_zip import Package, fed, parser_of_xml
from tests.reps.imports.workbook_file import parts_of, texts, zipped


def refusal(file, read=lambda book: list(book.rows(book.sheets[0]))):
    with pytest.raises(Unreadable) as refused, Workbook(file) as workbook:
        read(workbook)
    return refused.value.why


GOOD = parts_of(texts(("Name", "Amount"), ("Ann", "5")))
SHEET = "xl/worksheets/sheet1.xml"


def test_a_good_one_is_read():
    with Workbook(zipped(GOOD)) as workbook:
        assert len(list(workbook.rows(workbook.sheets[0]))) == 2


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"x" * 99]
)
def test_what_is_no_zip(data):
    assert refusal(io.BytesIO(data)) in (Why.BROKEN_WORKBOOK, Why.ZIP)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_zip_that_was_cut_off(kept):
    data = zipped(GOOD).getvalue()
    assert refusal(io.BytesIO(data[: int(len(data) * kept)])) is Why.BROKEN_WORKBOOK


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"photo.txt": "x"}, Why.ZIP),
        ({"_rels/.rels": "<Relationships/>"}, Why.ZIP),
        ({**GOOD, "_rels/.rels": GOOD["_rels/.rels"].replace("xl/", "word/")}, Why.ZIP),
        (
            {**GOOD, "_rels/.rels": GOOD["_rels/.rels"].replace(".xml", ".bin")},
            Why.BINARY_WORKBOOK,
        ),
        ({"mimetype": "x", "content.xml": "<x/>"}, Why.OPEN_DOCUMENT),
        ({**GOOD, "xl/workbook.xml": "<workbook>"}, Why.BROKEN_WORKBOOK),
        ({**GOOD, SHEET: "no XML"}, Why.BROKEN_WORKBOOK),
        ({**GOOD, SHEET: ""}, Why.BROKEN_WORKBOOK),
        (
            {**GOOD, SHEET: '<!DOCTYPE x [<!ENTITY a "aa">]>' + GOOD[SHEET]},
            Why.BROKEN_WORKBOOK,
        ),
        (
            {name: part for name, part in GOOD.items() if name != SHEET},
            Why.BROKEN_WORKBOOK,
        ),
    ],
)
def test_a_zip_without_a_workbook_or_with_a_broken_one(parts, why):
    assert refusal(zipped(parts)) is why


def test_other_ways_to_pack_are_refused():
    assert refusal(zipped(GOOD, zipfile.ZIP_LZMA)) is Why.BROKEN_WORKBOOK


def test_what_the_directory_says_is_held_to_the_limit(monkeypatch):
    monkeypatch.setattr(workbook_zip, "MOST_UNPACKED", 1_000)
    assert refusal(zipped(GOOD)) is Why.UNPACKS_TOO_LARGE


def test_so_is_each_part(monkeypatch):
    package = Package(zipped(GOOD))
    with pytest.raises(Unreadable) as refused:
        list(package.pieces(SHEET, limit=100))
    assert refused.value.why is Why.UNPACKS_TOO_LARGE
    monkeypatch.setattr(package.parts[SHEET], "file_size", 100)
    with pytest.raises(Unreadable) as refused:
        list(package.pieces(SHEET, limit=100))
    assert refused.value.why in (Why.UNPACKS_TOO_LARGE, Why.BROKEN_WORKBOOK)


def test_a_directory_that_lies_about_a_size_is_found_out():
    parts = {**GOOD, SHEET: texts(("Name", "Amount"), *[("Ann", "5")] * 5000)}
    data = bytearray(zipped(parts).getvalue())
    size = struct.pack("<L", len(parts[SHEET]))
    assert data.count(size) == 2
    assert refusal(io.BytesIO(data.replace(size, struct.pack("<L", 500)))) is (
        Why.BROKEN_WORKBOOK
    )


def test_a_directory_of_too_many_parts_is_not_read(monkeypatch):
    monkeypatch.setattr(workbook_zip, "LARGEST_DIRECTORY", 300)
    assert refusal(zipped(GOOD)) is Why.UNPACKS_TOO_LARGE


def test_a_directory_that_hides_its_size_is_found_out(monkeypatch):
    data = zipped(GOOD).getvalue()
    end = data.rindex(b"PK\x05\x06")
    far = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 9, 9, 10**7, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    longer = data[:end] + far + locator + data[end:]
    assert refusal(io.BytesIO(longer)) is Why.UNPACKS_TOO_LARGE


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/sharedStrings.xml", SHEET])
def test_tags_inside_each_other_without_end_are_refused(name):
    nested = "<x>" + "<y>" * 200_000
    assert refusal(zipped({**GOOD, name: nested})) is Why.BROKEN_WORKBOOK


def test_a_tag_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(workbook_zip, "LONGEST_TAG", 1_000)
    pieces = iter([b"<x a='", *[b"y" * 500] * 10])
    with pytest.raises(Unreadable) as refused:
        list(fed(parser_of_xml(), pieces))
    assert refused.value.why is Why.BROKEN_WORKBOOK
