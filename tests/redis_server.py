"""A real Redis of the tests' own: on a free port, keeping nothing."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests.needed import program

PATIENCE = 10  # seconds


@contextmanager
def running_redis(folder: Path) -> Iterator[str]:
    """Its REDIS_URL, while it runs. Skips or fails the test where none is installed."""
    server = program("redis-server", package="redis-server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [server, "--bind", "127.0.0.1", "--port", str(port), "--save", ""]
    with (folder / "redis.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        url = f"redis://127.0.0.1:{port}/0"
        wait_until_it_answers(url)
        yield url
    finally:
        process.terminate()
        process.wait(PATIENCE)


def wait_until_it_answers(url: str) -> None:
    until = time.monotonic() + PATIENCE
    with redis.Redis.from_url(url) as client:
        while True:
            try:
                client.ping()
            except redis.ConnectionError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.02)
            else:
                return
