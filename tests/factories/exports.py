"""The export of a small company of our own invention: three reps, two offices.

And where the public CRM export lies, of which no row is kept here.
"""

from pathlib import Path

import pytest
from django.db import connection

from reps.domain.csv_table import Text
from reps.domain.ours_and_theirs import UNDECIDED
from reps.imports.deals import Export, import_deals
from tests.factories.reps import NOON

CRM = Path(__file__).parents[3] / "shared" / "data" / "crm"
needs_the_export = pytest.mark.skipif(
    not CRM.exists(), reason=f"THE PUBLIC CRM EXPORT IS NOT AT {CRM}: NOTHING CHECKED"
)

SELLERS = [
    ("Ines Calder", "Omar Haddad", "North"),
    ("Jun Park", "Omar Haddad", "North"),
    ("Petra Lind", "Sofia Marsh", "South"),
]
PRODUCTS = [("Rain Gauge", "500"), ("Tide Clock", "1200")]
ACCOUNTS = [("Bluefin Boats",), ("Harbour Mill",)]
DEAL = {
    "opportunity_id": "A1",
    "sales_agent": "Ines Calder",
    "product": "Rain Gauge",
    "account": "Bluefin Boats",
    "deal_stage": "Won",
    "engage_date": "2026-07-06",
    "close_date": "2026-08-14",
    "close_value": "480",
}
LOST = {"deal_stage": "Lost", "close_value": "0"}
ENGAGING = {"deal_stage": "Engaging", "close_date": "", "close_value": ""}
PROSPECT = ENGAGING | {"deal_stage": "Prospecting", "engage_date": ""}


def sheet(name, header, *rows) -> Text:
    """A file of these cells, none of which may hold a comma."""
    lines = [header, *rows]
    return Text(name, [f"{','.join(line)}\r\n" for line in lines])


def teams(*rows) -> Text:
    header = ("sales_agent", "manager", "regional_office")
    return sheet("teams.csv", header, *(rows or SELLERS))


def products(*rows) -> Text:
    return sheet("products.csv", ("product", "sales_price"), *(rows or PRODUCTS))


def accounts(*rows) -> Text:
    return sheet("accounts.csv", ("account",), *(rows or ACCOUNTS))


def pipeline(*deals) -> Text:
    """One deal for each dict of what is different about it, on lines 2, 3, …"""
    return sheet("deals.csv", DEAL, *((DEAL | deal).values() for deal in deals))


def quotas(*rows) -> Text:
    return sheet("quotas.csv", ("rep", "quarter_starts_on", "quota"), *rows)


def export(*deals, **others) -> Export:
    files = {"teams": teams(), "products": products(), "accounts": accounts()}
    return Export(pipeline=pipeline(*deals), **files | others)


def written(folder, *deals, **others) -> list[str]:
    """The export as files in a folder, and the command's arguments for them."""
    files = {"teams": teams(), "products": products(), "accounts": accounts()}
    arguments = []
    for option, text in {"": pipeline(*deals), **files, **others}.items():
        path = folder / text.name
        path.write_text("".join(text.lines), encoding="utf-8", newline="")
        arguments += [f"--{option}={path}" if option else str(path)]
    return arguments


def bring(
    *deals,
    name="Calder & Lind",
    shift_to=None,
    quota_growth=None,
    at=NOON,
    choices=UNDECIDED,
    reason="",
    **files,
):
    """Import, and have the database check at once what it checks at commit."""
    summary = import_deals(
        export(*deals, **files),
        organization=name,
        at=at,
        shift_to=shift_to,
        quota_growth=quota_growth,
        choices=choices,
        reason=reason,
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return summary


def tally(summary):
    """How many deals were added, changed, and as they were."""
    return summary.placed.added, summary.placed.changed, summary.as_they_were


def real_files() -> list[str]:
    """The command's arguments for the public CRM export."""
    return [
        str(CRM / "sales_pipeline.csv"),
        f"--teams={CRM / 'sales_teams.csv'}",
        f"--products={CRM / 'products.csv'}",
        f"--accounts={CRM / 'accounts.csv'}",
    ]
