"""redis-py, once it is needed: without REDIS_URL its 7 MB are not loaded."""

from importlib import import_module

from django.conf import settings


def redis_server(**limits):
    """The server that REDIS_URL names, to be asked; limits are redis-py's own."""
    return import_module("redis").Redis.from_url(settings.REDIS_URL, **limits)


def redis_errors() -> tuple[type[Exception], ...]:
    """What comes of a Redis that does not answer. There is none without REDIS_URL."""
    return () if settings.EMBEDDED_WORKER else (import_module("redis").RedisError,)
