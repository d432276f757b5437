"""What is in a file that somebody downloads: its name, and its rows."""

import csv
from io import BytesIO

from openpyxl import load_workbook


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


def sheet_of(answer):
    return load_workbook(BytesIO(all_of(answer))).active


def name_of(answer) -> str:
    return answer["Content-Disposition"]


def all_of(answer) -> bytes:
    written = answer.getvalue()
    if file := getattr(answer, "file_to_stream", None):
        file.close()
    return written
