"""Data folders that take long to make: once in a run, then copied."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from recovery.embedded.lock import Lock


def made_once(tmp_path_factory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` filled: here, or in a process of this run beside us."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    lock, note = Lock(base / f"{name}-lock"), base / f"{name}-made"
    while not lock.take(f"process {os.getpid()}"):
        time.sleep(0.05)
    try:
        if not note.exists():
            make(base / name)
            note.touch()
    finally:
        lock.release()
    return base / name


def copied(folder: Path, there: Path) -> Path:
    """A copy to work in, of one in which nothing runs."""
    there.parent.mkdir(parents=True, exist_ok=True)
    # A tenth of what `shutil.copytree` takes for a cluster's thousand files.
    subprocess.run(["cp", "-a", folder, there], check=True)
    return there
