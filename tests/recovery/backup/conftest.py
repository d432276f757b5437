"""An office that has worked for two years, to be backed up, and where it goes.

Each is made once in a run; a test works in a copy.
"""

import psycopg
import pytest

from recovery.embedded.postgres import Postgres, reset
from tests.recovery.backup.office import Office
from tests.recovery.made_once import copied, made_once

FILL = """
from django.utils import timezone
from recovery import demo_quarter
demo_quarter.fill(at=timezone.now(), time_zone="UTC")
"""


@pytest.fixture(scope="session")
def office_made(with_tables, tmp_path_factory):
    def make(folder):
        Office(copied(with_tables, folder)).does("shell", "-c", FILL)

    return Office(made_once(tmp_path_factory, "office", make))


@pytest.fixture
def office(office_made, tmp_path):
    """One with data, in which nothing runs."""
    office = Office(copied(office_made.folder, tmp_path / "data"))
    yield office
    reset(office.folder / "postgres")


@pytest.fixture
def elsewhere(tmp_path):
    """Another folder, in which nothing ever was."""
    office = Office(tmp_path / "elsewhere")
    yield office
    reset(office.folder / "postgres")


@pytest.fixture(scope="session")
def backup(office_made, tmp_path_factory):
    """A whole one of the office, which does not know of it."""

    def make(folder):
        office = Office(copied(office_made.folder, folder / "data"))
        office.does("backup", folder / "whole.zip")
        reset(office.folder / "postgres")

    return made_once(tmp_path_factory, "kept", make) / "whole.zip"


@pytest.fixture(scope="session")
def restored_made(backup, tmp_path_factory):
    """A folder in which nothing ever was, with that backup in it, and nothing run."""

    def make(folder):
        Office(folder).does("restore", backup)

    return Office(made_once(tmp_path_factory, "restored", make))


@pytest.fixture
def restored(restored_made, tmp_path):
    """One to work in."""
    restored = Office(copied(restored_made.folder, tmp_path / "restored"))
    yield restored
    reset(restored.folder / "postgres")


@pytest.fixture(scope="session")
def ask():
    """`ask(address, query, role=…)`: the first value a query answers, as one role."""

    def answer(address, query, *, role="postgres"):
        with psycopg.connect(address.url(role), autocommit=True) as connection:
            cursor = connection.execute(query)
            return cursor.fetchone()[0] if cursor.description else None

    return answer


@pytest.fixture
def server(tmp_path):
    """A server of one's own with its roles, as one that DATABASE_URL names."""
    with Postgres(tmp_path / "server", durable=False) as address:
        yield address
    reset(tmp_path / "server")


def against(server, folder) -> Office:
    """Commands of an app that has that server, and its owner's role."""
    office = Office(folder / "container")
    office.environment |= {
        "DATABASE_URL": server.url("second_wind"),
        "DATABASE_OWNER_URL": server.url("second_wind_owner"),
        "SECRET_KEY": "the key of the servers",
    }
    return office


@pytest.fixture(name="against")
def against_the_server(server, tmp_path):
    return against(server, tmp_path)


@pytest.fixture(scope="session")
def filled_made(backup, tmp_path_factory):
    """What that server has after the office's data were moved there from its folder."""

    def make(folder):
        with Postgres(folder / "server", durable=False) as address:
            said = against(address, folder).does("restore", backup)
        assert "set it to that one (secret_key in the file)" in said

    return made_once(tmp_path_factory, "filled", make) / "server"


@pytest.fixture
def full_server(filled_made, tmp_path):
    """A server with the office's data."""
    with Postgres(copied(filled_made, tmp_path / "full"), durable=False) as address:
        yield address
    reset(tmp_path / "full")


@pytest.fixture
def filled(full_server, tmp_path):
    """Commands of an app that has that one."""
    return against(full_server, tmp_path)


@pytest.fixture(scope="module")
def full_server_to_look_at(filled_made, tmp_path_factory):
    """The same for tests that leave it as it was: one for all of a file."""
    folder = copied(filled_made, tmp_path_factory.mktemp("to-look-at") / "full")
    with Postgres(folder, durable=False) as address:
        yield address
    reset(folder)


@pytest.fixture
def looked_at(full_server_to_look_at, tmp_path):
    """Commands of an app that has that one."""
    return against(full_server_to_look_at, tmp_path)
