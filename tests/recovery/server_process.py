"""Second Wind as a person starts it: a process of its own, watched from outside."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Timer
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180  # seconds; a slow machine is not a failure

# Of this test run's own environment, and of a .env in the checkout, nothing counts.
PLAIN = {
    "ADMIN_PASSWORD": "",
    "BIND_ADDRESS": "127.0.0.1",
    "DATABASE_OWNER_URL": "",
    "DATABASE_URL": "",
    "DEBUG": "0",
    "EMAIL_URL": "",
    "REDIS_URL": "",
    "SECRET_KEY": "",
    "WEB_CONCURRENCY": "1",
}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def environment(folder: Path, port: int, **changes: str) -> dict[str, str]:
    own = {
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
    }
    return os.environ | PLAIN | own | changes


def told(*command: str, **facts) -> subprocess.CompletedProcess:
    """A command that is expected to end by itself."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        **facts,
    )


def refusal(*command: str, **facts) -> str:
    """The one sentence with which a command refuses; fails if it is anything else."""
    ended = told(*command, **facts)
    assert ended.returncode == 1, ended
    assert ended.stdout == ""
    assert ended.stderr.count("\n") <= 1, ended.stderr
    return ended.stderr


class Server:
    """One folder and port, and the process that serves there from time to time."""

    def __init__(self, folder: Path, *command: str, **changes: str) -> None:
        self.folder = folder
        self.command = command
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = environment(folder, self.port, **changes)
        self.process: subprocess.Popen | None = None
        self.said = ""

    def start(self) -> None:
        """Up, and saying so."""
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", *self.command],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # a terminal of its own, as far as signals go
        )
        self.said = heard(self.process, "stops it.")

    def keep_up(self) -> None:
        if self.process is None or self.process.poll() is not None:
            self.start()

    def interrupt(self, sign: signal.Signals, *, whole_terminal: bool = False) -> int:
        """Send a signal, wait for the end, and answer with the exit code."""
        if whole_terminal:
            os.killpg(self.process.pid, sign)
        else:
            self.process.send_signal(sign)
        rest, _ = self.process.communicate(timeout=PATIENCE)
        self.said += rest
        return self.process.returncode

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.interrupt(signal.SIGTERM)

    def family(self) -> dict[int, str]:
        """Every process of it: what it started, and PostgreSQL with its supervisor."""
        listed = processes()
        elsewhere = self.folder.rglob("postgres/elsewhere")
        places = [str(self.folder), *(str(link.readlink()) for link in elsewhere)]
        found = {
            pid
            for pid, (_, words) in listed.items()
            if any(place in words for place in places)
        } | {self.process.pid}
        while (
            more := {pid for pid, (parent, _) in listed.items() if parent in found}
            - found
        ):
            found |= more
        return {pid: listed[pid][1] for pid in found if pid in listed}

    def browser(self) -> "Browser":
        return Browser(self.url)


def heard(process: subprocess.Popen, words: str) -> str:
    """What it says up to these words; fails if it ends or hangs before it says them."""
    said = ""
    alarm = Timer(PATIENCE, process.kill)
    alarm.start()
    try:
        while words not in said:
            piece = os.read(process.stdout.fileno(), 4096).decode()
            assert piece, f"it ended before it said “{words}”: {said}"
            said += piece
    finally:
        alarm.cancel()
    return said


class Browser:
    """Keeps cookies, follows redirects, sends forms. Has no JavaScript."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.page = ""
        self.path = ""

    def get(self, path: str, **headers: str) -> int:
        return self.open(Request(self.site + path, headers=headers))

    def post(self, path: str, **fields: str) -> int:
        """With the token of the form on the page that is open."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.page)
        fields |= {"csrfmiddlewaretoken": token[1]} if token else {}
        return self.open(Request(self.site + path, urlencode(fields).encode()))

    def open(self, request: Request) -> int:
        try:
            answer = self.opener.open(request, timeout=PATIENCE)
        except HTTPError as error:
            answer = error
        with answer:
            self.page = answer.read().decode()
            self.path = answer.url.removeprefix(self.site)
            return answer.status


def processes() -> dict[int, tuple[int, str]]:
    """Process id → parent and command line, of all that run on this Linux machine."""
    listed = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if words:  # else it has ended and waits to be noticed
            listed[int(folder.name)] = (int(parent), words)
    return listed


def still_running(family: dict[int, str], seconds: float = 0) -> dict[int, str]:
    """Those of a family that have not ended within so many seconds."""
    until = time.monotonic() + seconds
    while True:
        listed = processes()
        left = {
            pid: words
            for pid, words in family.items()
            if pid in listed and listed[pid][1] == words
        }
        if not left or time.monotonic() >= until:
            return left
        time.sleep(0.05)
