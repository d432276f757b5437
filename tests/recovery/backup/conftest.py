"""Servers and data folders of their own, and what is asked of the databases in them."""

import psycopg
import pytest

from recovery.embedded.postgres import Postgres, reset


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
    with Postgres(tmp_path / "server") as address:
        yield address
    reset(tmp_path / "server")
