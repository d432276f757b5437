"""The net under every browser test: it must catch what it says it catches."""

import pytest

from tests.browser.conftest import watch
from tests.factories.reps import UserFactory

MISDEEDS = {
    "said so": "console.error('said so')",
    "out loud": "setTimeout(() => { throw new Error('out loud') })",
    "Content Security Policy": "document.body.setAttribute('style', 'color: red')",
    "status of 404": "fetch('/no-such-page/')",
    "elsewhere.example": "location = 'http://elsewhere.example/'",
}


@pytest.fixture
def page(browser, live_server):
    context = browser.new_context(base_url=live_server.url)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("words", MISDEEDS)
def test_a_page_that_misbehaves_is_caught(page, live_server, words):
    trouble = []
    watch(page, trouble, live_server.url)
    page.goto("/sign-in/login/")
    assert trouble == []

    page.evaluate(f"() => {{ {MISDEEDS[words]} }}")
    for _ in range(100):  # at once, or once a busy machine gets round to it
        if trouble:
            break
        page.wait_for_timeout(50)

    assert words in " ".join(trouble)


def test_axe_finds_a_picture_without_words(page_at, axe):
    page = page_at()
    page.goto("/sign-in/login/")
    page.evaluate("() => document.querySelector('main').append(new Image())")
    assert [line.split(":")[0] for line in axe(page)] == ["image-alt"]


def test_a_page_is_its_users(page_at):
    page = page_at(user=UserFactory())
    page.goto("/sign-in/login/")
    assert "/sign-in/" not in page.url
