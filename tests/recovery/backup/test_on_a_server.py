"""`backup` and `restore` where DATABASE_URL names a server."""

import shutil
from pathlib import Path

import psycopg
import pytest

from recovery.backup.programs import NEEDED, programs_for
from recovery.backup.refusal import BackupRefused
from recovery.embedded.postgres import Postgres, reset
from tests.recovery.backup.office import contents

NOT_TAKEN = {"recovery_backuptaken"}  # it knows of one backup more


def without(tables, *names):
    return {name: found for name, found in tables.items() if name not in names}


@pytest.fixture
def another_server(tmp_path):
    """With its roles and without a table."""
    with Postgres(tmp_path / "another", durable=False) as address:
        yield address
    reset(tmp_path / "another")


@pytest.fixture
def in_another(another_server):
    return {
        "DATABASE_URL": another_server.url("second_wind"),
        "DATABASE_OWNER_URL": another_server.url("second_wind_owner"),
    }


def test_from_a_folder_to_a_server_and_to_another(
    filled, office, full_server, another_server, in_another, tmp_path, ask
):
    assert without(contents(full_server), *NOT_TAKEN) == without(
        office.contents(), *NOT_TAKEN
    )
    said = filled.does("backup", tmp_path / "server.zip")
    assert "SECRET_KEY is not in it." in said

    said = filled.does("restore", tmp_path / "server.zip", **in_another)

    assert "each as it was" in said
    assert "SECRET_KEY is not the one" not in said
    assert contents(another_server) == contents(full_server)
    for address in (full_server, another_server):
        for attempt in (
            "UPDATE reps_activityentry SET change = 5",
            "INSERT INTO recovery_backuptaken VALUES (now())",
            "DROP TABLE reps_deal",
        ):
            with pytest.raises(psycopg.Error):
                ask(address, attempt, role="second_wind")

    changes = in_another | {"SECRET_KEY": "of other servers"}
    said = filled.does("restore", "--replace", tmp_path / "server.zip", **changes)
    assert "SECRET_KEY is not the one that the backup was taken under" in said


def test_tables_that_are_there_are_kept_in_a_schema(filled, full_server, backup, ask):
    ask(
        full_server,
        "UPDATE reps_deal SET product = 'X' WHERE outcome = 'open'",
        role="second_wind",
    )
    newer = contents(full_server)
    assert "There are tables in the database" in filled.refuses("restore", backup)
    assert contents(full_server) == newer

    said = filled.does("restore", backup, "--replace")

    kept = said.split("kept in the schema ")[1].split(".")[0]
    assert contents(full_server, schema=kept) == newer
    assert contents(full_server)["reps_deal"] != newer["reps_deal"]
    assert f"DROP SCHEMA {kept} CASCADE" in said
    ask(full_server, f"DROP SCHEMA {kept} CASCADE", role="second_wind_owner")


def test_while_the_app_is_connected_it_refuses(
    looked_at, full_server_to_look_at, backup
):
    before = contents(full_server_to_look_at)
    with psycopg.connect(full_server_to_look_at.url("second_wind")):
        sentence = looked_at.refuses("restore", backup, "--replace")
    assert "(connections: 1): stop web, worker and beat first" in sentence
    assert contents(full_server_to_look_at) == before


def test_what_cannot_be_loaded_changes_nothing(
    looked_at, full_server_to_look_at, backup, tmp_path
):
    before = contents(full_server_to_look_at)
    words = bytearray(backup.read_bytes())
    words[len(words) // 2] ^= 0xFF
    (tmp_path / "damaged.zip").write_bytes(words)
    looked_at.refuses("restore", tmp_path / "damaged.zip", "--replace")
    assert contents(full_server_to_look_at) == before


def test_the_roles_come_first(against, server, backup, ask):
    ask(server, "ALTER ROLE second_wind RENAME TO somebody")
    as_owner = {"DATABASE_URL": against.environment["DATABASE_OWNER_URL"]}
    sentence = against.refuses("restore", backup, **as_owner)
    assert "has no role second_wind here" in sentence
    assert "roles.sql" in sentence


def test_the_apps_role_alone_takes_no_backup(looked_at, tmp_path):
    sentence = looked_at.refuses("backup", tmp_path / "x.zip", DATABASE_OWNER_URL="")
    assert "set DATABASE_OWNER_URL to second_wind_owner" in sentence
    assert not (tmp_path / "x.zip").exists()


def test_a_server_that_does_not_answer_is_a_sentence(looked_at, tmp_path):
    gone = looked_at.environment["DATABASE_OWNER_URL"].replace("port=5432", "port=1")
    sentence = looked_at.refuses("backup", tmp_path / "x.zip", DATABASE_OWNER_URL=gone)
    assert sentence.startswith("The database does not answer")


def test_one_role_for_both_is_enough(against, server, backup, tmp_path, ask):
    """Where nobody made the owner's role a role of its own."""
    one = {
        "DATABASE_URL": server.url("second_wind_owner"),
        "DATABASE_OWNER_URL": "",
    }
    against.does("restore", backup, **one)
    against.does("backup", tmp_path / "again.zip", **one)
    before = contents(server)
    against.does("restore", tmp_path / "again.zip", "--replace", **one)
    assert contents(server) == before
    ask(
        server,
        "UPDATE reps_deal SET product = 'X' WHERE outcome = 'open'",
        role="second_wind_owner",
    )


# --- The programs ------------------------------------------------------------------


def test_the_wheels_programs_come_first():
    assert programs_for(18).folder.parts[-2] == "pginstall18"


def test_a_later_release_is_looked_for_in_path(tmp_path, monkeypatch):
    """Where the server is newer than the wheel."""
    wheel = programs_for(18).folder
    for name in NEEDED:
        (tmp_path / name).write_text(
            f'echo "{name} (PostgreSQL) 19.1 (Debian 19.1-1)"\n'
        )
        (tmp_path / name).write_text(f"#!/bin/sh\n{(tmp_path / name).read_text()}")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{wheel}:{tmp_path}")
    assert programs_for(19).folder == tmp_path


def test_where_there_is_none_it_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", str(Path(shutil.which("true")).parent))
    with pytest.raises(BackupRefused, match="postgresql-client-19"):
        programs_for(19)
