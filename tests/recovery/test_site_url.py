"""SITE_URL: an origin, or a sentence that says what to write instead."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from recovery.site_url import SiteUrl, read_site_url


@pytest.mark.parametrize(
    ("written", "origin", "host"),
    [
        ("https://second-wind.example", "https://second-wind.example", None),
        ("https://Second-Wind.example/", "https://second-wind.example", None),
        ("https://second-wind.example:443", "https://second-wind.example", None),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", "127.0.0.1"),
        ("http://[::1]:8000", "http://[::1]:8000", "[::1]"),
    ],
)
def test_it_is_an_origin(written, origin, host):
    is_https = origin.startswith("https")
    host = host or "second-wind.example"
    assert read_site_url(written) == SiteUrl(origin, host, is_https)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("https://example.org/second-wind", "not below a path"),
        ("https://example.org/?team=1", "not below a path"),
        ("second-wind.example", "must begin with https://"),
        ("ftp://second-wind.example", "must begin with https://"),
        ("https://", "must begin with https://"),
        ("https://erin:secret@second-wind.example", "must not hold a user"),
        ("https://second-wind.example:port", "is no address"),
        ("https://[::1", "is no address"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(written, why):
    with pytest.raises(ImproperlyConfigured, match=why) as refusal:
        read_site_url(written)
    assert "Such as https://second-wind.example." in str(refusal.value)
    assert "secret" not in str(refusal.value)
