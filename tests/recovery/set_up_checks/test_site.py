"""Address, proxy, and what strangers are shown."""

import pytest

from recovery.set_up_checks import site
from recovery.set_up_checks.finding import Level


@pytest.mark.parametrize(
    ("url", "level", "word"),
    [
        ("https://wind.example", Level.FINE, "https://wind.example"),
        ("http://wind.example", Level.LOOK, "readable"),
        ("http://127.0.0.1:8000", Level.LOOK, "this machine alone"),
        ("http://localhost:8000", Level.LOOK, "this machine alone"),
        ("http://[::1]:8000", Level.LOOK, "this machine alone"),
    ],
)
def test_the_address(settings, url, level, word):
    settings.SITE_URL, settings.HTTPS = url, url.startswith("https")
    found = site.address()
    assert (found.level, word in found.fact) == (level, True)
    assert bool(found.what_to_do) == (level != Level.FINE)


@pytest.mark.parametrize(
    ("https", "behind", "level"),
    [
        (True, True, Level.FINE),
        (False, False, Level.FINE),
        (True, False, Level.BROKEN),  # it would redirect to itself for ever
        (False, True, Level.LOOK),
    ],
)
def test_the_proxy(settings, https, behind, level):
    settings.HTTPS, settings.BEHIND_PROXY = https, behind
    assert site.proxy().level == level


@pytest.mark.parametrize(
    ("debug", "hosts", "level"),
    [
        (False, ["wind.example"], Level.FINE),
        (False, ["wind.example", "*"], Level.LOOK),
        (False, [".example"], Level.LOOK),
        (True, ["wind.example"], Level.BROKEN),
    ],
)
def test_errors_and_names(settings, debug, hosts, level):
    settings.DEBUG, settings.ALLOWED_HOSTS = debug, hosts
    assert site.errors_and_names().level == level
