"""A week by its mailed link while the server is away: kept, and counted once.

The page sends a plain form: that nobody answered is said by the browser itself, and
whoever goes back has to find what they wrote.
"""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from plans.links import week_token
from reps.domain.work_week import monday_on_or_before
from reps.models import ActivityEntry
from tests.browser.conftest import PHONE
from tests.browser.server_that_stops import ServerThatStops

STOPPED = "net::ERR_(CONNECTION_REFUSED|EMPTY_RESPONSE|CONNECTION_RESET)"


@pytest.fixture
def live_server(django_db_setup):
    server = ServerThatStops()
    yield server
    server.stop()


@pytest.fixture
def link(rep, demos):
    return f"/w/{week_token(rep, monday_on_or_before(rep.local_date(timezone.now())))}/"


def go(page, act):
    """Wait until the browser shows what became of it, be it a page of its own."""
    with page.expect_event("requestfailed"):
        act()
    page.wait_for_url("chrome-error://**")


@pytest.mark.parametrize("scripts", [True, False])
def test_whoever_goes_back_finds_the_numbers_and_sends_them_once(
    page_at, causes, live_server, link, scripts
):
    causes(STOPPED)
    page = page_at(PHONE, java_script_enabled=scripts)
    page.goto(link)
    number = page.get_by_role("textbox", name="Demos held")
    if scripts:
        for _tap in range(3):
            page.get_by_role("button", name="One more: Demos held").click()
    else:
        number.fill("3")
    page.get_by_label("What moved?").fill("Larkspur has a date.")
    live_server.stop()
    go(page, page.get_by_role("button", name="Yes, these are right").click)

    live_server.start()
    page.go_back()
    expect(number).to_have_value("3")
    expect(page.get_by_label("What moved?")).to_have_value("Larkspur has a date.")
    page.get_by_role("button", name="Yes, these are right").click()
    expect(page.get_by_text("Thank you. Your week is saved.")).to_be_visible()
    assert list(ActivityEntry.objects.values_list("change", flat=True)) == [3]


def test_numbers_that_were_saved_though_nobody_answered_count_once(
    page_at, causes, link
):
    causes("net::ERR_FAILED")
    page = page_at(PHONE)
    page.goto(link)
    page.get_by_role("textbox", name="Demos held").fill("3")
    page.route("**/log/", saved_but_not_answered, times=1)
    go(page, page.get_by_role("button", name="Yes, these are right").click)
    page.go_back()
    expect(page.get_by_role("textbox", name="Demos held")).to_have_value("3")
    page.get_by_role("button", name="Save the numbers").click()
    expect(page.get_by_text("Thank you. Your week is saved.")).to_be_visible()
    assert list(ActivityEntry.objects.values_list("change", flat=True)) == [3]


def saved_but_not_answered(route):
    route.fetch(max_redirects=0)
    route.abort()
