"""The whiteboard, as a rep sees it, a manager, the leader above, and a stranger."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories.reps import (
    NOON,
    DealFactory,
    ExitCriterionFactory,
    OrganizationFactory,
    QuarterFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
    UserFactory,
)
from tests.pages import page_for, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]

TODAY = date(2026, 11, 12)


@pytest.fixture
def stage(rep):
    return StageFactory(
        organization=rep.organization,
        name="Qualified",
        usual_days=8,
        weight=Decimal("0.3"),
    )


def deal(rep, stage, **facts):
    return DealFactory(owner=rep, stage=stage, **facts)


def page(client, user, query=""):
    return page_for(client, user, reverse("reps:board") + query)


def cards(shown):
    return re.findall(r'<a href="/deals/\d+/">([^<]+)</a>', shown)


# What it shows


def test_a_lane_says_its_name_count_total_and_weight(client, rep, stage):
    for amount in (18_500, 14_000):
        deal(rep, stage, amount=amount)

    shown = words(page(client, rep.user))

    assert "Qualified 2 $32,500 weighted $9,750" in shown
    assert "2 open deals, $32,500 (weighted by their stages: $9,750)" in shown


def test_a_card_says_what_is_known_of_the_deal(client, rep, stage):
    for _ in range(3):
        criterion = ExitCriterionFactory(organization=rep.organization, stage=stage)
    made = deal(
        rep,
        stage,
        account="Quill & Co",
        amount=17_000,
        amount_is_estimate=True,
        opened_on=TODAY - timedelta(days=6),
        next_step="redlines back",
        next_step_on=TODAY + timedelta(days=1),
        expected_close_on=date(2026, 12, 4),
    )
    made.meet(criterion, by=rep.user, at=NOON)

    shown = page(client, rep.user)

    assert cards(shown) == ["Quill &amp; Co"]
    assert (
        "Quill &amp; Co $17,000 estimated 6 days here; usually 8 Fri 13 redlines back"
        " 1/3 exit criteria met Move"
    ) in words(shown)
    assert "note-late" not in shown
    assert 'aria-label="Move Quill &amp; Co"' in shown


@pytest.mark.parametrize(("days", "late"), [(8, False), (9, True)])
def test_longer_here_than_usual_is_marked(client, rep, stage, days, late):
    deal(rep, stage, opened_on=TODAY - timedelta(days=days))

    assert ("note-late" in page(client, rep.user)) == late


def test_an_expected_close_that_is_past_says_so(client, rep, stage):
    yesterday = TODAY - timedelta(days=1)
    deal(rep, stage, opened_on=TODAY, expected_close_on=yesterday)

    shown = page(client, rep.user)

    assert "11 Nov expected close, and past" in words(shown)
    assert "note-late" in shown


@pytest.mark.parametrize(
    ("day", "said", "late"),
    [
        (TODAY - timedelta(days=1), "Wed 11, past: call the owner", True),
        (TODAY, "Today call the owner", False),
        (TODAY + timedelta(days=13), "Wed 25 call the owner", False),
        (TODAY + timedelta(days=14), "26 Nov call the owner", False),
    ],
)
def test_what_comes_next_stands_with_its_day(client, rep, stage, day, said, late):
    deal(rep, stage, opened_on=TODAY, next_step="call the owner", next_step_on=day)

    shown = page(client, rep.user)

    assert said in words(shown)
    assert ("note-late" in shown) == late


def test_a_deal_of_which_nothing_comes_next_says_so(client, rep, stage):
    deal(rep, stage)

    assert "No next step yet" in words(page(client, rep.user))


def test_what_was_closed_this_quarter_stands_at_the_end(client, rep, stage):
    QuarterFactory(organization=rep.organization)
    deal(rep, stage, amount=21_500, won_on=TODAY)
    deal(rep, stage, amount=16_500, won_on=TODAY)

    shown = words(page(client, rep.user))

    assert "Finished 2 This quarter Won 2 deals, $38,000 Lost None yet" in shown


def test_thirty_cards_stand_in_a_lane_and_the_way_to_more(client, rep, stage):
    for number in range(32):
        deal(rep, stage, opened_on=TODAY - timedelta(days=number))

    shown = page(client, rep.user)

    assert len(cards(shown)) == 30
    assert f'hx-get="/board/lanes/{stage.pk}/?after=' in shown
    (more,) = re.findall(r'class="lane-more"[^>]* href="/board/(\?[^"]+)"', shown)
    rest = cards(page(client, rep.user, more.replace("&amp;", "&")))
    assert len(rest) == 2
    assert not set(rest) & set(cards(shown))


def test_an_empty_board_says_what_to_do(client, rep, stage):
    assert "Put the deal you talked about last on the board" in page(client, rep.user)


@pytest.mark.parametrize("is_admin", [False, True])
def test_without_stages_it_says_who_adds_them(client, rep, is_admin):
    rep.user.is_admin = is_admin
    rep.user.save()

    shown = page(client, rep.user)

    assert "The board has no stages yet" in shown
    assert ("Add the stages" in shown) == is_admin
    assert "Add a deal" not in shown


# Whose deals


def test_a_rep_sees_their_own_deals_and_no_filter(client, rep, stage):
    deal(rep, stage, account="Mine")
    deal(RepFactory(team=rep.team), stage)

    shown = page(client, rep.user)

    assert "<h1 data-announce>My board</h1>" in shown
    assert cards(shown) == ["Mine"]
    assert "Whose deals" not in shown
    assert "Theo Lindqvist</p>" not in shown


def test_a_manager_sees_everybodys_with_their_names(client, rep, stage):
    peer = RepFactory(team=rep.team, name="Hana Sato")
    deal(rep, stage, account="Of Theo")
    deal(peer, stage, account="Of Hana")

    shown = page(client, rep.team.manager)

    assert "<h1 data-announce>Everybody’s deals</h1>" in shown
    assert set(cards(shown)) == {"Of Theo", "Of Hana"}
    href = reverse("plans:rep_detail", args=[peer.pk])
    assert f'<p class="note-line"><a href="{href}">Hana Sato</a></p>' in shown


def test_a_manager_looks_at_one_persons_deals(client, rep, stage):
    peer = RepFactory(team=rep.team)
    deal(rep, stage, account="Of Theo", amount=5_000)
    deal(peer, stage, account="Of Hana")

    shown = page(client, rep.team.manager, f"?rep={rep.pk}")

    assert "<h1 data-announce>Theo Lindqvist’s deals</h1>" in shown
    assert cards(shown) == ["Of Theo"]
    assert "1 open deal, $5,000" in shown
    assert re.search(r'hx-get="/deals/\d+/move/menu/\?rep=\d+"', shown)


def test_a_manager_who_sells_has_their_own_deals_too(client, rep, stage):
    manager = rep.team.manager
    own = RepFactory(organization=rep.organization, user=manager, name="Erin")
    deal(own, stage, account="Of Erin")
    deal(rep, stage, account="Of Theo")

    assert len(cards(page(client, manager))) == 2
    shown = page(client, manager, f"?rep={own.pk}")
    assert "<h1 data-announce>My deals</h1>" in shown
    assert cards(shown) == ["Of Erin"]


def test_a_leader_above_only_looks(client, rep, stage, leader):
    deal(rep, stage, account="Of Theo")

    shown = page(client, leader)

    assert cards(shown) == ["Of Theo"]
    assert "note-move" not in shown
    assert "Add a deal" not in shown


def test_a_manager_of_nobody_yet_is_told_whom_to_ask(client):
    team = TeamFactory()
    StageFactory(organization=team.organization)

    assert "Ask an admin to add people" in page(client, team.manager)


@pytest.mark.parametrize("role", ["is_admin", "is_hr_partner"])
def test_who_neither_sells_nor_runs_a_team_finds_none(client, rep, role):
    client.force_login(UserFactory(organization=rep.organization, **{role: True}))

    assert client.get(reverse("reps:board")).status_code == 404


def test_a_strangers_board_is_not_found(client, rep, stage):
    peer = RepFactory(team=rep.team)
    elsewhere = RepFactory()
    client.force_login(rep.user)

    for asked in (peer.pk, elsewhere.pk, "x", "9" * 30):
        url = f"{reverse('reps:board')}?rep={asked}"
        assert client.get(url).status_code == 404, asked


@pytest.mark.parametrize("query", ["?lane=1", "?lane=1&after=x", "?lane=1&after=_x"])
def test_a_mark_that_is_none_is_not_found(client, rep, stage, query):
    client.force_login(rep.user)

    assert client.get(reverse("reps:board") + query).status_code == 404


def test_it_only_answers_to_reading(client, rep):
    client.force_login(rep.user)

    assert client.post(reverse("reps:board")).status_code == 405


# The form


@pytest.mark.usefixtures("stage")
def test_whoever_left_is_asked_for_no_deal(client, rep):
    rep.left_on = date(2026, 11, 11)  # yesterday
    rep.save()
    for query in ("", "?add=1"):
        shown = page(client, rep.user, query)
        assert "Add a deal" not in shown
        assert "Put the deal you talked about last" not in shown


def test_the_form_of_a_new_deal_opens_by_a_link(client, rep, stage):
    assert '?add=1"' in page(client, rep.user)
    shown = page(client, rep.user, "?add=1")

    assert "Add a deal to Qualified" in shown
    assert 'name="account"' in shown
    assert 'name="owner"' not in shown  # a rep's own


# What it costs


@pytest.mark.parametrize("deals", [5, 200])
def test_it_costs_the_same_however_many_deals(client, deals, django_assert_num_queries):
    organization = OrganizationFactory()
    QuarterFactory(organization=organization)
    team = TeamFactory(organization=organization)
    stages = [StageFactory(organization=organization, order=n) for n in range(1, 6)]
    for stage in stages:
        ExitCriterionFactory(organization=organization, stage=stage)
    owners = [RepFactory(organization=organization, team=team) for _ in range(5)]
    for number in range(deals):
        deal(owners[number % 3], stages[number % 5])
    client.force_login(team.manager)

    # session, user, who sells, lanes with their cards, totals, masthead
    with django_assert_num_queries(6):
        response = client.get(reverse("reps:board"))
    assert len(cards(response.text)) == min(deals, 150)


def test_files_are_brought_from_here_by_whoever_runs_a_team_that_sells(
    client, rep, leader
):
    StageFactory(organization=rep.organization)
    link = f'href="{reverse("reps:imports")}"'
    assert link in page(client, rep.team.manager)
    assert client.get(reverse("reps:imports")).status_code == 200
    for other in (rep.user, leader):
        assert link not in page(client, other)
        assert client.get(reverse("reps:imports")).status_code == 404
