"""/metrics: closed without its token, and right whichever process answers."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
import yaml
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from recovery.backup.last_backup import BackupTaken
from recovery.celery import app
from recovery.heartbeat import beat_once
from recovery.metrics.requests import SECONDS
from tests.factories.nudges import ago, due_nudge
from tests.factories.reps import UserFactory
from tests.recovery.server_process import (
    PATIENCE,
    ROOT,
    Server,
    environment,
    free_port,
    told,
)
from tests.redis_server import running_redis

TOKEN = "a token for tests"
HEARTBEAT = "second_wind_heartbeat_seconds"
SHOWN = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def figures(settings, client):
    """`figures()`: by name and labels, as Prometheus would read them."""
    settings.METRICS_TOKEN = TOKEN
    SECONDS.clear()
    return lambda: read(client.get("/metrics", headers=SHOWN).text)


def read(text: str) -> dict[str, float]:
    pairs = (line.rsplit(" ", 1) for line in text.splitlines() if line[:1] != "#")
    return {name: float(value) for name, value in pairs}


@pytest.mark.django_db
@pytest.mark.parametrize("shown", [{}, SHOWN])
def test_without_a_token_set_there_is_no_such_page(client, shown):
    assert client.get("/metrics", headers=shown).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "shown", ["", "Bearer ", "Bearer another", f"Basic {TOKEN}", TOKEN, "Bearer é"]
)
def test_it_is_closed_to_any_other_token(client, settings, shown):
    settings.METRICS_TOKEN = TOKEN
    answer = client.get("/metrics", headers={"Authorization": shown})
    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.django_db
def test_requests_are_counted_by_route_and_status(figures, client):
    client.get("/health/")
    client.get("/health/")
    client.get("/nowhere/")
    found = figures()
    counted = "second_wind_request_seconds_count"
    assert found[f'{counted}{{route="health",status="200"}}'] == 2
    assert found[f'{counted}{{route="none",status="404"}}'] == 1
    buckets = [name for name in found if "_bucket" in name and '"health"' in name]
    assert len(buckets) == 10


@pytest.mark.django_db
def test_the_outbox_and_what_it_waits_for(figures):
    due_nudge(due_at=ago(minutes=5))
    due_nudge(state="sent")
    due_nudge(state="dead")
    beat_once()
    found = figures()
    outbox = {
        name.split('"')[1]: value
        for name, value in found.items()
        if name.startswith("second_wind_outbox{")
    }
    assert outbox == {"owed": 1, "sending": 0, "sent": 1, "skipped": 0, "dead": 1}
    assert 300 <= found["second_wind_outbox_oldest_due_seconds"] < 400
    assert 0 <= found["second_wind_heartbeat_seconds"] < 60
    assert found["second_wind_database_up"] == found["second_wind_broker_up"] == 1
    assert found["second_wind_queue_length"] >= 0
    most = found["second_wind_database_connections_most"]
    assert 0 < found["second_wind_database_connections"] < most


@pytest.mark.django_db
@pytest.mark.usefixtures("as_owner")  # who alone may note that a backup was taken
def test_how_old_the_last_backup_is(figures):
    BackupTaken.objects.create(taken_at=timezone.now() - timezone.timedelta(hours=1))
    assert 3600 <= figures()["second_wind_last_backup_seconds"] < 3700


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_down_is_told(figures, monkeypatch):
    real = connection.settings_dict["NAME"]
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", f"{real}_gone")
    found = figures()
    monkeypatch.undo()
    connection.close()
    assert found["second_wind_database_up"] == 0
    assert "second_wind_outbox_oldest_due_seconds" not in found
    assert found["second_wind_broker_up"] == 1


@pytest.mark.django_db
def test_a_broker_that_is_down_is_told(figures, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    settings.EMBEDDED_WORKER = False
    found = figures()
    assert (found["second_wind_database_up"], found["second_wind_broker_up"]) == (1, 0)


@pytest.mark.django_db
def test_what_waits_in_redis_is_counted(figures, settings, tmp_path):
    with running_redis(tmp_path) as url:
        settings.CELERY_BROKER_URL, settings.EMBEDDED_WORKER = url, False
        assert figures()["second_wind_queue_length"] == 0
        with app.connection_for_write(url) as connection:
            for _ in range(2):
                beat_once.apply_async(connection=connection)
        assert figures()["second_wind_queue_length"] == 2


@pytest.mark.django_db
def test_it_tells_nothing_of_anybody(figures, client):
    admin = UserFactory(name="Xyzzyplugh", is_admin=True)
    client.force_login(admin)
    client.get(reverse("reps:set_up"))
    client.get("/Xyzzyplugh/")
    client.logout()
    text = "".join(figures())
    assert 'route="reps:set_up"' in text
    assert "Xyzzyplugh" not in text


# --- Over processes ------------------------------------------------------------------


def scraped(url: str) -> dict[str, float]:
    with urlopen(Request(f"{url}/metrics", headers=SHOWN), timeout=PATIENCE) as answer:
        return read(answer.read().decode())


def test_the_all_in_one_process_counts_and_begins_anew_with_each_start(
    served_before,
):
    server = Server(served_before, "serve", METRICS_TOKEN=TOKEN)
    counted = 'second_wind_request_seconds_count{route="health",status="200"}'
    for _ in range(2):
        server.start()
        for _ in range(3):
            assert server.browser().get("/health/") == 200
        until = time.monotonic() + PATIENCE
        found = scraped(server.url)
        while HEARTBEAT not in found and time.monotonic() < until:
            time.sleep(0.2)  # the worker is there a moment after the web
            found = scraped(server.url)
        server.stop()
        assert found[counted] == 3
        assert found["second_wind_database_up"] == 1
        assert found[HEARTBEAT] < 60
    with pytest.raises(URLError):
        scraped(server.url)


def command_of_the_image(port: int) -> list[str]:
    """The Dockerfile's, listening where a test can."""
    text = (ROOT / "Dockerfile").read_text()
    words = re.search(r"^CMD (\[.*)", text, re.M | re.S)[1].replace("\\\n", "")
    words = words.replace("0.0.0.0:8000", f"127.0.0.1:{port}")
    return [sys.executable, "-m", *yaml.safe_load(words)]


