"""A workbook's sheets and the rows of each, with their cells as the workbook has them.

Rows are read as a stream, whatever the sheet says its size is. Of a formula the value
counts that was last worked out.

openpyxl tells which formats are days. Its own reader is not used: for 200,000 rows of
twelve cells it takes twice the time and four times the memory, it takes a formula that
was never worked out for an empty cell, one row may fill the memory, and a style it does
not expect ends the reading.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from posixpath import dirname, join, normpath
from typing import BinaryIO

from reps.domain.files.grid import (
    LOOKED_AT,
    Complaint,
    Foot,
    Row,
    Shape,
    header_of,
    rows_below,
)
from reps.domain.files.unreadable import Unreadable, Why
from reps.imports.workbook_cells import Format
from reps.imports.workbook_sheet import SheetReader, TextReader, Texts
from reps.imports.workbook_zip import MOST_OF_TEXTS, Package, fed

MOST_PARTS = 2_000
MOST_FORMATS = 100_000


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    is_hidden: bool
    part: str


class Workbook:
    """An opened .xlsx; `with` closes it. Raises `Unreadable` for what is none."""

    def __init__(self, file: BinaryIO) -> None:
        self.package = Package(file)
        main = self._main_part()
        self.is_from_1904 = False
        listed: list[dict[str, str]] = []

        def start(tag: str, about: dict[str, str]) -> None:
            if tag == "sheet":
                listed.append(about)
            elif tag == "workbookPr":
                self.is_from_1904 = about.get("date1904") in ("1", "true", "on")

        self.package.parse(main, start)
        related = self._related(main)
        parts = {one["Id"]: one for one in related}
        sheets: dict[str, Sheet] = {}
        for about in listed:
            one = parts.get(about.get("id", ""))
            if one and one["kind"] == "worksheet":
                hidden = about.get("state", "visible") != "visible"
                sheet = Sheet(about.get("name", ""), hidden, one["part"])
                sheets.setdefault(sheet.part, sheet)
        self.sheets = tuple(sheets.values())
        self.formats = self._formats(related)
        self.texts = self._texts(related)

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(self, *_error: object) -> None:
        self.package.close()

    @property
    def first_with_rows(self) -> Sheet:
        """The first that is shown and has more than a title, or has anything."""
        shown = [sheet for sheet in self.sheets if not sheet.is_hidden]
        filled = {sheet: len(list(islice(self.rows(sheet), 2))) for sheet in shown}
        for enough in (2, 1):
            for sheet in shown:
                if filled[sheet] >= enough:
                    return sheet
        raise Unreadable(Why.EMPTY)

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """Every row that has something in it."""
        reader = SheetReader(self.texts, self.formats, is_from_1904=self.is_from_1904)
        for _ in fed(reader.parser, self.package.pieces(sheet.part)):
            yield from reader.taken()

    def _main_part(self) -> str:
        if "content.xml" in self.package and "mimetype" in self.package:
            raise Unreadable(Why.OPEN_DOCUMENT)
        if "_rels/.rels" not in self.package:
            raise Unreadable(Why.ZIP)
        for one in self._related(""):
            if one["kind"] == "officeDocument":
                if one["part"].endswith(".bin"):
                    raise Unreadable(Why.BINARY_WORKBOOK)
                if one["part"].startswith("xl/"):
                    return one["part"]
        raise Unreadable(Why.ZIP)

    def _related(self, part: str) -> list[dict[str, str]]:
        """What a part refers to, with the `kind` and the `part` of each."""
        found: list[dict[str, str]] = []

        def start(tag: str, about: dict[str, str]) -> None:
            if tag == "Relationship" and "Id" in about and len(found) < MOST_PARTS:
                target = about.get("Target", "")
                path = target.lstrip("/")
                if not target.startswith("/"):
                    path = normpath(join(dirname(part), target))
                kind = about.get("Type", "").rpartition("/")[2]
                found.append({"Id": about["Id"], "kind": kind, "part": path})

        folder, _, name = part.rpartition("/")
        self.package.parse(join(folder, "_rels", f"{name}.rels"), start)
        return found

    def _formats(self, related: list[dict[str, str]]) -> list[Format]:
        """What each of the cells' styles makes of a figure."""
        codes: dict[str, str] = {}
        styles: list[str] = []
        inside = [False]

        def start(tag: str, about: dict[str, str]) -> None:
            if tag == "numFmt" and "numFmtId" in about and len(codes) < MOST_FORMATS:
                codes.setdefault(about["numFmtId"], about.get("formatCode", ""))
            elif tag in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
                inside[0] = tag == "cellXfs"
            elif tag == "xf" and inside[0] and len(styles) < MOST_FORMATS:
                styles.append(about.get("numFmtId", "0"))

        for one in related:
            if one["kind"] == "styles" and one["part"] in self.package:
                self.package.parse(one["part"], start)
        known = {
            number: Format(int(number) if number.isdigit() else 0, codes.get(number))
            for number in set(styles)
        }
        return [known[number] for number in styles]

    def _texts(self, related: list[dict[str, str]]) -> Texts:
        texts = Texts()
        for one in related:
            if one["kind"] == "sharedStrings" and one["part"] in self.package:
                reader = TextReader(texts)
                pieces = self.package.pieces(one["part"], MOST_OF_TEXTS)
                for _ in fed(reader.parser, pieces):
                    reader.shorten()
        return texts


def shape_of_sheet(
    workbook: Workbook, sheet: Sheet, header_row: int | None = None
) -> Shape:
    """Where the header is, by the first rows, or by what a person has said."""
    found = islice(workbook.rows(sheet), max(LOOKED_AT, header_row or 0))
    return header_of(found, header_row)


def read_sheet(
    workbook: Workbook,
    sheet: Sheet,
    shape: Shape,
    complaints: list[Complaint],
    feet: list[Foot],
) -> Iterator[Row]:
    """The rows below the header, each as wide as it; the rest is noted beside."""
    rows = workbook.rows(sheet)
    return rows_below(rows, shape, complaints, feet, may_be_short=True)
