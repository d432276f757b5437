"""/metrics, as Prometheus asks for it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from recovery.metrics.how_it_stands import HowItStands
from recovery.metrics.requests import register_requests


@login_not_required
@never_cache
@require_safe
def metrics(request):
    """All figures, to who shows the token; where none is set there is no such page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    shown = request.headers.get("Authorization", "")
    if not constant_time_compare(shown, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry()
    register_requests(registry)
    registry.register(HowItStands())
    figures = generate_latest(registry)
    return HttpResponse(figures, content_type=CONTENT_TYPE_LATEST)
