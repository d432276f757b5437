"""The first days of an organization: no page is a dead end, whoever opens it.

What is empty says what comes next and leads there, or names whom to ask.
"""

import re

import pytest
from django.test import Client
from django.urls import reverse

from reps.create_organization import create_organization
from tests.factories.reps import (
    NOON,
    OrganizationFactory,
    RepFactory,
    TeamFactory,
    UserFactory,
)
from tests.pages import words
from tests.test_crawl import Crawl

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]
BLANK = re.compile(r'<section class="sheet blank.*?</section>', re.DOTALL)
TEAM, BOARD = reverse("plans:team_board"), reverse("reps:board")
ASK_ADA = "Ask Ada Brandt to add people"
SET_UP = [
    reverse(f"reps:{page}")
    for page in ("set_up", "people", "teams", "quarters", "stages", "activity_kinds")
]


class Office:
    """Ada set it up, Erin runs a team, Lena the one above; nobody sells yet."""

    def __init__(self, organization) -> None:
        of = {"organization": organization}
        self.organization = organization
        self.ada = UserFactory(name="Ada Brandt", is_admin=True, **of)
        self.top = TeamFactory(name="Sales", manager__name="Lena Ortiz", **of)
        self.west = TeamFactory(name="West", above=self.top, **of)
        self.erin, self.lena = self.west.manager, self.top.manager
        self.hana = UserFactory(name="Hana Park", is_hr_partner=True, **of)

    def page(self, user, url, **query) -> str:
        client = Client()
        client.force_login(user)
        return client.get(url, query, follow=True).text


@pytest.fixture
def office():
    return Office(create_organization("Harbor Analytics", today=NOON.date()))


@pytest.fixture
def theo(office):
    return RepFactory(name="Theo Lindqvist", team=office.west)


@pytest.fixture
def bare():
    """Somebody made it by hand: no quarter, no stages, nothing that is counted."""
    return Office(OrganizationFactory(checklist_closed_at=None))


def without_an_end(html: str) -> list[str]:
    """What is blank and leads nowhere, nor says whom to ask."""
    return [
        words(blank)
        for blank in BLANK.findall(html)
        if "href=" not in blank and "<form" not in blank and "Ask Ada" not in blank
    ]


@pytest.mark.parametrize("who", ["ada", "erin", "lena", "hana"])
def test_all_that_is_linked_answers_before_anybody_sells(office, who):
    crawl = Crawl(Client())
    crawl.client.force_login(getattr(office, who))

    crawl.run()

    assert crawl.wrong == []


def test_all_that_is_linked_answers_whoever_begins_to_sell(office, theo):
    crawl = Crawl(Client())
    crawl.client.force_login(theo.user)

    crawl.run()

    assert crawl.wrong == []


@pytest.mark.parametrize("url", [*SET_UP, reverse("plans:delivery")])
def test_no_page_of_set_up_is_a_dead_end(office, bare, url):
    assert without_an_end(office.page(office.ada, url)) == []
    assert without_an_end(bare.page(bare.ada, url)) == []


@pytest.mark.parametrize(
    ("page", "what"),
    [("quarters", "quarters"), ("stages", "stages"), ("activity_kinds",) * 2],
)
def test_where_we_have_some_one_may_start_with_ours(bare, page, what):
    html = bare.page(bare.ada, reverse(f"reps:{page}"))
    assert reverse("reps:start_with_ours", args=[what]) in html


def test_people_and_their_teams_come_by_file_or_by_hand(office):
    bring = reverse("reps:add_import", args=["people"])
    quarter = office.organization.quarters.first()
    people = reverse("reps:people")
    quotas = reverse("reps:quotas", args=[quarter.pk])

    assert bring in office.page(office.ada, people)
    assert bring in office.page(office.ada, quotas)
    assert "Nobody sells yet, so nobody is asked" in office.page(
        office.ada, reverse("plans:delivery")
    )

    RepFactory(team=office.west)
    assert "Nobody sells yet" not in office.page(office.ada, people)


@pytest.mark.parametrize("who", ["erin", "lena"])
@pytest.mark.parametrize(
    "url", [TEAM, BOARD, reverse("plans:plans"), reverse("plans:check_ins")]
)
def test_whoever_runs_a_team_is_told_who_adds_its_people(office, who, url):
    html = office.page(getattr(office, who), url)
    assert ASK_ADA in html
    assert without_an_end(html) == []


def test_an_admin_who_runs_the_team_adds_them(office):
    office.west.manager = office.ada
    office.west.save()
    html = office.page(office.ada, TEAM)
    assert reverse("reps:add_import", args=["people"]) in html
    assert "Ask" not in words(*BLANK.findall(html))


def test_whoever_is_in_no_team_is_told_whom_to_ask(office):
    html = office.page(office.hana, reverse("plans:home"))
    assert "Ask Ada Brandt to add you as a rep" in html


def test_with_people_there_deals_come_by_file_or_by_hand(office, theo):
    board = office.page(office.erin, BOARD)
    assert reverse("reps:add_import", args=["deals"]) in board
    assert "Add a deal" in board

    board = office.page(theo.user, BOARD)  # no file is a rep's to bring
    assert reverse("reps:add_import", args=["deals"]) not in board
    assert "Add a deal" in board

    assert "as soon as somebody opens one" in office.page(office.lena, BOARD)
    deals = office.page(theo.user, reverse("reps:deal_list"))
    assert without_an_end(deals) == []


def test_a_check_in_is_waited_for_where_it_can_be_seen_when(office, theo):
    page = reverse("plans:check_ins")
    assert "When they are asked" in office.page(office.erin, page)
    assert "When they are asked" not in office.page(office.lena, page)


def test_a_reps_own_page_says_who_sets_the_quota(office, theo):
    page = reverse("plans:rep_detail", args=[theo.pk])
    put_one = f"{BOARD}?rep={theo.pk}&amp;add=1"

    own = office.page(theo.user, page)
    assert "Ask Ada Brandt to set it up" in own
    assert put_one in own
    assert put_one in office.page(office.erin, page)
    assert put_one not in office.page(office.lena, page)
    assert "No plan yet" in office.page(
        office.lena, reverse("plans:rep_plan", args=[theo.pk])
    )


@pytest.mark.parametrize("who", ["erin", "theo"])
def test_what_only_an_admin_sets_up_names_the_admin(bare, who):
    theo = RepFactory(name="Theo Lindqvist", team=bare.west)
    user = theo.user if who == "theo" else bare.erin
    week = bare.page(user, reverse("plans:my_week", args=[theo.pk]))
    page = bare.page(user, reverse("plans:rep_detail", args=[theo.pk]))
    board = bare.page(user, BOARD)

    assert "counted here yet. Ask Ada Brandt to set it up." in words(week)
    assert words(page).count("Ask Ada Brandt to set it up.") == 2  # quarter, activities
    assert "Ask Ada Brandt to add them" in board


def test_without_a_quarter_the_admin_who_runs_a_team_is_led_to_it(bare):
    bare.west.manager = bare.ada
    bare.west.save()
    RepFactory(team=bare.west)
    for page in (TEAM, reverse("plans:plans")):
        assert f'href="{reverse("reps:quarters")}">Set it up' in bare.page(
            bare.ada, page
        )
