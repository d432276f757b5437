"""A deal's page: where it stands, what it still needs, and how it got there."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.shortcuts import resolve_url

from reps.domain.transitions import Place
from reps.models import Deal, Stage
from tests.factories.reps import (
    NOON,
    DealFactory,
    ExitCriterionFactory,
    QuarterFactory,
)
from tests.pages import page_for, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]

TODAY = NOON.date()


@pytest.fixture
def deal(rep, stages):
    return DealFactory(
        owner=rep,
        stage=stages[0],
        account="Larkspur Group",
        amount=87_000,
        opened_on=TODAY - timedelta(days=20),
    )


def page(client, deal, user=None, query=""):
    url = deal.get_absolute_url() + query
    return page_for(client, user or deal.owner.user, url)


def events(shown):
    """The timeline: the day, what happened, and what was said."""
    listed = shown[shown.index('class="sheet-body timeline"') :]
    found = re.findall(
        "<time [^>]*>([^<]+)</time>.*?<h3>([^<]+)</h3>"
        '(?: <p class="event-words">([^<]+))?',
        listed,
    )
    return [tuple(part for part in event if part) for event in found]


def test_it_says_what_it_is_worth_and_how_long_it_stands_there(client, deal):
    Stage.objects.update(usual_days=8)
    Deal.objects.update(
        product="Basic",
        amount_is_estimate=True,
        expected_close_on=TODAY - timedelta(days=1),
        source="a CRM",
        source_key="1",
    )

    shown = words(page(client, deal))

    assert "$87,000 estimated Qualified, 20 days; usually 8" in shown
    assert "Owner Theo Lindqvist Product Basic Opened 23 Oct 2026" in shown
    assert "Expected close 11 Nov 2026 this day is past" in shown
    assert "Imported from a CRM" in shown


def test_it_says_where_it_came_from_and_why_the_file_has_it_lost(client, deal):
    said = {"lead_source": "Fair", "lost_reason": "Price <b>\ntoo high"}
    Deal.objects.update(**said, source="HubSpot", source_key="1")
    shown = words(page(client, deal))
    assert "Lead source Fair" in shown
    assert "Reason it was lost" not in shown  # it is open

    lost = {"by": deal.owner.user, "on": TODAY, "at": NOON, "reason": "Budget"}
    deal.move_to(deal.stage, "lost", **lost)
    shown = words(page(client, deal))
    assert "Reason it was lost Price &lt;b&gt; too high as HubSpot has it" in shown
    assert "Budget" in shown  # what was said here stands in the timeline


def test_the_ladder_marks_where_it_stands(client, deal, stages):
    deal.move_to(stages[1], by=deal.owner.user, on=TODAY, at=NOON)

    shown = page(client, deal)

    assert 'aria-current="step">Needs agreed' in shown
    assert 'class="way-step way-past">Qualified' in shown
    assert 'class="way-step">Proposal' in shown


def test_exit_criteria_say_who_ticked_them_and_when(client, deal, stages):
    met, _ = (
        ExitCriterionFactory(
            organization=deal.organization, stage=stages[0], words=said
        )
        for said in ("We know who decides", "The need is written down")
    )
    deal.meet(met, by=deal.owner.team.manager, at=NOON)

    shown = page(client, deal)

    assert "To leave Qualified 1 of 2" in words(shown)
    assert f"{deal.owner.team.manager.name}, Thu 12 Nov" in shown
    assert shown.count('aria-pressed="true"') == 1
    assert f"/deals/{deal.pk}/criteria/{met.pk}/unmeet/" in shown
    assert "1 exit criterion open" in shown


def test_a_closed_deal_has_nothing_to_do_before_it_leaves(client, deal, stages):
    ExitCriterionFactory(
        organization=deal.organization, stage=stages[0], words="We know who decides"
    )
    said = {"by": deal.owner.user, "at": NOON}
    deal.move_to(deal.stage, "lost", reason="The price.", on=NOON.date(), **said)

    shown = words(page(client, deal))

    assert "Asked for in Qualified 0 of 1 We know who decides" in shown
    assert "To leave" not in shown


def test_the_timeline_tells_every_move_the_last_first(client, deal, stages):
    said = {"by": deal.owner.user, "at": NOON}
    reason = {"reason": "They asked for a pause"}
    days = [date(2026, 11, day) for day in range(1, 9)]
    deal.move_to(stages[1], on=days[0], **said)
    deal.move_to(stages[0], on=days[1], **said, **reason)
    deal.move_to(stages[2], on=days[2], **said, **reason)
    deal.move_to(stages[2], "lost", on=days[3], **said, **reason)
    deal.move_to(stages[2], on=days[4], **said, **reason)
    deal.move_to(stages[2], "won", on=days[5], **said)

    assert events(page(client, deal)) == [
        ("Fri 6 Nov", "Won"),
        ("Thu 5 Nov", "Reopened in Proposal", reason["reason"]),
        ("Wed 4 Nov", "Lost", reason["reason"]),
        (
            "Tue 3 Nov",
            "Moved to Proposal before everything was done",
            reason["reason"],
        ),
        ("Mon 2 Nov", "Moved back to Qualified", reason["reason"]),
        ("Sun 1 Nov", "Moved to Needs agreed"),
        ("Fri 23 Oct", "Opened in Qualified", "as the test says"),
    ]


def test_an_imported_deal_says_where_it_was_first_seen(client, rep, stages):
    Stage.objects.update(usual_days=8)
    brought = Deal(organization=rep.organization, owner=rep, amount=1, source="a CRM")
    Deal.objects.import_all(
        [(brought, Place(stages[1].pk), TODAY)],
        stages=[stage.pk for stage in stages],
        source="a CRM",
        at=NOON,
    )

    shown = page(client, brought)

    assert events(shown) == [("Thu 12 Nov", "First seen in Needs agreed")]
    assert "An import, " in shown
    assert "<h1>Account not given</h1>" in shown
    assert "Needs agreed; usually 8 days" in shown
    assert "Opened not known" in words(shown)


def test_a_closed_deal_can_only_be_reopened(client, deal, stages):
    ExitCriterionFactory(organization=deal.organization, stage=stages[0])
    said = {"by": deal.owner.user, "at": NOON, "reason": "They stayed put"}
    deal.move_to(stages[0], "lost", on=TODAY, **said)

    shown = page(client, deal)

    assert "Lost on 12 Nov 2026" in shown
    assert "Reopen in Qualified" in shown
    assert "aria-pressed" not in shown
    assert "Expected close" not in shown


def test_the_facts_open_for_editing_by_a_link(client, deal):
    assert 'href="?edit=1#deal-facts"' in page(client, deal)
    shown = page(client, deal, query="?edit=1")

    assert 'name="amount" value="$87,000"' in shown
    assert 'name="initial-amount" value="$87,000"' in shown


# Who sees it


def test_the_leader_above_sees_it_and_only_looks(client, deal, criterion, leader):
    shown = page(client, deal, leader, "?edit=1")

    assert "Larkspur Group" in shown
    assert "0 of 1" in shown
    main = shown[shown.index("<main") :]
    assert "<form" not in main
    assert "<button" not in main
    assert 'id="move"' not in main


def test_it_is_not_there_for_anybody_else(client, deal, outsider):
    client.force_login(outsider)

    assert client.get(deal.get_absolute_url()).status_code == 404


def test_it_asks_a_stranger_to_sign_in(client, deal):
    response = client.get(deal.get_absolute_url())

    back = f"{resolve_url(settings.LOGIN_URL)}?next={deal.get_absolute_url()}"
    assert response.headers["Location"] == back


def test_it_only_answers_to_reading(client, deal):
    client.force_login(deal.owner.user)

    assert client.post(deal.get_absolute_url()).status_code == 405


@pytest.mark.parametrize("moves", [1, 12])
def test_it_costs_the_same_however_many_moves(
    client, deal, stages, moves, django_assert_num_queries
):
    QuarterFactory(organization=deal.organization)
    ExitCriterionFactory(organization=deal.organization, stage=stages[1])
    said = {"by": deal.owner.user, "on": TODAY, "at": NOON, "reason": "to and fro"}
    for number in range(moves):
        deal.move_to(stages[(number + 1) % 2], **said)
    client.force_login(deal.owner.user)

    # session, user, deal, stages, ticks, criteria, moves, facts, masthead
    with django_assert_num_queries(9):
        client.get(deal.get_absolute_url())
