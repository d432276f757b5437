"""A file's bytes as text: which encoding they are in, and its lines.

An encoding is recognized by rules, not guessed: UTF-8 and UTF-16 show themselves, and
what is neither was written by Windows or by an old Mac, which is told by how its words
would read (`western.py`). No letter is ever put in place of one that cannot be read.
"""

import codecs
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from enum import StrEnum

from reps.domain.files.unreadable import MOST_BYTES, Place, Unreadable, Why
from reps.domain.files.western import CP_1252, MAC_ROMAN, Reading, Words

UTF_8 = "utf-8"
UTF_16_LE = "utf-16-le"
UTF_16_BE = "utf-16-be"
MARKS = {
    codecs.BOM_UTF8: UTF_8,
    codecs.BOM_UTF16_LE: UTF_16_LE,
    codecs.BOM_UTF16_BE: UTF_16_BE,
}
ENCODINGS = (UTF_8, UTF_16_LE, UTF_16_BE, CP_1252, MAC_ROMAN)
MARK = "\ufeff"
LONGEST_LINE = 4_000_000  # letters; no row of a table we take is as long
PIECE = 256 * 1024  # bytes
FEW = 20  # letters, one of which at least is ASCII
SURER = 3  # zeros on one side for each on the other
LINE_END = re.compile("\r\n|\r|\n")
LOOKED_AT = 4096  # bytes at the start that say which of the two UTF-16 it is
UNDECODED = re.compile("[\udc80-\udcff]")  # a byte that is no UTF-8, escaped
SIGNATURES = {
    b"\x1f\x8b": Why.COMPRESSED,  # gzip
    b"BZh": Why.COMPRESSED,
    b"\xfd7zXZ\0": Why.COMPRESSED,
    b"7z\xbc\xaf\x27\x1c": Why.COMPRESSED,
    b"Rar!\x1a\x07": Why.COMPRESSED,
    b"%PDF-": Why.PDF,
    b"\x89PNG\r\n": Why.IMAGE,
    b"\xff\xd8\xff": Why.IMAGE,
    b"GIF8": Why.IMAGE,
    b"RIFF": Why.IMAGE,  # webp
    b"II*\0": Why.IMAGE,
    b"MM\0*": Why.IMAGE,
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode(UTF_16_LE)  # what such a workbook holds
ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
XML = re.compile(rb"<\?xml\b", re.IGNORECASE)
HTML = re.compile(rb"<(!doctype|!--|html|head|body|table|meta|script)\b", re.IGNORECASE)


class Kind(StrEnum):
    """What a file is by its first bytes, whatever its name says."""

    TEXT = "text"
    ZIP = "zip"  # a workbook, perhaps


def kind_of(start: bytes) -> Kind:
    """Text, or a zip; the first thousand bytes say it.

    Raises `Unreadable` for what is plainly something else.
    """
    if start.startswith(ZIPS):
        return Kind.ZIP
    if start.startswith(OLE):
        locked = is_locked(start)
        raise Unreadable(Why.LOCKED_WORKBOOK if locked else Why.OLD_WORKBOOK)
    for signature, why in SIGNATURES.items():
        if start.startswith(signature):
            raise Unreadable(why)
    written = start.removeprefix(codecs.BOM_UTF8).replace(b"\0", b"").lstrip()
    if XML.match(written):
        raise Unreadable(Why.HTML if b"<html" in written.lower() else Why.XML)
    if HTML.match(written):
        raise Unreadable(Why.HTML)
    return Kind.TEXT


def is_locked(piece: bytes) -> bool:
    """Whether it is said in this piece of an old file that it opens with a password.

    The list of what such a file holds may stand anywhere in it.
    """
    return ENCRYPTED in piece


def encoding_of(chunks: Iterable[bytes]) -> tuple[Reading, ...]:
    """The encodings the whole file can be in, the likeliest first; one if it is sure.

    Two come with an example of each: a word that reads well either way. Raises
    `Unreadable` where the file is none of them, at the first byte that shows it.
    """
    pieces = within_limit(chunks)
    start = b""
    for piece in pieces:
        start += piece
        if len(start) >= LOOKED_AT:
            break
    if not start:
        raise Unreadable(Why.EMPTY)
    for mark, encoding in MARKS.items():
        if start.startswith(mark) and encoding != UTF_8:
            return (Reading(encoding),)
    unmarked = _utf_16_without_mark(start[:LOOKED_AT])
    if unmarked:
        return (Reading(unmarked),)
    look = _Look()
    look.add(start)
    for piece in pieces:
        look.add(piece)
    return look.answer(marked=start.startswith(codecs.BOM_UTF8))


def text_of(chunks: Iterable[bytes], encoding: str) -> Iterator[str]:
    """The lines of a text, their ends kept as they are, as `csv` wants them.

    A line ends with CR, LF or both, and not with what else Unicode breaks lines at.
    Raises `Unreadable` at the first letter that cannot be read, or is NUL.
    """
    lines = _Lines(encoding)
    for piece in within_limit(chunks):
        yield from lines.of(piece)
    yield from lines.of(b"", final=True)


def within_limit(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are never large; `Unreadable` if they are many."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise Unreadable(Why.TOO_LARGE)
        for begin in range(0, len(chunk), PIECE):
            yield chunk[begin : begin + PIECE]


class _Lines:
    """Pieces of bytes, cut anywhere, put together to lines."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.decoder = codecs.getincrementaldecoder(encoding)()
        self.begun = False
        self.given = 0  # lines that are through
        self.rest: list[str] = []  # what there is of the next
        self.length = 0  # of the rest
        self.held = ""  # a CR whose LF may be in the next piece

    def of(self, piece: bytes, *, final: bool = False) -> Iterator[str]:
        text = self.held + self._decoded(piece, final)
        self.held = "\r" if text.endswith("\r") and not final else ""
        text = text.removesuffix(self.held) if self.held else text
        for line in io.StringIO(text, newline=""):
            self.rest.append(line)
            self.length += len(line)
            if self.length > LONGEST_LINE:
                raise Unreadable(Why.CELL_TOO_LONG, Place(self.given + 1))
            if line.endswith(("\n", "\r")):
                yield self._whole()
        if final and self.rest:
            yield self._whole()

    def _whole(self) -> str:
        line = "".join(self.rest)
        self.rest, self.length = [], 0
        self.given += 1
        return line

    def _decoded(self, piece: bytes, final: bool) -> str:
        try:
            text = self.decoder.decode(piece, final)
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode(self.encoding)
            why = Why.CUT_OFF if final else Why.NOT_DECODABLE
            raise self._unreadable(why, good, error.object[error.start]) from None
        if text and not self.begun:
            self.begun = True
            text = text.removeprefix(MARK)
        if "\0" in text:
            raise self._unreadable(Why.NUL, text[: text.index("\0")], 0)
        return text

    def _unreadable(self, why: Why, before: str, byte: int) -> Unreadable:
        """At the letter after `before`, of what is not yet through."""
        place = place_after("".join([*self.rest, self.held, before]))
        place = Place(self.given + place.row, place.column)
        return Unreadable(why, place, f"0x{byte:02X}")


def place_after(text: str) -> Place:
    """Where the letter after this text stands."""
    *lines, last = LINE_END.split(text)
    return Place(len(lines) + 1, len(last) + 1)


def _utf_16_without_mark(start: bytes) -> str | None:
    """Which of the two it is by where its zeros are, for every table has some ASCII.

    A line's end or a comma is a zero and a byte, in one order or the other.
    """
    first, second = start[::2].count(0), start[1::2].count(0)
    if max(first, second) * FEW < len(start) // 2:
        return None
    if second > SURER * first:
        return UTF_16_LE
    if first > SURER * second:
        return UTF_16_BE
    return None


class _Look:
    """What shows itself of an encoding in which a letter is a byte or more."""

    def __init__(self) -> None:
        self.lines = _Lines(UTF_8)
        self.fault: Unreadable | None = None  # the first, if it is to be UTF-8
        self.loose = codecs.getincrementaldecoder(UTF_8)("surrogateescape")
        self.faults = 0
        self.following = 0  # bytes that go on a letter of several, as UTF-8 has them
        self.words = Words()
        self.line_feeds = 0

    def add(self, piece: bytes, *, final: bool = False) -> None:
        if not self.fault:
            try:
                deque(self.lines.of(piece, final=final), maxlen=0)
            except Unreadable as fault:
                if fault.why not in (Why.NOT_DECODABLE, Why.CUT_OFF):
                    raise
                self.fault = fault
        text = self.loose.decode(piece, final)
        if not text.isascii():
            self.faults += len(UNDECODED.findall(text))
        self.following += len(piece) - len(text)
        self.words.add(piece, final=final)
        self.line_feeds += piece.count(b"\n")

    def answer(self, *, marked: bool) -> tuple[Reading, ...]:
        """UTF-8 with a few bytes that are none is a damaged file, not another one's."""
        self.add(b"", final=True)
        if not self.fault:
            return (Reading(UTF_8),)
        if marked or self.following > self.faults:
            raise self.fault
        readings = self.words.readings(of_an_old_mac=not self.line_feeds)
        if not readings:
            raise self.fault
        return readings
