"""A line for each request: which route, how it ended, how long it took, for whom.

Where figures are asked for it is counted, too, by the same measure (recovery/metrics).
"""

import logging
import re
import sys
from time import perf_counter
from uuid import uuid4

from django.conf import settings
from django.shortcuts import render

from recovery.logs.line import context
from recovery.logs.slow_queries import slow_queries_are_told
from recovery.metrics.requests import count_request

logger = logging.getLogger(__name__)

# Hexadecimal, as proxies make them: no word of anybody's fits in.
REQUEST_ID = re.compile(r"[0-9a-fA-F-]{16,64}")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class RequestLog:
    """The outermost middleware. Gives the request its id, which the answer has too.

    Files and what is sent on to https have no route, and no line if all is well.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = perf_counter()
        request.log_id = _id_of(request)
        belongs = context.set({"request": request.log_id})
        try:
            with slow_queries_are_told():
                response = self.get_response(request)
            response["X-Request-ID"] = request.log_id
            _tell(request, response.status_code, perf_counter() - began)
        finally:
            context.reset(belongs)
        return response


def server_error(request):
    """Django's handler500: the page with the request's id on it, for a person to quote.

    The error itself goes to the request's line. Shown without a context, since anything
    may be what broke.
    """
    request.error = sys.exc_info()[1]
    request_id = getattr(request, "log_id", "")
    page = {"request_id": request_id}
    return render(None, "500.html", page, status=500)


def _id_of(request) -> str:
    """The proxy's, where there is one to be believed; otherwise a new one."""
    if settings.BEHIND_PROXY:
        sent = request.headers.get("X-Request-ID", "")
        if REQUEST_ID.fullmatch(sent):
            return sent
    return uuid4().hex


def _tell(request, status: int, seconds: float) -> None:
    found = request.resolver_match
    if not found and status < 400:
        return
    # Never asked for here: it could be the query that fails.
    person = getattr(request, "_cached_user", None)
    facts = {
        "method": request.method if request.method in METHODS else "other",
        "route": found and found.view_name,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "user": person and person.pk,
        "organization": getattr(person, "organization_id", None),
    }
    if settings.METRICS_TOKEN:
        count_request(facts["route"], status, seconds)
    level = logging.ERROR if status >= 500 else logging.INFO
    error = getattr(request, "error", None)
    logger.log(level, "request", exc_info=error, extra={"facts": facts})
