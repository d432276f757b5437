"""Is it up? For a load balancer and for whoever is woken at night."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import OperationalError, connection
from django.http import JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection
from kombu.exceptions import KombuError

from plans.models import Nudge
from recovery.heartbeat import LAST_BEAT

PATIENCE = 2  # seconds; a check that hangs is a check that failed


@login_not_required
@never_cache
@require_safe
def health(request):
    """200 when database and broker answer, 503 when one does not. Names no secret."""
    parts = {"database": _database(), "broker": _broker()}
    healthy = all(answer == "ok" for answer in parts.values())
    parts["oldest_unsent_nudge"] = (
        _oldest_unsent() if parts["database"] == "ok" else None
    )
    parts["last_beat"] = cache.get(LAST_BEAT) if parts["broker"] == "ok" else None
    return JsonResponse(parts, status=200 if healthy else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except OperationalError:
        return "does not answer"
    return "ok"


def _oldest_unsent() -> float | None:
    """For how many seconds a nudge has been due; None when none waits."""
    since = Nudge.objects.oldest_unsent()
    return since and round((timezone.now() - since).total_seconds(), 1)


def _broker() -> str:
    url = settings.CELERY_BROKER_URL
    try:
        with Connection(url, connect_timeout=PATIENCE) as broker:
            broker.ensure_connection(max_retries=1, timeout=PATIENCE)
    except (OSError, KombuError):
        return "does not answer"
    return "ok"
