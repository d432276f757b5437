"""Celery's worker and beat as threads of the web process, on a broker in its memory.

For one office on one machine. The broker forgets when the process ends; that loses
nothing, because what is due is a row in PostgreSQL and every task finds its own rows.
"""

import threading

from celery.beat import EmbeddedService, Scheduler

from recovery.celery import app

THREADS = 2


class Clock:
    """Started in the process that serves; a fork would not take the threads along."""

    def __init__(self) -> None:
        self.worker = app.WorkController(
            pool="threads",
            concurrency=THREADS,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        # The plain scheduler: the usual one keeps a file, to make up for missed runs.
        self.beat = EmbeddedService(app, thread=True, scheduler_cls=Scheduler)

    def start(self) -> None:
        threading.Thread(target=self.worker.start, name="worker", daemon=True).start()
        self.beat.start()
        self.sweep()

    def sweep(self) -> None:
        """Run everything once: it may have become due while nothing was running."""
        for line in app.conf.beat_schedule.values():
            app.send_task(line["task"])

    def stop(self) -> None:
        """Let running tasks finish.

        What had not begun is due at the next start. The threads are not waited for:
        they look up once a second, and have nothing left to do.
        """
        self.beat.service.stop()
        self.worker.stop()
