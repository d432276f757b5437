"""The backup that is taken by itself before the embedded database is migrated."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connections

from recovery.backup.refusal import BackupRefused
from recovery.backup.take_backup import take_backup
from recovery.embedded.os_user import CannotStart

KEPT = 3
NAME = "before-migrating-{at:%Y%m%dT%H%M%SZ}.zip"
STAYS = "Without one the tables stay as they are, so this release does not start."
OURS = "before-migrating-*.zip"  # what a person puts there is never removed


def back_up_before_migrating(say: Callable[[str], None]) -> None:
    """Only if there is somebody's data, and say where it is.

    Raises CannotStart if it cannot be taken: then the tables must stay as they are.
    """
    if not _holds_data():
        return
    folder = settings.DATA_DIR / "backups"
    path = folder / NAME.format(at=datetime.now(UTC))
    say("The tables are older than this code. A backup comes first …")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        take_backup(path, say=_silently)
    except OSError as error:
        raise CannotStart(
            f"A backup cannot be kept in {folder}: {error.strerror}. {STAYS}"
        ) from error
    except BackupRefused as refusal:
        raise CannotStart(f"{refusal} {STAYS}") from refusal
    _keep_the_last(folder)
    say(f"Backed up, in {path}.")


def _holds_data() -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.reps_organization') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("SELECT EXISTS (SELECT FROM public.reps_organization)")
        return cursor.fetchone()[0]


def _keep_the_last(folder: Path) -> None:
    """Their names are in the order in which they were taken."""
    for path in sorted(folder.glob(OURS))[:-KEPT]:
        path.unlink()


def _silently(_words: str) -> None: ...
