"""What a file's bytes are, in which encoding, and where a letter cannot be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.files import text as text_module
from reps.domain.files.text import Kind, encoding_of, is_locked, kind_of, text_of
from reps.domain.files.unreadable import Place, Unreadable, Why
from reps.domain.files.western import Reading

TABLE = "Konto;Betrag\nMüller & Söhne;1.234,50 €\nJosé’s Café;9\n"
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "cp1252": "cp1252",
    "mac_roman": "mac_roman",
}


def refused(read, *given):
    with pytest.raises(Unreadable) as refusal:
        list(read(*given))
    found = refusal.value
    return found.why, (found.place.row, found.place.column), found.value


def in_pieces(data, size):
    return [data[begin : begin + size] for begin in range(0, len(data), size)]


@pytest.mark.parametrize(("written", "read"), ENCODINGS.items())
@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_it_tells_the_encoding_and_reads_the_text_whatever_the_pieces(
    written, read, size
):
    chunks = in_pieces(TABLE.encode(written), size)
    assert encoding_of(chunks) == (Reading(read),)
    assert "".join(text_of(chunks, read)) == TABLE


def test_a_letter_far_below_tells_the_encoding():
    data = "Ann,5\n" * 100_000 + "René,6\n"
    assert encoding_of([data.encode("cp1252")]) == (Reading("cp1252"),)
    assert encoding_of(in_pieces(data.encode(), 3000)) == (Reading("utf-8"),)


def test_utf_16_with_the_big_end_first_shows_itself_by_its_mark():
    data = "\ufeff氏名,金額\n山田,5\n".encode("utf-16-be")
    assert encoding_of([data]) == (Reading("utf-16-be"),)
    assert list(text_of([data], "utf-16-be")) == ["氏名,金額\n", "山田,5\n"]


def test_text_of_few_ascii_letters_is_utf_16_too():
    data = ("取引先名称一覧,金額合計,担当者氏名\r\n" * 9).encode("utf-16-le")
    assert encoding_of([data]) == (Reading("utf-16-le"),)


def test_ascii_is_read_as_utf_8():
    assert encoding_of([b"a,b\n1,2\n"]) == (Reading("utf-8"),)


@pytest.mark.parametrize("data", [[], [b""], iter([])])
def test_no_byte_is_no_file(data):
    assert refused(encoding_of, data) == (Why.EMPTY, (0, 0), "")


def test_a_word_that_reads_well_either_way_is_a_question():
    assert encoding_of(["Macy’s,1\n".encode("cp1252")]) == (
        Reading("cp1252", "Macy’s"),
        Reading("mac_roman", "Macyís"),
    )


def test_another_word_answers_it():
    data = "Macy’s,1\nJosé,2\n"
    assert encoding_of([data.encode("cp1252")]) == (Reading("cp1252"),)
    assert encoding_of([data.encode("mac_roman")]) == (Reading("mac_roman"),)


def test_so_do_line_ends_that_only_an_old_mac_writes():
    data = "Köln,1\rKöln,2\r"
    assert encoding_of([data.encode("mac_roman")]) == (Reading("mac_roman"),)
    assert len(encoding_of([data.replace("\r", "\n").encode("mac_roman")])) == 2


def test_what_reads_the_same_either_way_is_no_question():
    assert encoding_of(["£ 5,© 6\n".encode("cp1252")]) == (Reading("cp1252"),)


@pytest.mark.parametrize("encoding", ["cp1251", "shift_jis", "gb18030", "cp1250"])
def test_bytes_of_other_encodings_are_refused_at_the_first(encoding):
    words = {
        "cp1251": "Имя,Долг\nЛюдмил,5\n",
        "shift_jis": "氏名,金額\nヤマダ,5\n",
        "gb18030": "姓名,金额\n张三,5\n",
        "cp1250": "Łódź,Wałęsa\nJaźwiński,5\n",
    }
    data = words[encoding].encode(encoding)
    why, place, value = refused(encoding_of, [data])
    assert (why, place) == (Why.NOT_DECODABLE, (1, 1))
    assert value == f"0x{data[0]:02X}"


def test_a_damaged_file_is_not_taken_for_one_of_windows():
    data = "Name\nMüller, José, Zoë\nSo".encode() + b"\xffX,1\n"
    assert refused(encoding_of, [data]) == (Why.NOT_DECODABLE, (3, 3), "0xFF")


def test_nor_is_a_file_that_says_it_is_utf_8():
    data = b"\xef\xbb\xbfName\nRen\xe9,1\n"
    assert refused(encoding_of, [data]) == (Why.NOT_DECODABLE, (2, 4), "0xE9")


def test_a_letter_cut_off_at_the_end_is_a_fault():
    data = "Name\nMüller\nZoë".encode()[:-1]
    assert refused(encoding_of, [data]) == (Why.CUT_OFF, (3, 3), "0xC3")
    assert refused(text_of, [data], "utf-8") == (Why.CUT_OFF, (3, 3), "0xC3")
    data = "a,b\nc,d".encode("utf-16-le")[:-1]
    assert refused(text_of, [data], "utf-16-le") == (Why.CUT_OFF, (2, 3), "0x64")


def test_a_name_of_windows_may_stand_at_the_end():
    assert encoding_of(["Name\nRené".encode("cp1252")]) == (Reading("cp1252"),)
    assert refused(encoding_of, [b"Name\nZo\xc3"]) == (Why.CUT_OFF, (2, 3), "0xC3")


def test_a_letter_that_its_encoding_lacks_is_refused_with_its_place():
    data = "Name\r\nJosé\rAnn\n".encode("cp1252") + b"Bo\x81"
    assert refused(text_of, [data], "cp1252") == (
        Why.NOT_DECODABLE,
        (4, 3),
        "0x81",
    )


def test_half_a_pair_of_utf_16_is_refused_with_its_place():
    data = "a,b\nc".encode("utf-16-le") + b"\x00\xd8" + "d\n".encode("utf-16-le")
    assert refused(text_of, [data], "utf-16-le") == (
        Why.NOT_DECODABLE,
        (2, 2),
        "0x00",
    )


@pytest.mark.parametrize("size", [1, 1000])
def test_nul_is_refused_with_its_place(size):
    chunks = in_pieces(b"a,b\nc,d" * 40 + b"\nx\0y\n", size)
    assert refused(encoding_of, chunks) == (Why.NUL, (42, 2), "0x00")
    assert refused(text_of, chunks, "utf-8") == (Why.NUL, (42, 2), "0x00")


def test_lines_end_as_they_end_and_nowhere_else():
    lines = ["a\r\n", "b\r", "c\n", "\n", "d\x0be\x0cf\x85g\u2028h\r", "\r\n", "i"]
    data = "".join(lines).encode()
    for size in (1, 2, 3, 1000):
        assert list(text_of(in_pieces(data, size), "utf-8")) == lines


def test_a_line_without_an_end_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(text_module, "LONGEST_LINE", 100)
    chunks = [b"a,b\n", *[b"x" * 10] * 11]
    assert refused(text_of, chunks, "utf-8") == (Why.CELL_TOO_LONG, (2, 0), "")


def test_fifty_megabytes_are_the_most(monkeypatch):
    monkeypatch.setattr(text_module, "MOST_BYTES", 10)
    assert encoding_of([b"12345\n7890"]) == (Reading("utf-8"),)
    assert refused(encoding_of, [b"12345\n7890", b"1"]) == (Why.TOO_LARGE, (0, 0), "")
    assert refused(text_of, [b"1" * 11], "utf-8") == (Why.TOO_LARGE, (0, 0), "")


@pytest.mark.parametrize(
    ("start", "why"),
    [
        (b"\x1f\x8b\x08\0", Why.COMPRESSED),
        (b"7z\xbc\xaf\x27\x1c", Why.COMPRESSED),
        (b"%PDF-1.7\n", Why.PDF),
        (b"\x89PNG\r\n\x1a\n", Why.IMAGE),
        (b"\xff\xd8\xff\xe0", Why.IMAGE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", Why.OLD_WORKBOOK),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16le"),
            Why.LOCKED_WORKBOOK,
        ),
        (b"<!DOCTYPE html><title>Sign in</title>", Why.HTML),
        (b"\xef\xbb\xbf\n  <HTML lang=en>", Why.HTML),
        (b"<table><tr><td>Name", Why.HTML),
        ("\ufeff<html>".encode("utf-16-le")[2:], Why.HTML),
        (b'<?xml version="1.0"?><Workbook>', Why.XML),
        (b'<?xml version="1.0"?><!DOCTYPE html><html>', Why.HTML),
    ],
)
def test_what_is_no_table_is_named(start, why):
    assert refused(kind_of, start) == (why, (0, 0), "")


def test_that_a_workbook_is_locked_may_be_said_far_from_its_start():
    assert is_locked(b"\0" + "EncryptedPackage".encode("utf-16le") + b"\0")
    assert not is_locked(b"EncryptedPackage")


def test_a_zip_may_be_a_workbook_and_the_rest_is_text():
    assert kind_of(b"PK\x03\x04rest") is Kind.ZIP
    assert kind_of(b"Name,Amount\n<b>Ann</b>,5") is Kind.TEXT
    assert kind_of(b"<Unknown>,Amount\n") is Kind.TEXT
    assert kind_of(b"") is Kind.TEXT


@given(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]),
    st.integers(1, 9),
)
def test_any_text_comes_back_whole(text, encoding, size):
    text = text.removeprefix("\ufeff")
    chunks = in_pieces(text.encode(encoding), size)
    lines = list(text_of(chunks, encoding))
    assert "".join(lines) == text
    assert lines == re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)


@given(st.binary(max_size=60), st.integers(1, 9))
def test_any_bytes_are_read_whole_or_refused_with_a_place(data, size):
    chunks = in_pieces(data, size)
    try:
        kind_of(data)
        readings = encoding_of(chunks)
        for reading in readings:
            text = "".join(text_of(chunks, reading.encoding))
            assert text.encode(reading.encoding) in (data, data[2:], data[3:])
    except Unreadable as refusal:
        found = refusal
    else:
        return
    assert bool(found.place.row) is (
        found.why in (Why.NOT_DECODABLE, Why.CUT_OFF, Why.NUL)
    )


def test_a_place_says_a_line_and_a_letter():
    assert text_module.place_after("") == Place(1, 1)
    assert text_module.place_after("a\r\nb\rc\nde") == Place(4, 3)
