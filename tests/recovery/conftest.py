"""What tests of the wiring share."""

import ssl

import pytest
import trustme

from recovery.embedded.postgres import reset
from tests.recovery.founding import found
from tests.recovery.made_once import copied, made_once
from tests.recovery.server_process import environment, free_port, told


@pytest.fixture(scope="session")
def with_tables(tmp_path_factory):
    """A data folder whose tables are made, and nothing else: to be copied."""

    def make(folder):
        ended = told("migrate", env=environment(folder, free_port()))
        assert ended.returncode == 0, ended
        folder.with_name("with-tables-said").write_text(ended.stdout)

    return made_once(tmp_path_factory, "with-tables", make)


@pytest.fixture
def data_folder(with_tables, tmp_path):
    """One of the test's own, as a first command leaves it: the tables are there."""
    folder = copied(with_tables, tmp_path / "data")
    yield folder
    reset(folder / "postgres")


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """An office founded on a terminal, and what was said: made once, to be copied."""
    return made_once(tmp_path_factory, "founded", found)


@pytest.fixture
def served_before(founded, tmp_path):
    """The data folder of one that has served, and has an admin; nothing runs in it."""
    folder = copied(founded / "office", tmp_path / "office")
    yield folder
    reset(folder / "postgres")


@pytest.fixture
def certificate(monkeypatch, tmp_path):
    """Of a server on this machine, signed by somebody this process trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context
