"""Somebody is killed: the launching process, the server, its supervisor, or all."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from recovery.embedded.postgres import Postgres, reset

# The last one leaves in the moment in which another had looked in and gone again. No
# PostgreSQL is needed to see whom the supervisor lets go before the end.
LOOKED_IN = """
import os, socket
from recovery.embedded.supervisor import Supervisor

last, seat = socket.socketpair()
door = socket.create_server(("127.0.0.1", 0))
address = door.getsockname()
nobody = {"user": None, "group": None}
order = {"command": ["sleep", "1"], "address": "/nowhere", **nobody}
descriptors = {"starter": seat.detach(), "listener": door.detach()}
supervisor = Supervisor(order | descriptors | {"lock": os.open(os.devnull, 0)})
socket.create_connection(address).close()
last.shutdown(socket.SHUT_WR)
supervisor.run()
last.setblocking(False)
try:
    print("let go", last.recv(1))
except BlockingIOError:
    print("waits for the end")
"""


def parent_of(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("PPid:")[1].split()[0])


def test_a_killed_server_comes_back_with_all_that_was_committed(
    folder, ask, eventually
):
    with Postgres(folder) as address:
        ask(address, "CREATE TABLE rescued AS SELECT 7 AS number")
        cluster = Postgres(folder).cluster
        killed = cluster.server()
        os.kill(killed, signal.SIGKILL)

        assert eventually(lambda: cluster.server() != killed and cluster.is_ready())
        assert ask(address, "SELECT number FROM rescued") == 7


def test_who_looked_in_and_went_is_nobody_the_server_stays_for():
    command = [sys.executable, "-c", LOOKED_IN]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert said.stdout == "waits for the end\n"


def test_when_the_launching_process_is_killed_the_server_ends(
    folder, companion, postgres, ask, processes_of, eventually
):
    process = companion(folder)
    process.stdout.readline()
    process.kill()
    process.wait()
    assert eventually(lambda: not processes_of(folder))
    assert ask(postgres.start(), "SELECT 1") == 1


def test_all_killed_at_once_it_starts_over_the_stale_pid_file(
    folder, companion, postgres, ask, processes_of
):
    process = companion(folder)
    server = int(process.stdout.readline().split()[0])
    supervisor = parent_of(server)
    for pid in (process.pid, supervisor, server):
        os.kill(pid, signal.SIGKILL)
    process.wait()
    assert postgres.cluster.pid_file.exists()

    assert ask(postgres.start(), "SELECT 1") == 1
    assert postgres.cluster.server() != server


def test_a_pid_file_that_names_a_stranger_does_it_no_harm(postgres, ask):
    postgres.start()
    postgres.stop()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        postgres.cluster.pid_file.write_text(
            f"{stranger.pid}\n{postgres.cluster.path}\n1\n5432\n/tmp\n\n1 1\nready\n"
        )
        assert ask(postgres.start(), "SELECT 1") == 1
        assert stranger.poll() is None
        stranger.kill()


def test_a_server_whose_keeper_was_killed_is_ended_by_the_next_start(
    folder, postgres, ask
):
    postgres.start()
    orphan = postgres.cluster.server()
    os.kill(parent_of(orphan), signal.SIGKILL)

    other = Postgres(folder, durable=False)
    assert ask(other.start(), "SELECT 1") == 1
    assert postgres.cluster.server() != orphan
    other.stop()


def test_a_server_whose_keeper_was_killed_is_ended_by_stop(
    postgres, folder, processes_of
):
    postgres.start()
    os.kill(parent_of(postgres.cluster.server()), signal.SIGKILL)
    postgres.stop()
    assert not processes_of(folder)


def test_a_keeper_told_to_end_ends_its_server_first(
    postgres, folder, processes_of, eventually
):
    postgres.start()
    os.kill(parent_of(postgres.cluster.server()), signal.SIGTERM)
    assert eventually(lambda: not processes_of(folder))
    assert not postgres.cluster.pid_file.exists()


def test_a_reset_ends_a_server_whose_keeper_was_killed(
    companion, new_folder, processes_of
):
    process = companion(new_folder)
    server = int(process.stdout.readline().split()[0])
    os.kill(parent_of(server), signal.SIGKILL)
    reset(new_folder)
    assert not processes_of(new_folder / "cluster")
    assert not new_folder.exists()
