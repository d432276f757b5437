"""Coming in through the front door, in a browser."""

import pytest

from tests.browser.conftest import DESK, PHONE


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_door_is_open_to_everybody(page_at, axe, width, color_scheme):
    page = page_at(width, color_scheme)
    page.goto("/")
    assert "/sign-in/" in page.url
    assert axe(page) == []
