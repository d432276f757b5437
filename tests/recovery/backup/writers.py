"""Eight people who log their week and move their deals, as a process of its own.

Each line it prints is the key of a tap, or the number of a move, that PostgreSQL said
was committed.
"""

import signal
from datetime import date
from itertools import count
from threading import Event, Lock, Thread
from uuid import uuid4

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - after Django is set up
from django.utils import timezone  # noqa: E402

from reps.models import ActivityEntry, ActivityKind, Rep  # noqa: E402
from reps.models.stage import Stage  # noqa: E402

MONDAY = date(2026, 11, 9)
told_to_stop = Event()
turn = Lock()


def say(line: str) -> None:
    with turn:
        print(line, flush=True)  # noqa: T201


def work(rep: Rep, kind: ActivityKind) -> None:
    deal = rep.deals.still_open().first()
    stages = list(Stage.objects.filter(organization=rep.organization).in_order())
    for turns in count():
        if told_to_stop.is_set():
            break
        now = timezone.now()
        facts = {"by": rep.user, "at": now}
        key = uuid4()
        with transaction.atomic():
            locked = Rep.objects.locked().get(pk=rep.pk)
            tap = {"kind": kind, "week": MONDAY, "change": 1, "key": key}
            ActivityEntry.objects.log(rep=locked, **tap, **facts)
        say(f"tap {key}")
        if deal:
            there = stages[turns % 2 + 1]
            with transaction.atomic():
                deal.move_to(there, on=now.date(), reason="back and forth", **facts)
            say(f"move {deal.pk} {there.pk}")
    connection.close()


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: told_to_stop.set())
    kind = ActivityKind.objects.filter(is_leading=True).get()
    people = list(Rep.objects.select_related("user", "organization"))
    connection.close()
    threads = [Thread(target=work, args=(rep, kind)) for rep in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
