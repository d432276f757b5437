"""A PostgreSQL and a Redis of the harness's own, and how they are stopped hard."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import redis

from recovery.embedded import postgres
from recovery.embedded.cluster import waits
from recovery.embedded.os_user import CannotStart
from tests.redis_server import wait_until_it_answers

PATIENCE = 10  # seconds
CONNECTIONS = 100  # fifty writers, the workers and us


class NotBack(Exception):
    """PostgreSQL was stopped hard and does not start again."""


class Database:
    """The wheel's PostgreSQL, durable, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.server = postgres.Postgres(folder)

    def __enter__(self) -> "Database":
        postgres.SETTINGS["max_connections"] = str(CONNECTIONS)
        self.server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.stop()

    @property
    def url(self) -> str:
        """The app's own, not the owner's."""
        return self.server.address.url("second_wind")

    def stop_hard(self) -> None:
        """As `pg_ctl stop -m immediate` does: no checkpoint, nobody is waited for."""
        os.kill(self.server.cluster.server(), signal.SIGQUIT)
        for _ in waits(PATIENCE):
            if not self.server.cluster.server():
                break
        # To its supervisor that was an order to end, so we are the ones who start it.
        # Who comes while it ends is shown in and out again.
        self.server.stop()
        for _ in waits(PATIENCE):
            with suppress(CannotStart):
                self.server.start()
                return
        raise NotBack


class Redis:
    """A redis-server that keeps nothing: what it holds is gone when it dies."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.url = f"redis://127.0.0.1:{port}/0"
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> "Redis":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise SystemExit(
                "redis-server is missing (on Debian: apt-get install redis-server)"
            )
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    program,
                    "--bind",
                    "127.0.0.1",
                    "--port",
                    str(self.port),
                    "--save",
                    "",
                ],
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        wait_until_it_answers(self.url)

    def flush(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)
