"""The database: reached or not, as whom, with which tables, at what time."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from recovery.embedded.postgres import Postgres
from recovery.set_up_checks import database
from recovery.set_up_checks.finding import Level
from tests.factories.reps import DealFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def gone(monkeypatch):
    """A database that is not there."""
    real = connection.settings_dict["NAME"]
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", f"{real}_gone")
    yield
    monkeypatch.undo()
    connection.close()


def test_it_is_reached():
    found = database.database()
    assert found.level == Level.FINE
    assert found.fact.startswith("PostgreSQL 18.")
    assert found.fact.endswith(" ms.")


@pytest.mark.usefixtures("gone")
def test_one_that_is_not_there_is_named():
    found = database.database()
    assert found.level == Level.BROKEN
    assert "_gone" in found.fact
    assert "DATABASE_URL" in found.what_to_do


@pytest.mark.usefixtures("gone")
@pytest.mark.parametrize(
    "check", [database.role, database.migrations, database.amounts, database.clock]
)
def test_what_only_it_knows_is_not_known_then(check):
    assert check().fact == "Not known: the database did not answer that."


def test_a_port_where_nobody_answers_does_not_hang(monkeypatch):
    """Nor is the password in what it says."""
    facts = connection.settings_dict | {
        "HOST": "127.0.0.1",
        "PORT": "1",
        "PASSWORD": "hunter2hunter2",
    }
    monkeypatch.setattr(database, "connection", DatabaseWrapper(facts))
    found = database.database()
    assert found.level == Level.BROKEN
    assert "hunter2" not in f"{found}"


@pytest.mark.usefixtures("as_owner")
def test_an_amount_above_the_bound_from_before_is_listed():
    assert database.amounts().fact == "None is above 10¹² of its currency."
    deal = DealFactory()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reps_deal DISABLE TRIGGER USER")
        cursor.execute("UPDATE reps_deal SET amount = 9999999999999")
        cursor.execute("ALTER TABLE reps_deal ENABLE TRIGGER USER")
    found = database.amounts()
    assert found.level == Level.LOOK
    assert found.fact == f"Above 10¹² of their currency: deal {deal.pk}."


@pytest.mark.usefixtures("as_owner")
def test_a_role_that_owns_the_tables_is_said():
    found = database.role()
    assert found.level == Level.LOOK
    assert found.fact.startswith("second_wind_owner owns ")
    assert "second_wind_owner (DATABASE_OWNER_URL)" in found.what_to_do


def test_the_apps_own_role_is_fine(tmp_path, monkeypatch):
    with Postgres(tmp_path / "server", durable=False) as address:
        facts = connection.settings_dict | address.django("second_wind")
        monkeypatch.setattr(database, "connection", DatabaseWrapper(facts))
        assert database.role().fact == (
            "second_wind reads and writes rows, and owns no table."
        )
        facts["USER"] = "postgres"
        found = database.role()
    assert found.fact == "postgres passes by what the database forbids to others."


def test_a_migration_that_is_not_applied_is_counted():
    assert database.migrations().level == Level.FINE
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("recovery", "0001_backup_taken")
    try:
        found = database.migrations()
    finally:
        recorder.record_applied("recovery", "0001_backup_taken")
    assert found.level == Level.BROKEN
    assert found.fact.startswith("1 of ")
    assert "migrate" in found.what_to_do


@pytest.mark.parametrize(
    ("ahead", "level", "words"),
    [
        (timedelta(0), Level.FINE, "seconds apart"),
        (timedelta(seconds=10), Level.LOOK, "10 seconds behind the app's"),
        (timedelta(seconds=-10), Level.LOOK, "10 seconds ahead of the app's"),
        (timedelta(hours=1), Level.BROKEN, "3600 seconds behind the app's"),
    ],
)
def test_clocks_that_differ_are_measured(ahead, level, words):
    """The app's is moved; the database's cannot be, so the difference is a real one."""
    with time_machine.travel(timezone.now() + ahead):
        found = database.clock()
    assert (found.level, words in found.fact) == (level, True), found.fact
