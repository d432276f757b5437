"""Files through the browser's path: kept in pieces, looked at, brought in."""

import csv
import io
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from django.db import connections
from django.utils import timezone
from openpyxl import Workbook

from benchmarks.table import Table
from reps.create_organization import add_starting_activities
from reps.imports.jobs import do_next_job
from reps.models import (
    FileImport,
    FilePiece,
    Organization,
    Rep,
    Segment,
    Stage,
    Team,
    User,
)

SELLERS = 35
MOST_MEMORY = 400  # MB, of the worker
HEADER = [
    *("Record ID", "Deal Name", "Deal Stage", "Close Date", "Deal owner", "Amount"),
    *("Create Date", "Associated Company", "Deal Type", "Priority", "Campaign"),
    "Last Activity Date",
]


LOG = ["Activity ID", "Assigned", "Date", "Type", "Subject", "Status", "Company"]
CALLS = ["Calls to new customers", "Demos held", "Discovery meetings", "Follow-ups"]


def add_file_import(table: Table) -> None:
    """A look, the import itself, and all of it taken back.

    Of few rows and of as many as a file may have.
    """
    for kind, rows, must_come, must_go, written in (
        ("deals", 8_800, 15, 10, _text),
        ("deals", 200_000, 300, 60, _text),
        ("activity", 200_000, 120, 60, _log),
    ):
        brought = _ready(kind, rows, f"{kind}.csv", written)
        jobs = (
            ("read", "Look at", must_come),
            ("bring_in", "Bring in", must_come),
            ("take_back", "Take back", must_go),
        )
        for job, words, must in jobs:
            asked = FileImport.objects.filter(pk=brought.pk)
            asked.update(job=job, taken_back_by=brought.by)
            seconds, memory = _in_a_worker()
            rest = f"{memory:.0f} MB at most"
            what = f"{words} {rows:,} {'rows' if kind == 'deals' else 'calls'}"
            table.add(what, seconds, must, must / 3, unit="s", rest=rest)
            if memory > MOST_MEMORY:
                table.wrong.append(f"{what} takes {memory:.0f} MB")
        brought.refresh_from_db()
        if kind == "deals" and brought.result.get("added") != rows:
            table.wrong.append(f"{brought.result.get('added')} of {rows:,} came in")
        gone = brought.result.get("taken_back", {}).get("gone", {}).get("deal")
        if kind == "deals" and gone != rows:
            table.wrong.append(f"{gone} of {rows:,} were taken back")
    _add_workbook(table, 200_000, 360)


def _add_workbook(table: Table, rows: int, must: int) -> None:
    """The same look, at a workbook: it is unpacked once, to disk."""
    _ready("deals", rows, "deals.xlsx", _workbook)
    seconds, memory = _in_a_worker()
    words, rest = f"Look at {rows:,} rows of a workbook", f"{memory:.0f} MB at most"
    table.add(words, seconds, must, must / 3, unit="s", rest=rest)
    if memory > MOST_MEMORY:
        table.wrong.append(f"{words} takes {memory:.0f} MB")


def _ready(kind: str, rows: int, name: str, written: Callable) -> FileImport:
    """A file that an organization's admin brought, its columns agreed to."""
    office = Organization.objects.create(name=f"Bench {name} of {rows}")
    team = Team.objects.create(organization=office, name="West")
    segment = Segment.objects.default_of(office)
    for number in range(SELLERS):
        Rep.objects.create(
            organization=office, name=_seller(number), team=team, segment=segment
        )
    for order, name in enumerate(("Prospecting", "Engaging"), start=1):
        Stage.objects.create(organization=office, name=name, order=order, weight=0)
    add_starting_activities(office)
    ada = User.objects.create_user(
        f"ada@{name}.{rows}.example", name="Ada", organization=office, is_admin=True
    )
    brought = FilePiece.objects.keep(
        written(rows), by=ada, kind=kind, name=name, at=timezone.now()
    )
    FileImport.objects.filter(pk=brought.pk).update(columns_agreed=True)
    return brought


def _seller(number: int) -> str:
    return f"Seller Number {number:02}"


def _rows(rows: int) -> Iterator[list]:
    """As HubSpot writes it, with columns that nobody asked for."""
    chance = Random(rows)
    today = timezone.now().date()
    yield HEADER
    for number in range(rows):
        opened = today - timedelta(days=chance.randrange(60, 900))
        stage = chance.choice(
            ["Closed Won"] * 5 + ["Closed Lost"] * 3 + ["Engaging", "Prospecting"]
        )
        closes = min(opened + timedelta(days=chance.randrange(5, 130)), today)
        yield [
            10_000_000 + number,
            f"Pilot {number}",
            stage,
            closes,
            _seller(chance.randrange(SELLERS)),
            chance.randrange(500, 90_000) + 0.5,
            opened,
            f"Account {chance.randrange(2_000):04}",
            "newbusiness",
            chance.choice(["low", "medium", "high"]),
            "",
            date.isoformat(closes),
        ]


def _text(number: int) -> Iterator[bytes]:
    """Days with an hour, and amounts as one sees them."""
    rows = _rows(number)
    yield _line(next(rows))
    for key, title, stage, closes, owner, amount, opened, *rest in rows:
        days = f"{closes} 10:00", f"{opened} 09:00"
        money = f"${amount:,.2f}"
        yield _line([key, title, stage, days[0], owner, money, days[1], *rest])


def _workbook(number: int) -> Iterator[bytes]:
    """The same with their types, as Excel has them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Deals")
    for row in _rows(number):
        sheet.append(row)
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(1024 * 1024):
            yield piece


def _log(rows: int) -> Iterator[bytes]:
    """Two years of what everybody did, as Salesforce writes it."""
    chance = Random(rows)
    today = timezone.now().date()
    yield _line(LOG)
    for number in range(rows):
        day = today - timedelta(days=chance.randrange(730))
        yield _line(
            [
                f"00T{number:015}",
                _seller(chance.randrange(SELLERS)),
                f"{day} 10:{number % 60:02}",
                chance.choice(CALLS),
                f"Call no. {number}",
                "Completed",
                f"Account {chance.randrange(2_000):04}",
            ]
        )


def _line(cells) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


def _in_a_worker() -> tuple[float, float]:
    """Do the next job in a process of its own: its seconds, and its most MB."""
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            for inherited in connections.all(initialized_only=True):
                inherited.connection = None  # the parent's, and not ours to close
            do_next_job()
        finally:
            os._exit(0)
    _pid, _status, used = os.wait4(child, 0)
    return time.perf_counter() - began, used.ru_maxrss / 1024
