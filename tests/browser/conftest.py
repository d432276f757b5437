"""A real Chromium, signed in as whom a test says, that forgives no error on a page."""

import os
from itertools import product
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from tests.browser.trouble import Trouble
from tests.needed import program

# Widths in pixels: every page is looked at narrow, and at a desk.
NARROW, PHONE, DESK = 320, 390, 1440
# By how much the page is wider than the window, once it is laid out in it.
SIDEWAYS = """() => new Promise(tell => requestAnimationFrame(() =>
    requestAnimationFrame(() => tell(
        document.documentElement.scrollWidth - window.innerWidth
    ))
))"""
PATIENCE = 10_000  # milliseconds for anything on a page to happen


def pytest_collection_modifyitems(items):
    """Every test in this folder is one of the browser's: `-m "not browser"`."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser():
    chromium = program("chromium", "chromium-browser", package="chromium")
    flags = ["--disable-background-networking"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium's own refuses root
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def trouble():
    """What went wrong in this test's browsers, which fails it unless it is meant."""
    trouble = Trouble()
    yield trouble
    assert trouble.uncalled_for() == []


@pytest.fixture
def causes(trouble):
    """`causes("status of 422", …)`: what this test makes go wrong, as it is logged."""
    return trouble.causes


@pytest.fixture
def page_at(browser, live_server, trouble):
    """`page_at(width, color_scheme, user=…)`: an empty page of a browser of its own.

    `url`: of another server than the tests' own.

    The test fails at its end if any of its pages, or of those they opened, logged an
    error or a warning, raised one, broke the Content-Security-Policy, was refused a
    file or an answer, or asked another machine for one.
    """
    contexts = []

    def open_page(width=DESK, color_scheme="light", *, user=None, url="", **options):
        url = url or live_server.url
        context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": 900},
            color_scheme=color_scheme,
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        trouble.watch(context, url)
        if user:
            context.add_cookies([signed_in(user, url)])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def signed_in(user, url):
    """The cookie of a session of theirs."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def looks(page, widths=(NARROW, DESK)):
    """The page narrow and wide, light and dark, one after another; yields which.

    Only style depends on either, so that one load of the page will do.
    """
    for width, scheme in product(widths, ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        # Without motion: axe would measure colours on their way to the other theme.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        yield f"{page.url} at {width} px, {scheme}"


@pytest.fixture
def axe():
    """`axe(page)`: what axe finds wrong with a page as it is now, one line each."""

    def violations(page):
        if not page.evaluate("'axe' in window"):  # half a megabyte: once per page
            page.evaluate(Axe().axe_script)
        # What is on its way in has not its colours yet.
        page.evaluate(
            "Promise.allSettled(document.getAnimations()"
            ".filter(one => one.effect.getComputedTiming().endTime < 1000)"
            ".map(one => one.finished)).then(() => {})"
        )
        # Nobody reads its selectors, and to find them takes as long as the rest.
        found = page.evaluate(
            "axe.run({resultTypes: ['violations'], selectors: false})"
            ".then(told => told.violations)"
        )
        return [
            f"{rule['id']}: {rule['help']}: {node['html']}"
            for rule in found
            for node in rule["nodes"]
        ]

    return violations
