"""People work while it migrates: no migration holds two tables that they work in.

Whoever logs a week holds one table and asks for another. A migration that holds that
other one, and asks for the first, and they wait for each other until one is refused.
"""

from collections import defaultdict

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.conftest import owners_login

HELD_AGAINST_EVERYBODY = """
SELECT DISTINCT relation::regclass::text FROM pg_locks
WHERE pid = pg_backend_pid() AND mode = 'AccessExclusiveLock' AND relation > 16383
"""
# From before this was looked at. They have run where they were to run.
EARLIER = {
    "reps.0003_expected_close_and_holidays",
    "reps.0006_check_in_schedule",
    "reps.0012_one_of_each_name",
}


@pytest.fixture
def empty(django_db_setup, django_db_blocker):
    """This connection is the owner's, in a database of its own."""
    with django_db_blocker.unblock(), owners_login():
        with connection._nodb_cursor() as cursor:
            cursor.execute("CREATE DATABASE migrating")
        connection.settings_dict["NAME"] = "migrating"
        yield connection
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute("DROP DATABASE migrating")


@pytest.fixture
def held(empty, monkeypatch):
    """Tables that were there and that a migration held to its end, by its name."""
    name, there, held = "", set(), defaultdict(set)
    commit = empty._commit

    def begin(action, migration=None, fake=False):
        nonlocal name, there
        if action == "apply_start":
            name, there = str(migration), set(empty.introspection.table_names())

    def look_and_commit():
        with empty.cursor() as cursor:
            cursor.execute(HELD_AGAINST_EVERYBODY)
            held[name] |= {table for (table,) in cursor.fetchall()} & there
        commit()

    monkeypatch.setattr(empty, "_commit", look_and_commit)
    executor = MigrationExecutor(empty, begin)
    executor.migrate(executor.loader.graph.leaf_nodes())
    return held


def test_none_holds_two_tables_at_once(held):
    several = {name for name, tables in held.items() if len(tables) > 1}
    assert held["reps.0019_cancelled_on_goes"] == {"reps_deal"}  # so it does look
    assert several == EARLIER, {name: held[name] for name in several}
