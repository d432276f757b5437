"""The whiteboard without a mouse, on a phone, and scrolled through."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, SIDEWAYS
from tests.factories.reps import (
    DealFactory,
    ExitCriterionFactory,
    RepFactory,
    StageFactory,
)


@pytest.fixture
def stages(rep):
    names = ["Qualified", "Needs agreed", "Proposal"]
    return [
        StageFactory(organization=rep.organization, order=number, name=name)
        for number, name in enumerate(names, start=1)
    ]


def deal(rep, stage, **facts):
    facts = {"opened_on": timezone.now().date()} | facts
    return DealFactory(owner=rep, stage=stage, **facts)


def focused(page):
    return page.evaluate("() => document.activeElement.innerText.split('\\n')[0]")


def has_focus(page, words):
    """What says so has the focus, or will: a dialog gives it back as it closes."""
    page.wait_for_function(
        "words => document.activeElement.innerText.split('\\n')[0] == words", arg=words
    )


def reason_has_focus(page):
    page.wait_for_function("() => document.activeElement.name == 'reason'")


def tab_to(page, words):
    """Press Tab until something that says so has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page) == words:
            return
    pytest.fail(f"Tab does not get to {words!r}")


def heard(page, words):
    """What a screen reader is told."""
    page.wait_for_function(
        "words => document.getElementById('announcer').textContent.includes(words)",
        arg=words,
    )


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_form_of_a_new_deal_opens_with_the_cursor_in_it(page_at, rep, stages, size):
    page = page_at(size, user=rep.user)
    page.goto("/board/")
    page.get_by_role("link", name="Add a deal").click()
    field = page.get_by_role("textbox", name="Account")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    field.fill("Quill & Co")
    page.get_by_role("textbox", name="Amount").fill("$17,000")
    page.get_by_role("button", name="Put it on the board").dblclick()
    expect(page.get_by_role("heading", name="Quill & Co")).to_have_count(1)
    assert rep.deals.count() == 1


def test_a_move_refused_and_then_explained_by_keyboard_alone(
    page_at, causes, axe, rep, stages
):
    causes("status of 422 .*/move/")
    ExitCriterionFactory(
        organization=rep.organization, stage=stages[0], words="We know who decides"
    )
    quill = deal(rep, stages[0], account="Quill & Co")
    page = page_at(user=rep.user)
    page.goto("/board/")
    assert axe(page) == []
    dialog = page.get_by_role("dialog")

    # Opened and left alone: Escape gives the card its focus back.
    tab_to(page, "Move")
    page.keyboard.press("Enter")
    dialog.wait_for()
    assert focused(page) == "Forward to Needs agreed"
    assert axe(page) == []
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    has_focus(page, "Move")

    # Refused: the gate names what is missing, and the words can be typed at once.
    page.keyboard.press("Enter")
    dialog.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Not quite ready for Needs agreed").wait_for()
    assert "Still to do: We know who decides" in page.get_by_role("alert").inner_text()
    reason_has_focus(page)
    assert axe(page) == []
    page.keyboard.press("Tab")
    has_focus(page, "Keep it here")
    page.keyboard.press("Enter")
    dialog.wait_for(state="hidden")
    has_focus(page, "Move")
    assert quill.moves.count() == 1

    # Explained: the words are typed before the button, and the card goes.
    page.keyboard.press("Enter")
    dialog.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Not quite ready").wait_for()
    reason_has_focus(page)
    page.keyboard.type("They asked for it in writing")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) == "Move, and say why"
    page.keyboard.press("Enter")
    dialog.wait_for(state="hidden")
    heard(page, "Quill & Co moved to Needs agreed.")
    lane = page.get_by_role("region", name="Needs agreed")
    lane.get_by_role("link", name="Move Quill & Co").wait_for()
    has_focus(page, "Move")
    assert page.locator(f"#deal-card-{quill.pk}").count() == 1
    assert (
        "1"
        in lane.get_by_role("heading", name="Needs agreed").locator("..").inner_text()
    )
    assert axe(page) == []

    move = quill.moves.latest("number")
    assert (move.kind, move.reason) == ("override", "They asked for it in writing")


