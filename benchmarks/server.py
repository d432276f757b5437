"""Gunicorn with production settings, on a port of its own, while a row lasts."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 30  # seconds
TOKEN = "b" * 32  # the cookie and the header agree: that is all the check asks
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """One worker, so that what it costs can be read off one process."""

    def __init__(self, process: subprocess.Popen, port: int) -> None:
        self.process, self.port = process, port
        self.connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=PATIENCE
        )

    def ask(self, path: str, *, cookie="", form=None) -> tuple[float, int, bytes]:
        """Milliseconds until the whole answer was here, its status and its body.

        With a `form` it is posted, as htmx would.
        """
        headers = {"Cookie": cookie} if cookie else {}
        body = None
        if form is not None:
            body = urlencode(form)
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "HX-Request": "true",
                "X-CSRFToken": TOKEN,
            }
        began = time.perf_counter()
        self.connection.request("POST" if body else "GET", path, body, headers)
        answer = self.connection.getresponse()
        body = answer.read()
        return (time.perf_counter() - began) * 1000, answer.status, body

    def cpu_ms(self) -> float:
        """CPU the server and its workers have used so far."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        pids = [self.process.pid, *map(int, task.read_text().split())]
        stats = (
            Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1] for pid in pids
        )
        return sum(sum(map(int, stat.split()[11:13])) for stat in stats) / TICKS * 1000


@contextmanager
def serving(application: str, **environment):
    """The server, once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", application]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"]
    command += [
        "--worker-class",
        "gthread",
        "--keep-alive",
        "60",
        "--no-control-socket",
    ]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stderr=subprocess.DEVNULL,
    )
    server = Server(process, port)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                server.ask("/")
                break
            except OSError:
                server.connection.close()
                if time.monotonic() > until or process.poll() is not None:
                    raise
                time.sleep(0.05)
        yield server
    finally:
        process.terminate()
        process.wait(PATIENCE)
