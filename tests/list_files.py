"""What is in a file that somebody downloads: its name, and its rows."""

import csv
from io import BytesIO

from openpyxl import load_workbook

from reps.domain.files.columns import ColumnLook
from reps.domain.files.headers import Sure, guess
from reps.domain.files.table import read_rows, shapes_of
from tests.factories.reps import NOON


def in_csv(answer) -> list[list[str]]:
    """Every row, the header's first."""
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv"
    text = all_of(answer).decode("utf-8-sig")
    return list(csv.reader(text.splitlines(keepends=True)))


def in_sheet(answer) -> list[list]:
    """Every row's values, the header's first, as the workbook's cells are typed."""
    assert answer.status_code == 200
    rows = list(sheet_of(answer).iter_rows())
    assert "f" not in {cell.data_type for row in rows for cell in row}
    return [[cell.value for cell in row] for row in rows]


def as_read(answer, kind) -> list[dict]:
    """What an import makes of the rows of a text: each fact, as it is written there.

    Whatever it takes for a fact, it takes by a header that means this and nothing else.
    """
    lines = all_of(answer).decode("utf-8-sig").splitlines(keepends=True)
    [shape] = shapes_of(lines)
    complaints = []
    rows = [row.cells for row in read_rows(lines, shape, complaints, [])]
    assert complaints == []
    looks = [ColumnLook(NOON.date()) for _header in shape.header]
    for number, cells in enumerate(rows, start=2):
        for look, cell in zip(looks, cells, strict=True):
            look.add(cell, number)
    found = guess(kind, shape.header, looks)
    assert {told.sure for told in found} == {Sure.KNOWN}
    return [{told.fact: cells[told.column] for told in found} for cells in rows]


def sheet_of(answer):
    return load_workbook(BytesIO(all_of(answer))).active


def name_of(answer) -> str:
    return answer["Content-Disposition"]


def all_of(answer) -> bytes:
    written = answer.getvalue()
    if file := getattr(answer, "file_to_stream", None):
        file.close()
    return written
