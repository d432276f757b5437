"""A week logged from its letter with a thumb: the link, a number, one button."""

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from plans.links import nudge_token, person_token, week_token
from plans.models import CheckIn
from reps.domain.work_week import monday_on_or_before
from reps.models import ActivityEntry
from tests.browser.conftest import DESK, PHONE, SIDEWAYS, looks
from tests.factories.check_ins import NudgeFactory
from tests.factories.reps import (
    ActivityEntryFactory,
    ActivityKindFactory,
    OrganizationFactory,
    RepFactory,
)


@pytest.fixture
def rep(transactional_db):
    # In the zone the machine's clock shows, so that "this week" is the same to both.
    organization = OrganizationFactory(time_zone="UTC")
    return RepFactory(name="Theo Lindqvist", organization=organization)


@pytest.fixture
def monday(rep):
    return monday_on_or_before(rep.local_date(timezone.now()))


@pytest.fixture
def demos(rep, monday):
    kind = ActivityKindFactory(organization=rep.organization)
    facts = {"organization": rep.organization, "rep": rep, "kind": kind}
    ActivityEntryFactory(week=monday, change=2, **facts)
    return kind


@pytest.fixture
def link(rep, monday, demos):
    return f"/w/{week_token(rep, monday)}/"


def done(rep, monday):
    return ActivityEntry.objects.filter(rep=rep, week=monday).total()


def test_the_link_a_number_and_one_button(page_at, axe, rep, monday, link):
    page = page_at(PHONE, has_touch=True, is_mobile=True)
    asked = []
    page.on("request", lambda request: asked.append(request))
    page.goto(link)
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) <= 0

    page.get_by_role("button", name="One more: Demos held").tap()
    expect(page.get_by_role("textbox", name="Demos held")).to_have_value("3")
    page.get_by_label("What moved?").fill("Larkspur has a date.")
    page.get_by_role("button", name="Yes, these are right").tap()

    expect(page.get_by_text("Thank you. Your week is saved.")).to_be_visible()
    assert axe(page) == []
    assert done(rep, monday) == 3
    assert CheckIn.objects.get(rep=rep, week=monday).moved == "Larkspur has a date."
    cookies = {cookie["name"] for cookie in page.context.cookies()}
    assert settings.SESSION_COOKIE_NAME not in cookies
    # A style sheet names itself to what it imports; the page names itself to nobody.
    referers = [request.all_headers().get("referer", "") for request in asked]
    assert {referer for referer in referers if "/static/" not in referer} == {""}


@pytest.fixture
def five_activities(rep, monday, demos):
    for name in ("Calls to new customers", "Meetings", "Proposals", "Follow-ups"):
        ActivityKindFactory(organization=rep.organization, name=name, is_leading=False)


def field_state(locator):
    """Where it stands in what is seen of the page: its top and its bottom."""
    box = locator.bounding_box()
    return box["y"], box["y"] + box["height"]


# Whether what has the focus stands behind the bar.
COVERED = """() => {
    const focused = document.querySelector("main :focus");
    const bar = document.querySelector(".mail-bar");
    if (!focused || bar.contains(focused)) return false;
    const [one, other] = [focused, bar].map((each) => each.getBoundingClientRect());
    return one.top < other.bottom && other.top < one.bottom;
}"""


@pytest.mark.parametrize("scripts", [True, False])
def test_the_one_button_is_in_sight_on_a_phone_and_hides_nothing(
    page_at, axe, five_activities, link, scripts
):
    page = page_at(PHONE, has_touch=True, java_script_enabled=scripts)
    for _look in looks(page, [PHONE]):
        page.set_viewport_size({"width": PHONE, "height": 844})
        page.goto(link)
        is_in_sight_and_hides_nothing(page)
        if scripts:
            assert axe(page) == []


def is_in_sight_and_hides_nothing(page):
    button = page.get_by_role("button", name="Yes, these are right")
    bar, note = page.locator(".mail-bar"), page.get_by_label("What moved?")
    assert field_state(bar)[1] == 844
    assert field_state(button)[1] < 844
    assert field_state(note)[1] > field_state(bar)[0]  # there is more than fits

    for _stop in range(20):
        page.keyboard.press("Tab")
        assert not page.evaluate(COVERED)
    note.focus()
    assert not page.evaluate(COVERED)
    page.get_by_role("link", name="Sign in").focus()
    assert field_state(note)[1] <= field_state(bar)[0]
    assert (
        field_state(bar)[1]
        <= field_state(page.get_by_text("This page is only for you"))[0]
    )