def test_a_lost_deal_leaves_the_board_and_the_focus_stays_on_it(
    page_at, causes, rep, stages
):
    causes("status of 422 .*/move/")
    deal(rep, stages[0], account="Quill & Co")
    page = page_at(PHONE, user=rep.user, has_touch=True)
    page.goto("/board/")

    page.get_by_role("link", name="Move Quill & Co").tap()
    page.get_by_role("button", name="Lost").tap()
    page.get_by_label("What was the cause?").fill("They stayed put")
    page.get_by_role("button", name="Mark as lost").tap()

    heard(page, "Quill & Co is marked as lost.")
    assert page.get_by_role("article").count() == 0
    page.wait_for_function("() => document.activeElement.id == 'lanes'")


def test_who_moved_it_meanwhile_is_heard_and_the_board_is_right(
    page_at, causes, rep, stages
):
    causes("status of 409 .*/move/")
    quill = deal(rep, stages[0], account="Quill & Co")
    page = page_at(user=rep.user)
    page.goto("/board/")
    page.get_by_role("link", name="Move Quill & Co").click()
    forward = page.get_by_role("button", name="Forward to Needs agreed")
    forward.wait_for()
    today = timezone.now().date()
    quill.move_to(
        stages[2], by=rep.user, on=today, at=timezone.now(), reason="They signed"
    )

    forward.click()

    alert = page.get_by_role("alert").filter(has_text="Somebody moved it")
    alert.wait_for()
    card = page.locator(f"#lane-cards-{stages[2].pk} #deal-card-{quill.pk}")
    assert card.count() == 1
    page.get_by_role("button", name="Keep it here").click()
    has_focus(page, "Move")


def test_a_long_lane_fills_as_one_scrolls(page_at, rep, stages):
    for _ in range(65):
        deal(rep, stages[0])
    page = page_at(user=rep.user)
    page.goto("/board/")

    cards = page.get_by_role("article")
    assert cards.count() == 30
    for count in (60, 65):
        page.mouse.wheel(0, 20_000)
        page.wait_for_function(
            "count => document.querySelectorAll('article').length == count", arg=count
        )
    assert page.locator(".lane-more").count() == 0


def test_a_moved_card_stands_where_a_reload_shows_it(page_at, rep, stages):
    today = timezone.now().date()
    for account, days in [("Since long", 9), ("Since yesterday", 1)]:
        deal(rep, stages[1], account=account, opened_on=today - timedelta(days=days))
    unknown = deal(rep, stages[1], account="Nobody knows")
    type(unknown).objects.filter(pk=unknown.pk).update(in_stage_since=None)
    deal(rep, stages[0], account="Quill & Co")
    page = page_at(user=rep.user)
    page.goto("/board/")

    page.get_by_role("link", name="Move Quill & Co").click()
    page.get_by_role("button", name="Forward to Needs agreed").click()
    heard(page, "Quill & Co moved to Needs agreed.")

    cards = page.locator(f"#lane-cards-{stages[1].pk} h3")
    order = ["Since long", "Since yesterday", "Quill & Co", "Nobody knows"]
    expect(cards).to_have_text(order)
    page.reload()
    expect(cards).to_have_text(order)


def test_whose_deals_are_shown_needs_no_button_and_keeps_the_focus(
    page_at, rep, stages
):
    colleague = RepFactory(organization=rep.organization, team=rep.team, name="Mira")
    deal(rep, stages[0], account="Quill & Co")
    deal(colleague, stages[0], account="Larkspur")
    page = page_at(user=rep.team.manager)
    page.goto("/board/")

    page.get_by_label("Whose deals").focus()
    page.get_by_label("Whose deals").select_option(label="Mira")

    heard(page, "Mira’s deals")
    expect(page.get_by_role("article")).to_have_count(1)
    assert page.url.endswith(f"/board/?rep={colleague.pk}")
    expect(page.get_by_label("Whose deals")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("article")).to_have_count(2)


