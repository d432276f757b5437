"""A list as a CSV file: what a spreadsheet opens, and an import reads again."""

import csv
from collections.abc import Iterable, Sequence

from django.http import StreamingHttpResponse

from reps.domain.files.cell import harmless

MARK = "\ufeff"  # by which a spreadsheet knows UTF-8


def csv_file(name: str, columns: Sequence, rows: Iterable[Sequence]):
    """Written as it is read, however many rows. Nothing in it is run as a formula.

    Days stand as 2026-11-23 and amounts as 1250.50, whatever the reader's language, and
    what is None as nothing.
    """
    answer = StreamingHttpResponse(_lines(columns, rows), content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


class _Line:
    """What `csv` writes to: it answers with the line."""

    def write(self, line: str) -> str:
        return line


def _lines(columns, rows):
    writer = csv.writer(_Line())
    yield MARK + writer.writerow([str(column) for column in columns])
    for row in rows:
        yield writer.writerow(
            ["" if cell is None else harmless(str(cell)) for cell in row]
        )
