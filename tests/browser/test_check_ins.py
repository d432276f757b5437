"""The list of check-ins on a phone: a line each, opened to be read and answered."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from recovery import demo_quarter
from reps.models import User
from tests.browser.conftest import DESK, PHONE

TALLEST = 2_500  # pixels; it was 5,600 to 9,100 before weeks were folded
HEIGHT = "document.documentElement.scrollHeight"


@pytest.fixture
def erin(transactional_db):
    demo_quarter.fill(at=timezone.now())
    return User.objects.get(email=demo_quarter.ERIN)


@pytest.fixture
def phone(page_at, erin):
    page = page_at(PHONE, user=erin, has_touch=True)
    page.goto("/check-ins/")
    return page


def latest(page):
    return page.get_by_role("region", name="The latest").locator("details.week-fold")


def test_it_is_short_those_that_wait_are_open_and_the_others_open_by_a_key(phone, axe):
    assert latest(phone).count() > 8
    assert phone.evaluate(HEIGHT) < TALLEST
    waiting = phone.get_by_role("region", name="Waiting for your answer")
    expect(waiting.get_by_label("Your answer").first).to_be_visible()
    week = latest(phone).first
    expect(week.locator("dl")).to_be_hidden()
    week.locator("summary").first.focus()
    phone.keyboard.press("Enter")
    expect(week.locator("dl")).to_be_visible()
    assert week.locator("summary").first.bounding_box()["height"] >= 44
    assert axe(phone) == []


def test_it_opens_without_scripts_and_printed_every_week_is_read(page_at, erin):
    page = page_at(PHONE, user=erin, java_script_enabled=False)
    page.goto("/check-ins/")
    week = latest(page).first
    week.locator("summary").first.click()
    expect(week.locator("dl")).to_be_visible()

    page = page_at(DESK, user=erin)
    page.goto("/check-ins/")
    page.emulate_media(media="print")
    heights = (
        latest(page)
        .locator("dl")
        .evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")
    )
    assert min(heights) > 20
