"""A rep logs the week with a thumb: quick taps, a lost answer, a typed number."""

from time import monotonic

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import CheckIn, Energy
from reps.domain.work_week import monday_on_or_before
from reps.models import ActivityEntry
from tests.browser.conftest import DESK, NARROW, PATIENCE, PHONE, SIDEWAYS, looks
from tests.factories.reps import (
    ActivityEntryFactory,
    ActivityKindFactory,
)

LOG = "**/week/log/"
SMALLEST = 44  # pixels a thumb hits
NOT_SAVED_YET = "Not saved yet. Your words are still here."


@pytest.fixture
def phone(page_at, rep, demos):
    page = page_at(PHONE, user=rep.user, has_touch=True, is_mobile=True)
    page.goto(reverse("plans:my_week", args=[rep.pk]))
    return page


def plus(page):
    return page.get_by_role("button", name="One more: Demos held")


def minus(page):
    return page.get_by_role("button", name="One fewer: Demos held")


def number(page):
    return page.get_by_role("textbox", name="Demos held")


def tap_quickly(*buttons):
    """As a thumb does: before the first answer is back."""
    for button in buttons:
        button.dispatch_event("click")


def changes():
    entries = ActivityEntry.objects.order_by("pk")
    return list(entries.values_list("change", flat=True))


def keys():
    return set(ActivityEntry.objects.values_list("key", flat=True))


def test_two_quick_taps_are_two(phone):
    box = plus(phone).bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    phone.touchscreen.tap(*middle)
    phone.touchscreen.tap(*middle)
    expect(number(phone)).to_have_value("2")
    expect(phone.locator("#save-bar")).to_contain_text("Demos held: 2. Saved")
    assert changes() == [1, 1]
    assert len(keys()) == 2


def test_no_tap_is_lost_on_a_slow_line(phone):
    phone.route(LOG, lambda route: (phone.wait_for_timeout(100), route.continue_()))
    tap_quickly(*[plus(phone)] * 4)
    expect(number(phone)).to_have_value("4")
    tap_quickly(minus(phone), plus(phone), minus(phone))
    expect(phone.locator(".taps li")).to_have_count(7)
    assert changes() == [1, 1, 1, 1, -1, 1, -1]


def counted_but_not_answered(route):
    route.fetch()
    route.abort()


def test_a_tap_whose_answer_is_lost_counts_once_when_tried_again(phone, causes):
    causes("net::ERR_FAILED .*/week/log/")
    phone.route(LOG, counted_but_not_answered, times=1)
    plus(phone).tap()
    expect(phone.locator("#save-bar")).to_contain_text("Not sent yet.")
    expect(phone.locator("#save-bar")).to_contain_text("Demos held: 1. Saved")
    expect(number(phone)).to_have_value("1")
    assert changes() == [1]
    plus(phone).tap()
    expect(number(phone)).to_have_value("2")


def test_another_tap_after_a_lost_answer_is_one_of_its_own(phone, causes):
    causes("net::ERR_FAILED .*/week/log/")
    plus(phone).tap()
    expect(number(phone)).to_have_value("1")
    phone.route(LOG, counted_but_not_answered, times=1)
    plus(phone).tap()
    expect(phone.locator("#save-bar")).to_contain_text("Not sent yet.")
    minus(phone).tap()
    expect(phone.locator(".taps li")).to_have_count(3)
    assert changes() == [1, 1, -1]


def test_a_typed_number_is_saved_by_leaving_it_and_by_enter_once(phone):
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    number(phone).fill("7")
    number(phone).press("Enter")
    expect(phone.locator("#save-bar")).to_contain_text("Demos held: 7. Saved")
    assert len([url for url in asked if "/log/" in url]) == 1
    number(phone).fill("5")
    number(phone).blur()
    expect(phone.locator("#save-bar")).to_contain_text("Demos held: 5. Saved")
    assert changes() == [7, -2]


def test_a_number_typed_and_a_tap_straight_after_are_both_counted(phone):
    number(phone).fill("7")
    plus(phone).tap()
    expect(number(phone)).to_have_value("8")
    assert changes() == [7, 1]


def test_what_is_being_typed_outlives_the_answer_to_a_tap(phone):
    phone.route(LOG, lambda route: (phone.wait_for_timeout(200), route.continue_()))
    with phone.expect_response(LOG):
        plus(phone).dispatch_event("click")
        number(phone).fill("7")
    expect(number(phone)).to_have_value("7")
    number(phone).blur()
    expect(phone.locator("#save-bar")).to_contain_text("Demos held: 7. Saved")
    assert changes() == [1, 6]


def test_a_number_that_is_none_is_kept_with_what_is_wrong(phone, causes, axe):
    causes("status of 422 .*/week/log/")
    number(phone).fill("many")
    number(phone).blur()
    expect(phone.get_by_text("Use a whole number from 0 to 500.").first).to_be_visible()
    expect(number(phone)).to_have_value("many")
    expect(number(phone)).to_be_focused()
    assert axe(phone) == []
    number(phone).fill("3")
    number(phone).press("Enter")
    expect(phone.locator("#save-bar")).to_contain_text("Demos held: 3. Saved")


