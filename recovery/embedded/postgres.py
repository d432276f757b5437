"""A real PostgreSQL of our own, from a wheel, in one folder: no server to install.

    with Postgres(Path("var/postgres")) as address:
        psycopg.connect(address.url("second_wind"))

Processes that name the same folder share one server. Each holds a seat with its
supervisor (`supervisor.py`); the last to leave, or to die, ends it. We did not let the
one that started the server stop it: a short command may start it while the web server,
which came second, still needs it.

What the folder holds:

    cluster/    the data (`cluster-half` while it is being made)
    socket      a folder for the sockets, or a link to one with a shorter name
    log, log.1  what PostgreSQL said since it was last started, and before that
    lock        held by the supervisor; says which process started it
    elsewhere   only where root has no user namespaces: a link to a folder of nobody's
                below /var/tmp, which holds the first two (`os_user.py`)

Beside it, `…-restored` is one that is to take its place (`put_in_place`).

Trust: PostgreSQL listens on a socket only, and lets in whoever can reach it, under any
role, the superuser `postgres` too. The folders are open to their owner alone, so that
is whoever could read the data files anyway. The two roles guard against mistakes of
the app, not against the owner of the machine. The superuser is the launcher's alone.

No Django here: the tests' set-up and the settings' database backend call it first.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from recovery.embedded.address import (
    PORT,
    Address,
    address_in,
    close_address,
    open_address,
)
from recovery.embedded.cluster import Cluster, environment, waits
from recovery.embedded.lock import Lock
from recovery.embedded.os_user import (
    CannotStart,
    OsUser,
    forget,
    os_user_for,
    programs_of_the_wheel,
    release_of_the_wheel,
    telling_line,
)
from recovery.embedded.supervisor import READY

HERE = Path(__file__).resolve().parent
SUPERVISOR = HERE / "supervisor.py"
PATIENCE = 60  # seconds: a start after a crash may have much to replay

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "32MB",
    "max_connections": "50",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Not the statements that failed, which have people's words in them.
    "log_min_messages": "log",
}
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


class Postgres:
    """This process's share in the PostgreSQL of one folder.

    `durable=False` is for tests: a crash of the machine may lose the data, and the
    owner's role may create databases. Whoever starts the server decides.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.resolve()
        self.durable = durable
        self.lock = Lock(self.folder / "lock")
        self.seat: socket.socket | None = None
        self.seated_process = 0
        self.turn = threading.Lock()  # one thread at a time comes or goes

    def __enter__(self) -> Address:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def place(self) -> Path:
        elsewhere = self.folder / "elsewhere"
        return elsewhere.readlink() if elsewhere.is_symlink() else self.folder

    @property
    def cluster(self) -> Cluster:
        return Cluster(self.place / "cluster")

    @property
    def address(self) -> Address:
        return address_in(self.place)

    def start(self) -> Address:
        """Join the running server, or start it, first making it; ready on return.

        Raises CannotStart, with a sentence to print.
        """
        with self.turn:
            self.leave_the_parents_seat()
            return self.address if self.seat else self.joined_or_launched()

    def joined_or_launched(self) -> Address:
        patient_until = time.monotonic() + PATIENCE
        while time.monotonic() < patient_until:
            # A sibling may be starting it, or the last one out ending it: then there
            # is neither a supervisor that answers nor a free lock, for a moment.
            self.open_folder()
            if self.join(patient_until):
                return self.address
            if self.lock.take(f"process {os.getpid()}"):
                try:
                    self.launch(patient_until)
                finally:
                    self.lock.release()
                return self.address
            time.sleep(0.02)
        raise CannotStart(
            f"The database in {self.folder} is held by {self.lock.note()}, which does "
            "not answer: end that process, or set DATABASE_URL to a PostgreSQL server."
        )

    def stop(self) -> None:
        """Give up our seat. If it was the last, PostgreSQL has ended on return."""
        with self.turn:
            self.leave_the_parents_seat()
            seat, self.seat = self.seat, None
            if seat is None:
                return
            with seat, contextlib.suppress(OSError):
                seat.shutdown(socket.SHUT_WR)
                while seat.recv(64):  # closed when others stay, or when all has ended
                    pass
            self.clear_up_after_a_killed_supervisor()

    def clear_up_after_a_killed_supervisor(self) -> None:
        """It ended nothing. Others may stay: then there is one that answers."""
        for _ in waits(1):
            if self.lock.take(f"process {os.getpid()}"):
                self.cluster.end_orphan()
                self.lock.release()
                return
            with socket.socket(socket.AF_UNIX) as door, contextlib.suppress(OSError):
                door.connect(str(self.address.supervisor))
                return

    def leave_the_parents_seat(self) -> None:
        """A fork shares its parent's seat, and must not give it up for both."""
        if self.seat is not None and self.seated_process != os.getpid():
            self.seat.close()
            self.seat = None

    def open_folder(self) -> None:
        finish_putting_in_place(self.folder)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = self.folder.stat().st_uid
        if owner != os.geteuid():
            raise CannotStart(
                f"The database in {self.folder} belongs to another user (number "
                f"{owner}): run this as that user, or set DATABASE_URL to a "
                "PostgreSQL server."
            )
        self.folder.chmod(0o700)

    # --- Joining ---------------------------------------------------------------------

    def join(self, patient_until: float) -> bool:
        """Take a seat with a supervisor that is already there."""
        seat = socket.socket(socket.AF_UNIX)
        seat.settimeout(max(0.1, patient_until - time.monotonic()))
        try:
            seat.connect(str(self.address.supervisor))
            greeting = seat.recv(len(READY))
        except OSError:
            greeting = b""
        if greeting != READY:
            seat.close()
            return False
        self.take(seat, patient_until)
        return True

    def take(self, seat: socket.socket, patient_until: float) -> None:
        """Sit down once PostgreSQL is ready; the supervisor may be bringing it back."""
        try:
            self.wait_until_ready(seat, patient_until)
        except BaseException:
            seat.close()
            raise
        self.seat = seat
        self.seated_process = os.getpid()

    def wait_until_ready(self, seat: socket.socket, patient_until: float) -> None:
        seat.settimeout(0.01)
        while time.monotonic() < patient_until:
            if self.cluster.is_ready():
                seat.settimeout(None)
                return
            with contextlib.suppress(TimeoutError):
                if not seat.recv(1):
                    break
        said = telling_line((self.folder / "log").read_text(errors="replace"))
        raise CannotStart(
            f"PostgreSQL did not start ({said}); {self.folder / 'log'} has the rest. "
            "Mend that, or set DATABASE_URL to a PostgreSQL server."
        )

    # --- Launching: only ever done by the holder of the lock -------------------------

    def launch(self, patient_until: float) -> None:
        os_user = os_user_for(self.folder)
        self.refuse_another_release()
        self.cluster.end_orphan()
        if not self.cluster.exists():
            self.cluster.make(os_user, durable=self.durable, lock=self.lock.descriptor)
        address = open_address(os_user.place, os_user.user, os_user.group)
        seat = self.start_supervisor(os_user, address)
        self.take(seat, patient_until)
        try:
            self.make_roles(address)
            seat.sendall(READY)
        except BaseException:
            self.seat = None
            seat.close()  # the supervisor sees its only seat empty, and ends
            raise

    def refuse_another_release(self) -> None:
        """Before anything is touched."""
        if not self.cluster.exists():
            return
        made_by = self.cluster.release()
        if made_by != release_of_the_wheel():
            raise CannotStart(
                f"The database in {self.folder} was made by PostgreSQL {made_by}, and "
                f"this release brings {release_of_the_wheel()}, which cannot read it; "
                "nothing was changed. Install the release you had before and run "
                "`python manage.py backup FILE` with it, then install this one again "
                "and run `python manage.py restore --replace FILE`."
            )

    def start_supervisor(self, os_user: OsUser, address: Address) -> socket.socket:
        """Start the supervisor and hand it the lock; return our seat with it."""
        settings = SETTINGS | ({} if self.durable else NOT_DURABLE)
        settings |= {"unix_socket_directories": f'"{address.socket_folder}"'}
        command = os_user.command("postgres", "-D", str(self.cluster.path))
        command += ["-p", str(PORT)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]

        log = self.folder / "log"
        if log.exists():
            log.replace(self.folder / "log.1")
        seat, starter = socket.socketpair()
        with starter, socket.socket(socket.AF_UNIX) as listener, log.open("wb") as said:
            listener.bind(str(address.supervisor))
            listener.listen()
            handed_over = {
                "listener": listener.fileno(),
                "starter": starter.fileno(),
                "lock": self.lock.descriptor,
            }
            order = handed_over | {
                "command": command,
                "user": os_user.user,
                "group": os_user.group,
                "address": str(address.supervisor),
            }
            try:
                subprocess.run(
                    [sys.executable, "-IS", str(SUPERVISOR), json.dumps(order)],
                    pass_fds=tuple(handed_over.values()),
                    env=environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=said,
                    start_new_session=True,
                    check=True,
                )
            except BaseException:
                seat.close()
                raise
        return seat

    def make_roles(self, address: Address) -> None:
        files = ["roles.sql"] if self.durable else ["roles.sql", "test_databases.sql"]
        psql = [
            str(programs_of_the_wheel() / "psql"),
            *("--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1"),
            *("-h", str(address.socket_folder), "-p", str(address.port)),
            *("-U", "postgres", "-d", "postgres"),
        ]
        for file in files:
            psql += ["-f", str(HERE / file)]
        done = subprocess.run(
            psql,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise CannotStart(
                f"PostgreSQL refused our roles ({telling_line(done.stderr)}). "
                "Mend that, or set DATABASE_URL to a PostgreSQL server."
            )


@contextlib.contextmanager
def exclusively(folder: Path) -> Iterator[Postgres]:
    """A folder on which nothing runs, or will as long as this lasts; it may be new.

    Raises CannotStart while it is in use.
    """
    postgres = Postgres(folder)
    postgres.open_folder()
    # A supervisor whose last user has just gone needs a moment.
    if not any(postgres.lock.take(f"process {os.getpid()}") for _ in waits(2)):
        raise CannotStart(
            f"The database in {folder} is in use, and was started by "
            f"{postgres.lock.note()}: stop what uses it first."
        )
    try:
        postgres.cluster.end_orphan()
        yield postgres
    finally:
        postgres.lock.release()


def reset(folder: Path) -> None:
    """Remove the cluster, wherever it lives. Raises CannotStart while it is in use."""
    if not folder.exists():
        return
    with exclusively(folder) as postgres:
        close_address(postgres.place)
        postgres.cluster.remove()
        forget(postgres.folder / "elsewhere")
        # By name, so that a folder given by mistake keeps what is not ours.
        for name in ("log", "log.1", "lock"):
            (postgres.folder / name).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            postgres.folder.rmdir()


def put_in_place(restored: Path, folder: Path, *, keep_as: Path) -> None:
    """Have the folder `restored` be `folder`, and what is there now be `keep_as`.

    For whoever has `folder` exclusively. If that ends half-way, the next to open the
    folder finishes it: at no time is there nothing where the database should be.
    """
    reset(waiting_for(folder))  # of one that ended before it took its place
    restored.rename(waiting_for(folder))
    folder.rename(keep_as)
    finish_putting_in_place(folder)


def finish_putting_in_place(folder: Path) -> None:
    if not folder.exists() and waiting_for(folder).exists():
        with contextlib.suppress(FileNotFoundError):  # another was faster
            waiting_for(folder).rename(folder)


def waiting_for(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}-restored")
