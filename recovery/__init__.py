"""Wiring: settings, URLs, the clock and the servers. Nothing imports it."""

from recovery.celery import app as celery_app

__all__ = ["celery_app"]
