"""A CRM export of our own making, in the shape `import_deals` takes, and its import."""

import csv
import os
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

from django.core.management import call_command
from django.db import connection

from benchmarks.table import Table

PRODUCTS = {"Basic": 550, "Plus": 1_096, "Pro": 4_821, "Enterprise": 26_768}
MANAGERS = 6
SELLERS = 35
DEALS = 8_800
MOST_GROWTH = 12  # times as long for ten times as many


def add_import(table: Table, folder: Path) -> None:
    """Two rows, each from the files to the commit. Wrong is growth with the square."""
    few, many = _seconds(folder, DEALS), _seconds(folder, 10 * DEALS)
    table.add(f"Import of {DEALS:,} deals", few, 15, 5, unit="s")
    growth = f"{many / few:.1f} x as long for 10 x as many"
    table.add(f"Import of {10 * DEALS:,} deals", many, 45, 23, unit="s", rest=growth)
    if many > MOST_GROWTH * few:
        table.wrong.append(f"the import takes {growth}")


def _seconds(folder: Path, deals: int) -> float:
    """How long so many take, into an organization of their own on a new connection."""
    folder = folder / f"crm-{deals}"
    folder.mkdir()
    arguments, name = write_export(folder, deals), f"Bench import of {deals}"
    connection.close()
    began = time.perf_counter()
    with open(os.devnull, "w") as nowhere:
        call_command("import_deals", *arguments, organization=name, stdout=nowhere)
    return time.perf_counter() - began


def write_export(folder: Path, deals: int) -> list[str]:
    """Four files in `folder`; answers with the command's arguments."""
    chance = Random(deals)
    sellers = [f"Seller Number {n:02}" for n in range(SELLERS)]
    accounts = [f"Account {n:02}" for n in range(85)]
    _write(
        folder / "teams.csv",
        ["sales_agent", "manager", "regional_office"],
        [
            (s, f"Manager {n % MANAGERS}", f"Office {n % 3}")
            for n, s in enumerate(sellers)
        ],
    )
    _write(
        folder / "products.csv",
        ["product", "series", "sales_price"],
        [(name, "A", price) for name, price in PRODUCTS.items()],
    )
    _write(
        folder / "accounts.csv",
        [
            *("account", "sector", "year_established", "revenue"),
            *("employees", "office_location", "subsidiary_of"),
        ],
        [(name, "retail", 1999, 100, 50, "", "") for name in accounts],
    )
    rows = []
    for number in range(deals):
        product = chance.choice(list(PRODUCTS))
        stage = chance.choice(["Won"] * 5 + ["Lost"] * 3 + ["Engaging", "Prospecting"])
        opened = date(2016, 10, 20) + timedelta(days=chance.randrange(300))
        closed = opened + timedelta(days=chance.randrange(5, 130))
        over = stage in {"Won", "Lost"}
        rows.append(
            (
                f"D{number:06}",
                chance.choice(sellers),
                product,
                chance.choice(accounts),
                stage,
                "" if stage == "Prospecting" else opened,
                closed if over else "",
                {"Won": PRODUCTS[product], "Lost": 0}.get(stage, ""),
            )
        )
    header = ["opportunity_id", "sales_agent", "product", "account", "deal_stage"]
    header += ["engage_date", "close_date", "close_value"]
    _write(folder / "pipeline.csv", header, rows)
    return [
        str(folder / "pipeline.csv"),
        *("--teams", str(folder / "teams.csv")),
        *("--products", str(folder / "products.csv")),
        *("--accounts", str(folder / "accounts.csv")),
    ]


def _write(path: Path, header, rows):
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