def test_where_the_keyboard_leaves_little_the_button_stays_below(
    page_at, five_activities, link
):
    page = page_at(PHONE, has_touch=True)
    page.set_viewport_size({"width": PHONE, "height": 400})
    page.goto(link)
    note, bar = page.get_by_label("What moved?"), page.locator(".mail-bar")
    assert field_state(bar)[0] > 400
    note.focus()
    assert field_state(note)[0] >= 0
    assert field_state(note)[1] <= min(400, field_state(bar)[0])


def test_minus_stops_at_nothing_and_keeps_the_focus(page_at, link):
    page = page_at(PHONE, has_touch=True, is_mobile=True)
    page.goto(link)
    minus = page.get_by_role("button", name="One fewer: Demos held")
    for _tap in range(3):
        minus.tap(force=True)  # the third finds it switched off
    expect(page.get_by_role("textbox", name="Demos held")).to_have_value("0")
    expect(minus).to_have_attribute("aria-disabled", "true")
    expect(minus).to_be_focused()


def test_without_scripts_the_number_is_typed(page_at, rep, monday, link):
    page = page_at(PHONE, java_script_enabled=False)
    page.goto(link)
    expect(page.get_by_role("button")).to_have_count(1)
    page.get_by_role("textbox", name="Demos held").fill("4")
    page.get_by_role("button", name="Yes, these are right").click()
    expect(page.get_by_text("Thank you. Your week is saved.")).to_be_visible()
    assert done(rep, monday) == 4


def test_the_other_links_of_a_letter_are_clean_at_every_width(page_at, axe, rep, link):
    week = monday_on_or_before(rep.local_date(timezone.now()))
    nudge = NudgeFactory(person=rep.user, week=week, state="sent")
    pages = [
        link,
        f"/letters/stop/{person_token(rep.user)}/",
        f"/letters/later/{nudge_token(nudge)}/",
    ]
    page = page_at()
    for address in pages:
        page.goto(address)
        for look in looks(page):
            assert axe(page) == [], look
            assert page.evaluate(SIDEWAYS) <= 0, look


def test_a_link_that_does_not_open_says_so(page_at, causes, axe, link):
    causes("status of 404")
    page = page_at()
    page.goto(link.replace("/w/", "/w/x"))
    expect(page.get_by_role("heading")).to_have_text("This link does not open any more")
    assert axe(page) == []


def test_the_letters_are_put_off_and_stopped_by_a_button(page_at, axe, rep):
    week = monday_on_or_before(rep.local_date(timezone.now()))
    nudge = NudgeFactory(person=rep.user, week=week, state="sent")
    page = page_at(PHONE)
    page.goto(f"/letters/later/{nudge_token(nudge)}/")
    page.get_by_role("button", name="Ask me then").click()
    expect(page.get_by_role("heading", name="Asked later")).to_be_visible()
    assert nudge.snoozed() is not None

    page.goto(f"/letters/stop/{person_token(rep.user)}/")
    page.get_by_role("button", name="Stop them").click()
    expect(page.get_by_role("heading", name="The e-mails are stopped")).to_be_visible()
    assert axe(page) == []


def test_they_are_started_again_from_the_menu(page_at, axe, rep, demos):
    rep.user.want_nudges(False)
    page = page_at(PHONE, user=rep.user)
    page.goto("/")
    page.get_by_label("Theo Lindqvist, account").click()
    page.get_by_role("link", name="E-mail").click()
    page.get_by_role("button", name="Start them again").click()
    expect(page.get_by_role("button", name="Stop the weekly e-mails")).to_be_visible()
    assert axe(page) == []


def test_a_week_in_words_is_saved_and_answered(page_at, axe, rep, demos):
    page = page_at(PHONE, user=rep.user, has_touch=True)
    page.goto(f"/reps/{rep.pk}/week/")
    page.get_by_label("What moved").fill("Larkspur has a date.")
    page.get_by_text("Good").tap()
    page.get_by_role("button", name="Save my week").tap()
    expect(page.locator("#check-in").get_by_text("Saved")).to_be_visible()
    expect(page.locator(".savebar")).not_to_contain_text("not saved")
    assert axe(page) == []

    desk = page_at(DESK, user=rep.team.manager)
    desk.goto("/team/")
    desk.get_by_role("link", name="waits for your answer").click()
    expect(desk.get_by_role("definition")).to_have_text("Larkspur has a date.")
    desk.get_by_label("Your answer").fill("Take Maya along.")
    desk.get_by_role("button", name="Answer").click()
    expect(desk.get_by_text("Take Maya along.")).to_be_visible()
    assert axe(desk) == []
    desk.goto("/check-ins/")
    assert axe(desk) == []

    page.reload()
    expect(page.get_by_text("Take Maya along.")).to_be_visible()
    assert axe(page) == []
