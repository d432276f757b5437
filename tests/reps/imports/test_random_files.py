"""Random deals, written as any spreadsheet may, are read back exactly as they were.

Where a file can be read in two ways it is asked, and the answer given is the true one.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reps.domain.files.days import Order
from reps.domain.files.deal_rows import DAYS, DealMatching, read_deals
from reps.domain.files.fields import Fact, Kind, missing
from reps.domain.files.numbers import Signs
from reps.domain.files.values import Owner
from reps.domain.transitions import Outcome
from reps.imports.answers import Answers
from reps.imports.look_at_file import look_at_file

TODAY = date(2026, 11, 12)
HEADERS = {
    "en": "Deal ID | Company | Owner | Status | Amount | Created | Close date",
    "de": "ID | Firma | Inhaber | Status | Betrag | Erstellt am | Abschlussdatum",
    "es": "ID | Empresa | Propietario | Estado | Importe | Fecha de creación"
    " | Fecha de cierre",
    "fr": "ID | Société | Propriétaire | Statut | Montant | Date de création"
    " | Date de clôture",
}
STATUS = {
    "en": {"won": "Won", "lost": "Lost", "open": "Open"},
    "de": {"won": "Gewonnen", "lost": "Verloren", "open": "Offen"},
    "es": {"won": "Ganada", "lost": "Perdida", "open": "Abierta"},
    "fr": {"won": "Gagnée", "lost": "Perdue", "open": "Ouverte"},
}
FACTS = (
    Fact.KEY,
    Fact.ACCOUNT,
    Fact.OWNER,
    Fact.OUTCOME,
    Fact.AMOUNT,
    Fact.OPENED_ON,
    Fact.CLOSE_ON,
)
NOTATIONS = [Signs(".", ","), Signs(",", "."), Signs(",", " "), Signs(".", "'")]
DATES = {
    Order.YEAR_FIRST: "{0:%Y-%m-%d}",
    Order.DAY_FIRST: "{0:%d/%m/%Y}",
    Order.MONTH_FIRST: "{0:%m/%d/%Y}",
}


@dataclass(frozen=True)
class Style:
    language: str
    delimiter: str
    encoding: str
    signs: Signs
    order: Order
    currency: str
    line_end: str


styles = st.builds(
    Style,
    language=st.sampled_from(sorted(HEADERS)),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    signs=st.sampled_from(NOTATIONS),
    order=st.sampled_from(list(Order)),
    currency=st.sampled_from(["", "$", "€ "]),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
accounts = st.text(
    st.sampled_from("abcdefgh XYZ,;|\"'&-äöüéèñß"), min_size=2, max_size=20
).map(lambda text: f"Firm {text}".strip())
days = st.dates(date(2024, 1, 1), date(2026, 11, 12))
deals = st.lists(
    st.tuples(
        accounts,
        st.sampled_from(["Theo Lindqvist", "Müller, Anja", "José Peña"]),
        st.sampled_from(list(Outcome)),
        st.decimals(Decimal("0.01"), 9_999_999, places=2),
        st.tuples(days, days).map(sorted),
    ),
    min_size=2,
    max_size=12,
)


def written(style: Style, rows) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=style.delimiter, lineterminator=style.line_end)
    writer.writerow(HEADERS[style.language].split(" | "))
    for number, (account, owner, outcome, amount, (opened, closed)) in enumerate(rows):
        writer.writerow(
            [
                f"D-{number}",
                account,
                owner,
                STATUS[style.language][outcome],
                style.currency + figure(amount, style.signs),
                DATES[style.order].format(opened),
                DATES[style.order].format(closed),
            ]
        )
    return text.getvalue().encode(style.encoding)


def figure(amount: Decimal, signs: Signs) -> str:
    whole, _, cents = f"{amount:,.2f}".partition(".")
    return f"{whole.replace(',', signs.groups)}{signs.decimal}{cents}"


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(style=styles, rows=deals)
def test_what_was_written_is_read(style, rows):
    raw = written(style, rows)
    answers = Answers(encoding={"utf-8-sig": ""}.get(style.encoding, style.encoding))
    if style.encoding == "utf-16":
        answers = Answers()
    look = look_at_file(lambda: iter([raw]), answers, kinds=[Kind.DEALS], today=TODAY)
    assert missing(Kind.DEALS, look.columns) == []
    assert {fact: look.columns[fact] for fact in FACTS} == {
        fact: place for place, fact in enumerate(FACTS)
    }
    assert look.complaints == []

    matching = DealMatching(
        columns=look.columns,
        signs={Fact.AMOUNT: settled(look, Fact.AMOUNT, style)},
        orders={
            fact: settled(look, fact, style) for fact in DAYS if fact in look.columns
        },
        sellers={Owner(name): name for name in {row[1] for row in rows}},
        standings={},
        stages={1: "Demo", 2: "Contract"},
        estimate=Decimal(1),
        today=TODAY,
    )
    complaints = []
    found = list(read_deals(look.rows(complaints), matching, complaints))
    assert complaints == []
    assert [
        (
            deal.account,
            deal.seller,
            deal.outcome,
            deal.amount,
            [deal.opened_on, deal.closed_on or deal.expected_close_on],
        )
        for deal in found
    ] == [tuple(row) for row in rows]


def settled(look, fact, style):
    """What the column's own values say; where they leave it open, the truth."""
    column = look.looks[look.columns[fact]]
    found = column.notation() if fact == Fact.AMOUNT else column.order()
    truth = style.signs if fact == Fact.AMOUNT else style.order
    options = getattr(found, "options", None)
    if options is None:
        return found.way
    if fact == Fact.AMOUNT:
        (truth,) = (one.way for one in options if one.way.decimal == truth.decimal)
    assert truth in [option.way for option in options]
    return truth
