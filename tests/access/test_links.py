"""Every deal and every rep that a page names is a link, for whoever may open it."""

from datetime import date
from html.parser import HTMLParser

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from plans.models import Plan
from reps.models import Deal, Rep
from tests.access.matrix import DOORS, ROLES
from tests.access.walk import addresses, session_of
from tests.access.world import World
from tests.factories.plans import agree
from tests.factories.reps import NOON, DealFactory, RepFactory, log

pytestmark = pytest.mark.django_db

# Where a name may stand without being a link, and why.
ALLOWED_IN = {
    "title": "a browser's tab holds no links",
    "h1": "the page is this one's own",
    "option": "a list to choose from holds no links",
    "label": "what is asked about them; another act than to open it",
    "summary": "what unfolds is about them; another act than to open it",
    "button": "what the button is about; another act than to open it",
    "textarea": "somebody's own words",
    "template": "not on the page yet",
    "desc": "a chart in words",
    "header": "one's own name, in the menu of one's account",
}
ALLOWED_PAGES = {
    "plans:desk_copy": "paper",
    "plans:week_by_link": "nobody is signed in",
    "plans:unsubscribe": "nobody is signed in",
    "plans:snooze": "nobody is signed in",
}
EMPTY = {"input", "br", "meta", "link", "img", "hr", "use", "rect", "line", "path"}


class Names(HTMLParser):
    """Each text of a page that stands in no link, and in nothing that may hold names.

    `links` are the addresses there are, by the text they have.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open, self.texts, self.links, self.heading = [], [], {}, ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag not in EMPTY:
            self.open.append((tag, dict(attributes)))

    def handle_startendtag(self, tag, attributes):
        """Nothing stands in it."""

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, text):
        tags = [tag for tag, _attributes in self.open]
        if "h1" in tags:
            self.heading += text
        for tag, attributes in self.open:
            if tag == "a":
                href = attributes.get("href", "")  # a script fills some in
                self.links[href] = self.links.get(href, "") + text
        if not {"a", *ALLOWED_IN} & set(tags):
            self.texts.append(text)


@pytest.fixture
def world():
    """With a signed plan, closed deals, and what rep and peer did in the week."""
    session_of.cache_clear()
    with time_machine.travel(NOON, tick=False):
        world = World("Xanadu")
        rep = Rep.objects.get(pk=world.rows["rep_id"])
        peer = Rep.objects.get(name="Xanadu peer")
        for number, owner in enumerate((rep, peer)):
            facts = {"owner": owner, "amount": 99_000}
            DealFactory(account=f"Xanadu won {number}", won_on=NOON.date(), **facts)
            DealFactory(account=f"Xanadu lost {number}", lost_on=NOON.date(), **facts)
            DealFactory(account=f"Xanadu open {number}", **facts)
        gone = DealFactory(owner=rep, account="Xanadu gone", won_on=date(2026, 10, 20))
        called_off = {"on": NOON.date(), "words": "No budget.", "by": rep.user}
        gone.cancel(gone.amount, **called_off, at=NOON)
        deal = Deal.objects.get(pk=world.rows["deal_id"])
        criterion = deal.stage.exit_criteria.get()
        deal.meet(criterion, by=rep.user, at=NOON)
        log(peer, rep.organization.activity_kinds.get(is_leading=True), 2)
        RepFactory(team=rep.team, name="Xanadu nobody", user=None)
        plan = Plan.objects.get(pk=world.rows["plan_id"])
        plan.sign(1, by=rep.user, side="rep", at=NOON)
        plan.objective = "Another one."
        plan.save()
        agree(plan)
        yield world


def names_in(world, client) -> dict[str, str]:
    """What may be named, and where it opens, of all that this person may open."""
    organization = world.organization
    rows = [
        *(
            (rep.name, reverse("plans:rep_detail", args=[rep.pk]))
            for rep in Rep.objects.filter(organization=organization)
        ),
        *(
            (deal.account, deal.get_absolute_url())
            for deal in Deal.objects.filter(organization=organization)
        ),
    ]
    return {name: url for name, url in rows if client.get(url).status_code == 200}


@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonymous"])
def test_every_name_on_a_page_opens_what_it_names(world, role):
    client = Client()
    client.cookies.update(session_of(world.people[role]))
    names, missing, seen = names_in(world, client), [], 0
    for address in addresses():
        door = DOORS[address.name]
        if "GET" not in door.verbs or door.region or door.elsewhere:
            continue
        if address.name in ALLOWED_PAGES or role not in door.to:
            continue
        answer = client.get(address.url(world), follow=True)
        if "html" not in answer.headers["Content-Type"]:
            continue
        page, seen = Names(answer.text), seen + 1
        for name, url in names.items():
            # Once is enough of whom the page is about, where it leads to their own.
            about = name in page.heading and (
                url in page.links or url == answer.request["PATH_INFO"]
            )
            own = name == world.people[role].name  # one's own page is in the menu
            bare = [text for text in page.texts if name in text]
            if bare and not about and not own:
                missing.append(f"{address.name}: {' '.join(bare[0].split())!r}")
    assert missing == []
    assert seen > 3


def test_the_sweep_would_notice():
    page = Names("<p>Theo</p><a href='/x'>Quill</a><h1>Theo</h1>")
    assert page.texts == ["Theo"]
    assert page.links == {"/x": "Quill"}
    assert page.heading == "Theo"
