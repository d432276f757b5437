"""The zip that a workbook is: its parts, none of them larger than we can take.

Nobody's word is taken for a size: what the zip's directory says is held to the limits,
and so are the bytes as they are unpacked.
"""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.parsers import expat

from reps.domain.files.unreadable import Unreadable, Why

# Bytes of all parts; 50 MB of what spreadsheets write unpack to seven times as many.
MOST_UNPACKED = 400 * 1024 * 1024
MOST_OF_TEXTS = 128 * 1024 * 1024  # of the texts that cells share, which are kept
SMALL_PART = 16 * 1024 * 1024  # of one that lists sheets or styles
LARGEST_DIRECTORY = 4 * 1024 * 1024
DEEPEST = 100  # tags inside each other
LONGEST_TAG = 4 * 1024 * 1024
PIECE = 64 * 1024
END = struct.Struct("<4s4H2LH")
END_64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR_64 = struct.Struct("<4sLQL")
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    RuntimeError,  # a part with a password
    NotImplementedError,
    struct.error,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
)


class Package:
    """A zip opened for reading; `with` closes it."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            if _directory_size(file) > LARGEST_DIRECTORY:
                raise Unreadable(Why.UNPACKS_TOO_LARGE)
            self.zip = zipfile.ZipFile(file)
        except BROKEN:
            raise Unreadable(Why.BROKEN_WORKBOOK) from None
        self.parts = {part.filename.lstrip("/"): part for part in self.zip.infolist()}
        if sum(part.file_size for part in self.parts.values()) > MOST_UNPACKED:
            self.close()
            raise Unreadable(Why.UNPACKS_TOO_LARGE)

    def __contains__(self, name: str) -> bool:
        return name in self.parts

    def close(self) -> None:
        self.zip.close()

    def pieces(self, name: str, limit: int = MOST_UNPACKED) -> Iterator[bytes]:
        """The part's bytes; `Unreadable` as soon as they are known to be too many."""
        part = self.parts.get(name)
        if part is None or part.compress_type not in PACKED:
            raise Unreadable(Why.BROKEN_WORKBOOK)
        if part.file_size > limit:
            raise Unreadable(Why.UNPACKS_TOO_LARGE)
        size = 0
        try:
            with self.zip.open(part) as unpacked:
                while piece := unpacked.read(PIECE):
                    size += len(piece)
                    if size > limit:
                        raise Unreadable(Why.UNPACKS_TOO_LARGE)
                    yield piece
        except BROKEN:
            raise Unreadable(Why.BROKEN_WORKBOOK) from None

    def parse(
        self,
        name: str,
        start: Callable[[str, dict[str, str]], None],
        limit: int = SMALL_PART,
    ) -> None:
        """Tell `start` of every tag of a small part, by its name without a prefix."""
        parser = parser_of_xml()
        depth = 0

        def told(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            start(local(tag), {local(key): text for key, text in attributes.items()})

        def ended(_tag: str) -> None:
            nonlocal depth
            depth -= 1

        parser.StartElementHandler = told
        parser.EndElementHandler = ended
        for _ in fed(parser, self.pieces(name, limit)):
            if depth > DEEPEST:
                raise Unreadable(Why.BROKEN_WORKBOOK)


def local(tag: str) -> str:
    """A name without the prefix of its namespace."""
    return tag.rpartition(":")[2]


def parser_of_xml() -> expat.XMLParserType:
    """One that takes no document type, so that nothing in it can grow or be fetched."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def fed(parser: expat.XMLParserType, pieces: Iterator[bytes]) -> Iterator[None]:
    """Feed it piece by piece; what it told of by then can be taken after each."""
    size = 0
    try:
        for piece in pieces:
            parser.Parse(piece)
            size += len(piece)
            if size - parser.CurrentByteIndex > LONGEST_TAG:
                raise Unreadable(Why.BROKEN_WORKBOOK)
            yield
        parser.Parse(b"", True)
    except BROKEN:
        raise Unreadable(Why.BROKEN_WORKBOOK) from None
    yield


def _refuse_document_type(*_declared: object) -> None:
    raise Unreadable(Why.BROKEN_WORKBOOK)


def _directory_size(file: BinaryIO) -> int:
    """As the zip's end says it, so that a directory of a million parts is not read."""
    size = file.seek(0, 2)
    tail_size = min(size, END.size + 65_535)
    file.seek(size - tail_size)
    tail = file.read(tail_size)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile
    end = END.unpack_from(tail, at)
    directory: int = end[5]
    before = tail[max(0, at - LOCATOR_64.size) : at]
    if before.startswith(b"PK\x06\x07"):
        file.seek(min(size, LOCATOR_64.unpack(before)[2]))
        directory = max(directory, END_64.unpack(file.read(END_64.size))[8])
    file.seek(0)
    return directory
