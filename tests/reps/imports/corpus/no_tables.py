"""What has the name of a table and is none, and what is larger than can be read."""

import gzip
import io
import zipfile

from tests.reps.imports.corpus.file import Cannot, File

TABLE = b"Company,Owner,Status\nLarkspur,Theo Lindqvist,Open\n"
SIGN_IN = b"""
<!DOCTYPE html>
<html lang="en">
<head><title>Sign in</title></head>
<body><form action="/login" method="post"><input name="user"></form></body>
</html>
"""
SHEET = b"""<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>
"""


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("deals.csv", TABLE)
    return packed.getvalue()


def none(name: str, fault: str, content, cannot: Cannot) -> File:
    return File(name, "no table", (fault,), content, cannot=cannot)


FILES = [
    none("a-sign-in-page.csv", "an HTML page", lambda: SIGN_IN, Cannot("html")),
    none(
        "a-page-that-calls-itself-a-workbook.xls",
        "an HTML page",
        lambda: b"\xef\xbb\xbf<table><tr><td>Company</td></tr></table>",
        Cannot("html"),
    ),
    none("a-sheet-in-xml.xls", "XML", lambda: SHEET, Cannot("xml")),
    none("deals.csv.gz", "gzip", lambda: gzip.compress(TABLE), Cannot("compressed")),
    none("deals.zip", "a zip", zipped, Cannot("zip")),
    none("deals.pdf", "PDF", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Cannot("pdf")),
    none(
        "a-picture-of-deals.png",
        "PNG",
        lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        Cannot("image"),
    ),
    none(
        "deals.xls",
        ".xls",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        Cannot("old_workbook"),
    ),
    none("empty.csv", "an empty file", lambda: b"", Cannot("empty")),
    none("only-a-mark.csv", "an empty file", lambda: b"\xef\xbb\xbf", Cannot("empty")),
    none(
        "nothing-but-delimiters.csv",
        "an empty file",
        lambda: b'\r\n,,,\r\n" ",,,\r\n',
        Cannot("empty"),
    ),
    none(
        "only-a-header.csv",
        "a header only",
        lambda: b"Company,Owner,Status\n",
        Cannot("header_only", 1),
    ),
    none(
        "a-header-and-its-total.csv",
        "a header only",
        lambda: b"Company,Owner,Status,Amount\n\nTotal,,,0\n",
        Cannot("header_only", 1),
    ),
    none(
        "ten-thousand-columns.csv",
        "10,000 columns",
        lambda: b",".join(b"c%d" % n for n in range(10_000)) + b"\n" + b"1," * 9_999,
        Cannot("too_many_columns", 1, 0, "10000"),
    ),
    none(
        "a-cell-of-fifty-megabytes.csv",
        "one 50 MB cell",
        lambda: b'Company,Owner,Status\n"' + b"x" * 49 * 1024 * 1024 + b'",a,b\n',
        Cannot("cell_too_long", 2),
    ),
    none(
        "more-than-fifty-megabytes.csv",
        "too large",
        lambda: TABLE * (1024 * 1024 + 50_000),
        Cannot("too_large"),
    ),
    none(
        "bytes.csv",
        "no text at all",
        lambda: bytes(range(256)) * 4,
        Cannot("not_decodable", 3, 115, "0x80"),
    ),
]
