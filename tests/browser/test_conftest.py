"""The net under every browser test: it must catch what it says it catches."""

from pathlib import Path

import pytest

from tests.browser.trouble import Trouble
from tests.factories.reps import UserFactory

MISDEEDS = {
    "said so": "console.error('said so')",
    "hinted": "console.warn('hinted')",
    "out loud": "setTimeout(() => { throw new Error('out loud') })",
    "Content Security Policy": "document.body.setAttribute('style', 'color: red')",
    "unkept": "Promise.reject(new Error('unkept'))",
    "status of 404": "fetch('/no-such-page/')",
    "status of 403": "navigator.sendBeacon('/health/')",
    "net::ERR_FAILED": "fetch('/cut-off/')",
    "opened one": "open('').setTimeout(() => { throw new Error('opened one') })",
    "elsewhere.example": "location = 'http://elsewhere.example/'",
}


@pytest.fixture
def context(browser, live_server):
    context = browser.new_context(base_url=live_server.url)
    yield context
    context.close()


def test_a_page_that_misbehaves_is_caught(context, live_server):
    trouble = Trouble()
    trouble.watch(context, live_server.url)
    context.route("/cut-off/", lambda route: route.abort())
    page = context.new_page()
    page.goto("/sign-in/login/")
    assert trouble.lines == []

    for words, misdeed in MISDEEDS.items():
        assert words not in " ".join(trouble.lines)
        page.evaluate(f"() => {{ {misdeed} }}")
        for _ in range(100):  # at once, or once a busy machine gets round to it
            if words in " ".join(trouble.lines):
                break
            page.wait_for_timeout(50)
        assert words in " ".join(trouble.uncalled_for())


def test_what_a_test_means_to_go_wrong_is_forgiven_and_wanted(page_at, causes, trouble):
    page = page_at()
    page.goto("/sign-in/login/")
    page.evaluate("fetch('/no-such-page/')")
    causes("status of 404 .*/no-such-page/")
    page.wait_for_timeout(100)
    assert trouble.uncalled_for() == []

    once_more = Trouble(lines=list(trouble.lines))
    once_more.causes("status of 404 .*/no-such-page/", "status of 409")
    assert once_more.uncalled_for() == ["did not come: status of 409"]


def test_no_test_opens_a_browser_that_nobody_watches():
    here = Path(__file__).parent
    opens = [
        path.name for path in here.glob("*.py") if ".new_context(" in path.read_text()
    ]
    assert sorted(opens) == ["conftest.py", "test_conftest.py"]


def test_axe_finds_a_picture_without_words(page_at, axe):
    page = page_at()
    page.goto("/sign-in/login/")
    page.evaluate("() => document.querySelector('main').append(new Image())")
    assert [line.split(":")[0] for line in axe(page)] == ["image-alt"]


def test_a_page_is_its_users(page_at):
    page = page_at(user=UserFactory())
    page.goto("/sign-in/login/")
    assert "/sign-in/" not in page.url