def test_what_is_finished_is_in_sight_beside_many_stages(page_at, rep, stages):
    for number in range(4, 9):
        StageFactory(organization=rep.organization, order=number)
    page = page_at(user=rep.user)
    page.goto("/board/")

    expect(page.get_by_role("heading", name="Finished")).to_be_in_viewport()


def test_a_card_moved_before_its_lane_was_read_to_the_end_is_there_once(
    page_at, rep, stages
):
    for _ in range(31):
        deal(rep, stages[1], opened_on=timezone.now().date().replace(year=2025))
    quill = deal(rep, stages[0], account="Quill & Co")
    page = page_at(user=rep.user)
    page.goto("/board/")
    page.get_by_role("link", name="Move Quill & Co").click()
    page.get_by_role("button", name="Forward to Needs agreed").click()
    card = page.locator(f"#lane-cards-{stages[1].pk} #deal-card-{quill.pk}")
    card.wait_for()

    page.mouse.wheel(0, 20_000)
    page.wait_for_function("() => !document.querySelector('.lane-more')")

    assert page.get_by_role("article").count() == 32
    assert card.count() == 1


def test_without_scripts_the_card_leads_to_the_moves_on_its_page(
    page_at, causes, rep, stages
):
    causes("status of 422 .*/move/")
    deal(rep, stages[0], account="Quill & Co")
    page = page_at(user=rep.user, java_script_enabled=False)
    page.goto("/board/")

    page.get_by_role("link", name="Move Quill & Co").click()
    page.get_by_role("button", name=re.compile("^Lost")).click()
    page.get_by_label("What was the cause?").fill("They stayed put")
    page.get_by_role("button", name="Mark as lost").click()

    page.get_by_text("Quill & Co is marked as lost.").wait_for()
    assert page.get_by_role("heading", name="Lost", exact=True).is_visible()


def test_ticking_a_criterion_keeps_the_focus_and_is_heard(page_at, axe, rep, stages):
    ExitCriterionFactory(
        organization=rep.organization, stage=stages[0], words="We know who decides"
    )
    quill = deal(rep, stages[0], account="Quill & Co")
    page = page_at(user=rep.user)
    page.goto(quill.get_absolute_url())

    tab_to(page, "We know who decides")
    page.keyboard.press("Enter")

    heard(page, "Ticked: We know who decides")
    page.wait_for_function(
        "() => document.activeElement.getAttribute('aria-pressed') == 'true'"
    )
    assert axe(page) == []
    page.keyboard.press("Enter")
    heard(page, "Not ticked any more: We know who decides")


def test_what_an_earlier_act_came_to_goes_with_the_next_one(
    page_at, causes, rep, stages
):
    """Its toast would stand beside what the next one was refused for."""
    causes("status of 422 .*/move/")
    ExitCriterionFactory(
        organization=rep.organization, stage=stages[0], words="We know who decides"
    )
    page = page_at(user=rep.user)
    page.goto("/board/?add=1")
    page.get_by_role("textbox", name="Account").fill("Quill & Co")
    page.get_by_role("textbox", name="Amount").fill("$17,000")
    page.get_by_role("button", name="Put it on the board").click()
    toast = page.locator("#notices .toast")
    expect(toast).to_have_text("Quill & Co is on the board, in Qualified.")
    page.get_by_role("link", name="Move Quill & Co").click()
    expect(toast).to_be_visible()  # nothing is done yet
    page.get_by_role("button", name="Forward to Needs agreed").click()
    expect(page.get_by_role("dialog")).to_contain_text("We know who decides")
    expect(toast).to_have_count(0)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_deal_is_found_while_one_types(page_at, axe, rep, stages, size):
    deal(rep, stages[0], account="Quill & Co")
    found = deal(rep, stages[2], account="Larkspur")
    page = page_at(size, user=rep.user)
    page.goto("/board/")

    page.get_by_role("searchbox", name="Find a deal").press_sequentially("lark")

    heard(page, "1 deal")
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.locator("#found-deals").bounding_box()["x"] >= 0
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{found.get_absolute_url()}")
