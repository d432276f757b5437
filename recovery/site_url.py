"""SITE_URL, where people find the app: read, or refused in one sentence."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True, slots=True)
class SiteUrl:
    """Its origin as browsers say it, such as https://second-wind.example; its host."""

    origin: str
    host: str
    is_https: bool


def read_site_url(written: str) -> SiteUrl:
    """Scheme, host and perhaps a port, and nothing behind them.

    Raises ImproperlyConfigured. A path is refused: links, cookies and redirects would
    each have to carry it, and a name of its own costs nobody anything.
    """
    try:
        url = urlsplit(written.strip())
        port = url.port
    except ValueError:
        raise _refusal("it is no address") from None
    if url.scheme not in {"http", "https"} or not url.hostname:
        raise _refusal("it must begin with https:// or http:// and a host")
    if url.username is not None:
        raise _refusal("it must not hold a user")
    if url.path.strip("/") or url.query or url.fragment:
        raise _refusal("the app answers at the top of a host, not below a path")
    host = f"[{url.hostname}]" if ":" in url.hostname else url.hostname
    usual = {"http": 80, "https": 443}[url.scheme]
    place = host if port in {None, usual} else f"{host}:{port}"
    return SiteUrl(f"{url.scheme}://{place}", host, url.scheme == "https")


def _refusal(why: str) -> ImproperlyConfigured:
    """Without what was written: it may hold a password, and this is printed."""
    return ImproperlyConfigured(
        f"SITE_URL cannot be used: {why}. Such as https://second-wind.example."
    )
