"""Amounts as spreadsheets write them: signs, currencies, and what is no amount."""

from tests.reps.imports.corpus.file import Bad, File, Question, tabbed, written

FILES = [
    File(
        "decimal-point.csv",
        "spreadsheet",
        ("decimal: point", "thousands: comma", "a currency sign"),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,"$12,500.50",2026-11-02
Quill,Theo Lindqvist,Lost,"$1,234,567.00",2026-11-05
Harrow,Theo Lindqvist,Won,$0.75,2026-11-06
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.50 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 1234567.00 | - | 2026-11-05
* | Theo Lindqvist | Harrow | | Contract | won | 0.75 | - | 2026-11-06
""",
    ),
    File(
        "thousands-by-spaces.csv",
        "spreadsheet",
        ("thousands: space", "decimal: comma", "a currency code"),
        written(
            """
Company;Owner;Status;Amount;Close date
Larkspur;Theo Lindqvist;Won;12 500,50 SEK;2026-11-02
Quill;Theo Lindqvist;Lost;1 234 567,00 SEK;2026-11-05
Harrow;Theo Lindqvist;Won;900,00 kr;2026-11-06
"""
        ),
        currency="SEK",
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.50 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 1234567.00 | - | 2026-11-05
* | Theo Lindqvist | Harrow | | Contract | won | 900.00 | - | 2026-11-06
""",
    ),
    File(
        "thousands-by-apostrophes.csv",
        "spreadsheet",
        ("thousands: apostrophe", "a currency code", "no cents"),
        written(
            """
Company;Owner;Status;Amount;Close date
Larkspur;Theo Lindqvist;Won;CHF 12'500.50;2026-11-02
Quill;Theo Lindqvist;Lost;CHF 1’234’567.00;2026-11-05
Harrow;Theo Lindqvist;Won;Fr. 900.-;2026-11-06
"""
        ),
        currency="CHF",
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.50 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 1234567.00 | - | 2026-11-05
* | Theo Lindqvist | Harrow | | Contract | won | 900.00 | - | 2026-11-06
""",
    ),
    File(
        "lakhs.csv",
        "spreadsheet",
        ("thousands: lakhs", "a currency sign"),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,"₹12,50,050.00",2026-11-02
Quill,Theo Lindqvist,Lost,"₹8,00,000.00",2026-11-05
"""
        ),
        currency="INR",
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 1250050.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 800000.00 | - | 2026-11-05
""",
    ),
    File(
        "a-point-that-may-be-either.csv",
        "spreadsheet",
        ("an ambiguous amount",),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,12.500,2026-11-02
Quill,Theo Lindqvist,Lost,800,2026-11-05
Harrow,Theo Lindqvist,Won,1.250,2026-11-06
"""
        ),
        asks=(Question("numbers", "Amount", ("12.500 = 12.500", "12.500 = 12500")),),
        answers={"numbers": {"Amount": ","}},
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 800.00 | - | 2026-11-05
* | Theo Lindqvist | Harrow | | Contract | won | 1250.00 | - | 2026-11-06
""",
    ),
    File(
        "one-amount-settles-the-rest.csv",
        "spreadsheet",
        ("an ambiguous amount",),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,12.500,2026-11-02
Quill,Theo Lindqvist,Lost,"800,5",2026-11-05
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 800.50 | - | 2026-11-05
""",
    ),
    File(
        "two-notations.csv",
        "spreadsheet",
        ("decimal: comma", "decimal: point", "a cell against its column"),
        written(
            """
Company;Owner;Status;Amount;Close date
Larkspur;Theo Lindqvist;Won;12500.50;2026-11-02
Quill;Theo Lindqvist;Lost;800.25;2026-11-05
Harrow;Theo Lindqvist;Won;900,75;2026-11-06
"""
        ),
        bad=(Bad(4, 4, "other_notation", "900,75"),),
    ),
    File(
        "two-currencies.csv",
        "spreadsheet",
        ("two currencies", "a currency sign"),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,"$12,500.50",2026-11-02
Quill,Theo Lindqvist,Lost,"€8,000.00",2026-11-05
"""
        ),
        asks=(Question("currencies", "Amount", ("EUR", "USD")),),
    ),
    File(
        "two-currencies-beside.csv",
        "spreadsheet",
        ("two currencies", "a currency column"),
        written(
            """
Company,Owner,Status,Amount,Currency,Close date
Larkspur,Theo Lindqvist,Won,12500.50,USD,2026-11-02
Quill,Theo Lindqvist,Lost,8000.00,GBP,2026-11-05
"""
        ),
        asks=(Question("currencies", "Currency", ("GBP", "USD")),),
    ),
    File(
        "two-dollars.csv",
        "spreadsheet",
        ("two currencies", "a currency sign"),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,"$12,500.50",2026-11-02
Quill,Theo Lindqvist,Lost,"CA$8,000.00",2026-11-05
"""
        ),
        asks=(Question("currencies", "Amount", ("CAD", "USD")),),
    ),
    File(
        "another-currency-by-its-header.csv",
        "spreadsheet",
        ("a unit in a header",),
        written(
            """
Company,Owner,Status,Amount (EUR),Close date
Larkspur,Theo Lindqvist,Won,12500.50,2026-11-02
"""
        ),
        asks=(Question("unit", "Amount (EUR)", ("EUR",)),),
    ),
    File(
        "in-tausend-euro.csv",
        "German",
        ("a unit in a header",),
        written(
            """
Kunde;Verkäufer;Status;Auftragswert in T€;Abschlussdatum
Müller & Söhne;Theo Lindqvist;gewonnen;12,5;2026-11-02
"""
        ),
        currency="EUR",
        asks=(Question("unit", "Auftragswert in T€", ("T€",)),),
    ),
    File(
        "the-home-currency-by-its-header.csv",
        "spreadsheet",
        ("a unit in a header",),
        written(
            """
Company,Owner,Status,Amount (USD),Close date
Larkspur,Theo Lindqvist,Won,12500.50,2026-11-02
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.50 | - | 2026-11-02
""",
    ),
    File(
        "home-dollars.csv",
        "spreadsheet",
        ("a currency sign", "a currency code"),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,"$12,500.50",2026-11-02
Quill,Theo Lindqvist,Lost,"CAD 8,000.00",2026-11-05
"""
        ),
        currency="CAD",
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.50 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "accounting.csv",
        "spreadsheet",
        ("a dash for nothing", "a currency sign", "spaces around"),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won," $12,500.50 ",2026-11-02
Quill,Theo Lindqvist,Lost, $-   ,2026-11-05
Finch,Theo Lindqvist,Open,n/a,-
Harrow,Theo Lindqvist,Open, $ 900.00 ,
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.50 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | ~10000.00 | - | 2026-11-05
* | Theo Lindqvist | Finch | | Prospecting | open | ~10000.00 | - | -
* | Theo Lindqvist | Harrow | | Prospecting | open | 900.00 | - | -
""",
    ),
    File(
        "no-amounts.csv",
        "spreadsheet",
        (
            "won without amount",
            "no amount",
            "an amount below zero",
            "an amount cut short",
        ),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,,2026-11-02
Quill,Theo Lindqvist,Won,12.5k,2026-11-05
Harrow,Theo Lindqvist,Won,TBD,2026-11-06
Finch,Theo Lindqvist,Won,(450.00),2026-11-06
Wren,Theo Lindqvist,Won,-12,2026-11-06
Teal,Theo Lindqvist,Won,20%,2026-11-06
Swift,Theo Lindqvist,Won,1000000000000000,2026-11-06
Gull,Theo Lindqvist,Won,#REF!,2026-11-06
Robin,Theo Lindqvist,Open,,
Crane,Theo Lindqvist,Won,0,2026-11-06
Egret,Theo Lindqvist,Won,1000,2026-11-06
"""
        ),
        bad=(
            Bad(2, 4, "won_without_amount"),
            Bad(3, 4, "cut_short", "12.5k"),
            Bad(4, 4, "won_without_amount"),
            Bad(5, 4, "less_than_zero", "-450.00"),
            Bad(6, 4, "less_than_zero", "-12"),
            Bad(7, 4, "not_a_number", "20%"),
            Bad(8, 4, "too_large", "1000000000000000"),
            Bad(9, 4, "not_a_number", "#REF!"),
        ),
    ),
    File(
        "figures-with-an-exponent.csv",
        "spreadsheet",
        ("figures with an exponent",),
        written(
            """
Company,Owner,Status,Amount,Close date
Larkspur,Theo Lindqvist,Won,1.25E+05,2026-11-02
Quill,Theo Lindqvist,Lost,8.0e3,2026-11-05
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 125000.00 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.00 | - | 2026-11-05
""",
    ),
    File(
        "more-cents-than-there-are.tsv",
        "spreadsheet",
        ("more than two decimals", "delimiter: tab"),
        tabbed(
            """
Company→Owner→Status→Amount→Close date
Larkspur→Theo Lindqvist→Won→12500.4999999→2026-11-02
Quill→Theo Lindqvist→Lost→8000.005→2026-11-05
"""
        ),
        deals="""
* | Theo Lindqvist | Larkspur | | Contract | won | 12500.50 | - | 2026-11-02
* | Theo Lindqvist | Quill | | Contract | lost | 8000.01 | - | 2026-11-05
""",
    ),
]
