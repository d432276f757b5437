"""A real PostgreSQL each time, in a folder of its own."""

import os
import socket
import threading

import psycopg
import pytest

from recovery.embedded.os_user import CannotStart
from recovery.embedded.postgres import Postgres, reset

# --- What one gets -----------------------------------------------------------------


@pytest.mark.parametrize("role", ["second_wind", "second_wind_owner"])
def test_it_answers_both_roles(address, ask, role):
    assert ask(address, "SELECT current_user", role=role) == role
    assert ask(address, "SELECT current_database()", role=role) == "second_wind"
    assert ask(address, "SHOW server_version", role=role).startswith("18.")


def test_it_knows_letters_beyond_ascii(address, ask):
    assert ask(address, "SELECT 'Ā' ILIKE 'ā'") is True
    assert ask(address, "SELECT upper('žūrnāls')") == "ŽŪRNĀLS"


def test_it_listens_on_a_socket_only_its_owner_can_reach(address, ask):
    assert ask(address, "SHOW listen_addresses") == ""
    assert address.socket_folder.stat().st_mode & 0o077 == 0
    assert (address.socket_folder / ".s.PGSQL.5432").stat().st_mode & 0o077 == 0


def test_it_keeps_utc(address, ask):
    assert ask(address, "SHOW timezone") == "UTC"


def test_django_finds_it_by_the_same_facts(address):
    facts = address.django("second_wind")
    with psycopg.connect(
        dbname=facts["NAME"], user=facts["USER"], host=facts["HOST"], port=facts["PORT"]
    ) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_the_app_does_not_lose_what_was_committed(the_apps_address, ask):
    settings = ("fsync", "full_page_writes", "synchronous_commit")
    assert [ask(the_apps_address, f"SHOW {name}") for name in settings] == ["on"] * 3


def test_the_tests_server_hurries(address, ask):
    settings = ("fsync", "full_page_writes", "synchronous_commit")
    assert [ask(address, f"SHOW {name}") for name in settings] == ["off"] * 3


def test_variables_meant_for_other_servers_do_not_reach_it(postgres, ask, monkeypatch):
    monkeypatch.setenv("PGOPTIONS", "-c no_such_setting=1")
    monkeypatch.setenv("PGDATA", "/nowhere")
    address = postgres.start()
    monkeypatch.undo()
    assert ask(address, "SELECT 1") == 1


# --- Coming and going --------------------------------------------------------------


def test_stop_leaves_no_process_and_no_held_lock(postgres, folder, processes_of):
    postgres.start()
    assert len(processes_of(folder)) >= 2  # supervisor and postmaster at least
    postgres.stop()
    assert not processes_of(folder)
    assert postgres.lock.take("free")
    postgres.lock.release()


def test_what_was_committed_is_there_after_a_restart(postgres, folder, ask):
    ask(postgres.start(), "CREATE TABLE restarted AS SELECT 7 AS number")
    postgres.stop()
    assert ask(postgres.start(), "SELECT number FROM restarted") == 7
    assert "database system was shut down" in (folder / "log").read_text()
    assert "CREATE" not in (folder / "log.1").read_text()


def test_starting_and_stopping_twice_is_as_good_as_once(postgres, folder, ask):
    assert postgres.start() == postgres.start()
    assert ask(postgres.address, "SELECT 1") == 1
    postgres.stop()
    postgres.stop()


def test_it_joins_a_server_that_is_shutting_down_only_once_it_is_up_again(
    postgres, folder, ask
):
    other = Postgres(folder, durable=False)
    for _ in range(5):
        postgres.start()
        leaving = threading.Thread(target=postgres.stop)
        leaving.start()
        assert ask(other.start(), "SELECT 1") == 1
        leaving.join()
        other.stop()


def test_three_processes_at_once_share_one_new_server(
    new_folder, companion, processes_of, eventually
):
    companions = [companion(new_folder) for _ in range(3)]
    servers = {process.stdout.readline() for process in companions}
    assert len(servers) == 1
    assert servers != {""}

    for process in companions:
        process.communicate("leave\n")
    assert [process.returncode for process in companions] == [0, 0, 0]
    assert not processes_of(new_folder)


