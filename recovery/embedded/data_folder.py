"""One server to a data folder: who has it, and when it is free.

Two locks, both the kernel's, so that no crash leaves one behind. `server` is held by
the process that was started: while it is taken, a server runs. `worker` is held by the
web worker too, which outlives a killed server by a second or two and keeps the port for
so long; whoever comes next waits for that.
"""

import os
from pathlib import Path

from recovery.embedded.cluster import waits
from recovery.embedded.lock import Lock
from recovery.embedded.os_user import CannotStart

SECONDS_FOR_THE_LAST_WORKER = 40


class AlreadyRunning(Exception):
    """Another server has the folder; `address` is where it is found."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class DataFolder:
    """A data folder, to be had by one server at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server = Lock(folder / "server")
        self.worker = Lock(folder / "worker")

    def take(self, address: str) -> None:
        """Have the folder until `release`, or until this process and its worker end.

        Raises AlreadyRunning. The folder may be new.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.server.take(address):
            raise AlreadyRunning(self.address())
        note = f"process {os.getpid()}"
        if not any(self.worker.take(note) for _ in waits(SECONDS_FOR_THE_LAST_WORKER)):
            self.server.release()
            raise CannotStart(
                f"A worker of the last server, started by {self.worker.note()}, does "
                f"not end and still uses {self.folder}: end it first."
            )

    def release_server_lock(self) -> None:
        """In the worker: that it lives does not mean that the server does."""
        self.server.release()

    def release(self) -> None:
        self.worker.release()
        self.server.release()

    def address(self) -> str:
        """Where its server is found, or was; it writes that just after taking over."""
        for _ in waits(1):
            if noted := self.server.note():
                return noted
        return "an address it has not noted yet"
