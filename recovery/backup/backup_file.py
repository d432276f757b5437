"""A backup is one ZIP file, for our `restore` and for a person who has only PostgreSQL.

    database.dump   pg_dump's own format
    roles.sql       the roles, which pg_dump does not hold
    secret_key      only of a data folder that keeps its own (docs/adr/0010)
    manifest.json   what is in it, with a checksum of each table
    READ_ME.txt     the way back by hand

It has its name only once it is whole, and its table of contents is at the end: a half
of one is no ZIP file.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from recovery.backup.refusal import BackupRefused

FORMAT = 1
DUMP, MANIFEST, KEY = "database.dump", "manifest.json", "secret_key"
READ_ME = """\
A backup of Second Wind, taken on {taken_at:%d %B %Y at %H:%M} UTC.

With Second Wind:   python manage.py restore {name}

With PostgreSQL {release} or later alone, where this file was unpacked:

    psql -d postgres -f roles.sql
    psql -d second_wind -c 'ALTER DEFAULT PRIVILEGES FOR ROLE second_wind_owner
                            REVOKE ALL ON TABLES FROM second_wind'
    pg_restore --clean --if-exists -d second_wind database.dump
    psql -d postgres -f roles.sql

as a superuser. The second line sees to it that no table is open to the app for more
than it was; the last one takes it back.

It holds everything that people wrote and their sign-ins, in plain sight: keep it as
you keep the database.
"""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    taken_at: datetime
    server_release: int
    dumped_by: int  # the release of pg_dump
    database_bytes: int
    roles: list[str]
    migrations: list[str]  # app.name, as applied
    tables: dict[str, str]  # with their checksums
    signed: str  # by the secret key, so that another one is noticed

    def words(self) -> str:
        facts = asdict(self) | {"format": FORMAT, "taken_at": self.taken_at.isoformat()}
        return json.dumps(facts, indent=2)

    @classmethod
    def read(cls, words: bytes) -> "Manifest":
        facts = json.loads(words)
        if facts.pop("format") > FORMAT:
            raise BackupRefused(
                "This backup was taken by a newer Second Wind: install that release, "
                "and restore with it."
            )
        return cls(**facts | {"taken_at": datetime.fromisoformat(facts["taken_at"])})


class BackupFile:
    """A whole backup, to read from."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.zip = ZipFile(path)
            self.manifest = Manifest.read(self.zip.read(MANIFEST))
            self.dump_bytes = self.zip.getinfo(DUMP).file_size
        except (BadZipFile, KeyError, TypeError, ValueError, EOFError) as error:
            raise BackupRefused(
                f"{path} is not a backup of Second Wind, or not a whole one: choose a "
                "file that `manage.py backup` made."
            ) from error
        except OSError as error:
            raise BackupRefused(f"{path} cannot be read: {error.strerror}.") from error

    def secret_key(self) -> str | None:
        """The one of the data folder, if it was in one."""
        if KEY not in self.zip.namelist():
            return None
        return self.zip.read(KEY).decode()

    def pieces(self, size: int = 1 << 20) -> Iterator[bytes]:
        """The dump; raises BackupRefused where the file was damaged since."""
        try:
            with self.zip.open(DUMP) as dump:
                while piece := dump.read(size):
                    yield piece
        except (BadZipFile, EOFError) as error:
            raise BackupRefused(
                f"{self.path} is damaged: nothing was restored. Choose another backup."
            ) from error


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that only its owner may read, and that has its name once it is whole."""
    _refuse_to_overwrite(path)
    try:
        descriptor, draft = mkstemp(
            prefix=f".{path.name}.", suffix=".part", dir=path.parent
        )
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _refuse_to_overwrite(path)
            os.rename(draft, path)
            keep_names(path.parent)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(draft)
            raise
    except OSError as error:
        raise BackupRefused(
            f"The backup cannot be kept as {path}: {error.strerror}. Nothing is left "
            "of it; mend that, or choose another place."
        ) from error


def _refuse_to_overwrite(path: Path) -> None:
    if path.exists():
        raise BackupRefused(
            f"There is {path} already, and it was left as it is: choose another name."
        )


def keep_names(folder: Path) -> None:
    """Have the disk keep what was renamed in a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
