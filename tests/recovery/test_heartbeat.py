"""A task on its whole way: through a real Redis to a worker process of its own."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from celery import Celery
from django.core.cache.backends.redis import RedisCache

from recovery.heartbeat import LAST_BEAT, beat_once
from tests.redis_server import running_redis

ROOT = Path(__file__).resolve().parent.parent.parent
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
PATIENCE = 30  # seconds, for a slow machine


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    with running_redis(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture
def cache(redis_url):
    """The cache as `/health/` sees it where there is a Redis."""
    cache = RedisCache(f"{redis_url.removesuffix('/0')}/1", {})
    cache.clear()
    return cache


@contextmanager
def running(service, redis_url, folder, *more):
    """A process of the compose file's command, as it is there."""
    words = SERVICES[service]["command"]
    command = [word.replace("${WORKER_PROCESSES:-2}", "1") for word in words]
    process = subprocess.Popen(
        [sys.executable, "-m", *command, *more],
        cwd=ROOT,
        env=os.environ | {"REDIS_URL": redis_url, "DATA_DIR": str(folder)},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        said = process.communicate(timeout=PATIENCE)[1]
    assert process.returncode == 0, said


def test_a_worker_runs_what_is_sent_through_redis(redis_url, cache, tmp_path):
    sent_at = datetime.now(UTC)
    with Celery(broker=redis_url) as sender:
        sender.send_task(beat_once.name)
    assert cache.get(LAST_BEAT) is None  # nobody is there to run it

    with running("worker", redis_url, tmp_path, "--hostname=celery@test"):
        until = time.monotonic() + PATIENCE
        while not cache.get(LAST_BEAT) and time.monotonic() < until:
            time.sleep(0.05)

    assert sent_at < datetime.fromisoformat(cache.get(LAST_BEAT)) <= datetime.now(UTC)


def test_the_health_check_of_a_worker_tells_a_live_one_from_a_dead_one(
    redis_url, tmp_path
):
    check = SERVICES["worker"]["healthcheck"]["test"][1].replace("$$", "$")
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "REDIS_URL": redis_url,
        "DATA_DIR": str(tmp_path),
        "HOSTNAME": "test",
    }

    def health():
        return subprocess.run(
            ["sh", "-c", check.replace("--timeout=8", "--timeout=1")],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            check=False,
        )

    with running("worker", redis_url, tmp_path, "--hostname=celery@test"):
        until = time.monotonic() + PATIENCE
        while health().returncode and time.monotonic() < until:
            pass  # each asks for a second
        assert b"pong" in health().stdout
    assert health().returncode != 0
