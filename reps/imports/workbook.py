"""A workbook's sheets, and the rows of each with their cells as the workbook has them.

Rows are read as a stream, whatever the sheet says its size is. Of a formula the value
counts that was last worked out.

It is opened by openpyxl's reader, as that reads it only: without what a file may have
wrong and no table needs, such as colours, links to other files and who wrote it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS, XLSM, XLSX, XLTM, XLTX

from reps.domain.files.grid import LOOKED_AT, Row
from reps.domain.files.unreadable import Place, Unreadable, Why
from reps.imports.merged_cells import Merged
from reps.imports.workbook_cells import Format, format_of
from reps.imports.workbook_parts import LARGEST_STYLES, Parts
from reps.imports.workbook_sheet import SheetReader, Texts, texts_in

STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
CODE_TAG = f"{{{SHEET_MAIN_NS}}}numFmt"
STYLES_TAG = f"{{{SHEET_MAIN_NS}}}cellXfs"
MOST_SHEETS = 1_000


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    is_hidden: bool
    part: str


class Workbook(ExcelReader):
    """An opened .xlsx; `with` closes it. Raises `Unreadable` for what is none."""

    def __init__(self, file: BinaryIO) -> None:
        with _broken_otherwise():
            self.archive = Parts(file)
            self.valid_files = set(self.archive.namelist())
            self.read_only = self.data_only = True
            self.keep_vba = self.keep_links = self.rich_text = False
            self._refuse_what_is_none()
            self.read_manifest()
            if not any(map(self.package.find, (XLSX, XLSM, XLTX, XLTM))):
                raise Unreadable(Why.ZIP)
            self.read_workbook()
            self.sheets = self._sheets()
            self.formats = self._formats()
            self.texts = self._texts()

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(self, *_error: object) -> None:
        self.archive.close()

    def sheet(self, name: str = "") -> Sheet:
        """The one of this name; without one the first that is shown and has a table.

        That is two rows of more than one cell. If none has, it is the first with
        anything.
        """
        if name:
            for sheet in self.sheets:
                if sheet.name == name:
                    return sheet
            raise Unreadable(Why.NO_SHEET, value=name)
        filled = []
        for sheet in self.sheets:
            if sheet.is_hidden:
                continue
            rows = list(islice(self.rows(sheet, []), LOOKED_AT))
            if sum(len(row.cells) - row.cells.count("") > 1 for row in rows) > 1:
                return sheet
            filled += [sheet] if rows else []
        if not filled:
            raise Unreadable(Why.EMPTY)
        return filled[0]

    def rows(self, sheet: Sheet, merged: list[Merged]) -> Iterator[Row]:
        """Every row that has something in it. What is merged is noted beside, last."""
        reader = SheetReader(
            self.archive, sheet.part, self.texts, self.formats, self.wb.epoch
        )
        with _broken_otherwise(lambda: Place(reader.last + 1)):
            yield from reader.rows(merged)

    def _refuse_what_is_none(self) -> None:
        if {"mimetype", "content.xml"} <= self.valid_files:
            raise Unreadable(Why.OPEN_DOCUMENT)
        if "xl/workbook.bin" in self.valid_files:
            raise Unreadable(Why.BINARY_WORKBOOK)
        if "[Content_Types].xml" not in self.valid_files:
            raise Unreadable(Why.ZIP)

    def _sheets(self) -> tuple[Sheet, ...]:
        """Those of cells, each once: a chart may have a sheet, too."""
        sheets: dict[str, Sheet] = {}
        for sheet, related in self.parser.find_sheets():
            part = related.target
            if related.Type.endswith("/worksheet") and part in self.valid_files:
                hidden = sheet.state != "visible"
                sheets.setdefault(part, Sheet(sheet.name, hidden, part))
        if not sheets:
            raise Unreadable(Why.BROKEN_WORKBOOK)
        return tuple(sheets.values())[:MOST_SHEETS]

    def _formats(self) -> list[Format]:
        """What each of the cells' styles makes of a figure."""
        codes: dict[int, str] = {}
        looks: list[Format] = []
        name = self._part(STYLES)
        if not name:
            return looks
        tags = {CODE_TAG, STYLES_TAG}
        for element in self.archive.elements(name, tags, LARGEST_STYLES):
            if element.tag == CODE_TAG:
                codes[int(element.get("numFmtId"))] = element.get("formatCode")
                continue
            numbers = [int(style.get("numFmtId", 0)) for style in element]
            known = {one: format_of(one, codes.get(one)) for one in set(numbers)}
            looks = [known[number] for number in numbers]
        return looks

    def _texts(self) -> Texts:
        name = self._part(SHARED_STRINGS)
        return texts_in(self.archive, name) if name else Texts()

    def _part(self, content: str) -> str:
        """Its name; "" if there is none."""
        part = self.package.find(content)
        name = part.PartName.lstrip("/") if part else ""
        return name if name in self.valid_files else ""


@contextmanager
def _broken_otherwise(place: Callable[[], Place] = Place) -> Iterator[None]:
    """openpyxl says in many ways that a file is not as it expects."""
    try:
        yield
    except Unreadable as error:
        raise Unreadable(error.why, place(), error.value) from error
    except MemoryError:
        raise
    except Exception as error:
        raise Unreadable(Why.BROKEN_WORKBOOK, place()) from error
