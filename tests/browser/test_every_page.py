"""Every page as each person who may open it: axe, both themes, no sideways scroll.

The list is the access matrix's own, so a new page is looked at unasked.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import Handover
from recovery import demo_quarter
from reps.models import Rep, User
from tests.access.matrix import DOORS
from tests.access.walk import addresses
from tests.browser.conftest import NARROW, SIDEWAYS, looks
from tests.factories.imports import FileImportFactory, reading, result, word

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
    if "GET" in door.verbs and not (door.public or door.region or door.elsewhere)
    for role in OF_THE_DEMO
    if role in door.to
]

# What Tab reaches after something below it in the same column, on a phone.
UPWARDS = """() => {
    const reach = "a[href], button, summary, input, select, textarea";
    const bars = ".savebar, .notices";
    const all = [...document.querySelectorAll(`main :is(${reach})`)];
    const seen = all.filter((one) => one.checkVisibility() && !one.disabled
        && one.tabIndex >= 0 && !one.closest(bars)
    ).map((one) => [one, one.getBoundingClientRect()]);
    return seen.filter(([, box], place) => {
        const before = place ? seen[place - 1][1] : box;
        return box.bottom <= before.top && box.left < before.right;
    }).map(([one]) => one.outerHTML.slice(0, 120));
}"""


@pytest.fixture
def demo(transactional_db):
    """The demo's organization, and what an address of its may ask for."""
    demo_quarter.fill(at=timezone.now())
    theo = Rep.objects.get(user__email=demo_quarter.THEO)
    erin = User.objects.get(email=demo_quarter.ERIN)
    peer = theo.team.reps.exclude(pk=theo.pk).first()
    now = timezone.now()
    to_come = {"kind": "leaves", "from_on": now.date() + timedelta(days=30)}
    brought = FileImportFactory(
        organization=erin.organization,
        by=erin,
        reading=reading(words=[word("stage", "Demo", "Qualified")]),
        result=result(
            left_out=[{"row": 4, "about": "Quill", "words": "you leave them out"}],
            left_out_count=1,
        ),
    )
    handover = Handover.objects.write_down(peer, deals={}, by=erin, at=now, **to_come)
    return {
        "handover_id": handover.pk,
        "import_id": brought.pk,
        "kind": "deals",
        "manager_id": erin.pk,
        "plan_id": theo.plans.get().pk,
        "rep_id": theo.pk,
        "quarter_id": theo.quotas.latest("pk").quarter_id,
        "deal_id": theo.deals.get(account="Larkspur Group").pk,
    }


def look_at(page, axe):
    for look, is_one_of_two in zip(
        looks(page), (True, False, False, True), strict=True
    ):
        # Colours hang on the theme, and the layout on the width: two of the four do.
        assert not is_one_of_two or axe(page) == [], look
        assert page.evaluate(SIDEWAYS) <= 0, f"{look}, it scrolls sideways"
        if page.viewport_size["width"] == NARROW:
            assert page.evaluate(UPWARDS) == [], f"{look}, Tab goes upwards"


@pytest.mark.parametrize("role", OF_THE_DEMO)
def test_every_page_is_clean_at_every_width_and_in_both_themes(
    page_at, axe, demo, role
):
    page = page_at(user=User.objects.get(email=OF_THE_DEMO[role]))
    theirs = [address for address, whose in PAGES if whose == role]
    assert len(theirs) > 3
    for address in theirs:
        asked = {"kwargs": {ask: demo[ask] for ask in address.asks}}
        answer = page.goto(reverse(address.name, **asked))
        assert answer.status == 200, (address.name, role)
        look_at(page, axe)


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_every_page_before_the_door_is_clean(page_at, axe, name, transactional_db):
    page = page_at()
    page.goto(reverse(name))
    look_at(page, axe)
