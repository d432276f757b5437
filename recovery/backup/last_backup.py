"""When the last backup of this database was taken, for whoever asks how it stands.

It is known to the database itself, not to a folder: a backup of a server may be taken
on another machine. The owner's role writes it; the app's may read it.
"""

from datetime import datetime

from django.db import connections
from django.db.models import Max

from recovery.models import BackupTaken


def last_backup_at() -> datetime | None:
    """The instant that the last backup holds; None if none was taken with our command.

    What is taken by itself before migrations does not count: it lies in the data
    folder, and goes with it.
    """
    return BackupTaken.objects.aggregate(last=Max("taken_at"))["last"]


def record_backup(taken_at: datetime) -> None:
    """Note that a whole backup is kept; nothing where this table is yet to be made."""
    owner = connections["owner"]
    if BackupTaken._meta.db_table in owner.introspection.table_names():
        BackupTaken.objects.using("owner").get_or_create(taken_at=taken_at)
