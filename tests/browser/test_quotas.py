"""The quotas of more people than one request could bring."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reps.models import Quota, Rep
from tests.browser.conftest import DESK, PHONE, SIDEWAYS
from tests.factories.reps import (
    QuarterFactory,
    SegmentFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)

FILL = """cells => cells.forEach(cell => {
  cell.value = "$150k";
  cell.dispatchEvent(new Event("input", {bubbles: true}));
})"""


@pytest.fixture
def quarter():
    """Of an organization in which 250 people sell."""
    team = TeamFactory()
    facts = {"organization": team.organization, "team": team}
    facts["segment"] = SegmentFactory(organization=team.organization)
    names = (f"Rep {number:03}" for number in range(250))
    Rep.objects.bulk_create(Rep(name=name, **facts) for name in names)
    return QuarterFactory(organization=team.organization)


@pytest.fixture
def table(page_at, quarter):
    """`table(width)`: it, in an admin's browser."""
    admin = UserFactory(organization=quarter.organization, is_admin=True)

    def opened(width):
        page = page_at(width, user=admin)
        page.goto(reverse("reps:quotas", args=[quarter.pk]))
        return page

    return opened


def test_they_are_all_set_from_page_to_page(table, axe):
    page = table(DESK)
    assert axe(page) == []
    cells = page.locator("input[name$=amount]:not([type=hidden])")
    for number in (2, 3):
        cells.evaluate_all(FILL)
        expect(page.get_by_text("Not saved yet.")).to_be_visible()
        page.get_by_role("button", name=f"Save, and on to page {number}").click()
        here = page.get_by_role("link", name=f"Page {number}")
        expect(here).to_have_attribute("aria-current", "page")
    cells.evaluate_all(FILL)
    page.get_by_role("button", name="Save the quotas").click()

    expect(page.get_by_text("Saved so far: $37,500,000 in quotas")).to_be_visible()
    expect(cells.first).to_have_value("$150,000")
    assert Quota.objects.filter(amount=150_000).count() == 250


def test_who_leaves_a_page_with_figures_in_it_is_asked(table):
    page = table(PHONE)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    cell = page.locator("input[name$=amount]:not([type=hidden])").first
    cell.fill("90k")
    page.get_by_role("link", name="Page 2").click()

    expect(cell).to_have_value("90k")
    assert asked == ["beforeunload"]
    assert page.evaluate(SIDEWAYS) <= 0
