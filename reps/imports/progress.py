"""How far a job is, said while it is at it; and whether somebody asked it to stop.

What the job itself writes nobody sees before its end, so this goes over a connection of
its own: that of a thread, which Django opens for each.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from django.db import DatabaseError, connections
from django.utils import timezone

from reps.models import ImportProgress

EVERY = 0.5  # seconds
ROWS = 200  # worked on between two looks whether to stop

logger = logging.getLogger(__name__)
Row = TypeVar("Row")


class Stopped(Exception):
    """Somebody asked the job to stop; it ends here, and keeps nothing."""


class ProgressWriter:
    """In use as a context: `tries` is then the how many-th try at this job it is."""

    def __init__(self, progress: ImportProgress):
        self.progress = progress
        self.tries = 0
        self.doing, self.done, self.of = "", 0, 0
        self._began, self._ended = threading.Event(), threading.Event()
        self._stop_asked = threading.Event()
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._write, name="import-progress")

    def __enter__(self) -> "ProgressWriter":
        self._thread.start()
        self._began.wait()
        if self._failed:
            raise self._failed
        return self

    def __exit__(self, *exception):
        self._ended.set()
        self._thread.join()

    def begin(self, doing: ImportProgress.Doing, of: int = 0):
        """The next part of the job. Raises `Stopped`."""
        self.doing, self.done, self.of = doing, 0, of
        self.check()

    def check(self):
        """Raise `Stopped` if somebody asked for it."""
        if self._stop_asked.is_set():
            raise Stopped

    def rows(self, rows: Sequence[Row]) -> Iterator[Row]:
        """One after the other, counted. Raises `Stopped` between two of them."""
        self.begin(ImportProgress.Doing.PLACING, len(rows))
        return self.counted(rows)

    def counted(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same where nobody knows how many there are."""
        for number, row in enumerate(rows):
            if not number % ROWS:
                self.done = number
                self.check()
            yield row

    def _write(self):
        try:
            try:
                self.tries = self.progress.count_try(timezone.now())
            except BaseException as error:
                self._failed = error
                return
            finally:
                self._began.set()
            while not self._ended.wait(EVERY):
                self._try(self._say)
            self._try(self._say)
        finally:
            connections.close_all()

    def _say(self):
        self.progress.say(self.doing, self.done, self.of, at=timezone.now())
        if self.progress.is_asked_to_stop():
            self._stop_asked.set()

    def _try(self, say: Callable[[], None]):
        """The job goes on where nobody can be told of it."""
        try:
            say()
        except DatabaseError:
            logger.warning("The progress of an import is not written", exc_info=True)
