"""`manage.py check_set_up`, as whoever runs it sees it: on a process of its own."""

import pytest

from recovery.embedded.postgres import Postgres
from tests.mail_sink import mail_sink
from tests.recovery.server_process import environment, free_port, told

PASSWORD = "hunter2hunter2"


def test_a_fresh_folder_is_told_what_to_run(tmp_path):
    ended = told("check_set_up", env=environment(tmp_path / "data", free_port()))
    assert ended.returncode == 1
    assert "migrations are not applied" in ended.stdout
    assert "“python manage.py migrate”" in ended.stdout
    assert ended.stderr == ""


def test_a_database_that_is_down_is_a_line_and_no_traceback(tmp_path):
    url = f"postgres://second_wind:{PASSWORD}@127.0.0.1:1/second_wind"
    facts = {"DATABASE_URL": url, "SECRET_KEY": "for tests only"}
    ended = told("check_set_up", env=environment(tmp_path, free_port(), **facts))
    assert ended.returncode == 1
    assert "Database          It does not answer: " in ended.stdout
    assert "Not known: the database did not answer that." in ended.stdout
    assert "Traceback" not in ended.stdout + ended.stderr
    assert PASSWORD not in ended.stdout + ended.stderr


@pytest.mark.parametrize("address", ["nobody", ""])
def test_a_test_letter_wants_an_address(tmp_path, address):
    env = environment(tmp_path, free_port())
    ended = told("check_set_up", f"--send-test-letter-to={address}", env=env)
    assert ended.returncode == 1
    assert ended.stdout + ended.stderr == "CommandError: That is no e-mail address.\n"


def test_a_test_letter_goes_out_and_the_answer_is_shown(tmp_path):
    with mail_sink() as sink:
        env = environment(tmp_path, free_port(), EMAIL_URL=sink.url)
        ended = told("check_set_up", "--send-test-letter-to=ada@x.example", env=env)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "took the letter: 250 taken" in ended.stdout
    assert sink.sent_to == ["ada@x.example"]


def test_it_is_broken_with_exit_code_1_and_fine_with_0(data_folder, tmp_path):
    """Migrated by the owner, used by the app; only worker and beat are missing."""
    with Postgres(data_folder / "postgres", durable=False) as address:
        facts = {
            "DATABASE_URL": address.url("second_wind"),
            "DATABASE_OWNER_URL": address.url("second_wind_owner"),
            "SECRET_KEY": "for tests only",
        }
        env = environment(tmp_path / "container", free_port(), **facts)
        ended = told("check_set_up", env=env)
    assert ended.returncode == 1
    broken = [line for line in ended.stdout.splitlines() if line.startswith("Broken")]
    assert [line.split()[1] for line in broken] == ["Worker", "Beat"]
    assert "second_wind reads and writes rows, and owns no table." in ended.stdout
