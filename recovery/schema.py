"""Whether the tables are older than this code, or newer.

A table is as new as its migrations. What a release does not know was made by a later
one; what it knows and finds missing is applied.
"""

from collections.abc import Iterable

from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from recovery.embedded.os_user import CannotStart


def missing_migrations(using: str = "owner") -> list[str]:
    """What the code has and the database has not, in the order to apply it in."""
    executor = MigrationExecutor(connections[using])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def missing_from(applied: Iterable[str]) -> bool:
    """Whether the code has a migration that is not among these."""
    nodes = MigrationLoader(None).graph.leaf_nodes()
    return not {f"{app}.{name}" for app, name in nodes} <= set(applied)


def applied_migrations(using: str = "owner") -> list[str]:
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return [f"{app}.{name}" for app, name in applied]


def refuse_newer_tables(migrations: Iterable[str], *, of: str) -> None:
    """Raises CannotStart for migrations that a later release has brought.

    An app that this code has not may as well be one of an earlier release's.
    """
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known |= set(migration.replaces)
    newer = [
        each
        for each in migrations
        if (named := tuple(each.split(".", 1))) not in known
        and named[0] in loader.migrated_apps
    ]
    if newer:
        raise CannotStart(
            f"{of} comes from a newer Second Wind ({newer[-1]} is not known here); "
            "nothing was changed. Install that release, or a later one."
        )
