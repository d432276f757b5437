"""Fifty people who log their week at once, as a process of its own.

Its journal has the key of every tap that PostgreSQL said was committed.
"""

import os
import signal
import sys
import time
from datetime import date
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

import django

django.setup()

from django.db import (  # noqa: E402 - Django has to be set up first
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)
from django.utils import timezone  # noqa: E402

from reps.domain.quarter import ONE_WEEK  # noqa: E402
from reps.models import ActivityEntry, ActivityKind, Rep  # noqa: E402

MONDAY = date(2026, 11, 9)
WEEKS = 100  # a week of many taps is slow to add to
REST = 0.02  # seconds; the machine has others to run


def keep_logging(rep: Rep, kind: ActivityKind, journal: int, told_to_stop: Event):
    """Tap after tap, each in a transaction of its own; noted once it is committed."""
    taps = 0
    while not told_to_stop.is_set():
        key = uuid4()
        try:
            with transaction.atomic():
                ActivityEntry.objects.log(
                    rep=Rep.objects.locked().get(pk=rep.pk),
                    kind=kind,
                    week=MONDAY - taps % WEEKS * ONE_WEEK,
                    change=1,
                    key=key,
                    by=rep.user,
                    at=timezone.now(),
                )
        except (InterfaceError, OperationalError):
            connection.close()  # PostgreSQL was stopped: whether it is there is open
        else:
            os.write(journal, f"{key}\n".encode())
            taps += 1
        time.sleep(REST)
    connection.close()


def main(path: str) -> None:
    told_to_stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: told_to_stop.set())
    journal = os.open(Path(path), os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    kind = ActivityKind.objects.filter(is_leading=True).get()
    reps = Rep.objects.select_related("user")
    facts = [(rep, kind, journal, told_to_stop) for rep in reps]
    connection.close()
    threads = [Thread(target=keep_logging, args=each) for each in facts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(sys.argv[1])
