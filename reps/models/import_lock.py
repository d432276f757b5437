"""One import of an organization after the other, and nobody else waits for any.

An advisory lock of PostgreSQL's, held to the transaction's end. Ours are told apart by
their first number, and there is this one.
"""

from django.db import connection

IMPORTS = 1  # of ours; the second number is the organization's id


def try_import_lock(organization) -> bool:
    """Have it unless somebody else's import into the organization has it."""
    return _ask("SELECT pg_try_advisory_xact_lock(%s, %s)", organization)


def wait_for_import_lock(organization):
    """Have it once every other import into the organization has ended."""
    _ask("SELECT pg_advisory_xact_lock(%s, %s)", organization)


def _ask(words: str, organization) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(words, [IMPORTS, organization.pk])
        return cursor.fetchone()[0]