def test_the_focus_stays_on_the_button_and_goes_on_when_it_is_gone(phone):
    plus(phone).focus()
    phone.keyboard.press("Enter")
    expect(number(phone)).to_have_value("1")
    expect(plus(phone)).to_be_focused()
    minus(phone).focus()
    phone.keyboard.press("Space")
    expect(number(phone)).to_have_value("0")
    expect(minus(phone)).to_be_disabled()
    expect(plus(phone)).to_be_focused()


def test_who_changed_what_stays_open(phone):
    plus(phone).tap()
    phone.get_by_text("Who changed what").tap()
    plus(phone).tap()
    expect(phone.locator(".taps li")).to_have_count(2)
    expect(phone.locator(".taps li").first).to_be_visible()


def test_leaving_takes_along_what_still_waits(phone, rep):
    phone.route(LOG, lambda route: (phone.wait_for_timeout(100), route.continue_()))
    tap_quickly(*[plus(phone)] * 3)
    phone.goto(reverse("plans:rep_detail", args=[rep.pk]))
    until = monotonic() + PATIENCE / 1000
    while changes() != [1, 1, 1] and monotonic() < until:
        phone.wait_for_timeout(50)
    assert changes() == [1, 1, 1]


# --- Words that are not saved yet ----------------------------------------------------


def bar(page):
    return page.locator(".savebar")


def save(page):
    return page.get_by_role("button", name="Save my week")


def answered_on_leaving(page, *, how, to):
    """Whether the page asked first, as somebody leaves it for there."""
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        getattr(dialog, how)()

    page.once("dialog", answer)
    page.evaluate("address => { location.href = address }", to)
    page.wait_for_timeout(500)
    if not asked:
        page.remove_listener("dialog", answer)
    return asked == ["beforeunload"]


def test_the_bar_says_what_is_not_saved_until_it_is(phone, axe):
    saved, says = phone.locator("#save-bar"), phone.locator("[data-unsaved-says]")
    plus(phone).tap()
    expect(saved).to_contain_text("Saved")
    expect(says).to_be_empty()

    words = phone.get_by_label("What moved")
    words.press_sequentially("Larkspur")
    expect(says).to_have_text("Your words are not saved yet.")
    assert says.get_attribute("role") == "status"
    assert saved.bounding_box()["width"] <= 1  # heard when it changes, and not seen
    expect(save(phone)).to_be_in_viewport()
    assert axe(phone) == []
    plus(phone).tap()
    expect(saved).to_contain_text("Demos held: 2. Saved")
    expect(says).to_have_text("Your words are not saved yet.")

    save(phone).tap()
    expect(says).to_be_empty()
    expect(saved).to_contain_text("Saved")
    assert saved.bounding_box()["width"] > 1
    expect(save(phone)).to_be_focused()
    expect(words).to_have_value("Larkspur")
    assert CheckIn.objects.get().moved == "Larkspur"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_button_is_in_sight_while_words_are_written(page_at, rep, demos, width):
    for name in ("Calls", "Meetings", "Proposals", "Follow-ups"):
        ActivityKindFactory(organization=rep.organization, name=name, is_leading=False)
    page = page_at(width, user=rep.user)
    page.goto(reverse("plans:my_week", args=[rep.pk]))
    page.get_by_label("What moved").press_sequentially("Larkspur")
    expect(save(page)).to_be_in_viewport(ratio=1)
    expect(bar(page)).to_contain_text("Your words are not saved yet.")


def test_words_put_back_as_they_were_are_nothing_to_save(phone):
    words, says = phone.get_by_label("What moved"), phone.locator("[data-unsaved-says]")
    words.fill("L")
    expect(says).not_to_be_empty()
    words.fill("")
    expect(says).to_be_empty()


def test_how_somebody_is_is_no_words_and_can_be_taken_back(phone, rep):
    says = phone.locator("[data-unsaved-says]")
    phone.get_by_text("Good").tap()
    expect(says).to_have_text("How you are is not saved yet.")
    save(phone).tap()
    expect(says).to_be_empty()
    assert Energy.objects.get(rep=rep).level == 4
    expect(phone.get_by_role("radio", name="4")).to_be_checked()

    phone.get_by_text("Not this week").tap()
    expect(says).to_have_text("How you are is not saved yet.")
    save(phone).tap()
    expect(says).to_be_empty()
    expect(phone.get_by_role("radio", name="4")).not_to_be_checked()
    assert not Energy.objects.exists()


def test_leaving_with_words_that_are_not_saved_asks_first(phone, rep):
    elsewhere = reverse("plans:rep_detail", args=[rep.pk])
    here = phone.url
    phone.get_by_label("What moved").press_sequentially("Larkspur")
    assert answered_on_leaving(phone, how="dismiss", to=elsewhere)
    assert phone.url == here
    expect(phone.get_by_label("What moved")).to_have_value("Larkspur")

    save(phone).tap()
    expect(phone.locator("[data-unsaved-says]")).to_be_empty()
    assert not answered_on_leaving(phone, how="accept", to=elsewhere)
    phone.wait_for_url(f"**{elsewhere}")


