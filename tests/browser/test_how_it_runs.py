"""*How it runs* on a phone: found from Set-up, read, and a test letter sent from it."""

from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from recovery import demo_quarter
from reps.models import User
from tests.browser.conftest import PHONE, SIDEWAYS

LEAST = 44  # pixels for a finger


def test_an_admin_looks_and_sends_a_letter(page_at, transactional_db):
    demo_quarter.fill(at=timezone.now())
    admin = User.objects.get(email=demo_quarter.ADMIN)
    page = page_at(PHONE, user=admin, has_touch=True)
    page.goto("/set-up/")
    page.get_by_role("link", name="How it runs").click()
    expect(page.get_by_role("heading", name="How it runs")).to_be_visible()
    expect(page.get_by_role("heading", name="Database role")).to_be_visible()
    assert page.evaluate(SIDEWAYS) <= 0

    button = page.get_by_role("button", name="Send me a test letter")
    assert button.bounding_box()["height"] >= LEAST
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("nobody gets them").first).to_be_visible()
    assert [letter.to for letter in mail.outbox] == [[demo_quarter.ADMIN]]
