"""`manage.py restore` in a data folder: whole and checked, or nothing is changed."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit
from zipfile import ZipFile

import psycopg
import pytest
from psycopg import errors

from recovery.backup.checksums import checksums
from recovery.embedded.postgres import Postgres, put_in_place, waiting_for
from tests.recovery.backup.office import Office, contents
from tests.recovery.server_process import PATIENCE, ROOT, Server, heard

TAPS = "SELECT array_agg(key::text) FROM reps_activityentry"
MOVES = "SELECT count(*) FROM reps_stagemove"
# Each query's answer is the same before and after.
AS_IT_WAS = {
    "triggers": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE NOT tgisinternal",
    "functions": "SELECT proname, prosrc, proowner::regrole::text FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace",
    "who may call them": "SELECT proname, one::text FROM pg_proc, unnest(proacl) AS one"
    " WHERE pronamespace = 'public'::regnamespace",
    # Not their words: PostgreSQL writes a check it has read once more otherwise.
    "constraints": "SELECT conname, conrelid::regclass::text, contype::text,"
    " condeferrable, condeferred, convalidated FROM pg_constraint",
    "indexes": "SELECT split_part(indexdef, ' WHERE ', 1) FROM pg_indexes"
    " WHERE schemaname = 'public'",
    "owners": "SELECT relname, relowner::regrole::text FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace",
    "grants": "SELECT relname, one::text FROM pg_class, unnest(relacl) AS one"
    " WHERE relnamespace = 'public'::regnamespace",
    "grants on columns": "SELECT attrelid::regclass::text, attname, one::text"
    " FROM pg_attribute, unnest(attacl) AS one WHERE attrelid > 16383",
    "the schema": "SELECT nspowner::regrole::text, one::text"
    " FROM pg_namespace, unnest(nspacl) AS one WHERE nspname = 'public'",
    "what a table brings": "SELECT defaclobjtype::text, one::text"
    " FROM pg_default_acl, unnest(defaclacl) AS one",
    "roles": "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcanlogin"
    " FROM pg_roles WHERE rolname LIKE 'second_wind%'",
    "sequences": "SELECT sequencename, last_value FROM pg_sequences",
}
# What the app's role tries, and what stops it.
ATTEMPTS = {
    "UPDATE reps_activityentry SET change = 5": errors.InsufficientPrivilege,
    "DELETE FROM reps_stagemove": errors.InsufficientPrivilege,
    "UPDATE plans_proposal SET content = '{}'": errors.InsufficientPrivilege,
    "UPDATE plans_proposal SET revision = 7": errors.RestrictViolation,
    "UPDATE reps_deal SET amount = 1 WHERE outcome = 'won'": errors.CheckViolation,
    "UPDATE reps_deal SET outcome = 'won', closed_on = opened_on"
    " WHERE outcome = 'open'": errors.CheckViolation,
    "INSERT INTO recovery_backuptaken VALUES (now())": errors.InsufficientPrivilege,
    "DROP TABLE reps_deal": errors.InsufficientPrivilege,
    "TRUNCATE reps_stagemove CASCADE": errors.InsufficientPrivilege,
}


def changed(backup, there, how):
    """A copy of it that says otherwise of itself."""
    with ZipFile(backup) as old, ZipFile(there, "w") as new:
        for name in old.namelist():
            words = old.read(name)
            if name == "manifest.json":
                words = json.dumps(how(json.loads(words)))
            new.writestr(name, words)
    return there


# --- Under load --------------------------------------------------------------------


@pytest.fixture
def at_work(office):
    """The office's app runs, and eight people log and move; their journal."""
    server = Server(office.folder, "serve")
    server.start()
    people = subprocess.Popen(
        [sys.executable, "-m", "tests.recovery.backup.writers"],
        cwd=ROOT,
        env=office.environment | {"DJANGO_SETTINGS_MODULE": "recovery.settings"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield people
    people.kill()
    people.communicate()
    server.stop()


def test_taken_under_load_it_comes_back_as_it_was_at_one_instant(
    office, elsewhere, at_work, tmp_path, ask
):
    file = tmp_path / "under load.zip"
    before = [at_work.stdout.readline() for _ in range(40)]

    office.does("backup", file)

    after = [at_work.stdout.readline() for _ in range(40)]
    at_work.send_signal(signal.SIGTERM)
    rest, _ = at_work.communicate(timeout=PATIENCE)
    written = len(before) + len(after) + rest.count("\n")
    elsewhere.does("restore", file)

    with ZipFile(file) as zipped:
        expected = json.loads(zipped.read("manifest.json"))["tables"]
    with elsewhere.database() as address:
        with psycopg.connect(address.url("postgres")) as connection:
            found = checksums(connection.cursor())
        del found["recovery_backuptaken"]  # it knows of this backup, now
        assert found == {name: expected[name] for name in found}
        restored = set(ask(address, TAPS))
        moves = ask(address, MOVES)
    with office.database() as address:
        there_now = set(ask(address, TAPS))
        moves_now = ask(address, MOVES)

    assert {line.split()[1] for line in before if line.startswith("tap")} <= restored
    assert restored < there_now
    assert moves < moves_now
    assert written > 80


def test_triggers_grants_and_roles_come_back(office, restored, ask):
    with office.database() as old, restored.database() as new:
        with psycopg.connect(old.url("postgres")) as connection:
            was = {what: set(connection.execute(AS_IT_WAS[what])) for what in AS_IT_WAS}
        with psycopg.connect(new.url("postgres")) as connection:
            for what, query in AS_IT_WAS.items():
                assert set(connection.execute(query)) == was[what], what
        assert len(was["triggers"]) > 3
        for attempt, refusal in ATTEMPTS.items():
            with pytest.raises(refusal):
                ask(new, attempt, role="second_wind")


def test_a_link_out_of_a_letter_sent_before_works(office, restored):
    link = office.does(
        "shell",
        "-c",
        "from plans.links import unsubscribe_link; from reps.models import User;"
        "print('at', unsubscribe_link(User.objects.get(email='theo@demo.example')))",
    )
    path = urlsplit(link.split("at ")[1].strip()).path

    answers = restored.does(
        "shell",
        "-c",
        "from django.test import Client; here = Client(headers={'host': '127.0.0.1'});"
        f"print('answers', here.get('{path}').status_code,"
        f" here.get('{path[:-4]}xxx/').status_code)",
        DEBUG="1",  # its pages find their styles where they are written
    )
    assert "answers 200 404" in answers


# --- What is there -----------------------------------------------------------------


def test_into_a_folder_with_data_it_asks(office, backup):
    before = office.contents()
    sentence = office.refuses("restore", backup)
    assert sentence.startswith("There is a database in")
    assert "--replace" in sentence
    assert office.contents() == before


def test_on_a_terminal_it_waits_for_the_answer(office, backup):
    for answer, does_it in (("", False), ("y", True)):
        terminal, its_end = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-u", "manage.py", "restore", str(backup)],
            cwd=ROOT,
            env=office.environment,
            stdin=its_end,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        said = heard(process, "[y/N] ")
        os.write(terminal, f"{answer}\n".encode())
        rest, _ = process.communicate(timeout=PATIENCE)
        for end in (terminal, its_end):
            os.close(end)

        assert "what is there is kept" in said
        assert (b"Restored: " in rest) is does_it
        assert process.returncode == (0 if does_it else 1)


def test_what_was_there_is_kept_and_can_be_put_back(office, backup, ask):
    """The database, and the key that signed what was sent from it."""
    with office.database() as address:
        ask(address, "UPDATE reps_deal SET product = 'X' WHERE outcome = 'open'")
        newer = contents(address)
    key = office.folder / "secret_key"
    old_key = key.read_text()
    key.write_text("another")
    said = office.does("restore", backup, "--replace")
    (kept,) = office.folder.glob("postgres-before_*")
    (kept_key,) = office.folder.glob("secret_key-before_*")

    assert str(kept) in said
    assert office.contents()["reps_deal"] != newer["reps_deal"]
    assert kept_key.read_text() == "another"
    assert key.read_text() == old_key
    assert key.stat().st_mode & 0o777 == 0o600

    (office.folder / "postgres").rename(office.folder / "restored")
    kept.rename(office.folder / "postgres")
    assert office.contents() == newer


def test_in_an_empty_folder_nothing_is_left_over(restored):
    left = {path.name for path in restored.folder.iterdir()}
    assert left == {"postgres", "secret_key", "server", "worker"}


def test_while_the_app_runs_it_refuses(office, backup):
    server = Server(office.folder, "serve")
    server.start()
    try:
        sentence = office.refuses("restore", backup, "--replace")
        assert f"Second Wind is running, at {server.url}: stop it first" in sentence
        assert server.browser().get("/health/") == 200
    finally:
        server.stop()


def test_while_another_command_has_the_database_it_refuses(office, backup):
    with office.database():
        sentence = office.refuses("restore", backup, "--replace")
    assert "is in use" in sentence


# --- What it does not take ---------------------------------------------------------


def without_a_row(facts):
    tables = facts["tables"]
    return facts | {"tables": tables | {"reps_deal": tables["reps_deal"] + "1"}}


def without_a_table(facts):
    return facts | {"tables": facts["tables"] | {"reps_gone": "1 rows, 1"}}


def from_tomorrow(facts):
    return facts | {"migrations": [*facts["migrations"], "reps.9999_from_tomorrow"]}


def middle_bit_turned(words):
    middle = len(words) // 2
    return words[:middle] + bytes([words[middle] ^ 0xFF]) + words[middle + 1 :]


# What is otherwise in the manifest, and what is said to it.
OTHERWISE = {
    "reps.9999_from_tomorrow is not known here": from_tomorrow,
    "was taken by a newer Second Wind": lambda facts: facts | {"format": 99},
    "is of PostgreSQL 99, and this is 18": lambda facts: facts | {"server_release": 99},
    "of release 99 or later": lambda facts: facts | {"dumped_by": 99},
    "has no role harbor here": lambda facts: facts | {"roles": ["harbor"]},
    "There is no room": lambda facts: facts | {"database_bytes": 1 << 60},
    "table reps_deal is not as it was in the backup": without_a_row,
    "the tables are not those of the backup": without_a_table,
}


def test_what_it_does_not_take_changes_nothing(office, backup, tmp_path):
    """Each is refused in its own sentence, and the office has what it had."""
    files = {
        sentence: changed(backup, tmp_path / f"{number}.zip", how)
        for number, (sentence, how) in enumerate(OTHERWISE.items())
    }
    files["is damaged"] = tmp_path / "damaged.zip"
    files["is damaged"].write_bytes(middle_bit_turned(backup.read_bytes()))
    files["is not a backup of Second Wind"] = tmp_path / "letter.zip"
    files["is not a backup of Second Wind"].write_text("Dear Theo")
    files["cannot be read: No such file"] = tmp_path / "nothing.zip"
    before = office.contents()

    said = office.refuses_each([("restore", of, "--replace") for of in files.values()])
    for sentence, refusal in zip(files, said, strict=True):
        assert sentence in refusal

    assert office.contents() == before
    left = {path.name for path in office.folder.iterdir()}
    assert left == {"postgres", "secret_key", "server", "worker"}


# --- Keys --------------------------------------------------------------------------


def test_where_the_environment_has_another_key_it_says_so(elsewhere, backup):
    said = elsewhere.does("restore", backup, SECRET_KEY="of this environment")
    assert "SECRET_KEY is not the one that the backup was taken under" in said


# --- Ended half-way ----------------------------------------------------------------


def test_killed_half_way_the_old_database_stays(office, backup):
    before = office.contents()
    process = subprocess.Popen(
        [sys.executable, "-u", "manage.py", "restore", str(backup), "--replace"],
        cwd=ROOT,
        env=office.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    heard(process, "Loading the backup")
    process.kill()
    process.communicate()

    until = time.monotonic() + PATIENCE
    while office.told("restore", backup, "--replace").returncode:
        assert time.monotonic() < until  # its servers need a moment to end
    (kept,) = office.folder.glob("postgres-before_*")
    with Postgres(kept) as address:
        assert contents(address) == before


def test_between_the_two_names_the_next_start_finishes(office):
    """The new one is whole by then: nobody finds an empty database."""
    before = office.contents()
    folder = office.folder / "postgres"
    folder.rename(waiting_for(folder))
    assert office.contents() == before
    assert not waiting_for(folder).exists()


def test_one_that_never_took_its_place_is_no_obstacle(office, tmp_path):
    folder = office.folder / "postgres"
    waiting_for(folder).mkdir()
    new = Office(tmp_path / "new").folder / "postgres"
    with Postgres(new, durable=False):
        pass
    put_in_place(new, folder, keep_as=office.folder / "kept")
    assert folder.exists()
    assert (office.folder / "kept" / "cluster").exists()


# --- Another release of PostgreSQL -------------------------------------------------


def test_a_folder_of_another_release_is_told_how_and_then_restored(office, backup):
    version = office.folder / "postgres" / "cluster" / "PG_VERSION"
    version.write_text("17\n")
    sentence = office.refuses("attainment", "--organization", "Harbor Point Software")
    assert "was made by PostgreSQL 17, and this release brings 18" in sentence
    assert "manage.py backup FILE" in sentence
    assert "manage.py restore --replace FILE" in sentence
    assert version.read_text() == "17\n"

    office.does("restore", "--replace", backup)
    done = office.does("attainment", "--organization", "Harbor Point Software")
    assert "Theo Lindqvist" in done
