"""A backup of the whole database as it was at one instant, while the app runs.

The checksums are taken in the snapshot that pg_dump uses, so that they are of the very
rows it writes, whatever is written meanwhile.
"""

import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryFile
from zipfile import ZipFile

from django.conf import settings
from django.core.signing import Signer
from django.db import connections, transaction
from psycopg import Cursor
from tqdm import tqdm

from recovery.backup.backup_file import (
    DUMP,
    KEY,
    MANIFEST,
    READ_ME,
    Manifest,
    new_file,
)
from recovery.backup.checksums import checksums
from recovery.backup.door import Door
from recovery.backup.programs import programs_for
from recovery.backup.refusal import BackupRefused
from recovery.embedded.os_user import telling_line
from recovery.embedded.secret_key import secret_key_file

ROLES = Path(settings.BASE_DIR, "recovery", "embedded", "roles.sql")
SIGNED = "second wind"
PIECE = 1 << 20
# Ours are the owner's tables; who else may do what with them is in the dump, too.
WHOSE = """
SELECT DISTINCT rolname::text FROM pg_class, LATERAL (
    SELECT relowner AS role UNION SELECT grantee FROM aclexplode(relacl)
) AS named JOIN pg_roles ON pg_roles.oid = named.role
WHERE relnamespace = 'public'::regnamespace ORDER BY rolname
"""
APPLIED = "SELECT app || '.' || name FROM public.django_migrations ORDER BY id"
IS_OURS = """
SELECT pg_has_role(relowner, 'USAGE') FROM pg_class
WHERE oid = to_regclass('public.django_migrations')
"""


def signer() -> Signer:
    """Tells whether a backup was taken under the key that letters are signed with."""
    return Signer(salt="recovery.backup")


def take_backup(path: Path, *, say: Callable[[str], None]) -> Manifest:
    """Write it to a new file. Raises BackupRefused, and then there is no file."""
    owner = connections["owner"]
    with (
        new_file(path) as file,
        transaction.atomic(using="owner"),
        owner.cursor() as django_cursor,
    ):
        cursor = django_cursor.cursor
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        refuse_what_is_not_ours(cursor)
        snapshot = cursor.execute("SELECT pg_export_snapshot()").fetchone()[0]
        door = Door.of(cursor.connection)
        programs = programs_for(door.release)
        say("Counting and summing up every table …")
        manifest = manifest_of(cursor, door.release, programs.release)
        say("Writing the backup …")
        dump = programs.command(
            "pg_dump",
            *("--format=custom", "--schema=public", "--no-password"),
            f"--snapshot={snapshot}",
            *("--dbname", door.dsn),
        )
        with ZipFile(file, "w") as zipped:
            write_dump(dump, zipped, door.environment())
            zipped.write(ROLES, ROLES.name)
            if is_key_of_the_folder():
                zipped.writestr(KEY, settings.SECRET_KEY)
            facts = {"taken_at": manifest.taken_at, "release": door.release}
            zipped.writestr("READ_ME.txt", READ_ME.format(name=path.name, **facts))
            zipped.writestr(MANIFEST, manifest.words())
    return manifest


def refuse_what_is_not_ours(cursor: Cursor) -> None:
    ours = cursor.execute(IS_OURS).fetchone()
    if ours is None:
        raise BackupRefused("There is nothing to back up: the database has no tables.")
    if not ours[0]:
        raise BackupRefused(
            "A backup is taken as the role that owns the tables: set "
            "DATABASE_OWNER_URL to second_wind_owner."
        )


def manifest_of(cursor: Cursor, server_release: int, dumped_by: int) -> Manifest:
    now, size = cursor.execute(
        "SELECT now(), pg_database_size(current_database())"
    ).fetchone()
    return Manifest(
        taken_at=now,
        server_release=server_release,
        dumped_by=dumped_by,
        database_bytes=size,
        roles=[name for (name,) in cursor.execute(WHOSE)],
        migrations=[name for (name,) in cursor.execute(APPLIED)],
        tables=checksums(cursor),
        signed=signer().sign(SIGNED),
    )


def write_dump(command: list[str], zipped: ZipFile, environment: dict) -> None:
    with (
        TemporaryFile() as said,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            env=environment,
        ) as process,
    ):
        try:
            with (
                closing(progress("written")) as bar,
                zipped.open(DUMP, "w", force_zip64=True) as dump,
            ):
                while piece := process.stdout.read(PIECE):
                    dump.write(piece)
                    bar.update(len(piece))
        except BaseException:
            process.kill()
            raise
        if process.wait() != 0:
            said.seek(0)
            raise BackupRefused(
                "pg_dump could not read the database "
                f"({telling_line(said.read().decode(errors='replace'))}): there is no "
                "backup."
            )


def progress(what: str, total: int | None = None) -> tqdm:
    """How far it is, on a terminal."""
    return tqdm(
        desc=what,
        total=total,
        unit="B",
        unit_scale=True,
        disable=None,
        leave=False,
    )


def is_key_of_the_folder() -> bool:
    """Whether the key is one that the data folder made, and not the environment's."""
    kept = secret_key_file(settings.DATA_DIR)
    return (
        settings.EMBEDDED_DATABASE
        and kept.exists()
        and kept.read_text() == settings.SECRET_KEY
    )
