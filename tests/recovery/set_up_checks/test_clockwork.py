"""Broker, worker and beat: seen with real ones, and missed when they are stopped."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.utils import timezone

from recovery.heartbeat import LAST_BEAT, beat_once
from recovery.set_up_checks import clockwork
from recovery.set_up_checks.finding import Level
from tests.recovery.server_process import free_port
from tests.recovery.test_heartbeat import running
from tests.redis_server import running_redis


@pytest.fixture
def redis_url(tmp_path):
    with running_redis(tmp_path) as url:
        yield url


@pytest.fixture
def servers(settings, monkeypatch):
    """`servers(url)`: the settings of an app whose worker and beat are on their own."""

    def use(url):
        settings.EMBEDDED_WORKER, settings.REDIS_URL = False, url
        shared = RedisCache(f"{url.removesuffix('/0')}/1", {})
        monkeypatch.setattr(clockwork, "cache", shared)
        return shared

    return use


def seen(where, **ago):
    where.set(LAST_BEAT, (timezone.now() - timedelta(**ago)).isoformat())


def heard_of(seconds):
    """By a clock that goes on."""
    return [f"Last heard of {seconds + late} seconds ago." for late in range(4)]


# --- Worker and beat as threads of the web -------------------------------------------


@pytest.mark.parametrize("check", [clockwork.worker, clockwork.beat])
@pytest.mark.parametrize(
    ("ago", "level"), [(12, Level.FINE), (120, Level.LOOK), (900, Level.BROKEN)]
)
def test_a_thread_is_judged_by_what_it_last_did(check, ago, level):
    seen(cache, seconds=ago)
    found = check()
    assert found.level == level
    assert found.fact in heard_of(ago)


@pytest.mark.parametrize("check", [clockwork.worker, clockwork.beat])
def test_nobody_serves(check, settings):
    cache.delete(LAST_BEAT)
    settings.PORT = free_port()
    found = check()
    assert found.level == Level.BROKEN
    assert "make run" in found.what_to_do


@pytest.mark.django_db(transaction=True)
def test_a_command_asks_the_web_that_has_the_threads(
    live_server, settings, monkeypatch
):
    beat_once()
    at = urlsplit(live_server.url)
    settings.BIND_ADDRESS, settings.PORT = at.hostname, at.port
    assert clockwork._noted_by_the_web() == cache.get(LAST_BEAT)


def test_without_redis_no_broker_is_needed():
    assert clockwork.broker().level == Level.FINE


# --- On their own --------------------------------------------------------------------


def test_redis_answers(servers, redis_url):
    servers(redis_url)
    found = clockwork.broker()
    assert found.level == Level.FINE
    assert found.fact.startswith("Redis ")


def test_redis_is_stopped(servers, tmp_path):
    with running_redis(tmp_path) as url:
        servers(url.replace("redis://", "redis://:hunter2@"))
    found = clockwork.broker()
    assert found.level == Level.BROKEN
    assert "refused" in found.fact
    assert "hunter2" not in str(found)
    for check in (clockwork.worker, clockwork.beat):
        assert check().fact.startswith("Not known: it is heard through the broker")


def test_no_worker_is_there(servers, redis_url):
    seen(servers(redis_url), seconds=500)
    found = clockwork.worker()
    assert found.level == Level.BROKEN
    assert found.fact.removeprefix("None answers. ") in heard_of(500)
    found = clockwork.beat()
    assert found.level == Level.LOOK
    assert found.fact == "Not known: it is heard through a worker, and none answers."


def test_a_worker_is_there_and_beat_is_not(servers, redis_url, tmp_path):
    seen(servers(redis_url), seconds=500)
    name = "--hostname=celery@test"
    with running("worker", redis_url, tmp_path / "data", name) as process:
        while (found := clockwork.worker()).level != Level.FINE:
            assert process.poll() is None, found
        assert found.fact == "1 answers."
        found = clockwork.beat()
    assert found.level == Level.BROKEN
    assert "celery --app=recovery beat" in found.what_to_do
