"""Nudges as they go out in life: in the one process, and on Redis with two workers."""

import json
import subprocess
import sys
import time

import psycopg
import pytest

from recovery.embedded.postgres import Postgres
from tests.mail_sink import mail_sink
from tests.recovery.server_process import (
    PATIENCE,
    ROOT,
    Server,
    environment,
    free_port,
    told,
)
from tests.redis_server import running_redis

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="it looks at processes in /proc"
)
OWE = "from tests.factories.nudges import due_nudges; due_nudges({})"
HURRY = "from plans.tasks import deliver_nudges; deliver_nudges.delay()"
STATES = """
SELECT email, state FROM plans_nudge JOIN reps_user ON reps_user.id = person_id
"""
WORKER = ["--without-gossip", "--without-mingle", "--concurrency=1"]


def run(code, env) -> str:
    """What a few lines of Python print, in a process of the app's own."""
    ended = told("shell", "--no-imports", "-c", code, env=env)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def states(folder) -> list[tuple[str, str]]:
    """To whom each nudge is, and how it stands, as the folder's database says."""
    with (
        Postgres(folder / "postgres") as address,
        psycopg.connect(address.url("second_wind")) as connection,
    ):
        return connection.execute(STATES).fetchall()


def until(true, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    assert true()


def test_the_one_process_sends_after_a_restart_what_became_due_meanwhile(served_before):
    server = Server(served_before, "serve")
    run(OWE.format(3), server.environment)
    try:
        server.start()
        until(lambda: len(letters(served_before)) == 3)
        until(lambda: oldest_unsent(server) is None)
    finally:
        server.stop()
    told_of = states(served_before)
    assert [state for _, state in told_of] == ["sent"] * 3
    for address, _ in told_of:
        assert sum(f"To: {address}" in each for each in letters(served_before)) == 1


def letters(folder) -> list[str]:
    """As the file backend keeps them: those of one connection in a file."""
    files = (path.read_text() for path in (folder / "mail").glob("*"))
    return [
        letter for file in files for letter in file.split("-" * 79) if "To:" in letter
    ]


def oldest_unsent(server):
    browser = server.browser()
    assert browser.get("/health/") == 200
    return json.loads(browser.page)["oldest_unsent_nudge"]


def test_two_worker_processes_on_redis_send_each_letter_once(data_folder, tmp_path):
    with running_redis(tmp_path) as redis, mail_sink() as sink:
        changes = {"REDIS_URL": redis, "EMAIL_URL": sink.url}
        env = environment(data_folder, free_port(), **changes)
        run(OWE.format(120), env)
        command = [sys.executable, "-m", "celery", "--app=recovery", "worker", *WORKER]
        workers = [
            subprocess.Popen(
                [*command, f"--hostname=worker{number}"],
                cwd=ROOT,
                env=env,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for number in range(2)
        ]
        try:
            run(f"{HURRY}; deliver_nudges.delay()", env)
            until(lambda: len(sink.letters) >= 120)
            until(
                lambda: {state for _, state in states(data_folder)}.isdisjoint(
                    {"owed", "sending"}
                )
            )
        finally:
            for worker in workers:
                worker.terminate()
            for worker in workers:
                worker.wait(PATIENCE)
            rows = states(data_folder)

    assert [state for _, state in rows] == ["sent"] * 120
    assert sink.sent_to == sorted(address for address, _ in rows)
