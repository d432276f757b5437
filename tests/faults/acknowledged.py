"""PostgreSQL stopped hard under writers: what it said is committed must be there."""

import os
import signal
import subprocess
import sys
import time

from django.db import connections

from tests.faults import people
from tests.faults.ledger import Balance, Finding
from tests.faults.rig import Rig
from tests.faults.workers import ROOT

WRITERS = 50
UP_TO = 1  # second more until the next stop, at random
PATIENCE = 30  # seconds


def writers(rig: Rig) -> Finding:
    """In the table a committed tap counts as owed, and one that is there as sent."""
    rig.begin()
    rig.hire(people.addresses(WRITERS, "writer"))
    journal = rig.folder / "committed"
    journal.write_text("")

    def committed() -> list[str]:
        return journal.read_text().split()

    def wait_for_more() -> None:
        enough = len(committed()) + WRITERS
        rig.wait_for(lambda: len(committed()) >= enough, what="writers to go on")

    with (rig.folder / "writers.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.writers", str(journal)],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": rig.database.url},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        for _ in range(rig.stops):
            wait_for_more()
            time.sleep(rig.chance.uniform(0, UP_TO))
            rig.database.stop_hard()
        wait_for_more()
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait()

    connections.close_all()  # they were of the server that was stopped
    there = people.keys_logged()
    said = committed()
    present = sum(key in there for key in said)
    balance = Balance(owed=len(said), sent=present, lost=len(said) - present)
    return rig.finding(
        f"{WRITERS} writers, {rig.stops} hard stops",
        balance=balance,
        note=f"{len(there) - present} more are there, unheard of",
    )
