"""`manage.py backup FILE`: the whole database in one file, while the app runs."""

from pathlib import Path

from django.conf import settings

from recovery.backup.checksums import rows_of
from recovery.backup.last_backup import record_backup
from recovery.backup.take_backup import is_key_of_the_folder, take_backup
from recovery.management.backup_command import BackupCommand


class Command(BackupCommand):
    help = "Writes the database, as it is at this instant, into one new file."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="its name, such as monday.zip")

    def start(self, *, file, **options) -> None:
        manifest = take_backup(file.absolute(), say=self.say)
        record_backup(manifest.taken_at)
        size = file.stat().st_size / (1 << 20)
        self.say(
            f"Backed up: {len(manifest.tables)} tables with {rows_of(manifest.tables)} "
            f"rows, in {file} ({size:.1f} MB)."
        )
        if is_key_of_the_folder():
            self.say(
                "With the key that signs links and sign-ins. Letters kept as files are "
                f"not in it ({settings.DATA_DIR / 'mail'})."
            )
        else:
            self.say(
                "SECRET_KEY is not in it. Keep it where you keep passwords: without it "
                "no link in a letter that was sent works after a restore."
            )
