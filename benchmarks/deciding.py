"""Deciding who is owed a nudge, for a hundred thousand people at once.

As a process of its own each time, so that what it takes of memory can be read off: for
ten times as many people it must be the same.
"""

import json
import re
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import django
from django.apps import apps

if not apps.ready:  # as a process of its own
    django.setup()

from django.db.models import Count

from benchmarks.seed import (
    analyze,
    forget_everybody,
    people_of,
    restless,
)
from benchmarks.server import ROOT
from benchmarks.table import Table
from plans.models import CheckIn, Nudge
from plans.models.nudge import Missing
from plans.tasks import decide_nudges
from reps.domain.quarter import ONE_WEEK
from reps.domain.work_week import monday_on_or_before
from reps.models import Rep

FEW, MANY = 10_000, 100_000
MOST_GROWTH = 1.3
# An organization for each, whose people live in all of them: on one clock all year.
CLOCKS = [
    ["America/New_York", "America/Toronto", "America/Detroit"],
    ["America/Los_Angeles", "America/Vancouver", "America/Tijuana"],
    ["America/Sao_Paulo", "America/Bahia"],
    ["Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Warsaw"],
    ["Africa/Nairobi", "Asia/Riyadh"],
    ["Asia/Kolkata", "Asia/Colombo"],
    ["Asia/Tokyo", "Asia/Seoul"],
    ["Australia/Sydney", "Australia/Melbourne"],
]
BY_DAY = range(3, 21)  # of whose hours a minute ago was no other week
A_MINUTE = timedelta(minutes=1)


def add_deciding(table: Table, now: datetime) -> None:
    """Its row. Wrong are a row too many or missing, and memory that grows."""
    forget_everybody()
    clocks = [zones for zones in CLOCKS if _hour(now, zones[0]) in BY_DAY]
    places = [(_asked_a_minute_ago(zones[0], now), zones) for zones in clocks]
    few, many = (_decided(places, people, now, table) for people in (FEW, MANY))
    growth = many["peak"] / few["peak"]
    memory = f"{many['peak'] / 1024:.0f} MB, {growth:.2f} x those for {FEW:,}"
    rest = f"{memory}; {many['cpu']:.1f} s CPU without PostgreSQL's"
    name = f"Deciding who is owed a nudge, {MANY:,}"
    table.add(name, many["seconds"], 20, 8, unit="s", rest=rest)
    if growth > MOST_GROWTH:
        table.wrong.append("deciding takes more memory for more people")


def _hour(now: datetime, zone: str) -> int:
    return now.astimezone(ZoneInfo(zone)).hour


def _asked_a_minute_ago(zone: str, now: datetime):
    local = (now - A_MINUTE).astimezone(ZoneInfo(zone))
    return restless(
        f"Where it is as in {zone}",
        today=local.date(),
        time_zone=zone,
        check_in_day=local.isoweekday(),
        check_in_at=local.time().replace(microsecond=0),
    )


def _decided(places, people: int, now: datetime, table: Table) -> dict:
    """Seconds and peak of deciding for so many, those before among them."""
    Nudge.objects.filter(state=Nudge.State.OWED).delete()
    missing = people - Rep.objects.count()
    for place, (organization, zones) in enumerate(places):
        count = missing // len(places) + (place < missing % len(places))
        _hire(organization, count, zones, now)
    analyze()
    command = [sys.executable, "-m", "benchmarks.deciding"]
    said = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    made = Nudge.objects.filter(state=Nudge.State.OWED)
    of_each = made.values("person").annotate(rows=Count("pk"))
    once = of_each.filter(rows=1).count()
    if not made.count() == once == people:
        table.wrong.append(f"{made.count()} rows for {once} of {people} people")
    return json.loads(said.stdout)


def _hire(organization, count: int, zones: list[str], now: datetime) -> None:
    """People with a past: they were asked last week, and have checked in."""
    reps = people_of(organization, count, zones=zones)
    week = monday_on_or_before(now.astimezone(organization.zone).date()) - ONE_WEEK
    at = now - A_MINUTE - ONE_WEEK
    asked = Missing(
        organization.pk, Nudge.Kind.CHECK_IN, week, at, Nudge.State.SENT, why=""
    )
    Nudge.objects.make((asked, rep.user_id) for rep in reps)
    of = {"organization": organization, "week": week, "checked_in_at": at}
    CheckIn.objects.bulk_create(
        (CheckIn(**of, rep=rep, checked_in_by_id=rep.user_id) for rep in reps),
        batch_size=10_000,
    )


def main() -> None:
    began, used = time.perf_counter(), time.process_time()
    decide_nudges()
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    # Not getrusage: that counts the moment before `exec`, and so our parent's memory.
    status = Path("/proc/self/status").read_text()
    peak = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])
    sys.stdout.write(json.dumps({"seconds": seconds, "cpu": cpu, "peak": peak}))


if __name__ == "__main__":
    main()
