"""Whose the deals are, where they stand, and which of them are the same."""

from tests.reps.imports.corpus.file import FITS, Bad, File, Question, written

FILES = [
    File(
        "owners-in-every-spelling.csv",
        "spreadsheet",
        ("owners in other spellings",),
        written(
            """
Company,Owner,Status
Larkspur,THEO LINDQVIST,Open
Quill,"Lindqvist, Théo",Open
Harrow,Theo Lindqvist <theo@harbor.example>,Open
Finch,THEO@harbor.example,Open
Wren,theo  lindqvist,Open
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Prospecting | open | ~10000.00 | - | -
* | Theo Lindqvist | Quill | | Prospecting | open | ~10000.00 | - | -
* | Theo Lindqvist | Harrow | | Prospecting | open | ~10000.00 | - | -
* | Theo Lindqvist | Finch | | Prospecting | open | ~10000.00 | - | -
* | Theo Lindqvist | Wren | | Prospecting | open | ~10000.00 | - | -
""",
    ),
    File(
        "two-namesakes.csv",
        "spreadsheet",
        ("two namesakes",),
        written(
            """
Company,Owner,Owner Email,Status
Larkspur,Ana Ruiz,ana@harbor.example,Open
Quill,Ana Ruiz,ruiz@harbor.example,Open
Harrow,Ana Ruiz,,Open
"""
        ),
        asks=(
            Question(
                "owner",
                "Ana Ruiz",
                ("Ana Ruiz (ana@harbor.example)", "Ana Ruiz (ruiz@harbor.example)"),
            ),
        ),
    ),
    File(
        "a-namesake-elsewhere.csv",
        "spreadsheet",
        ("a namesake with another e-mail",),
        written(
            """
Company,Owner,Owner Email,Status
Larkspur,Theo Lindqvist,theo@elsewhere.example,Open
"""
        ),
        asks=(
            Question(
                "owner", "Theo Lindqvist", ("Theo Lindqvist (theo@harbor.example)",)
            ),
        ),
        answers={"owners": {"Theo Lindqvist": "theo@harbor.example"}},
        deals="""
* | Theo Lindqvist | Larkspur | | Prospecting | open | ~10000.00 | - | -
""",
    ),
    File(
        "an-unknown-owner-and-none.csv",
        "spreadsheet",
        ("an unknown owner", "no owner"),
        written(
            """
Company,Owner,Status
Larkspur,Mira Bay,Open
Quill,,Open
"""
        ),
        bad=(Bad(3, 2, "empty", "owner"),),
    ),
    File(
        "somebody-is-left-out.csv",
        "spreadsheet",
        ("an owner left out",),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,House Account,Won,n/a,whenever
Quill,Mira Bay,Won,700,2026-11-02
"""
        ),
        asks=(),
        answers={"owners": {"House Account": ""}},
        deals="""
* | Mira Bay | Quill | | Contract | won | 700.00 | - | 2026-11-02
""",
    ),
    File(
        "outcome-in-a-status.csv",
        "spreadsheet",
        ("outcome in a status",),
        written(
            """
Company,Owner,Stage,Status,Amount,Close date
Larkspur,Theo Lindqvist,Contract,Won,12500,2026-11-02
Quill,Theo Lindqvist,Engaging,Lost,8000,2026-11-05
Harrow,Theo Lindqvist,Engaging,Open,900,2026-12-20
Finch,Theo Lindqvist,,In progress,700,
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Engaging | lost | 8000.00 | - | 2026-11-05
* | Theo Lindqvist | Harrow | | Engaging | open | 900.00 | - | 2026-12-20
* | Theo Lindqvist | Finch | | Prospecting | open | 700.00 | - | -
""",
    ),
    File(
        "outcome-in-a-label.csv",
        "spreadsheet",
        ("outcome in a label", "numbered stages"),
        written(
            """
Company,Owner,Stage,Amount,Close date
Larkspur,Theo Lindqvist,6 - Closed Won,12500,2026-11-02
Quill,Theo Lindqvist,7 - Closed Lost,8000,2026-11-05
Harrow,Theo Lindqvist,2 - engaging,900,2026-12-20
Finch,Theo Lindqvist,Contract (80%),700,2026-12-20
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
* | Theo Lindqvist | Harrow | | Engaging | open | 900.00 | - | 2026-12-20
* | Theo Lindqvist | Finch | | Contract | open | 700.00 | - | 2026-12-20
""",
    ),
    File(
        "outcome-in-flags.csv",
        "spreadsheet",
        ("outcome in flags",),
        written(
            """
Company,Owner,Stage,Closed,Won,Amount,Close date
Larkspur,Theo Lindqvist,Contract,TRUE,TRUE,12500,2026-11-02
Quill,Theo Lindqvist,Engaging,TRUE,FALSE,8000,2026-11-05
Harrow,Theo Lindqvist,Engaging,FALSE,FALSE,900,2026-12-20
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Engaging | lost | 8000.00 | - | 2026-11-05
* | Theo Lindqvist | Harrow | | Engaging | open | 900.00 | - | 2026-12-20
""",
    ),
    File(
        "a-status-of-stages.csv",
        "spreadsheet",
        ("stages in a status", "a status nobody knows"),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,12500,2026-11-02
Quill,Theo Lindqvist,Engaging,8000,2026-12-05
Harrow,Theo Lindqvist,On hold,900,2026-12-20
"""
        ),
        asks=(Question("stage", "On hold", FITS),),
        answers={"stages": {"On hold": "Prospecting"}},
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Engaging | open | 8000.00 | - | 2026-12-05
* | Theo Lindqvist | Harrow | | Prospecting | open | 900.00 | - | 2026-12-20
""",
    ),
    File(
        "a-status-against-its-label.csv",
        "spreadsheet",
        ("a status against its label",),
        written(
            """
Company,Owner,Stage,Status,Amount,Close date
Larkspur,Theo Lindqvist,Closed Won,Lost,12500,2026-11-02
Quill,Theo Lindqvist,Closed Won,Open,8000,2026-11-05
Harrow,Theo Lindqvist,Closed Won,Won,900,2026-11-06
"""
        ),
        bad=(Bad(2, 4, "outcome_unclear"), Bad(3, 4, "outcome_unclear")),
    ),
    File(
        "one-id-for-two-deals.csv",
        "spreadsheet",
        ("a twice-used id", "no id"),
        written(
            """
Deal ID,Company,Owner,Status
101,Larkspur,Theo Lindqvist,Open
102,Quill,Theo Lindqvist,Open
101,Harrow,Theo Lindqvist,Open
,Finch,Theo Lindqvist,Open
,Finch,Theo Lindqvist,Open
"""
        ),
        bad=(Bad(4, 1, "twice", "2"),),
    ),
    File(
        "ids-that-a-spreadsheet-cut-short.csv",
        "Zoho",
        ("ids cut short",),
        written(
            """
Record Id,Deal Owner,Amount,Deal Name,Closing Date,Account Name,Stage,Created Time,Modified Time
4.15087E+18,Theo Lindqvist,12500.5,Pilot,2026-11-02,Larkspur,Closed Won,2026-08-31 09:12:33,2026-11-02 10:00:00
4.15087E+18,Theo Lindqvist,8000,Rollout,2026-11-05,Quill,Closed Lost,2026-09-03 11:00:00,2026-11-05 16:30:00
"""
        ),
        bad=(
            Bad(2, 1, "number_cut_short", "4.15087E+18"),
            Bad(3, 1, "number_cut_short", "4.15087E+18"),
        ),
    ),
    File(
        "ids-that-differ-by-case.csv",
        "Salesforce",
        ("ids that differ by case",),
        written(
            """
Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,Fiscal Period
0065g00000AbCdE,Pilot,Larkspur,Theo Lindqvist,Engaging,Q4-2026
0065g00000AbCde,Rollout,Quill,Theo Lindqvist,Engaging,Q4-2026
"""
        ),
        source="Salesforce",
        deals="""
0065g00000AbCdE | Theo Lindqvist | Larkspur | Pilot | Engaging | open | ~10000.00 | - | -
0065g00000AbCde | Theo Lindqvist | Quill | Rollout | Engaging | open | ~10000.00 | - | -
""",
    ),
    File(
        "the-same-row-twice.csv",
        "spreadsheet",
        ("no id", "the same row twice", "no account"),
        written(
            """
Deal,Company,Owner,Status,Created
Renewal,Larkspur,Theo Lindqvist,Open,2026-09-03
Renewal,Larkspur,Theo Lindqvist,Open,2026-09-03
Pilot,,Theo Lindqvist,Open,2026-09-03
,,Theo Lindqvist,Open,2026-09-03
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | Renewal | Prospecting | open | ~10000.00 | 2026-09-03 | -
* | Theo Lindqvist | Larkspur | Renewal | Prospecting | open | ~10000.00 | 2026-09-03 | -
* | Theo Lindqvist | Pilot | | Prospecting | open | ~10000.00 | 2026-09-03 | -
* | Theo Lindqvist | | | Prospecting | open | ~10000.00 | 2026-09-03 | -
""",
    ),
    File(
        "two-columns-for-one-day.csv",
        "spreadsheet",
        ("two columns for one fact",),
        written(
            """
Company,Owner,Status,Amount,Won date,Lost date,Expected close
Larkspur,Theo Lindqvist,Won,12500,2026-11-02,,2026-10-30
Quill,Theo Lindqvist,Lost,8000,,2026-11-05,2026-12-30
Harrow,Theo Lindqvist,Won,900,,,2026-10-30
Finch,Theo Lindqvist,Open,900,,,2026-12-30
"""
        ),
        bad=(Bad(4, 5, "closed_without_day"),),
    ),
]
