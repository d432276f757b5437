"""What runs on a clock: the broker, a worker, and beat, which wakes them."""

import json
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException
from time import perf_counter
from urllib.parse import urlsplit

from celery import Celery
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from kombu.exceptions import KombuError

from recovery.heartbeat import LAST_BEAT
from recovery.redis_client import redis_errors, redis_server
from recovery.set_up_checks.finding import PATIENCE, Finding, broken, fine, look

# It beats every 30 seconds.
LATE, DEAD = timedelta(seconds=90), timedelta(minutes=5)
WORKERS_ANSWER_WITHIN = 1  # second


def broker() -> Finding:
    if settings.EMBEDDED_WORKER:
        return fine(_("None is needed: the worker is a thread of the web."))
    began = perf_counter()
    limits = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
    try:
        with redis_server(**limits) as server:
            version = server.info("server")["redis_version"]
    except redis_errors() as error:
        return broken(
            _("Redis does not answer: %(why)s") % {"why": error},
            _("See that it runs, and that REDIS_URL names it rightly."),
        )
    took = {"version": version, "ms": round((perf_counter() - began) * 1000)}
    return fine(_("Redis %(version)s answered in %(ms)d ms.") % took)


def worker() -> Finding:
    """Asked directly; where it is a thread of the web, by what it last did."""
    if settings.EMBEDDED_WORKER:
        start_it = _("Start Second Wind (“make run”); if it runs, start it anew.")
        return _judged_by_its_last_task(start_it)
    try:
        answered = _workers()
    except silent_broker():
        return _unknown_without_a_broker()
    if not answered:
        return broken(
            _("None answers. %(seen)s") % {"seen": _in_words(_last_seen())},
            _("Start one: “celery --app=recovery worker”, in compose “worker”."),
        )
    words = ngettext("%(count)d answers.", "%(count)d answer.", answered)
    return fine(words % {"count": answered})


def beat() -> Finding:
    """Known by what it last had a worker do: beat itself can be asked nothing."""
    start_it = _("Start it: “celery --app=recovery beat”, in compose “beat”.")
    if settings.EMBEDDED_WORKER:
        start_it = _("Start Second Wind (“make run”); if it runs, start it anew.")
        return _judged_by_its_last_task(start_it)
    try:
        found = _judged_by_its_last_task(start_it)
        if not found.is_broken or _workers():
            return found
    except silent_broker():
        return _unknown_without_a_broker()
    return look(
        _("Not known: it is heard through a worker, and none answers."),
        _("Start a worker first."),
    )


def silent_broker() -> tuple[type[Exception], ...]:
    return (OSError, KombuError, *redis_errors())


def _workers() -> int:
    """How many answer. Asked by an app of its own, which is less patient than ours."""
    with Celery(broker=settings.REDIS_URL, set_as_current=False) as asks:
        asks.conf.broker_transport_options = {
            "socket_timeout": PATIENCE,
            "socket_connect_timeout": PATIENCE,
            "max_retries": 0,
        }
        return len(asks.control.ping(timeout=WORKERS_ANSWER_WITHIN))


def _judged_by_its_last_task(start_it: str) -> Finding:
    seen = _last_seen()
    late_by = seen and timezone.now() - seen
    if late_by is None or late_by > DEAD:
        return broken(_in_words(seen), start_it)
    if late_by > LATE:
        words = _("Look again in a minute: it should do something every 30 seconds.")
        return look(_in_words(seen), words)
    return fine(_in_words(seen))


def _in_words(seen: datetime | None) -> str:
    if not seen:
        return _("Nothing was heard of it in the last hour.")
    seconds = round((timezone.now() - seen).total_seconds())
    words = ngettext(
        "Last heard of %(count)d second ago.",
        "Last heard of %(count)d seconds ago.",
        seconds,
    )
    return words % {"count": seconds}


def _unknown_without_a_broker() -> Finding:
    return look(
        _("Not known: it is heard through the broker, which does not answer."),
        _("Mend the broker first."),
    )


def _last_seen() -> datetime | None:
    """When beat last had a worker do something; None if not within the hour."""
    noted = cache.get(LAST_BEAT)
    if noted is None and settings.EMBEDDED_WORKER:
        noted = _noted_by_the_web()
    return datetime.fromisoformat(noted) if noted else None


def _noted_by_the_web() -> str | None:
    """A command is another process than the one whose threads worker and beat are."""
    web = HTTPConnection(settings.BIND_ADDRESS, settings.PORT, timeout=PATIENCE)
    try:
        host = {"Host": urlsplit(settings.SITE_URL).netloc}
        web.request("GET", "/health/", headers=host)
        return json.load(web.getresponse())["last_beat"]
    except (OSError, HTTPException, ValueError, KeyError):
        return None
    finally:
        web.close()
