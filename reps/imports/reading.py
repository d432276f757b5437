"""What was found in a file, and what came of it, as the import's row keeps it.

JSON for a page to show: figures and words, never a whole file.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from reps.domain.files.headers import fingerprint
from reps.domain.files.our_headers import are_ours
from reps.domain.files.questions import Asked, WordMatch
from reps.domain.files.verdicts import Question, Settled
from reps.imports.bad_rows import PROBLEM
from reps.imports.file_kind import NAMED, BroughtIn
from reps.imports.file_words import bad_row
from reps.imports.look_at_file import FileLook

FEET = 10


def headers_of(look: FileLook) -> str:
    """The fingerprint of its headers: mended rows have those of their first file."""
    return fingerprint(_headers(look))


def is_download_of_ours(look: FileLook) -> bool:
    """Whether nobody need say what its columns mean, of its mended rows neither."""
    return are_ours(look.kind, _headers(look))


def _headers(look: FileLook) -> list[str]:
    return [head for head in look.shape.header if head != str(PROBLEM)]


def reading_of(
    look: FileLook, asked: Sequence[Asked], words: Sequence[WordMatch]
) -> dict[str, Any]:
    """Its columns with three values each, what is asked, and its words and ours."""
    sure = {guess.column: guess.sure.value for guess in look.guesses}
    columns = [
        {
            "header": header,
            "fact": fact.value if fact else "",
            "sure": sure.get(place, ""),
            "examples": column.examples,
            "filled": column.filled,
            "numbers": _ways(column.notation(), lambda signs: signs.decimal),
            "days": _ways(column.order(), lambda order: order.value),
        }
        for place, (header, fact, column) in enumerate(
            zip(look.shape.header, look.facts, look.looks, strict=True)
        )
    ]
    return {
        "kind": look.kind.value,
        "headers": headers_of(look),
        "system": look.system.value if look.system else "",
        "encodings": [[one.encoding, one.example] for one in look.readings],
        "delimiters": [one.delimiter for one in look.shapes],
        "header_row": look.shape.header_row,
        "sheet": look.table.sheet,
        "sheets": list(look.table.sheets),
        "rows": look.looks[0].rows,
        "columns": columns,
        "asked": [asdict(one) for one in asked],
        "words": [asdict(one) | {"answer": one.answer} for one in words],
        "feet": [[foot.number, foot.text] for foot in look.feet[:FEET]],
    }


def _ways(found: Settled | Question | None, way_of: Callable) -> list[list[str]]:
    """The ways a column may be written, each with an example and what that means.

    None where it can be told without asking.
    """
    if not isinstance(found, Question):
        return []
    return [[way_of(one.way), one.example, str(one.meaning)] for one in found.options]


def result_of(look: FileLook, brought: BroughtIn) -> dict[str, Any]:
    """What it brings. Of the bad rows the first, in words; all are in a file."""
    told = asdict(brought)
    complaints = told.pop("complaints")
    told["bad_count"] = len({complaint["row"] for complaint in complaints})
    told["bad"] = [
        bad_row(complaint, look.shape.header)
        for complaint in sorted(brought.complaints, key=lambda one: one.row)[:NAMED]
    ]
    return told
