"""What all pages behind a mailed link have in common: no session, and no way out."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt, csrf_protect


def link_page(view):
    """Opened by the signed link alone: kept by no cache, found by no search engine.

    The link leaves in no Referer. Browsers send the forms of such a page as from
    `Origin: null`; they are checked for their token like all others, but not for a
    place that we asked the browser to keep to itself.
    """
    checked = csrf_protect(view)

    @wraps(view)
    def shown(request, *args, **kwargs):
        if request.headers.get("Origin") == "null":
            here = f"{request.scheme}://{request.get_host()}"
            request.META["HTTP_ORIGIN"] = here
        response = checked(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    # Exempt from the check of the middleware, which would come before ours.
    return login_not_required(csrf_exempt(shown))


def link_is_over(request):
    """One page for every link that does not open: cut short, run out, or not ours."""
    return render(request, "plans/link_is_over.html", status=404)
