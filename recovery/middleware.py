"""What every request gets from us, and Django does not bring."""

import logging
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import MiddlewareNotUsed
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from psycopg.errors import LockNotAvailable

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
logger = logging.getLogger(__name__)

REDIRECT_LOOP = (
    "Second Wind is not set up for its proxy: this page was asked for by https, and the"
    " app was not told. Have the proxy send X-Forwarded-Proto: https, removing the one"
    " a visitor sent, and set BEHIND_PROXY=1 where the app runs. Then start it anew."
)


class NoRedirectLoop:
    """Tell whoever runs the site why it would redirect to itself for ever.

    Behind a proxy that takes https and passes http on, the app must be told which it
    was, or it sends every browser to https again. A browser that says which kind of
    fetch this is (`Sec-Fetch-Mode`) is on https already: on http it says so to nobody
    but this machine.
    """

    def __init__(self, get_response):
        if not settings.SECURE_SSL_REDIRECT:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.exempt = [re.compile(path) for path in settings.SECURE_REDIRECT_EXEMPT]

    def __call__(self, request):
        if request.is_secure() or not self.came_by_https(request):
            return self.get_response(request)
        path = request.path.lstrip("/")
        if any(pattern.search(path) for pattern in self.exempt):
            return self.get_response(request)
        logger.error(REDIRECT_LOOP)
        return HttpResponse(REDIRECT_LOOP, status=503, content_type="text/plain")

    def came_by_https(self, request) -> bool:
        said = request.headers
        return (
            said.get("X-Forwarded-Proto", "").strip().lower() == "https"
            or said.get("X-Forwarded-Ssl", "").lower() == "on"
            or "proto=https" in said.get("Forwarded", "").lower()
            or ("Sec-Fetch-Mode" in said and not _is_this_machine(request))
        )


def _is_this_machine(request) -> bool:
    """Whether a browser may hold http to be secure: for a host that is its own."""
    host = split_domain_port(request.headers.get("host", ""))[0]
    return host in {"localhost", "[::1]"} or host.startswith("127.")


class SignInFirst(LoginRequiredMiddleware):
    """Ask who it is, and lead back to a page.

    An act's own address opens no page, so whoever was signed out in the middle of one
    comes back to the page they were on, and hears that it may not be saved.
    """

    def handle_no_permission(self, request, view_func):
        if request.method in SAFE_METHODS:
            return super().handle_no_permission(request, view_func)
        messages.warning(
            request,
            _(
                "You were signed out, so what you did last may not be saved. Look, and"
                " do it again where it is missing."
            ),
        )
        return redirect_to_login(_page_before(request), resolve_url(settings.LOGIN_URL))


def _page_before(request) -> str:
    """The page of ours that an act was sent from; the start where it cannot be told."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    page = came_from._replace(scheme="", netloc="", fragment="").geturl()
    is_ours = url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours and came_from.path != request.path else "/"


class HtmxLoginRedirect:
    """Send an expired session to the login page, and then back to where it was."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        login = resolve_url(settings.LOGIN_URL)
        if request.htmx and response.headers.get("Location", "").startswith(login):
            page = request.htmx.current_url_abs_path or "/"
            return HttpResponseClientRedirect(redirect_to_login(page, login).url)
        return response


class PrivatePages:
    """Nothing a signed-in person is shown stays in a cache: laptops are shared."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


class OwnTimeZone:
    """Instants are shown in the zone of the person who reads them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated:
            return self.get_response(request)
        with timezone.override(request.user.zone):
            return self.get_response(request)


class NoLongWait:
    """Nobody waits at a page until an import has ended, which may take minutes.

    An act waits two seconds for whoever holds what it changes; then it says so, and
    its words are kept. What a worker or a command does waits as long as it takes. It is
    told to the connection anew for each act: what that was told last is not known.
    """

    LONGEST = "2s"
    RETRY_AFTER = 60  # seconds

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method not in SAFE_METHODS:
            with connection.cursor() as cursor:
                # Not through Django's: it is no query of the page's.
                cursor.cursor.execute(f"SET lock_timeout = '{self.LONGEST}'")

    def process_exception(self, request, exception):
        waited = isinstance(exception, OperationalError)
        if not (waited and isinstance(exception.__cause__, LockNotAvailable)):
            return None
        if request.htmx:  # trouble.js has the words
            answer = HttpResponse(status=503)
        else:
            answer = render(request, "503.html", {"sent": _sent(request)}, status=503)
        answer["Retry-After"] = str(self.RETRY_AFTER)
        return answer


def _sent(request) -> list[tuple[str, str]]:
    """The fields of a form that was sent, to be sent once more; no password."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
