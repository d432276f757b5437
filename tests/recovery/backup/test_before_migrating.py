"""The backup that comes by itself before the embedded database is migrated."""

import json
from types import SimpleNamespace

import pytest

from recovery.backup.backup_file import BackupFile
from recovery.embedded.postgres import reset
from tests.recovery.backup.office import Office, contents
from tests.recovery.made_once import copied, made_once
from tests.recovery.server_process import Server

BOARD = ("attainment", "--organization", "Harbor Point Software")
BACK = ("migrate", "recovery", "zero")  # its only table is the one of backups


@pytest.fixture(scope="session")
def older_made(office_made, tmp_path_factory):
    def make(folder):
        office = Office(copied(office_made.folder, folder))
        office.does(*BACK)
        for backup in (office.folder / "backups").iterdir():
            backup.unlink()

    return made_once(tmp_path_factory, "older", make)


@pytest.fixture
def older(older_made, tmp_path):
    """A data folder as the release before left it."""
    office = Office(copied(older_made, tmp_path / "data"))
    yield office
    reset(office.folder / "postgres")


@pytest.fixture(scope="session")
def brought_up_to_date_made(older_made, tmp_path_factory):
    def make(folder):
        office = Office(copied(older_made, folder / "data"))
        (office.folder / "backups" / "mine.zip").write_text("mine")
        for hour in range(4):
            name = f"before-migrating-20260101T{hour:02}0000Z.zip"
            (office.folder / "backups" / name).write_text("an earlier one")
        ended = office.told(*BOARD)
        (folder / "ended").write_text(
            json.dumps(
                {
                    "returncode": ended.returncode,
                    "stdout": ended.stdout,
                    "stderr": ended.stderr,
                }
            )
        )

    return made_once(tmp_path_factory, "brought-up-to-date", make)


@pytest.fixture
def brought_up_to_date(brought_up_to_date_made):
    """How new code ended on the older folder, and the folder: to be looked at only.

    It had four backups of the kind, and one that a person put there.
    """
    ended = json.loads((brought_up_to_date_made / "ended").read_text())
    office = Office(brought_up_to_date_made / "data")
    newest = office.folder / "backups" / backups(office)[-2]
    return SimpleNamespace(office=office, backup=newest, **ended)


def backups(office):
    return sorted(path.name for path in (office.folder / "backups").glob("*"))


def test_new_code_on_an_old_folder_backs_up_migrates_and_says_so(brought_up_to_date):
    assert brought_up_to_date.returncode == 0
    assert "Theo Lindqvist" in brought_up_to_date.stdout
    said, backup = brought_up_to_date.stderr, brought_up_to_date.backup
    at = f"brought-up-to-date/data/backups/{backup.name}."
    assert said.split("Backed up, in ")[1].splitlines()[0].endswith(at)
    assert "Brought up to date: recovery.0001_backup_taken" in said
    applied = BackupFile(backup).manifest.migrations
    assert "reps.0001_facts" in applied
    assert "recovery.0001_backup_taken" not in applied


def test_so_does_the_server(older):
    server = Server(older.folder, "serve")
    server.start()
    server.stop()
    assert "Backed up, in" in server.said
    assert "Brought up to date: recovery.0001" in server.said
    assert len(backups(older)) == 1


def test_it_can_be_restored_and_is_then_migrated_again(brought_up_to_date, elsewhere):
    said = elsewhere.does("restore", brought_up_to_date.backup)
    assert "It is older than this code" in said
    ended = elsewhere.told(*BOARD)
    assert "Brought up to date: recovery.0001" in ended.stderr
    assert ended.stdout == brought_up_to_date.stdout


def test_the_last_three_are_kept_and_what_a_person_put_there(brought_up_to_date):
    *earlier, newest, mine = backups(brought_up_to_date.office)
    assert earlier == [
        f"before-migrating-20260101T{hour:02}0000Z.zip" for hour in (2, 3)
    ]
    assert newest.startswith("before-migrating-")
    assert mine == "mine.zip"


def test_it_counts_as_no_backup_that_somebody_took(brought_up_to_date, ask):
    with brought_up_to_date.office.database() as address:
        assert ask(address, "SELECT count(*) FROM recovery_backuptaken") == 0


def test_without_a_migration_there_is_none(office):
    ended = office.told(*BOARD)
    assert ended.stderr == ""
    assert not (office.folder / "backups").exists()


def test_where_it_cannot_be_taken_nothing_is_migrated(older, ask):
    (older.folder / "backups").rmdir()
    (older.folder / "backups").write_text("in the way")
    ended = older.told(*BOARD)
    assert ended.returncode == 1
    assert "Without one the tables stay as they are" in ended.stderr
    assert "Traceback" not in ended.stderr
    with older.database() as address:
        applied = "SELECT count(*) FROM django_migrations WHERE app = '{}'"
        assert ask(address, applied.format("reps")) > 0
        assert ask(address, applied.format("recovery")) == 0


def test_two_commands_at_once_migrate_once(older):
    first, second = (older.starts(*BOARD) for _ in range(2))
    said = [process.communicate()[1] for process in (first, second)]
    assert [process.returncode for process in (first, second)] == [0, 0]
    assert sum("Brought up to date" in each for each in said) == 1
    assert len(backups(older)) == 1


def test_a_folder_of_a_newer_release_is_left_as_it_is(office, ask):
    with office.database() as address:
        ask(
            address,
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('reps', '9999_from_tomorrow', now())",
        )
        before = contents(address)
    for command in (BOARD, ("migrate",), ("serve",)):
        said = office.refuses(*command)
        assert said.startswith("The database comes from a newer Second Wind (reps.9999")
        assert "nothing was changed" in said
        assert office.contents() == before
