"""`manage.py restore FILE`: a backup takes the place of what is there."""

import sys
from pathlib import Path

from recovery.backup.backup_file import BackupFile
from recovery.backup.refusal import BackupRefused
from recovery.backup.restore_backup import Restore
from recovery.management.backup_command import BackupCommand
from recovery.schema import missing_from


class Command(BackupCommand):
    help = "Puts a backup in the place of what is there, which is kept."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="what `backup` wrote")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="do not ask, if there is data that it takes the place of",
        )

    def start(self, *, file, replace, **options) -> None:
        backup = BackupFile(file.absolute())
        self.replace = replace
        Restore(backup, confirm=self.confirm, say=self.say).run()
        if missing_from(backup.manifest.migrations):
            self.say(
                "It is older than this code: the next start brings its tables up to "
                "date, on a server `manage.py migrate`."
            )

    def confirm(self, what: str) -> bool:
        if self.replace:
            return True
        if not sys.stdin.isatty():
            raise BackupRefused(f"{what} Say --replace if that is what you want.")
        self.say(what)
        return input("Shall it? [y/N] ").strip().lower() in ("y", "yes")
