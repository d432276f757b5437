"""The zip that a workbook is: none of its parts larger than we can take.

Nobody's word is taken for a size: what the zip's directory says is held to the limits
before anything is unpacked, and a part gives no more bytes than it said.
"""

import zipfile
from collections.abc import Collection, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from openpyxl.xml.functions import iterparse

from reps.domain.files.unreadable import Unreadable, Why

MEGABYTE = 1024 * 1024
# Bytes of all parts; 50 MB of what spreadsheets write unpack to eight times as many.
MOST_UNPACKED = 512 * MEGABYTE
MOST_OF_TEXTS = 128 * MEGABYTE  # of the texts that cells share, which are kept
LARGEST_SMALL = 4 * MEGABYTE  # of a part that is read in one piece, such as the sheets
LARGEST_STYLES = 16 * MEGABYTE
LARGEST_DIRECTORY = 4 * MEGABYTE
MOST_PARTS = 10_000
MOST_RATIO = 300  # unpacked to packed; sheets of one figure come to a hundred
GRACE = 8 * MEGABYTE  # which any part may unpack to
DIRECTORY_SIZE = 5  # its place in what `zipfile` reads at the end of a zip

LONGEST_ELEMENT = 8 * MEGABYTE  # a row in XML, or a text; what is longer is no row
LARGEST_ELEMENT = 250_000  # elements inside it
DEEPEST = 100  # elements inside each other
MOST_IDLE = 2_000_000  # elements that are of no use


class Parts(zipfile.ZipFile):
    """The parts, each within its limit. Raises `Unreadable` for what is too much."""

    def __init__(self, file: BinaryIO) -> None:
        # A directory of a million parts would be read whole: its size is asked first.
        end = zipfile._EndRecData(file)
        if end and end[DIRECTORY_SIZE] > LARGEST_DIRECTORY:
            raise Unreadable(Why.UNPACKS_TOO_LARGE)
        super().__init__(file)
        parts = self.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable(Why.LOCKED_WORKBOOK)
        unpacked = sum(part.file_size for part in parts)
        packed_too_well = any(
            part.file_size > GRACE + MOST_RATIO * part.compress_size for part in parts
        )
        if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or packed_too_well:
            raise Unreadable(Why.UNPACKS_TOO_LARGE)
        self.idle = 0

    def read(self, name, pwd=None) -> bytes:
        """A small part, whole."""
        self._held_to(name, LARGEST_SMALL)
        return super().read(name, pwd)

    def elements(
        self, name: str, tags: Collection[str], limit: int = MOST_UNPACKED
    ) -> Iterator[Element]:
        """The elements of these names in a part, one by one; nothing else is kept.

        Whoever takes them says how many elements were of use, or soon gets no more.
        """
        self._held_to(name, limit)
        with self.open(name) as part:
            yield from self._elements(_Source(part), tags)

    def used(self, elements: int) -> None:
        """So many of the last ones held something, or stood around what did."""
        self.idle -= elements

    def _elements(self, source: "_Source", tags: Collection[str]) -> Iterator[Element]:
        open_ones: list[Element] = []
        inside = 0  # how deep the element stands that is being put together
        count = 0
        for event, element in iterparse(source, ("start", "end")):
            if event == "start":
                open_ones.append(element)
                count += 1
                if len(open_ones) > DEEPEST or count > LARGEST_ELEMENT:
                    raise Unreadable(Why.UNPACKS_TOO_LARGE)
                if not inside and element.tag in tags:
                    inside = len(open_ones)
                continue
            if inside == len(open_ones):
                yield element
                inside = 0
            open_ones.pop()
            if not inside:
                source.pending = 0
                if open_ones:
                    del open_ones[-1][:]
                self.idle += count
                count = 0
                if self.idle > MOST_IDLE:
                    raise Unreadable(Why.UNPACKS_TOO_LARGE)

    def _held_to(self, name: str, limit: int) -> None:
        if self.getinfo(name).file_size > limit:
            raise Unreadable(Why.UNPACKS_TOO_LARGE)


class _Source:
    """A part that is read, and how much of it since something was done with it."""

    def __init__(self, part: BinaryIO) -> None:
        self.part = part
        self.pending = 0

    def read(self, size: int) -> bytes:
        piece = self.part.read(size)
        self.pending += len(piece)
        if self.pending > LONGEST_ELEMENT:
            raise Unreadable(Why.CELL_TOO_LONG)
        return piece
