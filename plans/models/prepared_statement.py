"""Statements that PostgreSQL reads and plans once a connection, not each time.

For those that are said before every letter: to plan one takes longer than to run it.
Django has no cursor for that, since it writes the values into the words; psycopg has.
"""

from collections.abc import Sequence

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper


def run_prepared_statement(statement: str, values: Sequence) -> psycopg.Cursor:
    """On Django's own connection, in its transaction and with its errors."""
    database = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    raw = database.connection
    raw.prepare_threshold = 0  # Django's own cursors never prepare, whatever it is
    # Django's cursor around it: whoever watches queries sees this one, too.
    cursor = CursorWrapper(psycopg.Cursor(raw), database)
    cursor.execute(statement, values)
    return cursor.cursor
