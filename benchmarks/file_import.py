"""A file of deals through the browser's path: kept in pieces, looked at, brought in."""

import csv
import io
import os
import time
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from django.db import connections
from django.utils import timezone

from benchmarks.table import Table
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


def add_file_import(table: Table) -> None:
    """A look, the import itself, and all of it taken back.

    Of few rows and of as many as a file may have.
    """
    for rows, must_come, must_go in ((8_800, 15, 10), (200_000, 300, 60)):
        brought = _ready(rows)
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
            table.add(
                f"{words} {rows:,} rows", seconds, must, must / 3, unit="s", rest=rest
            )
            if memory > MOST_MEMORY:
                table.wrong.append(f"{words} {rows:,} rows takes {memory:.0f} MB")
        brought.refresh_from_db()
        if brought.result.get("added") != rows:
            table.wrong.append(f"{brought.result.get('added')} of {rows:,} came in")
        gone = brought.result.get("taken_back", {}).get("gone", {}).get("deal")
        if gone != rows:
            table.wrong.append(f"{gone} of {rows:,} were taken back")


def _ready(rows: int) -> FileImport:
    """A file that an organization's admin brought, its columns agreed to."""
    office = Organization.objects.create(name=f"Bench file of {rows}")
    team = Team.objects.create(organization=office, name="West")
    segment = Segment.objects.default_of(office)
    for number in range(SELLERS):
        Rep.objects.create(
            organization=office, name=_seller(number), team=team, segment=segment
        )
    for order, name in enumerate(("Prospecting", "Engaging"), start=1):
        Stage.objects.create(organization=office, name=name, order=order, weight=0)
    ada = User.objects.create_user(
        f"ada@{rows}.example", name="Ada", organization=office, is_admin=True
    )
    brought = FilePiece.objects.keep(
        _file(rows), by=ada, kind="deals", name="deals.csv", at=timezone.now()
    )
    FileImport.objects.filter(pk=brought.pk).update(columns_agreed=True)
    return brought


def _seller(number: int) -> str:
    return f"Seller Number {number:02}"


def _file(rows: int) -> Iterator[bytes]:
    """As HubSpot writes it, with columns that nobody asked for."""
    chance = Random(rows)
    today = timezone.now().date()
    yield _line(HEADER)
    for number in range(rows):
        opened = today - timedelta(days=chance.randrange(60, 900))
        stage = chance.choice(
            ["Closed Won"] * 5 + ["Closed Lost"] * 3 + ["Engaging", "Prospecting"]
        )
        closes = min(opened + timedelta(days=chance.randrange(5, 130)), today)
        yield _line(
            [
                10_000_000 + number,
                f"Pilot {number}",
                stage,
                f"{closes} 10:00",
                _seller(chance.randrange(SELLERS)),
                f"${chance.randrange(500, 90_000):,}.50",
                f"{opened} 09:00",
                f"Account {chance.randrange(2_000):04}",
                "newbusiness",
                chance.choice(["low", "medium", "high"]),
                "",
                date.isoformat(closes),
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
