"""Is it up? Database and broker each say so, and one that is down is named."""

import pytest
from django.core.cache import cache
from django.db import connection

from recovery.heartbeat import beat_once
from tests.factories.nudges import ago, due_nudge

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_well_when_everything_answers(client):
    beat_once()
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json()["database"] == answer.json()["broker"] == "ok"
    assert answer.json()["last_beat"] == cache.get("heartbeat")


def test_it_names_a_broker_that_does_not_answer(client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["broker"] == "does not answer"
    assert answer.json()["database"] == "ok"


def test_it_names_a_database_that_does_not_answer(client, monkeypatch):
    real = connection.settings_dict["NAME"]
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", f"{real}_gone")
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["database"]) == (503, "does not answer")
    monkeypatch.undo()
    connection.close()


def test_it_is_not_kept_by_a_cache(client):
    assert "no-store" in client.get("/health/").headers["Cache-Control"]


def test_it_tells_for_how_long_the_oldest_nudge_has_waited(client):
    due_nudge(due_at=ago(minutes=5))
    due_nudge(due_at=ago(minutes=2))
    seconds = client.get("/health/").json()["oldest_unsent_nudge"]
    assert 300 <= seconds < 360


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "sent"},
        {"state": "skipped"},
        # Counted from when the tests were collected: a long run takes minutes.
        {"due_at": ago(hours=-12)},
        {"retry_at": ago(hours=-12)},
    ],
    ids=["sent", "skipped", "not due", "tried again later"],
)
def test_no_nudge_waits_once_it_went(client, facts):
    due_nudge(**facts)
    assert client.get("/health/").json()["oldest_unsent_nudge"] is None
