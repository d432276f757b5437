"""Nudges through the outbox, against the same letters over a connection a process.

Both sides have two processes and one mail server, which answers at once, and take
turns, so that a busy machine slows both. The letters of the floor are those that the
product wrote, ready but for the MIME, which either side builds as it sends.
"""

import json
import os
import shutil
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median

from django.core import mail
from django.db.models import Max
from django.test.utils import override_settings
from django.utils import timezone

from benchmarks.seed import (
    analyze,
    forget_everybody,
    log_weeks,
    people_of,
    restless,
    sign_plans,
)
from benchmarks.server import PATIENCE, ROOT, free_port
from benchmarks.table import Table
from plans.models import Nudge
from plans.models.nudge import Missing
from plans.tasks import deliver_nudges
from recovery.celery import app
from reps.domain.work_week import monday_on_or_before
from tests.faults.servers import Redis

NUDGES, PROCESSES = 1_000, 2
NAME = f"Nudges through the outbox, {PROCESSES} processes"
TURNS = 7  # and one before them that is not counted
TIME_ENOUGH = 120  # seconds for all of them
WORKER = ["worker", f"--concurrency={PROCESSES}", "--without-gossip"]
WORKER += ["--without-mingle", "--hostname=bench@localhost"]
OWED, SENDING = Nudge.State.OWED, Nudge.State.SENDING


def add_outbox(table: Table, folder: Path, now: datetime) -> None:
    """The row of the nudges. Wrong is a letter that did not arrive, or not once."""
    if shutil.which("redis-server") is None:
        table.say(f"{NAME}: not measured, redis-server is not installed")
        return
    owe_nudges(now)
    parts = floors_parts(folder)
    floors, rates = [], []
    with ExitStack() as stack:
        redis = stack.enter_context(Redis(folder, free_port()))
        server = stack.enter_context(mail_server())
        environment = os.environ | {
            "REDIS_URL": redis.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{server}",
        }
        stack.enter_context(workers(folder, environment))
        senders = [stack.enter_context(sender(part, environment)) for part in parts]
        for _ in range(TURNS + 1):
            floors.append(over_one_connection(senders))
            rates.append(through_the_outbox(redis.url))
        arrived = letters_taken(server)
    floor, rate = median(floors[1:]), median(rates[1:])
    rest = f"{rate:.0f} of {floor:.0f} letters a second"
    share = 100 * rate / floor
    table.add(NAME, share, 60, 80, unit="%", rest=rest, at_least=True, digits=0)
    sent = Nudge.objects.filter(state=Nudge.State.SENT, attempts=1).count()
    if sent != NUDGES:
        table.wrong.append(f"{sent} of {NUDGES} nudges were sent at the first try")
    if arrived != (expected := 2 * NUDGES * (TURNS + 1)):
        table.wrong.append(f"{arrived} letters arrived, not {expected}")


def owe_nudges(now: datetime) -> None:
    """To reps who have logged their weeks, half of them with a plan; all are due."""
    forget_everybody()
    organization = restless("Outbox", today=now.date())
    reps = people_of(organization, NUDGES)
    manager = reps[0].team.manager
    log_weeks(reps, manager, now)
    sign_plans(reps[::2], manager, now)
    week = monday_on_or_before(now.date())
    owed = Missing(organization.pk, Nudge.Kind.CHECK_IN, week, now, OWED, why="")
    Nudge.objects.make((owed, rep.user_id) for rep in reps)
    analyze()


def floors_parts(folder: Path) -> list[Path]:
    """The letters as the product writes them, a file of them for each process."""
    backend = "django.core.mail.backends.locmem.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, KEEP_LETTERS=False):
        mail.outbox = []
        deliver_nudges()
    letters = [
        {
            "facts": {
                "subject": letter.subject,
                "body": letter.body,
                "to": letter.to,
                "headers": letter.extra_headers,
            },
            "page": letter.alternatives[0].content,
        }
        for letter in mail.outbox
    ]
    paths = [folder / f"letters-{number}" for number in range(PROCESSES)]
    for number, path in enumerate(paths):
        path.write_text(json.dumps(letters[number::PROCESSES]))
    return paths


def over_one_connection(senders: list[subprocess.Popen]) -> float:
    """Letters a second, from the word until the last has said that all are sent."""
    began = time.perf_counter()
    for sender in senders:
        sender.stdin.write("send\n")
        sender.stdin.flush()
    for sender in senders:
        if not sender.stdout.readline():
            sys.exit("A sender of the floor has ended")
    return NUDGES / (time.perf_counter() - began)


def through_the_outbox(redis: str) -> float:
    """Letters a second, from the hurry until the last row says that it is sent."""
    Nudge.objects.owe_again(at=timezone.now())
    began = timezone.now()
    with app.connection_for_write(redis) as broker:
        for _ in range(PROCESSES):
            deliver_nudges.apply_async(connection=broker)
    until = time.monotonic() + TIME_ENOUGH
    while Nudge.objects.filter(state__in=[OWED, SENDING]).exists():
        if time.monotonic() > until:
            sys.exit(f"The workers do not send: {Nudge.objects.count_by_state()}")
        time.sleep(0.1)
    ended = Nudge.objects.aggregate(last=Max("sent_at"))["last"]
    return NUDGES / (ended - began).total_seconds()


@contextmanager
def mail_server() -> Iterator[int]:
    """Its port, once it answers."""
    port = free_port()
    with process("benchmarks.mail_server", str(port)):
        until = time.monotonic() + PATIENCE
        while True:
            try:
                letters_taken(port)
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
        yield port


def letters_taken(port: int) -> int:
    with smtplib.SMTP("127.0.0.1", port, timeout=PATIENCE) as server:
        return int(server.verify("letters")[1])


@contextmanager
def sender(letters: Path, environment) -> Iterator[subprocess.Popen]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    command = ["benchmarks.one_connection", str(letters)]
    with process(*command, env=environment, **pipes) as running:
        yield running


@contextmanager
def workers(folder: Path, environment) -> Iterator[None]:
    """The product's own, as on servers: one worker with so many processes."""
    with (folder / "worker.log").open("wb") as log:
        command = ["celery", "--app=recovery", *WORKER]
        facts = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
        with process(*command, env=environment, **facts):
            yield


@contextmanager
def process(module: str, *arguments: str, **facts) -> Iterator[subprocess.Popen]:
    command = [sys.executable, "-m", module, *arguments]
    running = subprocess.Popen(command, cwd=ROOT, **facts)
    try:
        yield running
    finally:
        running.terminate()
        running.communicate(timeout=PATIENCE)
