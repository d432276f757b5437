"""The letter as a mail program shows it: both themes, narrow and wide, pictures off."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from plans.tasks import deliver_nudges
from tests.browser.conftest import DESK, NARROW, PHONE, SIDEWAYS, looks
from tests.factories.nudges import due_nudges

# Without the habits of whole pages, such as landmarks: a letter stands inside one.
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
BRIGHTNESS = """() => {
    const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g);
    return (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
}"""


@pytest.fixture
def letter(transactional_db, mailoutbox):
    """The page of a letter that went out."""
    due_nudges(1)
    deliver_nudges()
    [letter] = mailoutbox
    [page] = letter.alternatives
    return page.content


def test_it_reads_well_in_both_themes(page_at, letter):
    page = page_at()
    page.set_content(letter)
    for look in looks(page, [NARROW, PHONE, DESK]):
        found = Axe().run(page, options=WCAG).response["violations"]
        assert [(rule["id"], rule["nodes"]) for rule in found] == [], look
        assert page.evaluate(SIDEWAYS) <= 0, look
        assert (page.evaluate(BRIGHTNESS) < 0.2) == look.endswith("dark")
    assert page.locator("img").count() == 0
