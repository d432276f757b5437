"""A tap that cannot be saved now is kept and goes out, or the number goes back.

The server really stops in these; what it took before that, it has counted.
"""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from reps.models import ActivityEntry
from tests.browser.conftest import DESK, PHONE, signed_in
from tests.browser.server_that_stops import ServerThatStops
from tests.factories.reps import (
    RepFactory,
)

LOG = "**/week/log/"
STOPPED = "net::ERR_(CONNECTION_REFUSED|EMPTY_RESPONSE|CONNECTION_RESET).*/week/log/"
CUT_OFF = "net::ERR_FAILED .*/week/log/"
OFFLINE = "net::ERR_INTERNET_DISCONNECTED.*/week/log/"
BROKEN = "status of 500 .*/week/log/"


@pytest.fixture
def live_server(django_db_setup):
    server = ServerThatStops()
    yield server
    server.stop()


@pytest.fixture
def phone(page_at, rep, demos):
    page = page_at(PHONE, user=rep.user, has_touch=True, is_mobile=True)
    page.goto(week_of(rep))
    return page


def week_of(rep):
    return reverse("plans:my_week", args=[rep.pk])


def plus(page, name="Demos held"):
    return page.get_by_role("button", name=f"One more: {name}")


def minus(page, name="Demos held"):
    return page.get_by_role("button", name=f"One fewer: {name}")


def number(page, name="Demos held"):
    return page.get_by_role("textbox", name=name)


def row(page, name="Demos held"):
    return page.locator("[data-taps]").filter(
        has=page.get_by_role("heading", name=name)
    )


def bar(page):
    return page.locator("#save-bar")


def changes():
    entries = ActivityEntry.objects.order_by("pk")
    return list(entries.values_list("change", flat=True))


def kept(page):
    """How many taps the device keeps for this person."""
    return page.evaluate(
        "Object.values(localStorage).flatMap(words => JSON.parse(words)).length"
    )


def is_seen_to_wait(page, *, shown, saved):
    expect(number(page)).to_have_value(shown)
    expect(row(page)).to_contain_text(
        f"Saved so far: {saved}. The rest is not sent yet."
    )
    expect(bar(page)).to_have_text(
        "Not sent yet. What you tapped is kept on this device."
    )


def all_is_saved(page, *, shown):
    expect(number(page)).to_have_value(shown)
    expect(page.get_by_text("not sent yet")).to_have_count(0)
    expect(bar(page)).to_contain_text("Saved")
    assert kept(page) == 0


def test_taps_made_while_the_server_is_down_go_out_once_it_is_back(
    phone, causes, axe, live_server, rep
):
    causes(STOPPED)
    plus(phone).tap()
    expect(number(phone)).to_have_value("1")

    live_server.stop()
    plus(phone).tap()
    is_seen_to_wait(phone, shown="2", saved="1")
    plus(phone).tap()
    minus(phone).tap()
    plus(phone).tap()
    is_seen_to_wait(phone, shown="3", saved="1")
    expect(phone.locator("#announcer")).to_have_text("3")
    assert changes() == [1]
    assert axe(phone) == []

    live_server.start()
    all_is_saved(phone, shown="3")  # nobody touched anything
    assert changes() == [1, 1, 1, -1, 1]


def test_quick_taps_of_which_some_arrived_are_exact(phone, causes):
    """The first is saved and answered, the second only saved; the others never left."""
    causes(CUT_OFF)
    told = []

    def on_its_way(route):
        told.append(route)
        if len(told) == 2:
            route.fetch()
            route.abort()
        elif len(told) in {3, 4}:
            route.abort()
        else:
            route.continue_()

    phone.route(LOG, on_its_way)
    for _tap in range(4):
        plus(phone).dispatch_event("click")
    all_is_saved(phone, shown="4")
    assert changes() == [1, 1, 1, 1]


def test_what_waits_survives_a_reload_and_is_sent_from_there(
    phone, causes, live_server
):
    causes(STOPPED)
    live_server.stop()
    plus(phone).tap()
    plus(phone).tap()
    is_seen_to_wait(phone, shown="2", saved="0")
    live_server.start()
    phone.reload()
    all_is_saved(phone, shown="2")
    assert changes() == [1, 1]


def test_after_a_reload_it_is_shown_as_long_as_it_cannot_be_sent(phone, causes):
    causes(CUT_OFF)
    phone.route(LOG, lambda route: route.abort())
    plus(phone).tap()
    phone.reload()
    is_seen_to_wait(phone, shown="1", saved="0")
    phone.unroute(LOG)
    all_is_saved(phone, shown="1")


def test_another_page_of_theirs_sends_it_too(phone, causes, rep):
    causes(CUT_OFF)
    phone.route(LOG, lambda route: route.abort())
    plus(phone).tap()
    is_seen_to_wait(phone, shown="1", saved="0")
    phone.unroute(LOG)
    with phone.expect_response(LOG):
        phone.goto(reverse("plans:rep_detail", args=[rep.pk]))
    assert changes() == [1]
    phone.goto(week_of(rep))
    expect(number(phone)).to_have_value("1")
    assert kept(phone) == 0


def test_a_number_typed_and_a_tap_after_it_keep_their_order(phone, causes):
    causes(OFFLINE)
    phone.context.set_offline(True)
    number(phone).fill("7")
    plus(phone).tap()
    is_seen_to_wait(phone, shown="8", saved="0")
    phone.context.set_offline(False)
    all_is_saved(phone, shown="8")
    assert changes() == [7, 1]


