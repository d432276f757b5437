"""What all pages behind a mailed link have in common: no session, and no way out."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers


def mailed(view):
    """Opened by the signed link alone: kept by no cache, found by no search engine.

    The link never leaves in a Referer. `no-referrer` would promise the same, but makes
    browsers send forms as from `Origin: null`, which the check of CSRF tokens refuses.
    """

    @wraps(view)
    def shown(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(shown)


def link_is_over(request):
    """One page for every link that does not open: cut short, run out, or not ours."""
    return render(request, "plans/link_is_over.html", status=404)
