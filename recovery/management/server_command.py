"""What `demo` and `serve` have in common: they run until they are told to stop."""

import signal
import sys

from recovery.embedded.data_folder import AlreadyRunning
from recovery.management.plain_command import PlainCommand

STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def leave(sign: int, _frame) -> None:
    signal.signal(sign, signal.SIG_IGN)  # told again, it goes on leaving
    sys.exit(0)


class ServerCommand(PlainCommand):
    """Says where it runs already, if it does."""

    def handle(self, **options) -> None:
        # Until gunicorn takes over: end as usual, so that the database ends too.
        for sign in STOP_SIGNALS:
            signal.signal(sign, leave)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        try:
            super().handle(**options)
        except EOFError:
            self.stop("There was no answer, so nothing was made.")
        except AlreadyRunning as running:
            self.say(
                f"Second Wind is running already, at {running.address}; it was left as "
                "it is."
            )