def test_what_waits_of_one_week_is_not_shown_in_another(phone, causes, rep, demos):
    causes(CUT_OFF)
    phone.route(LOG, lambda route: route.abort())
    plus(phone).tap()
    phone.get_by_role("link", name=re.compile("week before|Week")).first.click()
    expect(number(phone)).to_have_value("0")
    expect(bar(phone)).to_contain_text("Not sent yet")
    phone.unroute(LOG)
    expect(bar(phone)).not_to_contain_text("Not sent yet")
    expect(number(phone)).to_have_value("0")
    assert changes() == [1]


def test_a_minus_stops_at_nothing_while_it_waits(phone, causes, demos, rep):
    causes(OFFLINE)
    plus(phone).tap()
    expect(number(phone)).to_have_value("1")
    phone.context.set_offline(True)
    minus(phone).focus()
    phone.keyboard.press("Enter")
    expect(minus(phone)).to_be_disabled()
    expect(plus(phone)).to_be_focused()
    is_seen_to_wait(phone, shown="0", saved="1")
    phone.context.set_offline(False)
    all_is_saved(phone, shown="0")
    assert changes() == [1, -1]


def test_no_tap_of_one_person_is_sent_for_another(phone, causes, rep, live_server):
    causes(CUT_OFF)
    other = RepFactory(team=rep.team, organization=rep.organization)
    phone.route(LOG, lambda route: route.abort())
    plus(phone).tap()
    is_seen_to_wait(phone, shown="1", saved="0")
    phone.unroute(LOG)
    phone.context.clear_cookies()
    phone.context.add_cookies([signed_in(other.user, live_server.url)])
    phone.goto(week_of(other))
    phone.wait_for_timeout(500)
    expect(number(phone)).to_have_value("0")
    assert changes() == []

    phone.context.clear_cookies()
    phone.context.add_cookies([signed_in(rep.user, live_server.url)])
    phone.goto(week_of(rep))
    all_is_saved(phone, shown="1")
    assert changes() == [1]
    assert ActivityEntry.objects.get().rep == rep


def test_an_error_of_the_server_is_tried_again(phone, causes):
    causes(BROKEN)
    phone.route(LOG, lambda route: route.fulfill(status=500, body=""), times=2)
    plus(phone).tap()
    is_seen_to_wait(phone, shown="1", saved="0")
    all_is_saved(phone, shown="1")
    assert changes() == [1]


def test_after_the_session_ended_it_waits_until_they_signed_in(
    phone, axe, rep, live_server
):
    Session.objects.all().delete()
    plus(phone).tap()
    expect(phone.get_by_role("alert")).to_contain_text("You were signed out.")
    is_seen_to_wait(phone, shown="1", saved="0")
    assert axe(phone) == []

    rep.user.set_password("a-long-enough-one")
    rep.user.save()
    phone.get_by_role("alert").get_by_role("link", name="Sign in").tap()
    phone.locator("[name=login]").fill(rep.user.email)
    phone.locator("[name=password]").fill("a-long-enough-one")
    phone.get_by_role("main").get_by_role("button", name="Sign in").tap()
    all_is_saved(phone, shown="1")
    assert changes() == [1]


def test_from_a_page_older_than_the_session_it_goes_out_once_loaded_again(
    phone, causes, axe, rep, live_server
):
    causes("status of 403 .*/week/log/")
    phone.context.clear_cookies()
    phone.context.add_cookies([signed_in(rep.user, live_server.url)])
    plus(phone).tap()
    expect(phone.get_by_role("alert")).to_contain_text("This page is too old to save.")
    is_seen_to_wait(phone, shown="1", saved="0")
    assert axe(phone) == []
    phone.get_by_role("link", name="Load it again").tap()
    all_is_saved(phone, shown="1")
    assert changes() == [1]


def test_what_may_not_be_logged_any_more_goes_back_and_is_said(
    page_at, causes, axe, rep, demos
):
    """Erin had his week open when he went to another team."""
    causes("status of 404 .*/week/log/")
    page = page_at(DESK, user=rep.team.manager)
    page.goto(week_of(rep))
    plus(page).click()
    expect(number(page)).to_have_value("1")
    rep.team = RepFactory(organization=rep.organization).team
    rep.save()
    plus(page).click()
    expect(page.get_by_role("alert")).to_contain_text("A tap was not taken.")
    expect(number(page)).to_have_value("1")
    expect(page.get_by_text("not sent yet")).to_have_count(0)
    assert kept(page) == 0
    assert axe(page) == []
    assert changes() == [1]


def test_an_activity_that_is_no_longer_counted_is_not_tried_again(phone, causes, demos):
    causes("status of 410 .*/week/log/")
    demos.is_leading, demos.is_retired = False, True
    demos.save()
    plus(phone).tap()
    expect(phone.get_by_text("That activity is not counted any more.")).to_be_visible()
    expect(bar(phone)).to_have_count(1)
    assert kept(phone) == 0


def test_where_nothing_can_be_kept_taps_wait_in_the_page(page_at, causes, rep, demos):
    causes(OFFLINE)
    page = page_at(PHONE, user=rep.user)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error() }})"
    )
    page.goto(week_of(rep))
    page.context.set_offline(True)
    plus(page).click()
    is_seen_to_wait(page, shown="1", saved="0")
    page.context.set_offline(False)
    expect(bar(page)).to_contain_text("Saved")
    expect(number(page)).to_have_value("1")
    assert changes() == [1]