def test_words_that_were_refused_are_still_not_saved(phone, causes, axe):
    causes("status of 422 .*/check-in/")
    words = phone.get_by_label("What moved")
    words.evaluate("field => field.removeAttribute('maxlength')")
    words.fill("long " * 150)
    save(phone).tap()
    expect(phone.locator("#check-in-form")).to_contain_text(NOT_SAVED_YET)
    assert answered_on_leaving(phone, how="dismiss", to="/")
    expect(bar(phone)).to_contain_text("Your words are not saved yet.")
    assert axe(phone) == []


def test_a_box_that_was_made_larger_is_refused_without_a_breach(phone, causes):
    causes("status of 422 .*/check-in/")
    words = phone.get_by_label("What moved")
    words.evaluate("field => field.removeAttribute('maxlength')")
    words.fill("long " * 150)
    drag_larger(words)
    save(phone).tap()
    expect(phone.locator("#check-in-form")).to_contain_text(NOT_SAVED_YET)


def drag_larger(box):
    """By its corner, as a mouse does: the browser writes the height down as a style."""
    box.scroll_into_view_if_needed()
    at, mouse = box.bounding_box(), box.page.mouse
    corner = at["x"] + at["width"] - 4, at["y"] + at["height"] - 4
    mouse.move(*corner)
    mouse.down()
    mouse.move(corner[0], corner[1] + 50, steps=5)
    mouse.up()
    assert "height" in box.get_attribute("style")


def test_a_manager_who_writes_is_told_so_too(page_at, axe, rep, demos):
    page = page_at(PHONE, user=rep.team.manager, has_touch=True)
    page.goto(reverse("plans:my_week", args=[rep.pk]))
    page.get_by_text("Write it together").tap()
    page.get_by_label("What moved").fill("We talked.")
    expect(bar(page)).to_contain_text("The words are not saved yet.")
    assert axe(page) == []
    page.get_by_role("button", name="Save").tap()
    expect(bar(page)).not_to_contain_text("not saved")
    expect(page.locator("#save-bar")).to_contain_text("Saved")


BEHIND_THE_BAR = """() => {
    const focused = document.querySelector("main :focus");
    const bar = document.querySelector(".savebar");
    if (!focused || bar.contains(focused)) return null;
    const { bottom } = focused.getBoundingClientRect();
    return bottom > bar.getBoundingClientRect().top ? focused.outerHTML : "";
}"""


def test_the_focus_is_never_behind_the_bar(page_at, rep, demos):
    page = page_at(PHONE, user=rep.user, has_touch=True)
    for look in looks(page, [PHONE]):
        page.goto(reverse("plans:my_week", args=[rep.pk]))
        seen = 0
        for _stop in range(30):
            page.keyboard.press("Tab")
            behind = page.evaluate(BEHIND_THE_BAR)
            assert not behind, look
            seen += behind == ""
        assert seen


def test_without_scripts_the_words_are_saved_from_the_bar(page_at, rep, demos):
    page = page_at(PHONE, user=rep.user, java_script_enabled=False)
    page.goto(reverse("plans:my_week", args=[rep.pk]))
    page.get_by_label("What moved").fill("Larkspur")
    save(page).click()
    expect(page.locator("#check-in").get_by_text("Saved")).to_be_visible()
    assert CheckIn.objects.get().moved == "Larkspur"


def test_it_is_clean_and_a_thumb_can_hit_it(page_at, axe, rep, demos):
    week = monday_on_or_before(timezone.now().date())
    ActivityEntryFactory(rep=rep, kind=demos, week=week)
    page = page_at(PHONE, user=rep.user, has_touch=True, is_mobile=True)
    page.goto(reverse("plans:my_week", args=[rep.pk]))
    for look in looks(page, [NARROW, PHONE]):
        assert axe(page) == [], look
        assert page.evaluate(SIDEWAYS) <= 0, look
        for control in (minus(page), number(page), plus(page)):
            box = control.bounding_box()
            assert min(box["width"], box["height"]) >= SMALLEST, look


def test_without_scripts_every_tap_is_a_page(page_at, rep, demos):
    page = page_at(PHONE, user=rep.user, java_script_enabled=False)
    page.goto(reverse("plans:my_week", args=[rep.pk]))
    plus(page).click()
    plus(page).click()
    assert number(page).input_value() == "2"
    number(page).fill("9")
    number(page).press("Enter")
    assert number(page).input_value() == "9"
    number(page).fill("4")
    page.locator(".stepper-set button").click()
    assert number(page).input_value() == "4"
    minus(page).click()
    assert number(page).input_value() == "3"
    assert changes() == [1, 1, 7, -5, -1]
