"""Rows that are no deals, headers that are odd, and cells that hold what they should not."""

from tests.reps.imports.corpus.file import Bad, File, Question, tabbed, written

FILES = [
    File(
        "quotes-and-line-breaks.csv",
        "spreadsheet",
        ("quotes in a cell", "line breaks in a cell"),
        written(
            '''
Company,Owner,Status,Amount,Close date,Note
"Larkspur ""the bird""",Theo Lindqvist,Won,12500,2026-11-02,"first line
second line, with a comma

and a last one"
"Quill
Berlin",Theo Lindqvist,Lost,8000,2026-11-05,
''',
            line_end="\r\n",
        ),
        deals="""
* | Theo Lindqvist | Larkspur "the bird" | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill⏎Berlin | | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "a-quote-that-never-closes.csv",
        "spreadsheet",
        ("an open quote",),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,12500,2026-11-02
"Quill,Theo Lindqvist,Lost,8000,2026-11-05
Harrow,Theo Lindqvist,Won,900,2026-11-06
Finch 12" pipes,Theo Lindqvist,Won,900,2026-11-06
"""
        ),
        bad=(Bad(3, 0, "quotes"),),
    ),
    File(
        "empty-rows.csv",
        "spreadsheet",
        ("empty rows",),
        written(
            """

Company,Owner,Status,Amount,Close date

,,,,
Larkspur,Theo Lindqvist,Won,12500,2026-11-02
 , , , ,\x20
Quill,Theo Lindqvist,Lost,8000,2026-11-05


"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "the-same-header-twice.csv",
        "spreadsheet",
        ("duplicate headers",),
        written(
            """
Company,Owner,Status,Amount,Amount,Close date
Larkspur,Theo Lindqvist,Won,12500,11000,2026-11-02
Quill,Theo Lindqvist,Lost,8000,7000,2026-11-05
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "headers-without-a-name.csv",
        "spreadsheet",
        ("blank headers",),
        written(
            """
,Company,Owner,,Status,Amount,Close date,
1,Larkspur,Theo Lindqvist,x,Won,12500,2026-11-02,
2,Quill,Theo Lindqvist,,Lost,8000,2026-11-05,
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "headers-nobody-knows.csv",
        "spreadsheet",
        ("unknown headers",),
        written(
            """
Wer,Was,Wie weit,Wie viel
Theo Lindqvist,Larkspur,Engaging,12500
Theo Lindqvist,Quill,Won,8000
"""
        ),
        asks=(
            Question("missing", "", ("owner", "owner_email")),
            Question(
                "missing", "", ("stage", "outcome", "is_won", "is_lost", "is_closed")
            ),
            Question("missing", "", ("account", "title")),
        ),
        answers={
            "columns": {
                "Wer": "owner",
                "Was": "account",
                "Wie weit": "stage",
                "Wie viel": "amount",
            },
        },
        bad=(Bad(3, 0, "closed_without_day"),),
    ),
    File(
        "names-in-two-rows.csv",
        "spreadsheet",
        ("title lines", "a header of two rows"),
        written(
            """
Pipeline,,,,
,,,Amount,Dates
Company,Owner,Status,,Close date
Larkspur,Theo Lindqvist,Won,12500,2026-11-02
Quill,Theo Lindqvist,Lost,8000,2026-11-05
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "lines-above-the-header.csv",
        "spreadsheet",
        ("title lines",),
        written(
            """
Harbor,,,,
Deals of the quarter,,,,
From,2026-10-05,To,2027-01-03,
,,,,
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,12500,2026-11-02
Quill,Theo Lindqvist,Lost,8000,2026-11-05
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "totals-counts-and-filters-below.csv",
        "spreadsheet",
        ("foot: a total", "foot: a count", "foot: filters", "foot: who made it"),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,12500,2026-11-02
Quill,Theo Lindqvist,Lost,8000,2026-11-05
Total,,,20500,
,,,,
2 records,,,,
Filters: Status is not empty,,,,
Exported on 2026-11-12 by Ada Admin,,,,
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
""",
        feet=(
            "Total, 20500",
            "2 records",
            "Filters: Status is not empty",
            "Exported on 2026-11-12 by Ada Admin",
        ),
    ),
    File(
        "subtotals-between.csv",
        "spreadsheet",
        ("subtotals", "foot: Grand Total"),
        written(
            """
Status,Company,Owner,Amount,Close date
Won,Larkspur,Theo Lindqvist,12500,2026-11-02
Won,Harrow,Theo Lindqvist,900,2026-11-03
Subtotal,,,13400,
Lost,Quill,Theo Lindqvist,8000,2026-11-05
Subtotal,,,8000,
Grand Total,,,21400,
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Harrow | | Contract | won | 900.00 | - | 2026-11-03
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
""",
        feet=("Subtotal, 13400", "Subtotal, 8000", "Grand Total, 21400"),
    ),
    File(
        "the-header-again-on-every-page.csv",
        "spreadsheet",
        ("the header again below",),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,12500,2026-11-02
Company,Owner,Status,Amount,Close date
Quill,Theo Lindqvist,Lost,8000,2026-11-05
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
""",
        feet=("Company, Owner, Status, Amount, Close date",),
    ),
    File(
        "accounts-called-like-a-foot.csv",
        "spreadsheet",
        ("a deal that looks like a foot",),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,12500,2026-11-02
Copyright Office,Theo Lindqvist,Lost,8000,2026-11-05
Total,Theo Lindqvist,Won,900,2026-11-06
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Copyright Office | | Contract | lost | 8000.00 | - | 2026-11-05
* | Theo Lindqvist | Total | | Contract | won | 900.00 | - | 2026-11-06
""",
    ),
    File(
        "short-and-long-rows.csv",
        "spreadsheet",
        ("short rows", "long rows"),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,12500,2026-11-02
Quill,Theo Lindqvist,Lost,8000
Harrow, Inc.,Theo Lindqvist,Won,900,2026-11-06
Finch,Theo Lindqvist,Won,700,2026-11-06,,
Wren,Theo Lindqvist,Won,600,2026-11-06
Teal
"""
        ),
        bad=(
            Bad(3, 0, "shorter", "4"),
            Bad(4, 6, "longer", "6"),
            Bad(7, 0, "shorter", "1"),
        ),
    ),
    File(
        "a-delimiter-too-many-on-each-line.csv",
        "spreadsheet",
        ("long rows",),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,12500,2026-11-02,
Quill,Theo Lindqvist,Lost,8000,2026-11-05,
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "letters-nobody-types.csv",
        "spreadsheet",
        ("control characters",),
        written(
            """
Company,Owner,Status,Amount,Close date
Lark\x07spur,Theo Lindqvist,Won,12500,2026-11-02
Quill\x1b[31m,Theo Lindqvist,Lost,8000,2026-11-05
Harrow\x85,Theo Lindqvist,Won,900,2026-11-06
Finch\x0b,Theo Lindqvist,Won,900,2026-11-06
"""
        ),
        bad=(Bad(2, 1, "control", "U+0007"), Bad(3, 1, "control", "U+001B")),
    ),
    File(
        "what-a-spreadsheet-would-run.csv",
        "spreadsheet",
        ("formulas", "HTML in a cell"),
        written(
            """
Company,Owner,Status,Amount,Close date
"=HYPERLINK(""https://example.org"",""Larkspur"")",Theo Lindqvist,Won,12500,2026-11-02
@SUM(1+1)*cmd|' /C calc'!A0,Theo Lindqvist,Lost,8000,2026-11-05
'=1+1,Theo Lindqvist,Won,'+900,2026-11-06
<script>alert(1)</script>,Theo Lindqvist,Won,700,2026-11-06
<b>Finch</b> &amp; Sons,Theo Lindqvist,Won,600,2026-11-06
"""
        ),
        deals="""
* | Theo Lindqvist | =HYPERLINK("https://example.org","Larkspur") | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | @SUM(1+1)*cmd/' /C calc'!A0 | | Contract | lost | 8000.00 | - | 2026-11-05
* | Theo Lindqvist | =1+1 | | Contract | won | 900.00 | - | 2026-11-06
* | Theo Lindqvist | <script>alert(1)</script> | | Contract | won | 700.00 | - | 2026-11-06
* | Theo Lindqvist | <b>Finch</b> &amp; Sons | | Contract | won | 600.00 | - | 2026-11-06
""",
    ),
    File(
        "numbers-kept-as-text.csv",
        "spreadsheet",
        ("formulas", "ids with noughts before them"),
        written(
            '''
Deal ID,Company,Owner,Status,Amount,Close date
="00101",Larkspur,Theo Lindqvist,Won,12500,2026-11-02
"=""00102""",Quill,Theo Lindqvist,Lost,8000,2026-11-05
00103,Harrow,Theo Lindqvist,Won,900,2026-11-06
'''
        ),
        deals="""
00101 | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
00102 | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
00103 | Theo Lindqvist | Harrow | | Contract | won | 900.00 | - | 2026-11-06
""",
    ),
    File(
        "marks-that-nobody-sees.tsv",
        "spreadsheet",
        ("right-to-left marks", "no-break spaces", "zero-width spaces"),
        tabbed(
            """
\u200fCompany→Owner\u200b→Sta\u00adtus→Amount→Close\xa0date
\u200fהבית\u200e→Theo\xa0Lindqvist→Won→\u202a12500\u202c→\u200e2026-11-02
Qu\u200bill→Theo \u2066Lindqvist\u2069→Lost\xa0→\xa08000→2026-11-05\u200f
"""
        ),
        deals="""
* | Theo Lindqvist | הבית | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "columns-that-are-empty.csv",
        "spreadsheet",
        ("empty columns",),
        written(
            """
Company,Owner,Stage,Status,Amount,Close date,Lost reason
Larkspur,Theo Lindqvist,,Won,12500,2026-11-02,
Quill,Theo Lindqvist,,Open,,,
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Prospecting | open | ~10000.00 | - | -
""",
    ),
    File(
        "cells-too-long.csv",
        "spreadsheet",
        ("cells too long",),
        lambda: (
            "Company,Owner,Status,Note\n"
            f"{'L' * 121},Theo Lindqvist,Open,\n"
            f"Quill,Theo Lindqvist,Open,{'n' * 40_000}\n"
            f"Harrow,Theo Lindqvist,Open,{'n' * 200_000}\n"
            f"Finch,Theo Lindqvist,Open,{'n' * 1_000}\n"
        ).encode(),
        bad=(
            Bad(2, 1, "too_long", "121"),
            Bad(3, 4, "cell_too_long", "40000"),
            Bad(4, 0, "cell_too_long"),
        ),
    ),
]
