"""`manage.py backup`: whole, of one instant, for its owner's eyes, or not at all."""

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from zipfile import ZipFile, is_zipfile

import psycopg
import pytest

from recovery.backup.backup_file import BackupFile
from recovery.backup.refusal import BackupRefused
from recovery.embedded.os_user import programs_of_the_wheel
from tests.recovery.backup.office import contents
from tests.recovery.server_process import PATIENCE, ROOT


def test_it_is_one_file_for_its_owner_alone(office, tmp_path, ask):
    """And the database knows when it was taken."""
    file = tmp_path / "monday.zip"
    before = datetime.now(UTC)
    said = office.does("backup", file)
    with office.database() as address:
        query = "SELECT max(taken_at) FROM recovery_backuptaken"
        taken_at = ask(address, query, role="second_wind")

    assert before <= taken_at <= datetime.now(UTC)
    assert "tables with" in said
    assert "With the key that signs links and sign-ins." in said
    assert file.stat().st_mode & 0o777 == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"data", "monday.zip"}
    with ZipFile(file) as zipped:
        assert zipped.testzip() is None
        assert set(zipped.namelist()) == {
            *("database.dump", "roles.sql", "secret_key"),
            *("manifest.json", "READ_ME.txt"),
        }
        manifest = json.loads(zipped.read("manifest.json"))
    assert manifest["tables"]["reps_rep"].startswith("8 rows, ")
    assert "reps.0002_history_holds" in manifest["migrations"]


def test_where_it_cannot_be_kept_it_says_so(office, tmp_path):
    """A file that is there is left as it is."""
    file = tmp_path / "monday.zip"
    file.write_text("of great worth")
    there, nowhere = office.refuses_each(
        [("backup", file), ("backup", tmp_path / "nowhere" / "monday.zip")]
    )
    assert "already" in there
    assert file.read_text() == "of great worth"
    assert "cannot be kept as" in nowhere
    assert "No such file or directory" in nowhere


def test_an_empty_database_is_not_backed_up(elsewhere, tmp_path):
    sentence = elsewhere.refuses("backup", tmp_path / "monday.zip")
    assert sentence.startswith("There is nothing to back up")
    assert not (tmp_path / "monday.zip").exists()


def test_what_the_disk_does_not_hold_leaves_nothing(office, tmp_path):
    """A file may grow to 100 kB here: to a program a limit is as a full disk."""
    file = tmp_path / "small" / "monday.zip"
    file.parent.mkdir()
    with office.database():  # started by us, it has no such limit
        ended = subprocess.run(
            [sys.executable, "manage.py", "backup", str(file)],
            cwd=ROOT,
            env=office.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            preexec_fn=lambda: resource.setrlimit(
                resource.RLIMIT_FSIZE, (100_000, 100_000)
            ),
        )
    assert ended.returncode == 1, ended
    assert "cannot be kept as" in ended.stderr
    assert "File too large" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert list(file.parent.iterdir()) == []


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_ended_half_way_it_leaves_no_file_that_looks_whole(
    full_server_to_look_at, looked_at, tmp_path, sign
):
    folder = tmp_path / "kept"
    folder.mkdir()
    url = full_server_to_look_at.url("postgres")
    with psycopg.connect(url) as held:
        # It gets as far as this table, and no further.
        held.execute("LOCK TABLE reps_user IN ACCESS EXCLUSIVE MODE")
        process = looked_at.starts("backup", str(folder / "monday.zip"))
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        until = time.monotonic() + PATIENCE
        with psycopg.connect(url, autocommit=True) as looker:
            while not looker.execute(waiting).fetchone()[0]:
                assert time.monotonic() < until
                time.sleep(0.02)
        assert len(list(folder.iterdir())) == 1
        process.send_signal(sign)
        held.rollback()
        process.communicate(timeout=PATIENCE)
        assert process.returncode not in (0, 1)

    left = list(folder.iterdir())
    assert not (folder / "monday.zip").exists()
    assert not any(is_zipfile(path) for path in left)
    if sign != signal.SIGKILL:
        assert left == []


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99, 0.9999])
def test_a_part_of_one_does_not_pass_for_one(backup, tmp_path, share):
    part = shutil.copy(backup, tmp_path / "part.zip")
    os.truncate(part, int(backup.stat().st_size * share))
    with pytest.raises(BackupRefused, match="not a whole one"):
        BackupFile(part)


def test_pg_restore_alone_puts_it_back(backup, office, server, tmp_path, ask):
    """By the lines of READ_ME.txt, as the superuser, without a word of ours."""
    ask(server, "DROP OWNED BY second_wind, second_wind_owner")
    there = tmp_path / "by hand"
    with ZipFile(backup) as zipped:
        zipped.extractall(there)
    lines = re.findall(
        r"^    ((?:psql|pg_restore) .*(?:\n {8,}.*)?)",
        (there / "READ_ME.txt").read_text(),
        re.MULTILINE,
    )
    assert len(lines) == 4
    facts = {
        "PATH": f"{programs_of_the_wheel()}:{os.environ['PATH']}",
        "PGHOST": str(server.socket_folder),
        "PGPORT": str(server.port),
        "PGUSER": "postgres",
    }
    for line in lines:
        done = subprocess.run(
            line,
            shell=True,
            cwd=there,
            env=os.environ | facts,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (line, done.stderr)

    original, restored = office.contents(), contents(server)
    for table in original.keys() - {"recovery_backuptaken"}:
        assert restored[table] == original[table], table
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(
            server,
            "INSERT INTO recovery_backuptaken VALUES (now())",
            role="second_wind",
        )
