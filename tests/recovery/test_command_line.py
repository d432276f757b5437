"""`manage.py` on a fresh data folder and against a server: it works, or says how."""

import pytest

from recovery.embedded.postgres import Postgres
from tests.recovery.server_process import environment, free_port, told

NOBODY_YET = ["attainment", "--organization", "Calder & Lind"]


@pytest.fixture
def fresh(tmp_path):
    """The environment of a data folder nothing was ever kept in."""
    return environment(tmp_path / "data", free_port())


@pytest.fixture
def server(tmp_path):
    """A server of one's own, with its roles and without a table."""
    with Postgres(tmp_path / "server", durable=False) as address:
        yield address


def against(server, tmp_path, **changes):
    facts = {"DATABASE_URL": server.url("second_wind"), "SECRET_KEY": "for tests only"}
    return environment(tmp_path / "data", free_port(), **facts, **changes)


def test_a_command_makes_the_tables_it_leans_on(fresh, tmp_path):
    """Of a folder without data there is nothing to say, and nothing to back up."""
    ended = told(*NOBODY_YET, env=fresh)
    assert "There is no organization “Calder & Lind”." in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "up to date" not in ended.stderr
    assert not (tmp_path / "data" / "backups").exists()


def test_migrate_is_the_owners(with_tables):
    """In a fresh folder."""
    said = with_tables.with_name("with-tables-said").read_text()
    assert "Applying reps.0001_facts... OK" in said


def test_against_a_server_without_tables_it_says_what_to_run(server, tmp_path):
    ended = told(*NOBODY_YET, env=against(server, tmp_path))
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].endswith("`python manage.py migrate`.")
    assert "Traceback" not in ended.stderr


def test_against_a_server_it_says_who_migrates(server, tmp_path):
    ended = told("migrate", env=against(server, tmp_path))
    assert ended.returncode == 1
    assert "set DATABASE_OWNER_URL" in ended.stderr
    assert "Traceback" not in ended.stderr

    owner = {"DATABASE_OWNER_URL": server.url("second_wind_owner")}
    assert told("migrate", env=against(server, tmp_path, **owner)).returncode == 0


def test_what_a_role_may_not_do_otherwise_is_no_matter_of_migrating(data_folder):
    """A statement of one's own is refused as the database says it."""
    env = environment(data_folder, free_port())
    drop = "from django.db import connection as c; c.cursor().execute({})"
    ended = told("shell", "-c", drop.format("'DROP TABLE reps_deal'"), env=env)
    assert "must be owner of table reps_deal" in ended.stderr
    assert "DATABASE_OWNER_URL" not in ended.stderr


@pytest.mark.parametrize(
    ("setting", "written"),
    [("SITE_URL", "https://x.example/below"), ("EMAIL_URL", "smtps://x.example:587")],
)
def test_a_setting_that_cannot_be_used_is_one_sentence(tmp_path, setting, written):
    changes = environment(tmp_path, free_port()) | {setting: written}
    ended = told("check", env=changes)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"{setting}")
    assert len(ended.stderr.splitlines()) == 1
