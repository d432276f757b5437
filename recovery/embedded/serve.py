"""The all-in-one process: the web server, with a Celery worker and beat as its threads.

Gunicorn runs in this process and forks one worker, which has the threads. With
REDIS_URL set, the worker and beat are processes of their own and this is the web alone.
"""

import gc
import os
import shutil
import signal
import socket
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from recovery.embedded.clock import Clock
from recovery.embedded.data_folder import DataFolder
from recovery.embedded.os_user import CannotStart
from recovery.embedded.prepare_database import (
    bring_static_files_up_to_date,
    bring_tables_up_to_date,
)
from recovery.logs.gunicorn import GunicornLog

THREADS = 3  # each has a database connection of 11 MB


def serve(*, fill: Callable[[], None], say_it_runs: Callable[[], None]) -> None:
    """Serve until told to stop; ends with SystemExit, as gunicorn does.

    `fill` sees to the facts the first page needs, once there are tables. `say_it_runs`
    is called when the first request can be answered. Raises AlreadyRunning, and
    CannotStart with a sentence to print.
    """
    workers = web_workers()
    data_folder = DataFolder(settings.DATA_DIR)
    data_folder.take(settings.SITE_URL)
    listener = listening_socket(settings.BIND_ADDRESS, settings.PORT)
    bring_tables_up_to_date()
    fill()
    bring_static_files_up_to_date()
    connections.close_all()  # a fork must not share them
    forget_the_last_runs_figures()
    WebServer(listener, workers, data_folder, say_it_runs).run()


def forget_the_last_runs_figures() -> None:
    """Prometheus knows what to make of counts that begin anew; files would pile up."""
    shutil.rmtree(settings.DATA_DIR / "metrics", ignore_errors=True)


def web_workers() -> int:
    """As many as WEB_CONCURRENCY says; only one can have the clock."""
    workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
    if workers > 1 and settings.EMBEDDED_WORKER:
        raise CannotStart(
            f"WEB_CONCURRENCY asks for {workers} web processes, but without REDIS_URL "
            "there is one, which has the worker and beat in it: set REDIS_URL and run "
            "those on their own, or leave WEB_CONCURRENCY at 1."
        )
    return workers


def listening_socket(address: str, port: int) -> socket.socket:
    try:
        return socket.create_server((address, port), backlog=256)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        raise CannotStart(
            f"Port {port} on {address} cannot be had ({why}): choose another one, such "
            f"as PORT={port + 1 if port < 65535 else 8001}."
        ) from error


class WebServer(BaseApplication):
    """Gunicorn with our settings: no file, variable or option of its own is read."""

    def __init__(
        self,
        listener: socket.socket,
        workers: int,
        data_folder: DataFolder,
        say_it_runs: Callable[[], None],
    ) -> None:
        self.data_folder = data_folder
        self.say_it_runs = say_it_runs
        self.clock: Clock | None = None
        self.choices = {
            "bind": f"fd://{listener.detach()}",
            "workers": workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": True,  # what is loaded before the fork is shared
            "loglevel": "warning",
            "logger_class": GunicornLog,
            "control_socket_disable": True,  # it would be in the home folder
            "post_worker_init": self.begin,
            "worker_exit": self.end,
        }
        super().__init__()

    def load_config(self) -> None:
        for name, choice in self.choices.items():
            self.cfg.set(name, choice)

    def load(self):
        application = get_wsgi_application()
        # With every view and form, or the first visitor would wait for them.
        import_module(settings.ROOT_URLCONF)
        # Not looked at again by the collector, whose mark would have each page copied.
        gc.collect()
        gc.freeze()
        return application

    def run(self) -> None:
        FixedCrew(self).run()

    def begin(self, worker) -> None:
        """In the worker, just before its first request."""
        self.data_folder.release_server_lock()
        # A terminal tells everybody, on Ctrl-C and when it closes; the server tells us.
        ignore(signal.SIGINT, signal.SIGHUP)
        if settings.EMBEDDED_WORKER:
            self.clock = Clock()
            self.clock.start()
        if worker.age == 1:  # not one that stands in for another that died
            self.say_it_runs()

    def end(self, server, worker) -> None:
        """In the worker, after its last request. What is told twice is heard once."""
        ignore(signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
        if self.clock:
            self.clock.stop()


def ignore(*signals: signal.Signals) -> None:
    for sign in signals:
        signal.signal(sign, signal.SIG_IGN)


class FixedCrew(Arbiter):
    """No signal changes the number of workers: each would bring a clock of its own."""

    # Gunicorn would reload. A closed terminal must leave nothing running.
    handle_hup = Arbiter.handle_term

    def handle_ttin(self) -> None: ...

    def handle_ttou(self) -> None: ...

    def handle_usr2(self) -> None: ...
