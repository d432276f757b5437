"""pg_dump, pg_restore and psql, of a release that fits: the wheel's, or PATH's.

pg_dump reads servers of its own release and older ones, and pg_restore what such a
pg_dump wrote.
"""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from recovery.backup.refusal import BackupRefused
from recovery.embedded.os_user import CannotStart, programs_of_the_wheel

NEEDED = ("pg_dump", "pg_restore", "psql")


@dataclass(frozen=True)
class Programs:
    """The folder they are in, and their release: 18, say."""

    folder: Path
    release: int

    def command(self, program: str, *arguments: str) -> list[str]:
        return [str(self.folder / program), *arguments]


def programs_for(release: int) -> Programs:
    """The first that are of this release or a later one."""
    found = []
    for programs in _programs():
        if programs.release >= release:
            return programs
        found.append(str(programs.release))
    there = f"those of {' and '.join(found)} are here" if found else "there are none"
    raise BackupRefused(
        f"This needs PostgreSQL's own programs {', '.join(NEEDED)}, of release "
        f"{release} or later; {there}. Install them so that they are in PATH: on "
        f"Debian and Ubuntu they are the package postgresql-client-{release}."
    )


def _programs() -> Iterator[Programs]:
    for folder in _folders():
        if all(os.access(folder / name, os.X_OK) for name in NEEDED):
            said = subprocess.run(
                [folder / "pg_dump", "--version"],
                capture_output=True,
                text=True,
                check=False,
            ).stdout
            if release := re.search(r"\) (\d+)", said):
                yield Programs(folder, int(release[1]))


def _folders() -> Iterator[Path]:
    with suppress(CannotStart):  # there is no wheel for every machine
        yield programs_of_the_wheel()
    yield from map(Path, os.get_exec_path())
