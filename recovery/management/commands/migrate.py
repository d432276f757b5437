"""`manage.py migrate`: Django's, as the role that owns the tables.

The embedded database is backed up first, if there is somebody's data in it.
"""

from django.conf import settings
from django.core.management.commands import migrate

from recovery.backup.before_migrating import back_up_before_migrating
from recovery.schema import (
    applied_migrations,
    missing_migrations,
    refuse_newer_tables,
)


class Command(migrate.Command):
    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *arguments, **options):
        if not (options["plan"] or options["check_unapplied"]):
            using = options["database"]
            refuse_newer_tables(applied_migrations(using), of="The database")
            to_do = options["app_label"] or missing_migrations(using)
            if settings.EMBEDDED_DATABASE and using == "owner" and to_do:
                back_up_before_migrating(self.say)
        super().handle(*arguments, **options)

    def say(self, words: str) -> None:
        """Beside what a command prints, and not in the red of errors."""
        self.stderr.write(words, style_func=str)
