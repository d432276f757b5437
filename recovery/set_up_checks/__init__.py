"""Is everything there that Second Wind runs on? One list of checks, for two doors.

`manage.py check_set_up` prints what they find; *How it runs*, a page of Set-up, shows
it. Each check is a function that answers a Finding, and is a thread here: together they
take as long as the slowest, and no longer than they are given.
"""

import logging
from collections.abc import Callable
from threading import Thread
from time import monotonic
from typing import NamedTuple

from django.db import connections
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from recovery.set_up_checks import clockwork, database, disk, mail, site
from recovery.set_up_checks.finding import Finding, broken

# For all of them: a mail server that refuses a password takes its time, and twice.
SECONDS = 5

logger = logging.getLogger(__name__)


class Check(NamedTuple):
    """A part of the set-up by its name, and how to find out about it."""

    name: str | Promise
    find_out: Callable[[], Finding]


MAIL = Check(gettext_lazy("Mail"), mail.mail_server)
CHECKS = [
    Check(gettext_lazy("Database"), database.database),
    Check(gettext_lazy("Database role"), database.role),
    Check(gettext_lazy("Tables"), database.migrations),
    Check(gettext_lazy("Amounts"), database.amounts),
    Check(gettext_lazy("Clock"), database.clock),
    Check(gettext_lazy("Broker"), clockwork.broker),
    Check(gettext_lazy("Worker"), clockwork.worker),
    Check(gettext_lazy("Beat"), clockwork.beat),
    Check(gettext_lazy("Address"), site.address),
    Check(gettext_lazy("Proxy"), site.proxy),
    Check(gettext_lazy("Errors and names"), site.errors_and_names),
    MAIL,
    Check(gettext_lazy("Disk"), disk.disk),
    Check(gettext_lazy("Backup"), disk.backup),
]


def look_at_everything(
    *, seconds: float = SECONDS, checks: list[Check] = CHECKS
) -> list[tuple[Check, Finding]]:
    """Each check with its finding, in order; one that is not done by then says so."""
    found: dict[int, Finding] = {}
    language = get_language()

    def find_out(place: int) -> None:
        with override(language):
            try:
                found[place] = checks[place].find_out()
            except Exception as error:  # a check that fails must not hide the others
                logger.exception("A check of the set-up failed")
                found[place] = _failed(error)
            finally:
                connections.close_all()  # this thread's

    # Nobody waits for what hangs: a lookup of a name has no timeout of its own.
    hands = [
        Thread(target=find_out, args=[place], daemon=True)
        for place in range(len(checks))
    ]
    until = monotonic() + seconds
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(max(0, until - monotonic()))
    silent = _silent(seconds)
    return [(check, found.get(place, silent)) for place, check in enumerate(checks)]


def _silent(seconds: float) -> Finding:
    return broken(
        _("Nothing was heard within %(seconds)g seconds.") % {"seconds": seconds},
        _("See whether it hangs, or its machine is busy or cannot be reached."),
    )


def _failed(error: Exception) -> Finding:
    return broken(
        _("The check itself failed (%(kind)s).") % {"kind": type(error).__name__},
        _("Where it failed is in the log."),
    )
