"""What `manage.py` runs: Django's commands, with the usual refusals in one sentence."""

import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility
from django.db import DatabaseError
from psycopg.errors import InsufficientPrivilege, UndefinedColumn, UndefinedTable

from recovery.embedded.os_user import CannotStart
from recovery.embedded.prepare_database import bring_tables_up_to_date

BRING_UP_TO_DATE = (
    "The database's tables are not there yet, or older than this code: bring them up to"
    " date first, with `python manage.py migrate`."
)
NOT_THE_OWNER = (
    "The database does not let this role change its tables: set DATABASE_OWNER_URL to"
    " the role that owns them, second_wind_owner."
)


class CommandLine(ManagementUtility):
    """Django's; the embedded database is up to date before a command leans on it."""

    def fetch_command(self, subcommand):
        command = super().fetch_command(subcommand)
        if command.requires_migrations_checks and settings.EMBEDDED_DATABASE:
            bring_tables_up_to_date()
        return command


def run(arguments: list[str]) -> None:
    """Run a command; what can be expected to go wrong is a sentence and exit code 1."""
    try:
        CommandLine(arguments).execute()
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))
    except CannotStart as refusal:
        sys.exit(str(refusal))
    except DatabaseError as error:
        origin = _origin(error)
        if isinstance(origin, (UndefinedTable, UndefinedColumn)):
            sys.exit(BRING_UP_TO_DATE)
        if isinstance(origin, InsufficientPrivilege) and "migrate" in arguments[1:2]:
            sys.exit(NOT_THE_OWNER)
        raise


def _origin(error: BaseException) -> BaseException:
    """What the database itself said, below the errors that Django made of it."""
    while below := error.__cause__ or error.__context__:
        error = below
    return error
