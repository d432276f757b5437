"""A sum opens the deals it is the sum of."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from random import Random

import pytest
from django.urls import reverse

from reps.templatetags.sales_format import money, money_short
from tests.factories.plans import MetricFactory, PlanFactory, StrategyFactory, agree
from tests.factories.reps import (
    NOON,
    DealFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
)
from tests.pages import words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]
DEALS = reverse("reps:deal_list")
TODAY = NOON.date()
Q3 = {"starts_on": date(2026, 7, 6), "ends_on": date(2026, 10, 4)}


@pytest.fixture
def quarter(rep):
    return QuarterFactory(organization=rep.organization)


def page(client, user, query="", status=200):
    client.force_login(user)
    response = client.get(DEALS + query)
    assert response.status_code == status
    return response


def accounts(response):
    return re.findall(r'<a href="/deals/\d+/">([^<]+)</a>', response.text)


def test_won_is_what_was_won_in_the_quarter_the_latest_first(client, rep, quarter):
    DealFactory(owner=rep, account="Early", won_on=date(2026, 10, 6))
    DealFactory(owner=rep, account="Late", won_on=date(2026, 11, 2))
    opened = {"opened_on": date(2026, 8, 3)}
    DealFactory(owner=rep, account="Before", won_on=date(2026, 10, 4), **opened)
    DealFactory(owner=rep, account="Lost", lost_on=date(2026, 11, 2))
    DealFactory(owner=rep, account="Open")
    shown = page(client, rep.user, "?show=won")
    assert accounts(shown) == ["Late", "Early"]
    said = "Won in Q4 2026 Everybody whose deals you see: 2 deals, $38,000."
    assert said in words(shown.text)
    assert "The latest comes first." in shown.text
    assert accounts(page(client, rep.user, "?show=lost")) == ["Lost"]


def test_open_deals_come_the_largest_first(client, rep):
    first = StageFactory(organization=rep.organization, is_opportunity=False)
    second = StageFactory(organization=rep.organization, order=2)
    DealFactory(owner=rep, account="Small", amount=1_000, stage=second)
    DealFactory(owner=rep, account="Large", amount=9_000, stage=second)
    DealFactory(owner=rep, account="No opportunity yet", amount=5_000, stage=first)
    every = page(client, rep.user)
    assert accounts(every) == ["Large", "No opportunity yet", "Small"]
    assert "The largest comes first." in every.text
    some = page(client, rep.user, "?show=opportunities")
    assert accounts(some) == ["Large", "Small"]


def test_an_earlier_quarter_is_asked_for_by_its_number(client, rep, quarter):
    before = QuarterFactory(organization=rep.organization, name="Q3 2026", **Q3)
    opened = {"opened_on": date(2026, 8, 3)}
    DealFactory(owner=rep, account="Before", won_on=date(2026, 9, 1), **opened)
    shown = page(client, rep.user, f"?show=won&quarter={before.pk}")
    assert accounts(shown) == ["Before"]
    assert "Won in Q3 2026" in words(shown.text)
    # The other kinds are of the same quarter.
    assert f"?quarter={before.pk}&amp;show=lost" in shown.text


def test_without_a_quarter_nothing_was_won_in_it(client, rep):
    DealFactory(owner=rep, won_on=date(2026, 11, 2))
    shown = page(client, rep.user, "?show=won")
    assert accounts(shown) == []
    assert "No quarter covers today." in shown.text


def test_it_is_of_those_one_sees(client, rep, leader):
    other = TeamFactory(organization=rep.organization)
    DealFactory(owner=rep, account="Mine")
    DealFactory(owner=RepFactory(team=rep.team), account="A peer's")
    DealFactory(owner=RepFactory(team=other), account="Another team's")
    assert accounts(page(client, rep.user)) == ["Mine"]
    assert set(accounts(page(client, rep.team.manager))) == {"Mine", "A peer&#x27;s"}
    assert set(accounts(page(client, leader, "?selling=1"))) == {
        "Mine",
        "A peer&#x27;s",
    }
    page(client, rep.user, f"?rep={RepFactory(team=rep.team).pk}", status=404)
    page(client, rep.team.manager, f"?team={other.pk}", status=404)
    page(client, rep.user, "?selling=1", status=404)


@pytest.mark.parametrize("nonsense", ["?rep=x", "?team=", "?show=won&quarter=99999999"])
def test_what_is_not_there_is_not_found(client, rep, nonsense):
    page(client, rep.user, nonsense, status=404)


def test_it_shows_fifty_at_once_and_the_whole_sum(client, rep):
    for number in range(51):
        DealFactory(owner=rep, amount=1_000 + number, account=f"Account {number:02}")
    first = page(client, rep.user, "?show=open")
    assert len(accounts(first)) == 50
    assert "51 deals, $52,275." in words(first.text)
    assert accounts(page(client, rep.user, "?show=open&page=2")) == ["Account 00"]


@pytest.mark.parametrize("many", [1, 12])
def test_it_costs_the_same_however_many(
    client, rep, quarter, many, django_assert_num_queries
):
    for _number in range(many):
        DealFactory(owner=RepFactory(team=rep.team), won_on=date(2026, 11, 2))
    client.force_login(rep.team.manager)
    # Session, user; do they run a team; quarter; sum, cancelled, count, deals; badge.
    with django_assert_num_queries(9):
        client.get(DEALS + "?show=won")


# --- Every sum on a page is that of the list it opens --------------------------------


@pytest.fixture
def quarters_of_deals(rep, leader, quarter):
    """Two teams, a rep who has left, two quarters, and deals of every kind."""
    random, of = Random(7), {"organization": rep.organization}
    before = QuarterFactory(name="Q3 2026", **Q3, **of)
    stages = [
        StageFactory(order=order, is_opportunity=order > 1, **of) for order in (1, 2)
    ]
    below = TeamFactory(name="Below", above=rep.team, **of)
    reps = [rep, RepFactory(team=rep.team), RepFactory(team=below)]
    left = RepFactory(team=rep.team, left_on=TODAY - timedelta(days=3))
    for owner in [*reps, left]:
        QuotaFactory(rep=owner, quarter=quarter)
        QuotaFactory(rep=owner, quarter=before)
        for number in range(15):
            opened = date(2026, 8, 24) + timedelta(days=random.randrange(50))
            facts = {"opened_on": opened, "stage": random.choice(stages)}
            kind = ("won_on", "lost_on", None)[number % 3]
            if kind:
                facts[kind] = opened + timedelta(days=random.randrange(30))
            amount = Decimal(random.randrange(100, 9_000_000)) / 100
            DealFactory(owner=owner, amount=amount, **facts)
    plan = MetricFactory(plan=PlanFactory(rep=rep, quarter=quarter)).plan
    StrategyFactory(plan=plan)
    agree(plan)
    return rep


LINK = re.compile(rf'<a href="({re.escape(DEALS)}\?[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
PAGES = {
    "team board": lambda rep: (reverse("plans:team_board"), 4),
    "one team's board": lambda rep: (f"/team/?team={rep.team_id}", 4),
    "board": lambda rep: (reverse("reps:board"), 3),
    "one rep's board": lambda rep: (f"/board/?rep={rep.pk}", 2),
    "rep's page": lambda rep: (reverse("plans:rep_detail", args=[rep.pk]), 4),
    "plan": lambda rep: (rep.plans.get().get_absolute_url(), 1),
}


@pytest.mark.parametrize("who", ["manager", "leader above"])
@pytest.mark.parametrize("where", PAGES)
def test_every_sum_is_that_of_the_list_it_opens(client, quarters_of_deals, who, where):
    rep = quarters_of_deals
    user = rep.team.manager if who == "manager" else rep.team.above.manager
    url, at_least = PAGES[where](rep)
    client.force_login(user)
    sums = LINK.findall(client.get(url).text)
    assert len(sums) >= at_least
    for address, said in sums:
        address, total, page_number = unescape(address), Decimal(0), 1
        while True:
            answer = client.get(f"{address}&page={page_number}")
            total += sum(deal.amount for deal in answer.context["page"])
            if not answer.context["page"].has_next():
                break
            page_number += 1
        figures = {money(total, "USD"), money_short(total, "USD")}
        assert any(figure in words(said) for figure in figures), (address, said, total)


def test_a_teams_won_deals_are_those_won_while_their_owner_was_in_it(client, rep):
    """Also of whoever went to another team since: credit stays where it was earned."""
    quarter = QuarterFactory(organization=rep.organization)
    west = rep.team
    east = TeamFactory(organization=rep.organization, name="East")
    early = DealFactory(owner=rep, account="Early", won_on=date(2026, 10, 12))
    late = DealFactory(owner=rep, account="Late", won_on=date(2026, 11, 10))
    DealFactory(owner=rep, account="Open")
    facts = {"by": west.manager, "at": NOON, "why": "We were told late."}
    rep.change_team(east, since=date(2026, 11, 2), **facts)

    def won(manager, team):
        query = f"?team={team.pk}&alone=1&show=won&quarter={quarter.pk}"
        return accounts(page(client, manager, query))

    assert won(west.manager, west) == ["Early"]
    assert won(east.manager, east) == ["Late"]
    # The sum's deals may be read, and nothing else of whoever went.
    client.force_login(west.manager)
    shown = client.get(early.get_absolute_url())
    assert shown.status_code == 200
    assert reverse("reps:move_deal", args=[early.pk]) not in shown.text
    assert client.get(late.get_absolute_url()).status_code == 404
    assert accounts(page(client, west.manager, f"?team={west.pk}&show=open")) == []
    early.cancel(Decimal(4_000), on=TODAY, words="Less.", by=rep.user, at=NOON)
    told = page(client, west.manager, f"?team={west.pk}&alone=1&show=won")
    assert "Less what was cancelled, $15,000 is booked." in words(told.text)
    told = page(client, east.manager, f"?team={east.pk}&alone=1&show=won")
    assert "Less what was cancelled" not in words(told.text)


@pytest.mark.usefixtures("quarter")
def test_whoever_went_to_another_team_is_named_there_without_a_dead_link(client, rep):
    erin = rep.team.manager
    DealFactory(owner=rep, account="Won here", won_on=TODAY - timedelta(days=2))
    link = f'<a href="{reverse("plans:rep_detail", args=[rep.pk])}">'
    assert link in page(client, erin, "?selling=1&show=won").text

    east = TeamFactory(organization=rep.organization)
    rep.change_team(east, since=TODAY, by=erin, at=NOON)

    shown = page(client, erin, "?selling=1&show=won")
    assert accounts(shown) == ["Won here"]
    assert rep.name in shown.text
    assert link not in shown.text
