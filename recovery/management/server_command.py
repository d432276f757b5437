"""What `demo` and `serve` have in common: they run until they are told to stop."""

import signal
import sys

from django.core.management.base import BaseCommand
from django.db import OperationalError

from recovery.embedded.data_folder import AlreadyRunning
from recovery.embedded.os_user import CannotStart, telling_line

STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def leave(sign: int, _frame) -> None:
    signal.signal(sign, signal.SIG_IGN)  # told again, it goes on leaving
    sys.exit(0)


class ServerCommand(BaseCommand):
    """What can be expected to go wrong is one sentence on stderr, and exit code 1."""

    requires_system_checks = []  # they are for who writes the code; CI runs them

    def handle(self, **options) -> None:
        # Until gunicorn takes over: end as usual, so that the database ends too.
        for sign in STOP_SIGNALS:
            signal.signal(sign, leave)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        try:
            self.start(**options)
        except EOFError:
            self.stop("There was no answer, so nothing was made.")
        except AlreadyRunning as running:
            self.say(
                f"Second Wind is running already, at {running.address}; it was left as "
                "it is."
            )
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
