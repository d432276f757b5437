"""Putting a backup in the place of what is there, which is kept.

In a data folder it is loaded into a new database beside the old one; only when it is
whole and checked do the two change places, by their names. On a server it is loaded in
one transaction, in which the old tables go to a schema of their own.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkstemp

import psycopg
from django.conf import settings
from django.core.signing import BadSignature
from django.db import connections

from recovery.backup.backup_file import BackupFile, keep_names
from recovery.backup.checksums import rows_of
from recovery.backup.load_backup import load_backup, refuse_what_cannot_be
from recovery.backup.refusal import BackupRefused
from recovery.backup.take_backup import is_key_of_the_folder, signer
from recovery.embedded import postgres
from recovery.embedded.data_folder import AlreadyRunning, DataFolder
from recovery.embedded.os_user import release_of_the_wheel
from recovery.embedded.postgres import Postgres
from recovery.embedded.secret_key import secret_key_file
from recovery.schema import refuse_newer_tables

OWNER, APP = "second_wind_owner", "second_wind"
HOLDS_TABLES = """
SELECT EXISTS (
    SELECT FROM pg_class WHERE relnamespace = to_regnamespace('public')
)
"""
# Of the app alone: somebody who watches the server is not in the way.
OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = ANY(%s)
"""


@dataclass
class Restore:
    """One restore: `confirm` is asked before anything takes the place of something."""

    file: BackupFile
    confirm: Callable[[str], bool]
    say: Callable[[str], None]

    def run(self) -> None:
        """Raises BackupRefused or CannotStart: then nothing was changed."""
        refuse_newer_tables(self.file.manifest.migrations, of="This backup")
        # To the second, and a name for both a folder and a schema.
        stamp = f"{datetime.now(UTC):%Y%m%d_%H%M%S}"
        if settings.EMBEDDED_DATABASE:
            self.into_folder(settings.DATA_DIR, f"before_{stamp}")
        else:
            self.into_server(f"before_{stamp}")
        tables = self.file.manifest.tables
        self.say(
            f"Restored: {len(tables)} tables with {rows_of(tables)} rows, each as it "
            f"was on {self.file.manifest.taken_at:%d %B %Y at %H:%M} UTC."
        )

    # --- Into a data folder ----------------------------------------------------------

    def into_folder(self, data: Path, stamp: str) -> None:
        folder = data / "postgres"
        kept = data / f"postgres-{stamp}"
        new = data / "postgres-restoring"
        with _nobody_serving(data), postgres.exclusively(folder) as old:
            holds_data = old.cluster.exists()
            refuse_what_cannot_be(
                self.file, release=int(release_of_the_wheel()), roles={OWNER, APP}
            )
            self.refuse_where_no_room_is(old.place)
            if holds_data:
                self.ask(f"There is a database in {folder}", f"as {kept}")
            postgres.reset(new)
            try:
                with Postgres(new) as address:
                    load_backup(
                        self.file,
                        psycopg.connect(address.url(OWNER)),
                        app=APP,
                        say=self.say,
                    )
                postgres.put_in_place(new, folder, keep_as=kept)
                keep_names(data)
            finally:
                postgres.reset(new)
            self.take_key(secret_key_file(data), stamp if holds_data else None)
        if holds_data:
            places = dict.fromkeys([kept, Postgres(kept).place])  # one, as a rule
            self.say(
                f"What was there is kept in {' and '.join(map(str, places))}: remove "
                "it when nobody needs it."
            )
        else:
            _remove_emptied(kept)

    def refuse_where_no_room_is(self, place: Path) -> None:
        needed = self.file.manifest.database_bytes
        free = shutil.disk_usage(place).free
        if free < needed:
            raise BackupRefused(
                f"There is no room: the database takes {needed >> 20} MB, and "
                f"{free >> 20} MB are free where {place} is. Make room first."
            )

    def take_key(self, kept_key: Path, stamp: str | None) -> None:
        """Links in letters, and sign-ins, hold under the key they were made with."""
        key = self.file.secret_key()
        if key and not (kept_key.exists() and kept_key.read_text() == key):
            ours = is_key_of_the_folder()
            descriptor, draft = mkstemp(dir=kept_key.parent)
            with os.fdopen(descriptor, "w") as file:
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
            if stamp and kept_key.exists():
                os.link(kept_key, kept_key.with_name(f"secret_key-{stamp}"))
            os.rename(draft, kept_key)
            keep_names(kept_key.parent)
            if ours:
                return
        self.say_if_key_differs()

    # --- Into a server ---------------------------------------------------------------

    def into_server(self, stamp: str) -> None:
        owner = connections["owner"]
        with owner.cursor() as cursor:
            name, user = owner.connection.info.dbname, owner.connection.info.user
            app = connections["default"].settings_dict.get("USER") or user
            cursor.execute(HOLDS_TABLES)
            holds_data = cursor.fetchone()[0]
            cursor.execute("SELECT rolname::text FROM pg_roles")
            roles = {name for (name,) in cursor.fetchall()}
            release = owner.pg_version // 10_000
            refuse_what_cannot_be(self.file, release=release, roles=roles)
            cursor.execute(OTHERS, [[app, user]])
            if others := cursor.fetchone()[0]:
                raise BackupRefused(
                    f"The app is connected to the database {name} (connections: "
                    f"{others}): stop web, worker and beat first."
                )
        if holds_data:
            self.ask(f"There are tables in the database {name}", f"in schema {stamp}")
        load_backup(
            self.file,
            owner.connection,
            app=app,
            keep_as=stamp if holds_data else None,
            say=self.say,
        )
        owner.close()
        self.say_if_key_differs()
        if holds_data:
            self.say(
                f"What was there is kept in the schema {stamp}. When nobody needs it: "
                f"DROP SCHEMA {stamp} CASCADE"
            )

    # --- For both --------------------------------------------------------------------

    def ask(self, what: str, kept: str) -> None:
        if not self.confirm(
            f"{what}. The backup takes its place; what is there is kept, {kept}."
        ):
            raise BackupRefused("Nothing was restored.")

    def say_if_key_differs(self) -> None:
        try:
            signer().unsign(self.file.manifest.signed)
        except BadSignature:
            where = " (secret_key in the file)" if self.file.secret_key() else ""
            self.say(
                "SECRET_KEY is not the one that the backup was taken under: set it to "
                f"that one{where}, or links in letters that were sent do not work, and "
                "everybody signs in anew."
            )


@contextmanager
def _nobody_serving(data: Path):
    data_folder = DataFolder(data)
    try:
        data_folder.take("nowhere: a backup is being restored")
    except AlreadyRunning as running:
        raise BackupRefused(
            f"Second Wind is running, at {running.address}: stop it first (Ctrl-C "
            "where it was started), then restore."
        ) from running
    try:
        yield
    finally:
        data_folder.release()


def _remove_emptied(folder: Path) -> None:
    """What is left of a folder that held no database."""
    (folder / "lock").unlink(missing_ok=True)
    with suppress(OSError):  # it holds something of a person's: they see it
        folder.rmdir()
