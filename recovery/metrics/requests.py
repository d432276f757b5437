"""How many requests by route and status, and how long they took."""

import os
from pathlib import Path

from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)  # seconds

SECONDS = Histogram(
    "second_wind_request_seconds",
    "Requests that had a route, by how long they took.",
    ["route", "status"],
    buckets=BUCKETS,
    registry=None,
)
# Read by prometheus-client itself, when it was imported: the settings set it.
if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    Path(folder).mkdir(parents=True, exist_ok=True)


def count_request(route: str | None, status: int, seconds: float) -> None:
    SECONDS.labels(route or "none", status).observe(seconds)


def register_requests(registry: CollectorRegistry) -> None:
    """Those of all this server's processes; where there is no folder, of this one."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)
    else:
        registry.register(SECONDS)
