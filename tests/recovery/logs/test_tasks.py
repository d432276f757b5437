"""A task's line, and the request that had it sent: through a real Redis and worker."""

import json
import os
import subprocess
import sys
import time

import pytest

from recovery.celery import app
from recovery.heartbeat import beat_once
from recovery.logs.line import context
from tests.recovery.server_process import ROOT
from tests.redis_server import running_redis

PATIENCE = 30  # seconds


def test_it_runs_with_a_line_that_names_the_request(tmp_path):
    """The message is the web's; the line is the worker's, a process of its own."""
    with running_redis(tmp_path) as url:
        environment = os.environ | {"REDIS_URL": url, "DATA_DIR": str(tmp_path)}
        environment["DEBUG"] = "0"
        sends = (
            "import django; django.setup()\n"
            "from recovery.logs.line import context\n"
            "from recovery.heartbeat import beat_once\n"
            "context.set({'request': 'ab' * 16}); beat_once.delay()\n"
        )
        environment["DJANGO_SETTINGS_MODULE"] = "recovery.settings"
        subprocess.run(
            [sys.executable, "-c", sends], cwd=ROOT, env=environment, check=True
        )
        log = tmp_path / "log"
        with log.open("w") as stderr:
            worker = subprocess.Popen(
                [sys.executable, "-m", "celery", "--app=recovery", "worker"],
                cwd=ROOT,
                env=environment,
                stderr=stderr,
                stdout=subprocess.DEVNULL,
            )
            until = time.monotonic() + PATIENCE
            while "beat_once" not in log.read_text() and time.monotonic() < until:
                time.sleep(0.05)
            worker.terminate()
            worker.wait(PATIENCE)
    lines = [line for line in log.read_text().splitlines() if line.startswith("{")]
    (line,) = [line for line in map(json.loads, lines) if line["event"] == "task"]
    assert line["task"] == "recovery.heartbeat.beat_once"
    assert line["request"] == "ab" * 16
    assert len(line["task_id"]) == 36
    assert line["ms"] >= 0
    assert line["level"] == "info"


@pytest.fixture
def failing():
    @app.task(name="tests.failing")
    def fail(words):
        raise ValueError(words)

    yield fail
    app.tasks.pop("tests.failing")


def test_one_that_fails_says_where_and_not_with_which_words(written, failing):
    failing.apply(args=["a person's words"])
    (line,) = written.of("task")
    assert (line["level"], line["error"]) == ("error", ["ValueError()"])
    assert line["where"][-1].endswith(" fail")
    assert "words" not in written.getvalue()


def test_called_as_a_function_it_is_one(written):
    beat_once()
    assert written.of("task") == []
    assert context.get() == {}
