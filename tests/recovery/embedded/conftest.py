"""Real servers in folders of their own, and other processes that share them."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from recovery.embedded import os_user
from recovery.embedded.postgres import Postgres, reset

ROOT = Path(os_user.__file__).parents[2]

# Starts, says which server it got, and stays until it is told to leave by a line.
COMPANION = """
import sys
import tempfile
from pathlib import Path
from recovery.embedded.os_user import CannotStart
from recovery.embedded.postgres import Postgres

postgres = Postgres(Path(sys.argv[1]), durable=False)
try:
    address = postgres.start()
except CannotStart as sentence:
    sys.exit(f"CannotStart: {sentence}")
print(postgres.cluster.server(), address.socket_folder, flush=True)
sys.stdin.readline()
postgres.stop()
"""


def ask(address, query, *, role="postgres", database=None):
    """The first value a query answers, as one role."""
    url = address.url(role)
    with psycopg.connect(url, autocommit=True, **of(database)) as connection:
        cursor = connection.execute(query)
        return cursor.fetchone()[0] if cursor.description else None


def of(database):
    return {"dbname": database} if database else {}


def processes_of(folder):
    """The ids of all living processes that name the folder in their command line."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                if os.fsencode(folder) in (entry / "cmdline").read_bytes():
                    found.add(int(entry.name))
    return found


def eventually(condition, seconds=10):
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


@pytest.fixture(name="ask", scope="session")
def ask_fixture():
    return ask


@pytest.fixture(name="eventually", scope="session")
def eventually_fixture():
    return eventually


@pytest.fixture(name="processes_of", scope="session")
def processes_of_fixture():
    if not Path("/proc/self/cmdline").exists():
        pytest.skip("counts processes in /proc, which this system has not")
    return processes_of


def end_all(folder):
    for pid in processes_of(folder):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    eventually(lambda: not processes_of(folder))


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """A running server, for tests that leave it as it was."""
    folder = tmp_path_factory.mktemp("shared") / "postgres"
    with Postgres(folder, durable=False) as address:
        yield address
    reset(folder)


@pytest.fixture(scope="session")
def the_apps_address(tmp_path_factory):
    """One as the app starts it: durable."""
    folder = tmp_path_factory.mktemp("durable") / "postgres"
    with Postgres(folder) as address:
        yield address
    reset(folder)


@pytest.fixture(scope="session")
def lasting_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lasting") / "postgres"
    yield folder
    reset(folder)


@pytest.fixture
def folder(lasting_folder):
    """A data folder on which nothing runs. Its cluster is made once, for speed."""
    yield lasting_folder
    end_all(lasting_folder)


@pytest.fixture
def new_folder(tmp_path):
    """The path of a data folder that is yet to be made."""
    folder = tmp_path / "postgres"
    yield folder
    end_all(tmp_path)
    reset(folder)


@pytest.fixture
def postgres(folder):
    postgres = Postgres(folder, durable=False)
    yield postgres
    postgres.stop()


@pytest.fixture
def companion():
    """Start another process that shares a folder's server, and stays."""
    with contextlib.ExitStack() as stack:

        def start(
            folder, *, code=COMPANION, prefix=(), python=(sys.executable,), **options
        ):
            words = [*prefix, *python, "-c", code, str(folder)]
            settings = {
                "stdin": subprocess.PIPE,
                "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE,
                "text": True,
                "env": os.environ | {"PYTHONPATH": str(ROOT)},
            }
            process = stack.enter_context(subprocess.Popen(words, **settings | options))
            stack.callback(process.kill)
            return process

        yield start


@pytest.fixture(scope="session")
def public_copy():
    """Our launcher and the wheel where every user can read them; for PYTHONPATH."""
    wheel = os_user.programs_of_the_wheel().parents[2]
    copy = Path(tempfile.mkdtemp(prefix="sw-tests-", dir="/var/tmp"))
    try:
        shutil.copytree(ROOT / "recovery" / "embedded", copy / "recovery" / "embedded")
        (copy / "recovery" / "__init__.py").touch()
        shutil.copytree(
            wheel / os_user.PACKAGE / os_user.RELEASE,
            copy / os_user.PACKAGE / os_user.RELEASE,
        )
        (copy / os_user.PACKAGE / "__init__.py").touch()
        libraries = wheel / f"{os_user.PACKAGE}.libs"
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name)
        subprocess.run(["chmod", "-R", "a+rX", str(copy)], check=True)
        yield copy
    finally:
        shutil.rmtree(copy)
