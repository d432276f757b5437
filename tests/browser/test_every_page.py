"""Every page as each person who may open it: axe, both themes, no sideways scroll.

The list is the access matrix's own, so a new page is looked at unasked.
"""

import pytest
from django.urls import reverse
from django.utils import timezone

from recovery import demo_quarter
from reps.models import Rep, User
from tests.access.matrix import DOORS, READ
from tests.access.walk import addresses

NARROW, WIDE = 320, 1440
OF_THE_DEMO = {
    "rep": demo_quarter.THEO,
    "manager": demo_quarter.ERIN,
    "leader above": demo_quarter.LEADER,
    "admin": demo_quarter.ADMIN,
}
SIGNED_OUT = ["account_login", "account_reset_password", "account_reset_password_done"]
PAGES = [
    (address, role)
    for address in addresses()
    for door in [DOORS[address.name]]
    if door.verbs == READ and not (door.public or door.region)
    for role in OF_THE_DEMO
    if role in door.to
]


@pytest.fixture
def demo(transactional_db):
    """The demo's organization, and what an address of its may ask for."""
    demo_quarter.fill(at=timezone.now())
    theo = Rep.objects.get(user__email=demo_quarter.THEO)
    return {
        "plan_id": theo.plans.get().pk,
        "rep_id": theo.pk,
        "quarter_id": theo.quotas.latest("pk").quarter_id,
        "deal_id": theo.deals.get(account="Larkspur Group").pk,
    }


def looked_at(page, axe):
    assert axe(page) == []
    sideways = "document.documentElement.scrollWidth - window.innerWidth"
    assert page.evaluate(sideways) <= 0, f"{page.url} scrolls sideways"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_page_is_clean_at_every_width_and_in_both_themes(
    page_at, axe, demo, width, scheme
):
    assert len(PAGES) > 10
    pages = {
        role: page_at(width, scheme, user=User.objects.get(email=email))
        for role, email in OF_THE_DEMO.items()
    }
    for address, role in PAGES:
        asked = {"kwargs": {ask: demo[ask] for ask in address.asks}}
        page = pages[role]
        answer = page.goto(reverse(address.name, **asked))
        assert answer.status == 200, (address.name, role)
        looked_at(page, axe)


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_every_page_before_the_door_is_clean(page_at, axe, name, transactional_db):
    for width in (NARROW, WIDE):
        for scheme in ("light", "dark"):
            page = page_at(width, scheme)
            page.goto(reverse(name))
            looked_at(page, axe)
