"""`make bench`: the budgets of the hot paths, and what they cost today.

H is the median of a hello-world Django view under the same server, asked in turn with
the path, so that a busy machine slows both. Only ratios to H, query counts and CPU a
request mean anything. The run fails on a wrong answer, on a query too many and on
growth with size; past its budget a row says OVER.
"""

import atexit
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

FOLDER = Path(tempfile.mkdtemp(prefix="second-wind-bench-"))
# Registered first, so called last: the database in it ends before.
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "recovery.settings",
    "DATA_DIR": str(FOLDER),
    "DATABASE_URL": "",
    "REDIS_URL": "",
    "EMAIL_URL": "",
    "SITE_URL": "http://127.0.0.1",
    "DEBUG": "0",
}

import django  # noqa: E402 - the settings must be in place first

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.crm_file import write_export  # noqa: E402
from benchmarks.seed import team_of  # noqa: E402
from benchmarks.server import serving  # noqa: E402

ROUNDS, WARM_UP = 120, 15
MOST_GROWTH = 1.2


@dataclass
class Row:
    """A page with its budget, in H, and the people and words it must show."""

    name: str
    url: str
    cookie: str
    must: int
    aim: int
    most_queries: int
    shows: list[str]
    queries: int = 0
    cost: float = 0.0  # in H
    cpu: float = 0.0  # milliseconds a request


def signed_in(person) -> tuple[Client, str]:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return client, f"{settings.SESSION_COOKIE_NAME}={key}"


def team_boards(today, at) -> list[Row]:
    rows = []
    for size, must, aim in ((8, 20, 15), (100, 28, 20)):
        client, cookie = signed_in(team_of(size, today=today, at=at))
        name = f"Team board, {size} reps x 13 weeks"
        shown = min(size, 50)
        row = Row(name, "/team/", cookie, must, aim, 12, ["Person Number"] * shown)
        client.get(row.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(row.url)
        row.queries = len(queries)
        rows.append(row)
    return rows


def check(row: Row, status: int, body: bytes):
    """A fast redirect is not a board."""
    text = body.decode()
    found = text.count(f">{row.shows[0]}")
    if status != 200 or found < len(row.shows):
        sys.exit(f"{row.name}: {status}, with {found} of {len(row.shows)} people")


def measure(rows: list[Row]) -> float:
    """Fill in what each row costs; answers with H in milliseconds."""
    floor, costs = [], {row.name: [] for row in rows}
    with serving("benchmarks.hello") as hello, serving("recovery.wsgi") as app:
        for turn in range(ROUNDS + WARM_UP):
            for row in rows:
                base, _, _ = hello.get("/")
                cost, status, body = app.get(row.url, row.cookie)
                check(row, status, body)
                if turn >= WARM_UP:
                    floor.append(base)
                    costs[row.name].append(cost)
        for row in rows:
            before = app.cpu_ms()
            for _ in range(ROUNDS):
                app.get(row.url, row.cookie)
            row.cpu = (app.cpu_ms() - before) / ROUNDS
            row.cost = median(costs[row.name]) / median(floor)
    return median(floor)


def imported(deals: int) -> float:
    """Seconds for so many deals, from the files to the commit."""
    folder = FOLDER / "crm"
    folder.mkdir()
    arguments = write_export(folder, deals)
    began = time.perf_counter()
    with open(os.devnull, "w") as nowhere:
        call_command(
            "import_deals", *arguments, organization="Bench import", stdout=nowhere
        )
    return time.perf_counter() - began


def main() -> int:
    say = sys.stdout.write
    call_command("migrate", database="owner", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    now = timezone.now()
    rows = team_boards(now.date(), now)
    floor = measure(rows)
    seconds = imported(8_800)

    say(f"H = {floor:.2f} ms, a hello-world Django view under the same server\n\n")
    say(f"{'path':<34}{'cost':>8}{'must':>8}{'aim':>7}{'queries':>9}{'CPU':>10}\n")
    for row in rows:
        over = "  OVER" if row.cost > row.must else ""
        say(
            f"{row.name:<34}{row.cost:>6.1f} H{row.must:>6} H{row.aim:>5} H"
            f"{row.queries:>5}/{row.most_queries}{row.cpu:>7.1f} ms{over}\n"
        )
    over = "  OVER" if seconds > 15 else ""
    say(f"{'Import of 8,800 deals':<34}{seconds:>6.1f} s{15:>6} s{5:>5} s{over}\n")

    wrong = [
        f"{r.name}: {r.queries} queries" for r in rows if r.queries > r.most_queries
    ]
    small, large = rows
    if large.queries != small.queries:
        wrong.append("the team board's queries grow with the team")
    for line in wrong:
        say(f"WRONG: {line}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
