"""Coming in through the front door, in a browser."""

from tests.browser.conftest import DESK, PHONE, looks


def test_the_door_is_open_to_everybody(page_at, axe):
    page = page_at()
    page.goto("/")
    assert "/sign-in/" in page.url
    for look in looks(page, [PHONE, DESK]):
        assert axe(page) == [], look
