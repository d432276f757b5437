"""Days as people and programs write them."""

from tests.reps.imports.corpus.file import Bad, File, Question, tabbed

THREE = """
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-10-25
* | Theo Lindqvist | Harrow | | Prospecting | open | 900.00 | - | 2026-12-03
"""


def closing(first: str, second: str, third: str):
    """A sheet whose deals close on 2 November, 25 October and 3 December 2026."""
    return tabbed(
        f"""
Company→Owner→Status→Amount→Close date
Larkspur→Theo Lindqvist→Won→12500→{first}
Quill→Theo Lindqvist→Lost→8000→{second}
Harrow→Theo Lindqvist→Open→900→{third}
"""
    )


FILES = [
    File(
        "day-first.tsv",
        "spreadsheet",
        ("day order: D/M/Y",),
        closing("02/11/2026", "25/10/2026", "03/12/2026"),
        deals=THREE,
    ),
    File(
        "month-first.tsv",
        "spreadsheet",
        ("day order: M/D/Y",),
        closing("11/2/2026", "10/25/2026", "12/3/2026"),
        deals=THREE,
    ),
    File(
        "year-first.tsv",
        "spreadsheet",
        ("day order: ISO",),
        closing("2026-11-02", "2026-10-25", "2026-12-03"),
        deals=THREE,
    ),
    File(
        "months-in-words.tsv",
        "spreadsheet",
        ("day in words",),
        closing("2 Nov 2026", "25-Oct-26", "December 3rd, 2026"),
        deals=THREE,
    ),
    File(
        "with-weekdays-and-times.tsv",
        "spreadsheet",
        ("a time beside the day", "a weekday"),
        closing(
            "Mon 2 Nov 2026 10:00 AM",
            "Sunday, 25 October 2026",
            "2026-12-03T23:59:59.000+09:00",
        ),
        deals=THREE,
    ),
    File(
        "japanese-days.tsv",
        "spreadsheet",
        ("day order: Japanese",),
        closing("2026年11月2日", "2026年10月25日(日)", "2026/12/03"),
        deals=THREE,
    ),
    File(
        "days-a-spreadsheet-counts.tsv",
        "spreadsheet",
        ("days as bare numbers",),
        closing("46328", "46320", "20261203"),
        deals=THREE,
    ),
    File(
        "two-figures-for-a-year.tsv",
        "spreadsheet",
        ("short dates", "ambiguous days"),
        closing("02.11.26", "25.10.26", "03.12.26"),
        asks=(
            Question(
                "days",
                "Close date",
                ("02.11.26 = 2002-11-26", "02.11.26 = 2026-11-02"),
            ),
        ),
        answers={"days": {"Close date": "dmy"}},
        deals=THREE,
    ),
    File(
        "two-figures-for-a-year-and-one-for-a-day.tsv",
        "spreadsheet",
        ("short dates", "day order: D/M/Y"),
        closing("2.11.26", "25.10.26", "3.12.26"),
        deals=THREE,
    ),
    File(
        "all-up-to-twelve.tsv",
        "spreadsheet",
        ("ambiguous days",),
        tabbed(
            """
Company→Owner→Status→Amount→Created→Close date
Larkspur→Theo Lindqvist→Won→12500→03/04/2026→02/11/2026
Quill→Theo Lindqvist→Lost→8000→05/06/2026→05/11/2026
"""
        ),
        asks=(
            Question(
                "days",
                "Created",
                ("03/04/2026 = 2026-04-03", "03/04/2026 = 2026-03-04"),
            ),
            Question(
                "days",
                "Close date",
                ("02/11/2026 = 2026-11-02", "02/11/2026 = 2026-02-11"),
            ),
        ),
        answers={"days": {"Created": "dmy", "Close date": "dmy"}},
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | 2026-04-03 | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | 2026-06-05 | 2026-11-05
""",
    ),
    File(
        "the-same-day-and-month.tsv",
        "spreadsheet",
        ("day order: D/M/Y", "days that are the same either way"),
        tabbed(
            """
Company→Owner→Status→Amount→Close date
Larkspur→Theo Lindqvist→Won→12500→11/11/2026
Quill→Theo Lindqvist→Lost→8000→10/10/2026
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-11
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-10-10
""",
    ),
    File(
        "two-orders-in-one-column.tsv",
        "spreadsheet",
        ("day order: D/M/Y", "day order: M/D/Y", "a cell against its column"),
        tabbed(
            """
Company→Owner→Status→Amount→Close date
Larkspur→Theo Lindqvist→Won→12500→25/10/2026
Quill→Theo Lindqvist→Lost→8000→26/10/2026
Harrow→Theo Lindqvist→Lost→900→10/27/2026
"""
        ),
        bad=(Bad(4, 5, "other_order", "10/27/2026"),),
    ),
    File(
        "two-orders-and-some-of-both.tsv",
        "spreadsheet",
        ("ambiguous days", "a cell against its column"),
        tabbed(
            """
Company→Owner→Status→Amount→Close date
Larkspur→Theo Lindqvist→Won→12500→25/10/2026
Quill→Theo Lindqvist→Lost→8000→26/10/2026
Harrow→Theo Lindqvist→Lost→900→10/27/2026
Finch→Theo Lindqvist→Lost→900→03/11/2026
"""
        ),
        asks=(
            Question(
                "days",
                "Close date",
                ("03/11/2026 = 2026-11-03", "03/11/2026 = 2026-03-11"),
            ),
        ),
        answers={"days": {"Close date": "dmy"}},
        bad=(Bad(4, 5, "other_order", "10/27/2026"),),
    ),
    File(
        "no-days.tsv",
        "spreadsheet",
        ("no day", "closed without a day"),
        tabbed(
            """
Company→Owner→Status→Amount→Close date
Larkspur→Theo Lindqvist→Won→12500→2026-11-31
Quill→Theo Lindqvist→Lost→8000→Q4 2026
Harrow→Theo Lindqvist→Lost→900→soon
Finch→Theo Lindqvist→Lost→900→
Wren→Theo Lindqvist→Lost→900→Nov 2026
Teal→Theo Lindqvist→Lost→900→2126-11-02
Gull→Theo Lindqvist→Lost→900→Tue 2026-11-02
Swift→Theo Lindqvist→Lost→900→########
Crane→Theo Lindqvist→Lost→900→0000-00-00
Robin→Theo Lindqvist→Won→900→2026-11-03
Egret→Theo Lindqvist→Won→900→2026-11-04
Heron→Theo Lindqvist→Won→900→2026-11-05
Stork→Theo Lindqvist→Won→900→2026-11-06
Raven→Theo Lindqvist→Won→900→2026-11-09
Snipe→Theo Lindqvist→Won→900→2026-11-10
Goose→Theo Lindqvist→Won→900→2026-11-11
Eider→Theo Lindqvist→Won→900→2026-11-11
Dunlin→Theo Lindqvist→Open→900→-
Bittern→Theo Lindqvist→Open→900→n/a
"""
        ),
        bad=(
            Bad(2, 5, "no_such_day", "2026-11-31"),
            Bad(3, 5, "incomplete", "Q4 2026"),
            Bad(4, 5, "not_a_day", "soon"),
            Bad(5, 5, "closed_without_day"),
            Bad(6, 5, "incomplete", "Nov 2026"),
            Bad(7, 5, "far_off", "2126-11-02"),
            Bad(8, 5, "other_weekday", "Tue 2026-11-02"),
            Bad(9, 5, "not_a_day", "########"),
            Bad(10, 5, "no_such_day", "0000-00-00"),
        ),
    ),
    File(
        "closed-before-it-opened.tsv",
        "spreadsheet",
        ("closed before it opened",),
        tabbed(
            """
Company→Owner→Status→Amount→Created→Close date
Larkspur→Theo Lindqvist→Won→12500→2026-11-03→2026-11-02
Quill→Theo Lindqvist→Lost→8000→2026-11-02→2026-11-02
"""
        ),
        bad=(Bad(2, 6, "closed_before_opened", "2026-11-02, 2026-11-03"),),
    ),
    File(
        "closed-on-a-day-to-come.tsv",
        "spreadsheet",
        ("closed on a day to come",),
        tabbed(
            """
Company→Owner→Status→Amount→Created→Close date
Larkspur→Theo Lindqvist→Won→12500→2026-10-03→2027-11-02
Quill→Theo Lindqvist→Lost→8000→2026-11-02→2026-11-12
"""
        ),
        bad=(Bad(2, 6, "still_to_come", "2027-11-02"),),
    ),
]
