"""PostgreSQL's data folder, and the process that a file in it names.

Only the holder of the lock makes a cluster or ends a server here.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from recovery.embedded.os_user import CannotStart, OsUser, telling_line

INITDB = (
    *("-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-instructions"),
    # Plain --locale=C has no upper and lower case beyond ASCII.
    *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
)


class Cluster:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.half_made = path.with_name("cluster-half")
        self.pid_file = path / "postmaster.pid"

    def exists(self) -> bool:
        return self.path.is_dir()

    def release(self) -> str:
        """The PostgreSQL that made it: 18, say. Another one cannot read it."""
        return (self.path / "PG_VERSION").read_text().strip()

    def make(self, os_user: OsUser, *, durable: bool, lock: int) -> None:
        """initdb, under another name first: half a cluster must not pass for one."""
        if self.half_made.exists():
            shutil.rmtree(self.half_made)
        haste = () if durable else ("--no-sync",)
        made = os_user.run(
            os_user.command("initdb", *INITDB, *haste, str(self.half_made)),
            env=environment(),
            # If we are killed, initdb still holds the lock until it is done.
            pass_fds=(lock,),
        )
        if made.returncode != 0:
            raise CannotStart(
                "PostgreSQL could not make its data folder "
                f"({telling_line(made.stdout)}). "
                "Mend that, or set DATABASE_URL to a PostgreSQL server."
            )
        self.half_made.rename(self.path)

    def remove(self) -> None:
        for folder in (self.path, self.half_made):
            if folder.exists():
                shutil.rmtree(folder)

    def server(self) -> int | None:
        """The process id of the server that runs on this cluster."""
        pid = self.noted()[:1]
        return int(pid[0]) if pid and is_postgres_of(int(pid[0]), self.path) else None

    def is_ready(self) -> bool:
        """The eighth line of the pid file says so, as it does to pg_ctl."""
        noted = self.noted()
        return noted[7:8] == ["ready"] and self.server() is not None

    def noted(self) -> list[str]:
        try:
            return [line.strip() for line in self.pid_file.read_text().splitlines()]
        except FileNotFoundError:
            return []

    def end_orphan(self) -> None:
        """End a server whose supervisor was killed, and clear away a stale pid file.

        The number in the file proves nothing: after a restart of the machine it is
        another program's, and PostgreSQL would refuse to start for its sake.
        """
        for sign, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 10)):
            with contextlib.suppress(ProcessLookupError):
                if pid := self.server():
                    os.kill(pid, sign)
            for _ in waits(seconds):
                if not self.server():
                    self.pid_file.unlink(missing_ok=True)
                    return
        raise CannotStart(
            f"PostgreSQL (process {self.server()}) does not end: end it, "
            "or set DATABASE_URL to a PostgreSQL server."
        )


def is_postgres_of(pid: int, cluster: Path) -> bool:
    """Whether that process lives and is a PostgreSQL on that cluster."""
    if sys.platform == "linux":
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            return False
        return os.fsencode(cluster) in words  # a dead one not yet reaped has no words
    listed = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)],
        capture_output=True,
        check=False,
    )
    return os.fsencode(cluster) in listed.stdout


def waits(seconds: float) -> Iterator[None]:
    """Again and again for so many seconds, with a short sleep between."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        yield
        time.sleep(0.02)


def environment() -> dict[str, str]:
    """Ours, less what would lead PostgreSQL's programs astray (PGDATA, PGOPTIONS …)."""
    kept = {name: value for name, value in os.environ.items() if name[:2] != "PG"}
    return kept | {"LC_ALL": "C"}
