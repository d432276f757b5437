"""What `backup` and `restore` have in common: stopped half-way, they leave nothing."""

import signal
import sys

import psycopg

from recovery.backup.refusal import BackupRefused
from recovery.embedded.os_user import telling_line
from recovery.management.plain_command import PlainCommand


def leave(sign: int, _frame) -> None:
    signal.signal(sign, signal.SIG_IGN)  # told again, it goes on leaving
    sys.exit(128 + sign)


class BackupCommand(PlainCommand):
    def handle(self, **options) -> None:
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, leave)
        try:
            super().handle(**options)
        except BackupRefused as refusal:
            self.stop(str(refusal))
        except psycopg.Error as error:
            self.stop(f"PostgreSQL refuses: {telling_line(str(error))}")
        except EOFError:
            self.stop("There was no answer, so nothing was restored.")
