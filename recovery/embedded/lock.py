"""A file that one process at a time holds, and that says who.

The lock is the kernel's (`flock`): it ends with its holder, however that ends, so a
file left by a killed process is never in the way. Needs Linux or macOS.
"""

import fcntl
import os
from pathlib import Path


class Lock:
    """Held from `take` until `release`, or until all who inherited it have ended."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor: int | None = None

    def take(self, note: str) -> bool:
        """Hold the lock, and leave a note for whoever comes next; False if held."""
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:  # its holder has just removed the folder
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Its holder may have removed the file since we opened it.
            if not os.path.samestat(os.fstat(descriptor), os.stat(self.path)):
                raise FileNotFoundError
        except (BlockingIOError, FileNotFoundError):
            os.close(descriptor)
            return False
        os.ftruncate(descriptor, 0)
        os.write(descriptor, note.encode())
        self.descriptor = descriptor
        return True

    def note(self) -> str:
        """What the present holder, or the last one, wrote. Empty if there was none."""
        try:
            return self.path.read_text()
        except FileNotFoundError:
            return ""

    def release(self) -> None:
        """Let go. A process that was handed the descriptor goes on holding."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None
