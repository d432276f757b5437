"""The one harmless task: it shows that beat, the broker and a worker are alive."""

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

LAST_BEAT = "heartbeat"


@shared_task(time_limit=30)
def beat_once():
    """Note the instant. `/health/` reads it; nothing else depends on it."""
    cache.set(LAST_BEAT, timezone.now().isoformat(), timeout=3600)
