"""When the last backup was taken: written by the owner's role, read by the app's."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from recovery.backup.last_backup import last_backup_at, record_backup
from recovery.embedded.postgres import Postgres

NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_there_is_none_until_one_is_taken():
    assert last_backup_at() is None


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_last_one_counts_whichever_is_noted_last():
    for taken_at in (NOON, NOON - timedelta(days=1)):
        record_backup(taken_at)
    assert last_backup_at() == NOON


def test_the_apps_role_reads_and_cannot_write(data_folder, ask):
    app = {"role": "second_wind"}
    with Postgres(data_folder / "postgres") as server:
        assert ask(server, "SELECT count(*) FROM recovery_backuptaken", **app) == 0
        for attempt in (
            "INSERT INTO recovery_backuptaken VALUES (now())",
            "UPDATE recovery_backuptaken SET taken_at = now()",
            "DELETE FROM recovery_backuptaken",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                ask(server, attempt, **app)
