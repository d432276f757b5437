"""The team board at a desk: what a manager reads at a glance stands on a line."""

from datetime import date

import pytest
from django.urls import reverse

from tests.browser.conftest import DESK
from tests.factories.reps import DealFactory, QuarterFactory, QuotaFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("thursday_of_week_6"),
]

# How many lines each of these is high.
LINES = """cells => cells.map(cell => Math.round(
    cell.getBoundingClientRect().height / parseFloat(getComputedStyle(cell).lineHeight)
))"""


def test_the_share_of_what_was_expected_and_the_cover_are_a_line_each(page_at, rep):
    quarter = QuarterFactory(organization=rep.organization)
    QuotaFactory(rep=rep, quarter=quarter, amount=182_000)
    DealFactory(owner=rep, amount=67_000, won_on=date(2026, 11, 2))
    DealFactory(owner=rep, amount=270_000)
    page = page_at(DESK, user=rep.team.manager)
    page.goto(reverse("plans:team_board"))
    said = page.locator(".team-row small", has_text="of expected by now")
    cover = page.locator(".team-row", has_text="of what is left").locator(
        "small, .sign span", has_text="of what is left"
    )
    assert said.count() == cover.count() == 1
    for cells in (said, cover):
        assert cells.evaluate_all(LINES) == [1]
