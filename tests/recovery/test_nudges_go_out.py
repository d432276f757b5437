"""Nudges as they go out in life: in the one process, and on Redis with two workers."""

import json
import subprocess
import sys
import time

import pytest

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
ANSWERS = [
    "--organization=Harbor Point",
    "--name=Ada Brandt",
    "--email=ada@harbor.example",
]
OWE = "from tests.factories.nudges import due_nudges; due_nudges({})"
HURRY = "from plans.tasks import deliver_nudges; deliver_nudges.delay()"
TELL = (
    "import json; from plans.models import Nudge; "
    "print(json.dumps(list(Nudge.objects.values_list('person__email', 'state'))))"
)
WORKER = ["--without-gossip", "--without-mingle", "--concurrency=1"]


def run(code, env) -> str:
    """What a few lines of Python print, in a process of the app's own."""
    ended = told("shell", "--no-imports", "-c", code, env=env)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def until(true, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    assert true()


def test_the_one_process_sends_after_a_restart_what_became_due_meanwhile(data_folder):
    password = {"ADMIN_PASSWORD": "correct horse battery"}
    server = Server(data_folder, "serve", *ANSWERS, **password)
    try:
        server.start()
        server.stop()
        run(OWE.format(3), server.environment)
        server.start()
        until(lambda: len(letters(data_folder)) == 3)
        until(lambda: oldest_unsent(server) is None)
        server.stop()
        told_of = json.loads(run(TELL, server.environment))
    finally:
        server.stop()
    assert [state for _, state in told_of] == ["sent"] * 3
    for address, _ in told_of:
        assert sum(f"To: {address}" in letter for letter in letters(data_folder)) == 1


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
                lambda: "owed" not in (said := run(TELL, env)) and "sending" not in said
            )
        finally:
            for worker in workers:
                worker.terminate()
            for worker in workers:
                worker.wait(PATIENCE)
            rows = json.loads(run(TELL, env))

    assert [state for _, state in rows] == ["sent"] * 120
    assert sink.sent_to == sorted(address for address, _ in rows)
