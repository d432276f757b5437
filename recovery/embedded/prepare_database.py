"""What must be so before the first request: tables as in the code, files to serve.

Both are looked at in a moment and made only if they are behind.
"""

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from recovery.embedded.lock import Lock
from recovery.schema import (
    applied_migrations,
    missing_migrations,
    refuse_newer_tables,
)


def bring_tables_up_to_date() -> None:
    """Migrate, as the tables' owner, if a migration is not applied yet, and say so.

    Raises CannotStart, and changes nothing, if the tables are newer than the code.
    """
    with one_at_a_time():
        applied = applied_migrations()
        refuse_newer_tables(applied, of="The database")
        missing = missing_migrations()
        if missing:
            call_command("migrate", database="owner", interactive=False, verbosity=0)
        if missing and applied:  # a first start makes the tables without a word
            sys.stderr.write(f"Brought up to date: {', '.join(missing)}.\n")


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Of two commands that start at once, the second finds everything done."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    lock = Lock(settings.DATA_DIR / "migrating")
    while not lock.take(f"process {os.getpid()}"):
        time.sleep(0.1)
    try:
        yield
    finally:
        lock.release()


def bring_static_files_up_to_date() -> None:
    """Collect them anew if any was changed, added or removed since.

    An upgrade may bring files that look older than ours, so it is not their age that
    counts. The note is written last: a half-made collection is made again.
    """
    note = Path(settings.DATA_DIR, "static-made-from")
    made_from = fingerprint_of_static_files()
    if note.exists() and note.read_text() == made_from:
        return
    note.unlink(missing_ok=True)
    call_command("collectstatic", clear=True, interactive=False, verbosity=0)
    note.write_text(made_from)


def fingerprint_of_static_files() -> str:
    """Changes with any of them, and with the folder or the way they are collected."""
    facts = [settings.STORAGES["staticfiles"]["BACKEND"], str(settings.STATIC_ROOT)]
    for finder in get_finders():
        for name, storage in finder.list(ignore_patterns=[]):
            found = Path(storage.path(name)).stat()
            facts.append(f"{name} {found.st_size} {found.st_mtime_ns}")
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()
