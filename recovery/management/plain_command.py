"""A command for whoever runs the app: what goes wrong is said in a sentence."""

import sys

from django.core.management.base import BaseCommand
from django.db import OperationalError

from recovery.embedded.os_user import CannotStart, telling_line


class PlainCommand(BaseCommand):
    """What can be expected to go wrong is one sentence on stderr, and exit code 1."""

    requires_system_checks = []  # they are for who writes the code; CI runs them

    def handle(self, **options) -> None:
        try:
            self.start(**options)
        except CannotStart as refusal:
            self.stop(str(refusal))
        except OperationalError as error:
            self.stop(f"The database does not answer: {telling_line(str(error))}")
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            self.stop(f"The machine refuses: {error.strerror or error}{where}.")

    def start(self, **options) -> None:
        raise NotImplementedError

    def say(self, words: str) -> None:
        """Now: whoever waits for it may read a pipe, and a fork would say it again."""
        self.stdout.write(words)
        self.stdout.flush()

    def stop(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(1)
