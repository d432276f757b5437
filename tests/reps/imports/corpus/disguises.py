"""A table written anew in every way that changes nothing of what it says."""

import csv
import io
from collections.abc import Callable, Sequence

Rows = Sequence[Sequence[str]]
Disguise = Callable[[Rows], bytes]


def text_of(rows: Rows, **style) -> str:
    text = io.StringIO()
    csv.writer(text, **({"lineterminator": "\n"} | style)).writerows(rows)
    return text.getvalue()


def encoded(encoding: str, mark: bytes = b"") -> Disguise:
    return lambda rows: mark + text_of(rows).encode(encoding)


def styled(**style) -> Disguise:
    return lambda rows: text_of(rows, **style).encode()


def between(above: Rows, below: Rows) -> Disguise:
    return lambda rows: text_of([*above, *rows, *below]).encode()


def with_empty_rows(rows: Rows) -> bytes:
    nothing = [""] * len(rows[0])
    spread = (one for row in rows for one in ([], row, nothing))
    return text_of(list(spread)).encode()


def with_mixed_line_ends(rows: Rows) -> bytes:
    ends = ("\r\n", "\n", "\r")
    lines = (text_of([row], lineterminator=ends[n % 3]) for n, row in enumerate(rows))
    return "".join(lines).encode()


def with_unseen_marks(rows: Rows) -> bytes:
    return text_of(
        [[f"\u200f{cell}\xa0\u200b" for cell in row] for row in rows]
    ).encode()


DISGUISES: dict[str, Disguise] = {
    "UTF-8 with a mark": encoded("utf-8-sig"),
    "UTF-16 LE": encoded("utf-16-le", b"\xff\xfe"),
    "UTF-16 BE": encoded("utf-16-be", b"\xfe\xff"),
    "UTF-16 without a mark": encoded("utf-16-le"),
    "commas": styled(delimiter=","),
    "semicolons": styled(delimiter=";"),
    "tabs": styled(delimiter="\t"),
    "uprights": styled(delimiter="|"),
    "quoted throughout": styled(quoting=csv.QUOTE_ALL),
    "CR and LF": styled(lineterminator="\r\n"),
    "CR alone": styled(lineterminator="\r"),
    "mixed line ends": with_mixed_line_ends,
    "empty rows": with_empty_rows,
    "unseen marks": with_unseen_marks,
    "lines above": between([["Deals of Harbor"], ["As of", "12 Nov 2026"], []], []),
    "lines below": between(
        [], [[], ["Deals of Harbor"], ["Copyright © 2026 Harbor"], ["Filter: all"]]
    ),
}
