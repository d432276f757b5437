"""A backup's way into an empty database, in one transaction: whole and checked, or not.

pg_restore turns the dump into SQL and psql runs it, between what comes before and what
comes after. psql hears the end of its input only when pg_restore has read all of a file
that is not damaged; then the checksums are compared, and only then it commits.
"""

import os
import subprocess
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from tempfile import TemporaryFile

from psycopg import Connection, sql

from recovery.backup.backup_file import BackupFile
from recovery.backup.checksums import check
from recovery.backup.door import Door
from recovery.backup.programs import Programs, programs_for
from recovery.backup.refusal import BackupRefused
from recovery.backup.take_backup import progress
from recovery.embedded.os_user import telling_line

NOTE = sql.SQL("INSERT INTO public.{} VALUES ({}) ON CONFLICT DO NOTHING;")
NOTED_IN = "recovery_backuptaken"
# Whoever connects meanwhile waits for the tables, and then finds those of the backup.
KEEP_OUT = sql.SQL("""
DO $keep_out$
DECLARE
    one regclass;
BEGIN
    FOR one IN
        SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    LOOP
        EXECUTE format('LOCK TABLE %s', one);
    END LOOP;
END $keep_out$;
ALTER SCHEMA public RENAME TO {};
""")
# As in roles.sql. While tables are made it would give the app more than it had.
BY_THEMSELVES = (
    ("TABLES", "SELECT, INSERT, UPDATE, DELETE"),
    ("SEQUENCES", "USAGE, SELECT"),
)


def refuse_what_cannot_be(file: BackupFile, *, release: int, roles: set[str]) -> None:
    """Of a PostgreSQL of this release, with these roles. Raises BackupRefused."""
    manifest = file.manifest
    if manifest.server_release > release:
        raise BackupRefused(
            f"This backup is of PostgreSQL {manifest.server_release}, and this is "
            f"{release}, which is older: restore it where there is "
            f"{manifest.server_release} or later."
        )
    if missing := set(manifest.roles) - roles:
        raise BackupRefused(
            f"PostgreSQL has no role {' and no '.join(sorted(missing))} here, which "
            "the backup names: make the roles first, with the backup's own roles.sql."
        )
    programs_for(max(release, manifest.dumped_by))


def load_backup(
    file: BackupFile,
    connection: Connection,
    *,
    app: str,
    keep_as: str | None = None,
    say: Callable[[str], None],
) -> None:
    """Fill the database this connection, the owner's, leads to; close the connection.

    `app` is the role of the app. What is there now is kept in a schema of the name
    `keep_as`. Raises BackupRefused; then the database is as it was.
    """
    door = Door.of(connection)
    with connection:
        before = _before(connection, app, keep_as)
        after = _after(connection, file, app)
    programs = programs_for(max(door.release, file.manifest.dumped_by))
    Loading(file, door, programs).run(before, after, say)


def _before(connection: Connection, app: str, keep_as: str | None) -> str:
    if keep_as:
        away = KEEP_OUT.format(sql.Identifier(keep_as))
    else:
        away = sql.SQL("DROP SCHEMA IF EXISTS public;")  # fails where it is not empty
    words = [away]
    if app != connection.info.user:  # the owner's own rights come with the table
        words += (
            sql.SQL("ALTER DEFAULT PRIVILEGES REVOKE ALL ON {} FROM {};").format(
                sql.SQL(kind), sql.Identifier(app)
            )
            for kind, _rights in BY_THEMSELVES
        )
    return sql.Composed(words).as_string(connection)


def _after(connection: Connection, file: BackupFile, app: str) -> str:
    manifest = file.manifest
    words = [check(manifest.tables)]
    if NOTED_IN in manifest.tables:
        words.append(NOTE.format(sql.Identifier(NOTED_IN), manifest.taken_at))
    if app != connection.info.user:
        words += (
            sql.SQL("ALTER DEFAULT PRIVILEGES GRANT {} ON {} TO {};").format(
                sql.SQL(rights), sql.SQL(kind), sql.Identifier(app)
            )
            for kind, rights in BY_THEMSELVES
        )
    return sql.Composed(words).as_string(connection)


@dataclass
class Loading:
    """The two programs at work."""

    file: BackupFile
    door: Door
    programs: Programs

    def run(self, before: str, after: str, say: Callable[[str], None]) -> None:
        say("Loading the backup …")
        reads, writes = os.pipe()
        with TemporaryFile() as psql_said, TemporaryFile() as pg_restore_said:
            psql = subprocess.Popen(
                self.programs.command(
                    "psql",
                    *("--no-psqlrc", "--quiet", "--no-password"),
                    *("--single-transaction", "--set", "ON_ERROR_STOP=1"),
                    *("--dbname", self.door.dsn),
                    *("--command", before, "--file", "-", "--command", after),
                ),
                stdin=reads,
                stdout=subprocess.DEVNULL,
                stderr=psql_said,
                env=self.door.environment(),
            )
            os.close(reads)
            pg_restore = subprocess.Popen(
                self.programs.command("pg_restore", "--file", "-"),
                stdin=subprocess.PIPE,
                stdout=writes,
                stderr=pg_restore_said,
                env=self.door.environment(),
            )
            try:
                self.feed(pg_restore)
                say("Building indexes, and comparing every table with the backup …")
                read = pg_restore.wait() == 0
                if not read and psql.poll() is None:
                    psql.kill()  # before it hears the end of its input, and commits
                os.close(writes)
                writes = -1
                loaded = psql.wait() == 0
            finally:
                for process in (psql, pg_restore):
                    process.kill()
                    process.wait()
                if writes >= 0:
                    os.close(writes)
            if not (read and loaded):
                said = _said(psql_said) or _said(pg_restore_said)
                raise BackupRefused(
                    f"The backup could not be loaded ({telling_line(said)}): nothing "
                    "was changed."
                )

    def feed(self, pg_restore: subprocess.Popen) -> None:
        """Give it the dump, as long as it takes it."""
        with (
            closing(progress("loaded", self.file.dump_bytes)) as bar,
            suppress(BrokenPipeError),  # it ended, and says why
            pg_restore.stdin as dump,
        ):
            for piece in self.file.pieces():
                dump.write(piece)
                bar.update(len(piece))


def _said(file) -> str:
    file.seek(0)
    return file.read().decode(errors="replace").strip()
