"""What every fault is tried on: the servers, the sink, and a crew of workers."""

import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone

from reps.models import Organization, User
from tests.faults import people
from tests.faults.ledger import Balance, Finding
from tests.faults.servers import Database, Redis
from tests.faults.sink import Sink
from tests.faults.workers import Crew

WORKERS = ("a", "b")
DELIVER = "plans.tasks.deliver_nudges"
DECIDE = "plans.tasks.decide_nudges"
TO_BEGIN = 40  # seconds a crew has to start, or a dead worker's rows to be free again
PER_NUDGE = 0.1  # seconds more; five times what one takes
ERROR = re.compile(r"^\w[\w.]*(?:Error|Exception|DoesNotExist)\b.*", re.MULTILINE)


class NotInTime(Exception):
    """What a fault waits for does not happen."""


@dataclass
class Rig:
    """`nudges`, `kills` and `times` (that a server is) are how many a fault gets."""

    folder: Path
    database: Database
    redis: Redis
    sink: Sink
    nudges: int
    kills: int
    times: int
    stops: int  # of PostgreSQL under writers
    chance: Random = field(default_factory=Random)
    began: float = 0
    owed: list[str] = field(default_factory=list)  # by whom we count in the end
    organization: Organization | None = None

    def begin(self) -> None:
        """Nobody owed, nothing taken, an empty broker."""
        connections.close_all()  # PostgreSQL may have been stopped
        people.forget_everybody()
        self.redis.flush()
        self.sink.empty()
        self.organization = None
        self.owed = []
        self.began = time.monotonic()

    def hire(self, addresses: list[str]) -> list[User]:
        """These people more."""
        now = timezone.now()
        if self.organization is None:
            self.organization = people.organization("Faults", now=now)
        return people.reps(self.organization, addresses, now=now)

    def owe(self, number: int = 0, *, to: Sequence[str] = ()) -> None:
        """So many people more, or these, to each of whom a nudge is owed now."""
        names = [*to, *people.addresses(number, f"rep{len(self.owed)}-")]
        those = self.hire(names)
        now = timezone.now()
        week = people.this_week(self.organization, now)
        people.owe(those, week=week, due_at=now)
        self.owed += names

    @contextmanager
    def crew(
        self,
        *,
        beats: int = 1,
        tasks: str = DELIVER,
        claims: str = "in",
        patience: int = 3,
    ) -> Iterator[Crew]:
        """Two workers, and beats that come with these tasks.

        `patience` is how many seconds they wait for the mail server: less than a claim
        lasts, as in life.
        """
        facts = {
            "DATABASE_URL": self.database.url,
            "FAULTS_BEATS": tasks,
            "FAULTS_CLAIM": claims,
            "FAULTS_PATIENCE": str(patience),
            "CELERY_SKIP_CHECKS": "1",  # `migrate` has made them once for all
        }
        with Crew(self.folder, os.environ | facts) as crew:
            for _ in range(beats):
                crew.add_beat()
            for name in WORKERS:
                crew.add_worker(name)
            yield crew

    def wait_for(
        self, happened: Callable[[], bool], *, what: str, every: float = 0.05
    ) -> None:
        """Raises NotInTime."""
        until = time.monotonic() + TO_BEGIN + PER_NUDGE * len(self.owed)
        while time.monotonic() < until:
            try:
                if happened():
                    return
            except (InterfaceError, OperationalError):
                connections.close_all()  # PostgreSQL was stopped; the next connects
            time.sleep(every)
        raise NotInTime(f"waited for {what} in vain; {self.last_error()}")

    def last_error(self) -> str:
        """What a worker or beat said last of what went wrong."""
        logs = sorted(self.folder.glob("*.log"), key=lambda log: log.stat().st_mtime)
        errors = [
            f"{log.name} says {error}"
            for log in logs
            for error in ERROR.findall(log.read_text(errors="replace"))
        ]
        return errors[-1] if errors else "no log says why"

    def wait_for_letters(self, number: int) -> None:
        taken = self.sink.taken
        self.wait_for(
            lambda: len(taken) >= number, what=f"letter {number}", every=0.005
        )

    def wait_for_rows(self) -> None:
        """Until everybody who is owed one has a row."""
        number = len(self.owed)
        self.wait_for(lambda: people.asked() >= number, what=f"rows of {number}")

    def settle(self) -> None:
        """Until each is sent, skipped or dead. What is not in time counts as lost."""
        with suppress(NotInTime):
            self.wait_for(lambda: not people.unsettled(), what="the last letter")

    def finding(
        self, fault: str, *, balance: Balance | None = None, **facts
    ) -> Finding:
        connections.close_all()
        balance = balance or Balance.of(self.owed, people.rows(), self.sink.arrivals())
        seconds = time.monotonic() - self.began
        return Finding(fault, balance, seconds=seconds, **facts)
