"""Is it up? For a load balancer and for whoever is woken at night."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import OperationalError, connection
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection
from kombu.exceptions import KombuError

from recovery.heartbeat import LAST_BEAT

PATIENCE = 2  # seconds; a check that hangs is a check that failed


@login_not_required
@never_cache
@require_safe
def health(request):
    """200 when database and broker answer, 503 when one does not. Names no secret."""
    parts = {"database": _database(), "broker": _broker()}
    healthy = all(answer == "ok" for answer in parts.values())
    parts["last_beat"] = cache.get(LAST_BEAT) if parts["broker"] == "ok" else None
    return JsonResponse(parts, status=200 if healthy else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return "does not answer"
    return "ok"


def _broker() -> str:
    url = settings.CELERY_BROKER_URL
    try:
        with Connection(url, connect_timeout=PATIENCE) as broker:
            broker.ensure_connection(max_retries=1, timeout=PATIENCE)
    except (OSError, KombuError):
        return "does not answer"
    return "ok"