def test_it_is_the_same_whichever_of_the_images_processes_answers(
    data_folder, tmp_path
):
    with running_redis(tmp_path) as url:
        port = free_port()
        env = environment(
            data_folder,
            port,
            REDIS_URL=url,
            METRICS_TOKEN=TOKEN,
            WEB_CONCURRENCY="3",
            PROMETHEUS_MULTIPROC_DIR=str(tmp_path / "metrics"),
        )
        assert told("collectstatic", "--no-input", env=env).returncode == 0
        log = tmp_path / "log"
        with log.open("w") as stderr:
            web = subprocess.Popen(
                command_of_the_image(port), cwd=ROOT, env=env, stderr=stderr
            )
        try:
            site = f"http://127.0.0.1:{port}"
            wait_for(site)
            before = health_requests(site)
            for _ in range(30):
                urlopen(f"{site}/health/", timeout=PATIENCE).close()
            answers = {health_requests(site) - before for _ in range(10)}
        finally:
            web.send_signal(signal.SIGTERM)
            web.wait(PATIENCE)
    assert answers == {30}
    files = {path.name for path in Path(tmp_path, "metrics").glob("histogram_*.db")}
    assert len(files) > 1, "one process answered everything, so nothing was shown"
    # Gunicorn's own lines have the form of all others.
    assert all(line.startswith("{") for line in log.read_text().splitlines())


def health_requests(site: str) -> float:
    found = scraped(site)
    return found['second_wind_request_seconds_count{route="health",status="200"}']


def wait_for(site: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urlopen(f"{site}/health/", timeout=PATIENCE).close()
        except HTTPError:
            raise
        except OSError:
            time.sleep(0.1)
        else:
            return
