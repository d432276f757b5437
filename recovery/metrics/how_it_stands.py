"""What database and broker know, looked up anew for whoever asks."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.utils import timezone
from kombu import Connection
from kombu.exceptions import KombuError
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from plans.models import Nudge
from recovery.backup.last_backup import last_backup_at
from recovery.heartbeat import LAST_BEAT
from recovery.redis_client import redis_errors

PATIENCE = 2  # seconds
CONNECTIONS = """
    SELECT count(*), current_setting('max_connections')::int
    FROM pg_stat_activity WHERE backend_type = 'client backend'
"""


class HowItStands(Collector):
    """Of what does not answer only that is told: it is not up."""

    def collect(self) -> Iterator[Metric]:
        yield from self._told("database", self._of_the_database, DatabaseError)
        errors = (OSError, KombuError, *redis_errors())
        yield from self._told("broker", self._of_the_broker, errors)

    def _told(self, name, look_up, errors) -> list[Metric]:
        try:
            found = list(look_up())
        except errors:
            found = []
        words = f"1 when the {name} answers."
        return [_gauge(f"{name}_up", words, bool(found)), *found]

    def _of_the_database(self) -> Iterator[Metric]:
        outbox = GaugeMetricFamily(
            "second_wind_outbox", "E-mails by their state.", labels=["state"]
        )
        counted = Nudge.objects.count_by_state()
        for state in Nudge.State.values:
            outbox.add_metric([state], counted.get(state, 0))
        yield outbox
        waits = _seconds_since(Nudge.objects.oldest_unsent()) or 0
        yield _gauge(
            "outbox_oldest_due_seconds", "How long the oldest e-mail is due.", waits
        )
        with connection.cursor() as cursor:
            cursor.execute(CONNECTIONS)
            now, most = cursor.fetchone()
        yield _gauge("database_connections", "The server's connections.", now)
        yield _gauge("database_connections_most", "As many as it may have.", most)
        if (since := _seconds_since(last_backup_at())) is not None:
            yield _gauge("last_backup_seconds", "Since the last backup.", since)

    def _of_the_broker(self) -> Iterator[Metric]:
        yield _gauge("queue_length", "Tasks no worker has taken yet.", _queue_length())
        if noted := cache.get(LAST_BEAT):
            words = "Since beat last had a worker do something."
            since = _seconds_since(datetime.fromisoformat(noted))
            yield _gauge("heartbeat_seconds", words, since)


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"second_wind_{name}", words, value=value)


def _seconds_since(instant: datetime | None) -> float | None:
    return instant and max(0, (timezone.now() - instant).total_seconds())


def _queue_length() -> int:
    url, limits = settings.CELERY_BROKER_URL, {}
    if not settings.EMBEDDED_WORKER:
        limits = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    with Connection(url, connect_timeout=PATIENCE, transport_options=limits) as broker:
        broker.ensure_connection(max_retries=1, timeout=PATIENCE)
        channel = broker.default_channel
        try:
            return channel.queue_declare("celery", passive=True).message_count
        except broker.channel_errors:  # nothing was ever sent, or an empty one is gone
            return 0
