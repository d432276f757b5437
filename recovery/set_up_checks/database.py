"""The database: does it answer, as whom, with which tables, and what time is it?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from time import perf_counter, time

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recovery.embedded.os_user import CannotStart, telling_line
from recovery.set_up_checks.finding import PATIENCE, Finding, broken, fine, look

# Seconds between the app's clock and the database's: due times are written by the one
# and read by the other.
SKEW_SEEN, SKEW_TOO_MUCH = 2, 60

WHO = """
    SELECT current_user, rolsuper OR rolbypassrls, (
        SELECT count(*) FROM pg_class
        WHERE relowner = pg_roles.oid AND relkind IN ('r', 'p')
            AND relnamespace = 'public'::regnamespace
    )
    FROM pg_roles WHERE rolname = current_user
"""

TOO_LARGE = """
    SELECT 'deal', id FROM reps_deal WHERE amount > 1e12
    UNION ALL SELECT 'quota', id FROM reps_quota WHERE amount > 1e12
    UNION ALL SELECT 'plan', id FROM plans_plan
        WHERE greatest(goal_low, goal_high, average_deal) > 1e12
    LIMIT 20
"""


@contextmanager
def own_connection() -> Iterator:
    """One of its own: what a page's connection waits for, this one does not."""
    own = connection.copy()
    options = own.settings_dict["OPTIONS"]
    waits = f"{options.get('options', '')} -c statement_timeout={PATIENCE}s"
    own.settings_dict["OPTIONS"] = options | {
        "connect_timeout": PATIENCE,
        "options": waits.strip(),
    }
    try:
        yield own
    finally:
        own.close()


def database() -> Finding:
    try:
        with own_connection() as own, own.cursor() as cursor:
            began = perf_counter()
            cursor.execute("SHOW server_version")
            version = cursor.fetchone()[0].split()[0]
    except (DatabaseError, CannotStart) as error:
        return broken(
            _("It does not answer: %(why)s") % {"why": telling_line(str(error))},
            _("See that PostgreSQL runs, and that DATABASE_URL names it rightly."),
        )
    took = {"version": version, "ms": round((perf_counter() - began) * 1000)}
    return fine(_("PostgreSQL %(version)s answered in %(ms)d ms.") % took)


def needs_the_database(check: Callable[[], Finding]) -> Callable[[], Finding]:
    """A check of what only the database knows; of its silence there is another."""

    @wraps(check)
    def find_out() -> Finding:
        try:
            return check()
        except (DatabaseError, CannotStart):
            return look(
                _("Not known: the database did not answer that."),
                _("Mend what is broken above first."),
            )

    return find_out


@needs_the_database
def role() -> Finding:
    with own_connection() as own, own.cursor() as cursor:
        cursor.execute(WHO)
        name, passes_by, tables = cursor.fetchone()
    facts = {"role": name, "count": tables}
    connect = _(
        "Connect the app as second_wind (DATABASE_URL), and “manage.py migrate” alone "
        "as second_wind_owner (DATABASE_OWNER_URL)."
    )
    if passes_by:
        words = _("%(role)s passes by what the database forbids to others.")
        return look(words % facts, connect)
    if tables:
        words = ngettext(
            "%(role)s owns %(count)d table, and could change it.",
            "%(role)s owns %(count)d tables, and could change every one.",
            tables,
        )
        return look(words % facts, connect)
    return fine(_("%(role)s reads and writes rows, and owns no table.") % facts)


@needs_the_database
def migrations() -> Finding:
    with own_connection() as own:
        executor = MigrationExecutor(own)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    facts = {"count": missing, "all": len(executor.loader.disk_migrations)}
    if missing:
        return broken(
            _("%(count)d of %(all)d migrations are not applied.") % facts,
            _("Run “python manage.py migrate” with this version of the code."),
        )
    return fine(_("All %(all)d migrations are applied.") % facts)


@needs_the_database
def amounts() -> Finding:
    """From before there was a bound: they stay until somebody puts them right."""
    with own_connection() as own, own.cursor() as cursor:
        cursor.execute(TOO_LARGE)
        found = [f"{table} {number}" for table, number in cursor.fetchall()]
    if not found:
        return fine(_("None is above 10¹² of its currency."))
    words = _("Above 10¹² of their currency: %(rows)s.")
    return look(
        words % {"rows": ", ".join(found)},
        _("Put each right where it is kept: the number is that of its page."),
    )


@needs_the_database
def clock() -> Finding:
    with own_connection() as own, own.cursor() as cursor:
        asked_at = time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        seconds = cursor.fetchone()[0] - (asked_at + time()) / 2
    apart = abs(seconds)
    facts = {"seconds": f"{apart:.0f}" if apart >= 1 else f"{apart:.3f}"}
    if apart <= SKEW_SEEN:
        words = _("The app's clock and the database's are %(seconds)s seconds apart.")
        return fine(words % facts)
    words = _("The database's clock is %(seconds)s seconds behind the app's.")
    if seconds > 0:
        words = _("The database's clock is %(seconds)s seconds ahead of the app's.")
    judged = broken if apart > SKEW_TOO_MUCH else look
    return judged(
        words % facts,
        _("Have both machines set their clocks from the network (NTP)."),
    )
