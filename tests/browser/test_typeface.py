"""The app's own typeface: there, small, and never a reason for a page to move."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)

FILE = Path(settings.BASE_DIR) / "static/fonts/inter.woff2"
SHIFTED = """
new Promise(told => new PerformanceObserver(list => told(
    list.getEntries().reduce((sum, shift) => sum + shift.value, 0)
)).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => told(0), 300))
"""


def faces(page, selector="h1"):
    """The typefaces in which Chromium drew this."""
    talk = page.context.new_cdp_session(page)
    talk.send("DOM.enable")
    talk.send("CSS.enable")
    root = talk.send("DOM.getDocument")["root"]["nodeId"]
    found = {"nodeId": root, "selector": selector}
    node = talk.send("DOM.querySelector", found)["nodeId"]
    fonts = talk.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {font["familyName"].removesuffix(" Variable") for font in fonts}


def test_it_is_small_enough_to_come_with_the_first_page():
    assert FILE.stat().st_size <= 120_000
    assert "SIL OPEN FONT LICENSE" in FILE.with_name("inter-license.txt").read_text()


def test_screens_are_set_in_it_and_paper_in_the_systems(page_at, rep):
    page = page_at(user=rep.team.manager)
    page.goto("/team/")
    page.evaluate("document.fonts.ready")
    page.reload()  # from the cache, as every page but the first
    assert faces(page) == {"Inter"}

    page.emulate_media(media="print")
    # It is laid out anew with the next frame, which a busy machine draws later.
    page.wait_for_function("() => matchMedia('print').matches")
    page.evaluate("new Promise(drawn => requestAnimationFrame(drawn))")
    page.evaluate("document.body.getBoundingClientRect().height")
    assert "Inter" not in faces(page)


def test_figures_are_of_one_width_and_a_hyphen_is_not(page_at, rep):
    page = page_at(user=rep.team.manager)
    page.goto("/team/")
    page.evaluate("document.fonts.ready")
    page.reload()
    wide = page.evaluate(
        """() => ["11111111", "00000000", "--------"].map((text) => {
            const one = document.createElement("span");
            one.textContent = text;
            document.querySelector("h1").append(one);
            return one.getBoundingClientRect().width;
        })"""
    )
    assert wide[0] == wide[1] > 1.2 * wide[2]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_no_page_moves_when_it_comes_late(page_at, rep, width):
    page = page_at(width, user=rep.team.manager)

    def late(route):
        page.wait_for_timeout(1_000)
        route.continue_()

    page.route("**/*.woff2", late)
    page.goto("/team/")
    page.evaluate("document.fonts.ready")

    assert "Inter" not in faces(page)
    assert page.evaluate(SHIFTED) == 0
