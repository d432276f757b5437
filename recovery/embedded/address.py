"""Where the server is found: a folder with sockets, whose names the kernel can take.

A socket's path may have some hundred characters and a data folder's may have more, so
the sockets sit in the folder itself where that fits, and else in a temporary one that
it links to.
"""

import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

DATABASE = "second_wind"
PORT = 5432  # part of the socket's name; no port is opened
LONGEST_SOCKET_PATH = 99  # the kernel's limit is 107 on Linux, 103 on macOS


@dataclass(frozen=True)
class Address:
    """What a client needs to know. Roles are `second_wind` and `second_wind_owner`."""

    socket_folder: Path
    database: str = DATABASE
    port: int = PORT

    def url(self, role: str) -> str:
        """For DATABASE_URL, and for libpq."""
        host = quote(str(self.socket_folder), safe="/")
        return f"postgres://{role}@/{self.database}?host={host}&port={self.port}"

    def django(self, role: str) -> dict[str, str]:
        """For DATABASES: everything but the engine."""
        return {
            "NAME": self.database,
            "USER": role,
            "HOST": str(self.socket_folder),
            "PORT": str(self.port),
        }

    @property
    def supervisor(self) -> Path:
        """The supervisor's own socket, beside PostgreSQL's."""
        return self.socket_folder / "supervisor"


def address_in(place: Path) -> Address:
    here = place / "socket"
    return Address(here.readlink() if here.is_symlink() else here)


def open_address(place: Path, user: int | None, group: int | None) -> Address:
    """An empty private folder for the sockets; `user`'s, if PostgreSQL runs as one.

    For the holder of the lock: what a killed server left there is removed.
    """
    close_address(place)
    here = place / "socket"
    if fits(here):
        here.mkdir(mode=0o700)
        if user is not None:
            os.chown(here, user, group)
    else:
        temporary = Path(tempfile.gettempdir())
        parent = temporary if fits(temporary / "second-wind-abcdefgh") else Path("/tmp")
        # A name nobody can foresee: a known one could be taken by another user first.
        here.symlink_to(tempfile.mkdtemp(prefix="second-wind-", dir=parent))
    return address_in(place)


def close_address(place: Path) -> None:
    here = place / "socket"
    if here.is_symlink():
        if is_private(here.readlink()):
            shutil.rmtree(here.readlink())
        here.unlink()
    elif here.is_dir():
        shutil.rmtree(here)


def fits(socket_folder: Path) -> bool:
    longest = socket_folder / f".s.PGSQL.{PORT}.lock"  # longer than the supervisor's
    # In PostgreSQL's list of folders, a comma or a quote would end the name.
    return len(os.fsencode(longest)) <= LONGEST_SOCKET_PATH and not (
        {'"', ","} & set(str(socket_folder))
    )


def is_private(folder: Path) -> bool:
    """Whether it is a real folder that only we can enter."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return False
    return (
        stat.S_ISDIR(found.st_mode)
        and found.st_uid == os.geteuid()
        and not found.st_mode & 0o077
    )
