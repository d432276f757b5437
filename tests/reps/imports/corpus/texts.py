"""Encodings, and what parts the cells and the lines of a text."""

from tests.reps.imports.corpus.file import (
    Cannot,
    File,
    Question,
    tabbed,
    written,
)

LINES = """
Company;Owner;Status;Amount;Close date
Café Söderberg;Theo Lindqvist;Won;12500;2026-11-02
Señor Núñez;Theo Lindqvist;Lost;8000;2026-11-05
"""
DEALS = """
* | Theo Lindqvist | Café Söderberg | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Señor Núñez | | Contract | lost | 8000.00 | - | 2026-11-05
"""


def encoded(name: str, fault: str, encoding: str, mark: bytes = b"") -> File:
    content = written(LINES, encoding)
    return File(name, "spreadsheet", (fault,), lambda: mark + content(), deals=DEALS)


FILES = [
    encoded("utf-8.csv", "encoding: UTF-8", "utf-8"),
    encoded("utf-8-with-a-mark.csv", "encoding: UTF-8 with BOM", "utf-8-sig"),
    encoded("utf-16-le.csv", "encoding: UTF-16 LE", "utf-16-le", b"\xff\xfe"),
    encoded("utf-16-be.csv", "encoding: UTF-16 BE", "utf-16-be", b"\xfe\xff"),
    encoded("utf-16-le-without-a-mark.csv", "encoding: UTF-16 LE", "utf-16-le"),
    encoded("utf-16-be-without-a-mark.csv", "encoding: UTF-16 BE", "utf-16-be"),
    encoded("windows-1252.csv", "encoding: Windows-1252", "cp1252"),
    encoded("mac-roman.csv", "encoding: Mac Roman", "mac_roman"),
    File(
        "an-old-mac.csv",
        "spreadsheet",
        ("encoding: Mac Roman", "lines end with CR"),
        written(LINES, "mac_roman", "\r"),
        deals=DEALS,
    ),
    File(
        "one-word-that-reads-either-way.csv",
        "spreadsheet",
        ("an ambiguous encoding",),
        written(
            """
Company,Owner,Status,Amount,Close date
Macy’s,Theo Lindqvist,Won,12500,2026-11-02
""",
            encoding="cp1252",
        ),
        asks=(Question("encoding", "", ("cp1252: Macy’s", "mac_roman: Macyís")),),
        answers={"encoding": "cp1252"},
        deals="""
* | Theo Lindqvist | Macy’s | | Contract | won | 12500.00 | - | 2026-11-02
""",
    ),
    File(
        "shift-jis.csv",
        "Japanese",
        ("an encoding nobody knows here",),
        written(
            """
顧客名,営業担当者,結果,受注金額
株式会社ひばり,佐藤 健,受注,1250050
""",
            encoding="cp932",
        ),
        cannot=Cannot("not_decodable", 1, 1, "0x8C"),
    ),
    File(
        "one-letter-is-damaged.csv",
        "spreadsheet",
        ("a damaged letter",),
        lambda: (
            ("Company,Owner,Status\nCafé Söderberg,Théo,Won\nSeñor Núñez,Théo,Lost\n")
            .encode()
            .replace("Núñez".encode(), b"N\xfa\xc3\xb1ez")
        ),
        cannot=Cannot("not_decodable", 3, 8, "0xFA"),
    ),
    File(
        "cut-off-in-a-letter.csv",
        "spreadsheet",
        ("a truncated letter",),
        lambda: (
            "Company,Owner,Status\nLarkspur,Theo,Won\nQuill,Théo,Won\nCafé".encode()[
                :-1
            ]
        ),
        cannot=Cannot("cut_off", 4, 4, "0xC3"),
    ),
    File(
        "half-a-letter-of-utf-16.csv",
        "spreadsheet",
        ("a truncated letter", "encoding: UTF-16 LE"),
        lambda: "Company,Owner,Status\nLarkspur,Theo,Won".encode("utf-16")[:-1],
        cannot=Cannot("cut_off", 2, 17, "0x6E"),
    ),
    File(
        "nul.csv",
        "spreadsheet",
        ("NUL",),
        lambda: b"Company,Owner,Status\nLark\0spur,Theo Lindqvist,Open\n",
        cannot=Cannot("nul", 2, 5, "0x00"),
    ),
    File(
        "commas.csv",
        "spreadsheet",
        ("delimiter: comma",),
        written(
            """
Company,Owner,Status,Amount,Close date
"Larkspur; Sons | Co",Theo Lindqvist,Won,12500,2026-11-02
"Quill, Inc.",Theo Lindqvist,Lost,8000,2026-11-05
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur; Sons / Co | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill, Inc. | | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "semicolons.csv",
        "spreadsheet",
        ("delimiter: semicolon",),
        written(
            """
Company;Owner;Status;Amount;Close date
Larkspur, Sons, and Co;Theo Lindqvist;Won;12500,00;2026-11-02
Quill, Inc.;Theo Lindqvist;Lost;8000,00;2026-11-05
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur, Sons, and Co | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill, Inc. | | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "tabs.txt",
        "spreadsheet",
        ("delimiter: tab",),
        tabbed(
            '''
Company→Owner→Status→Amount→Close date
Larkspur, Sons; Co→Theo Lindqvist→Won→12500,00→2026-11-02
"Quill ""the pen"""→Theo Lindqvist→Lost→8000,00→2026-11-05
'''
        ),
        deals="""
* | Theo Lindqvist | Larkspur, Sons; Co | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill "the pen" | | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "pipes.txt",
        "spreadsheet",
        ("delimiter: pipe", "spaces around"),
        written(
            """
Company  | Owner          | Status | Amount | Close date
Larkspur | Theo Lindqvist | Won    |  12500 | 2026-11-02
Quill    | Theo Lindqvist | Lost   |   8000 | 2026-11-05
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "it-says-its-delimiter.csv",
        "spreadsheet",
        ("a line that says the delimiter", "delimiter: semicolon"),
        written(
            """
sep=;
Company;Owner;Status;Amount;Close date
Larkspur;Theo Lindqvist;Won;12500;2026-11-02
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
""",
    ),
    File(
        "as-many-commas-as-semicolons.csv",
        "spreadsheet",
        ("an ambiguous delimiter",),
        written(
            """
Name, Owner;Name, Company;Status
Lindqvist, Theo;Larkspur, Inc.;Open
Lindqvist, Theo;Quill, Inc.;Open
"""
        ),
        asks=(
            Question("delimiter", "", (",", ";")),
            Question(
                "missing", "", ("stage", "outcome", "is_won", "is_lost", "is_closed")
            ),
        ),
        answers={
            "delimiter": ";",
            "columns": {"Name, Owner": "owner", "Name, Company": "account"},
        },
        deals="""
* | Theo Lindqvist | Larkspur, Inc. | | Prospecting | open | ~10000.00 | - | -
* | Theo Lindqvist | Quill, Inc. | | Prospecting | open | ~10000.00 | - | -
""",
    ),
    File(
        "line-ends-of-all-kinds.csv",
        "spreadsheet",
        ("mixed line ends", "no line end at the end"),
        lambda: (
            b"Company,Owner,Status,Amount,Close date\r\n"
            b"Larkspur,Theo Lindqvist,Won,12500,2026-11-02\n"
            b"Quill,Theo Lindqvist,Lost,8000,2026-11-05\r"
            b"\r\n"
            b"Harrow,Theo Lindqvist,Open,900,"
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
* | Theo Lindqvist | Harrow | | Prospecting | open | 900.00 | - | -
""",
    ),
]
