"""`make faults`: what happens to the nudges when things die.

Each row is a fault, on real servers of the harness's own. Whom it owed a letter the
harness knows by itself: each of them is sent, skipped, dead or lost in the end. Nobody
may be lost, and how many are skipped and dead each fault says beforehand. The last two
rows are the negative controls: without the claim and without the unique key there must
be duplicates, or the other rows would not show any either.
"""

import argparse
import atexit
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


FOLDER = Path(tempfile.mkdtemp(prefix="second-wind-faults-"))
# Registered first, so called last: the database in it has ended by then.
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
REDIS_PORT, SINK_PORT = free_port(), free_port()
os.environ |= {
    "LOG_LEVEL": "WARNING",
    "DJANGO_SETTINGS_MODULE": "recovery.settings",
    "DATA_DIR": str(FOLDER),
    "DATABASE_URL": "",  # its own, in that folder; the workers get the address of it
    "REDIS_URL": f"redis://127.0.0.1:{REDIS_PORT}/0",
    "EMAIL_URL": f"smtp://127.0.0.1:{SINK_PORT}",
    "SECRET_KEY": "for the faults only",
    "SITE_URL": "http://127.0.0.1",
    "DEBUG": "0",
}

import django  # noqa: E402 - the settings must be in place first

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.faults import acknowledged, clock, kills, poison  # noqa: E402
from tests.faults.ledger import Balance, Finding  # noqa: E402
from tests.faults.rig import NotInTime, Rig  # noqa: E402
from tests.faults.servers import Database, Redis  # noqa: E402
from tests.faults.sink import Sink  # noqa: E402

FAULTS: dict[str, Callable[[Rig], Finding]] = {
    "workers": kills.workers_killed,
    "redis-flushed": kills.redis_flushed,
    "redis-killed": kills.redis_killed,
    "postgres": kills.postgres_stopped,
    "writers": acknowledged.writers,
    "beats": clock.three_beats,
    "no-beat": clock.no_beat_for_a_day,
    "poison": poison.poison_rows,
    "control": kills.claim_taken_out,
    "control-key": clock.unique_key_taken_out,
}
FIGURES = {
    "owed": "people the harness owed a letter: by its own list, not by the rows left",
    "sent": "of them, whose row says so and whose letter the mail server has",
    "skipped": "of them, whose row says that there was a reason not to write",
    "dead": "of them, whose row was given up after the last try",
    "lost": "the rest of them, with a row or without",
    "duplicated": "letters beyond a person's first",
    "in flight": "letters being sent at the kills, at most: so many may be duplicated",
}
WRITERS = "In the row of the writers it is taps: said to be committed, there, and lost."
HEAD = f"{'fault':<30}" + "".join(f"{name:>11}" for name in FIGURES)


@dataclass(frozen=True)
class Size:
    """How many of everything: `times` a server is killed, `stops` under writers."""

    nudges: int
    kills: int
    seeds: int
    times: int
    stops: int


FULL = Size(nudges=10_000, kills=50, seeds=5, times=20, stops=20)
SHORT = Size(nudges=500, kills=5, seeds=1, times=1, stops=3)


def main() -> int:
    options = asked_for()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    size = SHORT if options.short else FULL
    began = time.monotonic()
    with ExitStack() as stack:
        database = stack.enter_context(Database(FOLDER / "postgres"))
        rig = Rig(
            folder=FOLDER,
            database=database,
            redis=stack.enter_context(Redis(FOLDER, REDIS_PORT)),
            sink=stack.enter_context(Sink(FOLDER / "journal", SINK_PORT)),
            nudges=options.nudges or size.nudges,
            kills=options.kills or size.kills,
            times=size.times,
            stops=size.stops,
        )
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        say("\n".join(f"{name:<11}{means}" for name, means in FIGURES.items()))
        say(f"{WRITERS}\n\n{HEAD}   seconds")
        wrong = []
        for name in [options.only] if options.only else FAULTS:
            # The one that rests most on chance is tried from several beginnings.
            seeds = (options.seeds or size.seeds) if name == "workers" else 1
            for seed in range(1, seeds + 1):
                rig.chance = Random(seed)
                finding = outcome(name, rig)
                say(line(finding))
                wrong += finding.wrong()
    took = f"{time.monotonic() - began:.0f} s in all"
    if wrong:
        atexit.unregister(shutil.rmtree)
        say("\n".join([took, *wrong, f"What the processes said is in {FOLDER}."]))
        return 1
    say(f"{took}, every promise kept")
    return 0


def asked_for() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--short", action="store_true", help="in two minutes, for CI")
    parser.add_argument("--seeds", type=int)
    parser.add_argument("--nudges", type=int)
    parser.add_argument("--kills", type=int)
    parser.add_argument("--only", choices=FAULTS)
    return parser.parse_args()


def outcome(name: str, rig: Rig) -> Finding:
    try:
        return FAULTS[name](rig)
    except NotInTime as why:
        note = "broken off, nothing counted"
        return Finding(name, Balance(), note=note, complaints=[str(why)])


def line(finding: Finding) -> str:
    figures = asdict(finding.balance) | {"in flight": finding.in_flight}
    cells = "".join(f"{figures[name]:>11}" for name in FIGURES)
    return (
        f"{finding.fault:<30}{cells}{finding.seconds:>10.1f}   {finding.note}".rstrip()
    )


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
