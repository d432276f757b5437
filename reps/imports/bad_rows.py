"""The rows of a file that are to be put right, as a file: each with its problem."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from reps.domain.files.cell import as_text, harmless
from reps.domain.files.grid import Complaint, Row
from reps.imports.file_words import bad_row
from reps.imports.look_at_file import FileLook

PROBLEM = _("problem")  # the header of the one column that is ours
MARK = "\ufeff"  # by which a spreadsheet knows UTF-8


def bad_rows_file(look: FileLook, complaints: Iterable[Complaint]) -> Iterator[bytes]:
    """A CSV in pieces, to be mended and brought again; nothing where no row is bad.

    Of a row that could not be parted into cells only its problem is there.
    """
    problems = defaultdict(list)
    for complaint in complaints:
        problems[complaint.row].append(bad_row(complaint, look.shape.header))
    if not problems:
        return
    writer = csv.writer(_Line())
    yield (MARK + writer.writerow([*look.shape.header, str(PROBLEM)])).encode()
    width = look.shape.width
    for record in look.records():
        if isinstance(record, Row) and record.number in problems:
            cells = [harmless(as_text(cell)) for cell in record.cells[:width]]
            cells += [""] * (width - len(cells))
        elif isinstance(record, Complaint) and record.row in problems:
            cells = [""] * width
        else:
            continue
        number = record.number if isinstance(record, Row) else record.row
        yield writer.writerow([*cells, "; ".join(problems[number])]).encode()


class _Line:
    """What `csv` writes to: it answers with the line."""

    def write(self, line: str) -> str:
        return line
