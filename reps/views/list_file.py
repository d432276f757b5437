"""A list to take along: as a CSV file or as a workbook, which an import reads again."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from urllib.parse import urlencode

from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from reps.domain.files.cell import as_text, clean, harmless

Cell = str | int | Decimal | date | datetime | None

AT_A_TIME = 1_000  # rows of the database
MARK = "\ufeff"  # by which a spreadsheet knows UTF-8
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A workbook is finished before its first byte goes out: so many rows take ten seconds.
MOST_IN_A_WORKBOOK = 50_000
COLUMN_WIDTH = 18  # letters
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # as a workbook writes a control sign
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class ListFile:
    """`name` is without an ending, `size` how many `rows` there are.

    A cell is a text, a number, a day, a minute by the clock of its own zone, or None.
    """

    name: str
    columns: Sequence
    rows: Iterable[Sequence[Cell]]
    size: int


@dataclass(frozen=True, slots=True)
class Download:
    """A list that a page offers to take along, and where each kind of its file is."""

    words: str
    csv: str
    xlsx: str


def download(words: str, name: str, **query) -> Download:
    """Of the view of this name, with what is known of the question mark's part."""
    asked = {key: value for key, value in query.items() if value}
    where = reverse(name)
    files = [urlencode(asked), urlencode(asked | {"as": "xlsx"})]
    return Download(words, *(f"{where}?{file}" if file else where for file in files))


def list_file(request, file: ListFile):
    """The list as it was asked for: a workbook by `?as=xlsx`, else a CSV file."""
    if request.GET.get("as") != "xlsx":
        return as_csv(file)
    if file.size > MOST_IN_A_WORKBOOK:
        query = request.GET.copy()
        query.pop("as")
        context = {"most": MOST_IN_A_WORKBOOK, "csv": f"?{query.urlencode()}"}
        return render(request, "reps/too_long_a_list.html", context, status=422)
    return as_xlsx(file)


def as_csv(file: ListFile) -> StreamingHttpResponse:
    """Written as it is read, however many rows. Nothing in it is run as a formula.

    Days stand as 2026-11-23 and amounts as 1250.50, whatever the reader's language, and
    what is None as nothing.
    """
    answer = StreamingHttpResponse(_lines(file), content_type="text/csv")
    answer["Content-Disposition"] = _named(file, "csv")
    return answer


def as_xlsx(file: ListFile) -> FileResponse:
    """One sheet: text is text, a number a number, a day a day, and nothing a formula.

    It is put together on the disk, a row at a time.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.sheet_format.defaultColWidth = COLUMN_WIDTH
    sheet.append([_bold(sheet, str(column)) for column in file.columns])
    for row in file.rows:
        sheet.append([_in_sheet(sheet, cell) for cell in row])
    written = TemporaryFile()  # noqa: SIM115 (the answer closes it)
    book.save(written)
    written.seek(0)
    answer = FileResponse(written, content_type=WORKBOOK)
    answer["Content-Disposition"] = _named(file, "xlsx")
    return answer


class _Line:
    """What `csv` writes to: it answers with the line."""

    def write(self, line: str) -> str:
        return line


def _lines(file: ListFile) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield MARK + writer.writerow([str(column) for column in file.columns])
    for row in file.rows:
        yield writer.writerow([_in_line(cell) for cell in row])


def _in_line(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return as_text(cell)


def _in_sheet(sheet, cell: Cell):
    """Text as it is: an apostrophe goes before what an import would read otherwise."""
    if isinstance(cell, datetime):
        return cell.replace(second=0, microsecond=0, tzinfo=None)
    if not isinstance(cell, str):
        return cell
    text = ESCAPED.sub("_x005F_", NOT_IN_XML.sub("", cell))
    if clean(text) != text:
        text = harmless(text)
    return _text(sheet, text) if text[:1] in {"=", "#"} else text


def _text(sheet, text: str) -> WriteOnlyCell:
    """Never taken for a formula, or for the fault of one."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _bold(sheet, text: str) -> WriteOnlyCell:
    cell = _text(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _named(file: ListFile, ending: str) -> str:
    name = " ".join(file.name.split())
    return content_disposition_header(True, f"{name}.{ending}")