def test_threads_of_one_process_share_one_seat(postgres, folder, processes_of):
    threads = [threading.Thread(target=postgres.start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    postgres.stop()
    assert not processes_of(folder)


def test_the_one_that_started_it_may_leave_first(
    postgres, folder, companion, ask, processes_of
):
    address = postgres.start()
    other = companion(folder)
    server = int(other.stdout.readline().split()[0])
    assert server == postgres.cluster.server()

    postgres.stop()
    assert ask(address, "SELECT 1") == 1
    other.communicate("leave\n")
    assert not processes_of(folder)


FORKING = """
import os, sys
from pathlib import Path
from recovery.embedded.postgres import Postgres

postgres = Postgres(Path(sys.argv[1]), durable=False)
address = postgres.start()
if os.fork() == 0:
    postgres.stop()
    os._exit(0)
os.wait()
print(postgres.cluster.server() is not None, flush=True)
if os.fork() == 0:
    postgres.start()
    postgres.stop()
    os._exit(0)
os.wait()
print(postgres.cluster.server() is not None, flush=True)
postgres.stop()
print(postgres.cluster.server() is None, flush=True)
"""


def test_a_fork_does_not_give_up_its_parents_seat(companion, folder):
    process = companion(folder, code=FORKING)
    said, complaints = process.communicate()
    assert (said.split(), complaints) == (["True"] * 3, "")


def test_half_a_cluster_is_made_anew(new_folder, ask):
    postgres = Postgres(new_folder, durable=False)
    postgres.cluster.half_made.mkdir(parents=True)
    (postgres.cluster.half_made / "PG_VERSION").write_text("18\n")
    with postgres as address:
        assert ask(address, "SELECT 1") == 1
    assert not postgres.cluster.half_made.exists()


# --- Where it lives ----------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "long" * 40,
        "garš ceļš 'ar' \"visu\", kas gadās: 100% %(name)s $HOME",
    ],
)
def test_any_folder_will_do(tmp_path, new_folder, ask, name):
    postgres = Postgres(tmp_path / name / "postgres", durable=False)
    address = postgres.start()
    assert ask(address, "SELECT 1") == 1
    assert len(os.fsencode(address.socket_folder / ".s.PGSQL.5432")) < 100
    assert address.socket_folder.stat().st_mode & 0o077 == 0
    postgres.stop()

    # Somebody tidied up the temporary folder.
    for entry in address.socket_folder.iterdir():
        entry.unlink()
    address.socket_folder.rmdir()
    again = postgres.start()
    assert ask(again, "SELECT 1") == 1
    postgres.stop()

    reset(postgres.folder)
    assert not postgres.folder.exists()
    assert not again.socket_folder.exists()


def test_processes_find_each_other_through_a_link(tmp_path, postgres, folder):
    (tmp_path / "link").symlink_to(folder.parent)
    other = Postgres(tmp_path / "link" / folder.name, durable=False)
    assert postgres.start() == other.start()
    other.stop()


def test_reset_removes_everything(new_folder):
    postgres = Postgres(new_folder, durable=False)
    postgres.start()
    postgres.stop()
    reset(new_folder)
    assert not new_folder.exists()
    reset(new_folder)  # nothing left to remove is no fault


def test_reset_removes_nothing_that_is_not_ours(new_folder):
    postgres = Postgres(new_folder, durable=False)
    postgres.start()
    postgres.stop()
    (new_folder / "novel.txt").touch()
    reset(new_folder)
    assert [path.name for path in new_folder.iterdir()] == ["novel.txt"]


def test_reset_leaves_a_running_server_be_and_says_who_started_it(
    postgres, folder, ask
):
    address = postgres.start()
    with pytest.raises(CannotStart, match=f"process {os.getpid()}"):
        reset(folder)
    assert ask(address, "SELECT 1") == 1


# --- When it cannot ----------------------------------------------------------------


def test_it_says_in_a_sentence_why_the_server_does_not_start(new_folder, processes_of):
    postgres = Postgres(new_folder, durable=False)
    postgres.start()
    postgres.stop()
    with (postgres.cluster.path / "postgresql.conf").open("a") as settings:
        settings.write("\nwork_mem = 'much'\n")

    with pytest.raises(CannotStart, match=r"postgresql.conf.*DATABASE_URL") as refusal:
        postgres.start()
    assert "\n" not in str(refusal.value)
    assert not processes_of(new_folder / "cluster")


def test_a_keeper_that_does_not_answer_is_not_waited_for_forever(
    postgres, folder, monkeypatch
):
    monkeypatch.setattr("recovery.embedded.postgres.PATIENCE", 0.3)
    postgres.open_folder()
    sockets = folder / "socket"
    sockets.mkdir(exist_ok=True)
    with socket.socket(socket.AF_UNIX) as mute:
        (sockets / "supervisor").unlink(missing_ok=True)
        mute.bind(str(sockets / "supervisor"))
        mute.listen()
        assert postgres.lock.take("process 4711")
        waiting = Postgres(folder, durable=False)
        with pytest.raises(CannotStart, match="process 4711"):
            waiting.start()
        postgres.lock.release()
