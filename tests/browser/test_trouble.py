"""A press that failed: the page says so, and shows what is saved."""

import pytest
from django.db import connection
from playwright.sync_api import expect

from tests.browser.conftest import DESK
from tests.browser.server_that_stops import ServerThatStops
from tests.factories.reps import (
    DealFactory,
    ExitCriterionFactory,
    StageFactory,
    UserFactory,
)

MEET = "**/meet/"
CUT_OFF = "net::ERR_FAILED"
STOPPED = "net::ERR_(CONNECTION_REFUSED|EMPTY_RESPONSE|CONNECTION_RESET)"
HTMX = "/htmx-2.*js"  # it logs whatever it gets no answer to
SAVED_IS_SHOWN = "What you see now is what is saved."


@pytest.fixture
def live_server(django_db_setup):
    server = ServerThatStops()
    yield server
    server.stop()


@pytest.fixture
def stages(rep):
    names = ["Qualified", "Needs agreed", "Proposal"]
    return [
        StageFactory(organization=rep.organization, order=number, name=name)
        for number, name in enumerate(names, start=1)
    ]


@pytest.fixture
def quill(rep, stages):
    return DealFactory(owner=rep, stage=stages[0], account="Quill & Co")


@pytest.fixture
def page(page_at, rep, quill, stages):
    ExitCriterionFactory(
        organization=rep.organization, stage=stages[0], words="We know who decides"
    )
    page = page_at(DESK, user=rep.user)
    page.goto(quill.get_absolute_url())
    return page


def tick(page):
    return page.get_by_role("button", name="We know who decides")


def is_met(quill):
    return quill.met_criteria.exists()


def saved_but_not_answered(route):
    route.fetch()
    route.abort()


def broken(route):
    route.fulfill(status=500, body="")


def test_a_tick_that_was_saved_though_its_answer_was_lost_is_shown(
    page, causes, axe, quill
):
    causes(CUT_OFF, HTMX)
    page.route(MEET, saved_but_not_answered, times=1)
    tick(page).click()
    expect(page.get_by_role("alert")).to_contain_text(SAVED_IS_SHOWN)
    expect(tick(page)).to_have_attribute("aria-pressed", "true")
    expect(tick(page)).to_be_focused()
    assert is_met(quill)
    assert axe(page) == []


def test_a_tick_that_was_not_saved_is_not_shown_and_can_be_made_again(
    page, causes, quill
):
    causes("status of 500", HTMX)
    page.route(MEET, broken, times=1)
    tick(page).click()
    expect(page.get_by_role("alert")).to_contain_text(SAVED_IS_SHOWN)
    expect(tick(page)).to_have_attribute("aria-pressed", "false")
    tick(page).click()
    expect(tick(page)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert is_met(quill)


def test_while_the_server_is_down_it_is_said_that_nobody_knows(
    page, causes, axe, live_server
):
    causes(STOPPED, HTMX)
    live_server.stop()
    tick(page).click()
    expect(page.get_by_role("alert")).to_contain_text("No answer came.")
    expect(tick(page)).to_have_attribute("aria-pressed", "false")
    assert axe(page) == []
    live_server.start()
    expect(page.get_by_role("alert")).to_contain_text(SAVED_IS_SHOWN)
    expect(tick(page)).to_have_attribute("aria-pressed", "false")


def test_a_stage_whose_answer_was_lost_is_not_moved_twice(page_at, causes, rep, stages):
    causes(CUT_OFF, HTMX)
    page = page_at(DESK, user=UserFactory(organization=rep.organization, is_admin=True))
    page.goto("/set-up/stages/")
    page.route("**/move/", saved_but_not_answered, times=1)
    page.get_by_role("button", name="Move Proposal one place earlier").click()
    expect(page.get_by_role("alert")).to_contain_text(SAVED_IS_SHOWN)
    headings = page.locator("#stage-list").get_by_role("heading", level=2)
    expect(headings).to_contain_text(["Qualified", "Proposal", "Needs agreed"])


def test_a_move_that_failed_is_said_where_it_was_pressed(
    page_at, causes, axe, rep, quill
):
    """The page behind a dialog is neither seen nor heard."""
    causes(CUT_OFF, HTMX, "status of 409")
    page = page_at(DESK, user=rep.user)
    page.goto("/board/")
    page.get_by_role("link", name="Move Quill & Co").click()
    page.route("**/move/", saved_but_not_answered, times=1)
    forward = page.get_by_role("button", name="Forward to Needs agreed")
    forward.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("That did not save.")
    assert axe(page) == []
    # Pressed again, the truth comes: it was moved after all.
    forward.click()
    expect(dialog.get_by_role("alert")).to_contain_text("moved")
    expect(page.get_by_text("That did not save.")).to_have_count(0)


def test_what_a_dialog_said_stays_on_the_page_once_it_is_closed(
    page_at, causes, rep, quill
):
    causes(CUT_OFF, HTMX)
    page = page_at(DESK, user=rep.user)
    page.goto("/board/")
    page.get_by_role("link", name="Move Quill & Co").click()
    page.route("**/move/", lambda route: route.abort(), times=1)
    page.get_by_role("button", name="Forward to Needs agreed").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#notices").get_by_role("alert")).to_be_visible()


def test_words_that_could_not_be_sent_stay_where_they_were_typed(
    page_at, causes, rep, demos
):
    causes(CUT_OFF, HTMX)
    page = page_at(DESK, user=rep.user)
    page.goto(f"/reps/{rep.pk}/week/")
    page.route("**/check-in/", lambda route: route.abort(), times=1)
    page.get_by_label("What moved").fill("Larkspur")
    page.get_by_role("button", name="Save my week").click()
    expect(page.get_by_role("alert")).to_contain_text("Your words are still here.")
    expect(page.get_by_label("What moved")).to_have_value("Larkspur")
    page.get_by_role("button", name="Save my week").click()
    expect(page.locator("#save-bar")).to_contain_text("Saved")
    expect(page.get_by_role("alert")).to_have_count(0)


BUSY = "An import is working on this just now."


def busy(route):
    route.fulfill(status=503, body="", headers={"Retry-After": "60"})


def test_what_an_import_holds_is_said_and_can_be_done_once_it_has_ended(
    page, causes, axe, quill
):
    causes("status of 503", HTMX)
    importing = connection.copy()
    importing.set_autocommit(False)
    with importing.cursor() as cursor:
        cursor.execute("SELECT FROM reps_deal WHERE id = %s FOR UPDATE", [quill.pk])
    tick(page).click()
    expect(page.get_by_role("alert")).to_contain_text(BUSY)
    expect(tick(page)).to_have_attribute("aria-pressed", "false")
    assert axe(page) == []
    importing.close()
    tick(page).click()
    expect(tick(page)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_then_words_stay_where_they_were_typed(page_at, causes, rep, demos):
    causes("status of 503", HTMX)
    page = page_at(DESK, user=rep.user)
    page.goto(f"/reps/{rep.pk}/week/")
    page.route("**/check-in/", busy, times=1)
    page.get_by_label("What moved").fill("Larkspur")
    page.get_by_role("button", name="Save my week").click()
    expect(page.get_by_role("alert")).to_contain_text(BUSY)
    expect(page.get_by_label("What moved")).to_have_value("Larkspur")
