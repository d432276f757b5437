"""Celery's workers and beats as processes of their own, to be killed."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CELERY = [sys.executable, "-m", "celery", "--app=tests.faults.app"]
# As in docker-compose.yml, but for one child each: a worker sends one letter at a time.
WORKER = ["worker", "--concurrency=1", "--without-gossip", "--without-mingle"]
KILLS = ("all", "child", "parent")


class Crew:
    """Processes with a name each; all of them have ended when the `with` does."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        self.workers: dict[str, subprocess.Popen] = {}
        self.started: list[subprocess.Popen] = []
        self.beats = 0

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        # Whole groups: a worker's child may outlive its parent.
        for process in self.started:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def add_worker(self, name: str) -> None:
        command = [*CELERY, *WORKER, f"--hostname={name}@faults"]
        self.workers[name] = self.start(name, command)

    def add_beat(self) -> None:
        self.beats += 1
        name = f"beat{self.beats}"
        schedule = self.folder / f"{name}-{len(self.started)}"
        command = [*CELERY, "beat", "--pidfile=", f"--schedule={schedule}"]
        self.start(name, command)

    def start(self, name: str, command: list[str]) -> subprocess.Popen:
        self.ready(name).unlink(missing_ok=True)
        own = {"FAULTS_NAME": name, "FAULTS_READY": str(self.ready(name))}
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment | own,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # a group of its own, to be killed as one
            )
        self.started.append(process)
        return process

    def ready(self, name: str) -> Path:
        """A file that a worker makes when it waits for tasks."""
        return self.folder / f"{name}.ready"

    def all_ready(self) -> bool:
        return all(self.ready(name).exists() for name in self.workers)

    def kill_sender(self, sender: str, how: str) -> int:
        """Kill whoever greeted the mail server by this name, and have it back.

        The parent of a killed child forks another. A killed parent's child dies with
        it on Linux, where Celery asks for that; elsewhere it goes on, beside the worker
        that takes its place. Answers how many letters that broke off, at most.
        """
        name, child = sender.split("-")
        worker = self.workers[name]
        try:
            if how == "child":
                os.kill(int(child), signal.SIGKILL)
            elif how == "parent":
                worker.kill()
            else:
                os.killpg(worker.pid, signal.SIGKILL)
        except ProcessLookupError:  # ended by an earlier kill
            broken_off = 0
        else:
            broken_off = 1  # a worker has one child, and that sends one at a time
        if how != "child":
            worker.wait()
            self.add_worker(name)
        return broken_off
