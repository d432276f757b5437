"""An office that has worked for two years, to be backed up, and where it goes."""

import shutil

import psycopg
import pytest

from recovery.embedded.postgres import Postgres, reset
from tests.recovery.backup.office import Office

FILL = """
from django.utils import timezone
from recovery import demo_quarter
from recovery.embedded.prepare_database import bring_tables_up_to_date
bring_tables_up_to_date()
demo_quarter.fill(at=timezone.now(), time_zone="UTC")
"""


@pytest.fixture(scope="session")
def office_made(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("office") / "data")
    office.does("shell", "-c", FILL)
    yield office
    reset(office.folder / "postgres")


@pytest.fixture
def office(office_made, tmp_path):
    """One with data, in which nothing runs."""
    office = Office(tmp_path / "data")
    shutil.copytree(office_made.folder, office.folder, symlinks=True)
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
    there = tmp_path_factory.mktemp("kept")
    office = Office(there / "data")
    shutil.copytree(office_made.folder, office.folder, symlinks=True)
    office.does("backup", there / "whole.zip")
    reset(office.folder / "postgres")
    return there / "whole.zip"


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


@pytest.fixture
def against(server, tmp_path):
    """Commands of an app that has that server, and its owner's role."""
    office = Office(tmp_path / "container")
    office.environment |= {
        "DATABASE_URL": server.url("second_wind"),
        "DATABASE_OWNER_URL": server.url("second_wind_owner"),
        "SECRET_KEY": "the key of the servers",
    }
    return office
