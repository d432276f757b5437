"""Erin is away: she names Grace, who answers and signs in her place, and it shows."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from plans.models import Signature
from recovery import demo_quarter
from reps.models import User
from tests.browser.conftest import DESK, PHONE
from tests.factories.reps import todays_date


@pytest.fixture
def erin(transactional_db):
    demo_quarter.fill(at=timezone.now())
    return User.objects.get(email=demo_quarter.ERIN)


@pytest.fixture
def grace(erin):
    return User.objects.get(name__startswith="Grace")


MARK = re.compile("standing in for Erin Castellano")


def test_somebody_answers_and_signs_while_the_manager_is_away(
    page_at, axe, erin, grace
):
    today = todays_date(erin.organization)
    page = page_at(PHONE, "dark", user=erin, has_touch=True)
    page.goto("/team/")
    page.get_by_role("link", name="Who stands in for me").click()
    page.get_by_label("Who").select_option(label=grace.name)
    page.get_by_label("First day").fill(today.isoformat())
    page.get_by_label("Last day").fill((today + timedelta(days=4)).isoformat())
    page.get_by_role("button", name="Name them").click()
    now = page.get_by_role("listitem").filter(has_text=grace.name)
    expect(now.get_by_text("Stands in now")).to_be_visible()
    for button in page.get_by_role("main").get_by_role("button").all():
        assert button.bounding_box()["height"] >= 44
    assert axe(page) == []

    page = page_at(DESK, user=grace)
    page.goto("/team/")
    expect(page.get_by_text("You stand in for Erin Castellano until")).to_be_visible()
    assert axe(page) == []
    page.goto("/check-ins/")
    waiting = page.get_by_role("region", name="Waiting for your answer")
    waiting.get_by_label("Your answer").first.fill("Take Maya along.")
    waiting.get_by_role("button", name="Answer").first.click()
    expect(page.get_by_text(MARK).first).to_be_visible()

    page.goto("/plans/")
    sofia = page.get_by_role("listitem").filter(has_text="Sofia")
    sofia.get_by_role("link", name=re.compile("^Q")).click()
    page.get_by_role("button", name=re.compile("^Sign")).click()
    names = page.get_by_role("region", name="Signed by both")
    expect(names.get_by_text(MARK)).to_be_visible()
    page.get_by_role("link", name="Print desk copy").click()
    expect(page.locator("footer.desk-sign").get_by_text(MARK)).to_be_visible()
    signature = Signature.objects.get(stood_in_for=erin)
    assert (signature.signer, signature.side) == (grace, "manager")


def test_the_one_above_reads_that_it_waits_and_nothing_leads_there(page_at, erin):
    lena = User.objects.get(email=demo_quarter.LEADER)
    page = page_at(DESK, user=lena)
    page.goto("/team/")
    waits = page.get_by_role("region", name="Waiting for somebody else’s answer")
    # Sofia's of last week: more than two working days ago on whichever day it is.
    expect(waits).to_contain_text("Sofia Marchetti’s check-in has waited for an answer")
    assert waits.get_by_role("link").count() == 0
