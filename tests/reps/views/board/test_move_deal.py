"""Moving a deal: forward, back, won, lost, and the gate where it is not yet time."""

import re

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

from reps.models import StandIn
from tests.factories.reps import (
    NOON,
    DealFactory,
    ExitCriterionFactory,
    QuarterFactory,
    RepFactory,
    StageFactory,
)
from tests.pages import one_line, page_for

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


HTMX = {"HX-Request": "true"}


def post(client, deal, where, *, user=None, **sent):
    client.force_login(user or deal.owner.user)
    url = reverse("reps:move_deal", args=[deal.pk])
    return client.post(url, {"to": getattr(where, "pk", where), "seen": 1} | sent)


def words_of(response):
    return one_line(response.text)


def last_move(deal):
    deal.refresh_from_db()
    return deal.moves.latest("number")


# It moves


def test_forward_moves_the_card_and_both_heads_and_nothing_else(
    htmx_client, deal, stages
):
    other = DealFactory(owner=deal.owner, stage=stages[1], account="Not asked about")

    response = post(htmx_client, deal, stages[1])

    shown = one_line(response.text)
    assert response.status_code == 200
    assert "<html" not in shown
    assert other.account not in shown
    said = "Quill &amp; Co moved to Needs agreed."
    assert f'<div id="move-menu" data-announce="{said}"></div>' in shown  # it closes
    assert f'<p class="toast">{said}</p>' in shown
    assert f'<i id="deal-card-{deal.pk}" hx-swap-oob="delete"></i>' in shown
    assert f'hx-swap-oob="afterbegin:#lane-cards-{stages[1].pk}"' in shown
    heads = re.findall(r'id="lane-head-(\d+)" hx-swap-oob="true"', shown)
    assert heads == [str(stages[0].pk), str(stages[1].pk)]
    assert "$36,000" in shown  # both deals, in the lane it came to
    assert 'id="finished"' not in shown

    move = last_move(deal)
    assert (deal.stage, move.kind, move.moved_by) == (
        stages[1],
        "forward",
        deal.owner.user,
    )
    assert (move.moved_on, move.recorded_at) == (NOON.date(), NOON)


def test_without_htmx_it_goes_to_the_deals_page_and_says_so(client, deal, stages):
    response = post(client, deal, stages[1])

    assert response.headers["Location"] == deal.get_absolute_url()
    shown = client.get(deal.get_absolute_url()).text
    assert (
        '<p class="toast" role="status">Quill &amp; Co moved to Needs agreed.' in shown
    )


def test_the_heads_are_those_of_the_board_it_was_moved_on(htmx_client, deal, stages):
    peer = RepFactory(team=deal.owner.team)
    DealFactory(organization=deal.organization, owner=peer, stage=stages[1], amount=5)
    manager = deal.owner.team.manager

    alone = post(htmx_client, deal, stages[1], user=manager, rep=deal.owner_id)
    together = post(htmx_client, deal, stages[2], user=manager, seen=2)

    assert "<span>$17,000</span>" in alone.text
    assert "Theo Lindqvist" not in alone.text  # on a board of his it says so above
    href = reverse("plans:rep_detail", args=[deal.owner_id])
    named = f'<p class="note-line"><a href="{href}">Theo Lindqvist</a></p>'
    assert named in together.text
    assert "<span>$5</span>" in together.text


def test_winning_takes_the_card_off_and_counts_it(htmx_client, deal, stages):
    QuarterFactory(organization=deal.organization)
    deal.move_to(stages[1], by=deal.owner.user, on=NOON.date(), at=NOON)
    deal.move_to(stages[2], by=deal.owner.user, on=NOON.date(), at=NOON)

    response = post(htmx_client, deal, "won", seen=3)

    shown = one_line(response.text)
    assert "Quill &amp; Co is won." in shown
    assert "afterbegin" not in shown
    assert re.search('id="finished"[^>]* hx-swap-oob="true"', shown)
    assert "1 deal, $17,000" in shown
    assert (last_move(deal).kind, deal.outcome, deal.closed_on) == (
        "forward",
        "won",
        NOON.date(),
    )


def test_a_deal_opened_tomorrow_elsewhere_closes_no_sooner(htmx_client, rep, stages):
    tomorrow = NOON.date().replace(day=13)
    early = DealFactory(owner=rep, stage=stages[2], opened_on=tomorrow)

    assert post(htmx_client, early, "won").status_code == 200
    assert last_move(early).moved_on == tomorrow


def test_reopening_brings_the_card_back(htmx_client, rep, stages):
    lost = DealFactory(owner=rep, stage=stages[1], lost_on=NOON.date())

    refused = post(htmx_client, lost, stages[1], seen=2)
    response = post(htmx_client, lost, stages[1], seen=2, reason="They called")

    assert "Reopen in Needs agreed" in refused.text
    assert "is open again, in Needs agreed." in response.text
    assert f"afterbegin:#lane-cards-{stages[1].pk}" in response.text
    assert 'id="finished"' in response.text


# The gate


def test_the_gate_names_what_is_done_and_what_is_still_to_do(
    htmx_client, deal, stages, criterion
):
    met = ExitCriterionFactory(
        organization=deal.organization, stage=stages[0], words="We know who decides"
    )
    deal.meet(met, by=deal.owner.user, at=NOON)

    response = post(htmx_client, deal, stages[1])

    shown = one_line(response.text)
    assert response.status_code == 422
    assert "Not quite ready for Needs agreed" in shown
    assert "<b>Still to do:</b> The need is written down" in shown
    assert "Done:</span>We know who decides" in shown
    assert "Keep it here" in shown
    assert f'name="to" value="{stages[1].pk}">Move, and say why</button>' in shown
    assert 'class="field-error"' not in shown  # nobody was asked for a reason yet
    assert deal.moves.count() == 1


def test_saying_why_moves_it_and_is_kept(htmx_client, deal, stages, criterion):
    response = post(htmx_client, deal, stages[1], reason=" They asked in writing ")

    assert response.status_code == 200
    move = last_move(deal)
    assert (move.kind, move.reason) == ("override", "They asked in writing")


def test_an_empty_reason_is_asked_for_again(htmx_client, deal, stages, criterion):
    response = post(htmx_client, deal, stages[1], reason="  ")

    assert response.status_code == 422
    assert "Say why it moves on before that is done." in response.text
    assert 'aria-invalid="true"' in response.text
    assert deal.moves.count() == 1


def test_skipping_a_stage_says_which(htmx_client, deal, stages):
    shown = one_line(post(htmx_client, deal, stages[2]).text)

    assert "Not quite ready for Proposal" in shown
    assert "It would pass over Needs agreed." in shown


def test_winning_early_is_an_override(htmx_client, deal, stages):
    refused = post(htmx_client, deal, "won")
    response = post(htmx_client, deal, "won", reason="Signed on the spot")

    assert refused.status_code == 422
    assert "Not quite ready to be won" in refused.text
    assert "It would pass over Needs agreed and Proposal." in refused.text
    assert response.status_code == 200
    assert last_move(deal).kind == "override"


def test_going_back_asks_why(htmx_client, rep, stages):
    made = DealFactory(owner=rep, stage=stages[1])

    refused = post(htmx_client, made, stages[0])
    response = post(htmx_client, made, stages[0], reason="They asked for a pause")

    assert refused.status_code == 422
    assert "Back to Qualified" in refused.text
    assert "Why does it go back?" in refused.text
    assert "moved back to Qualified." in response.text
    assert last_move(made).kind == "back"


def test_losing_asks_for_the_cause(htmx_client, deal):
    refused = post(htmx_client, deal, "lost")
    empty = post(htmx_client, deal, "lost", reason="")
    response = post(htmx_client, deal, "lost", reason="They stayed put")

    assert "What was the cause?" in refused.text
    assert "is a fair answer too" in empty.text
    assert response.status_code == 200
    assert (last_move(deal).reason, deal.outcome) == ("They stayed put", "lost")


def test_a_reason_too_long_is_kept_and_said(htmx_client, deal, stages, criterion):
    response = post(htmx_client, deal, stages[1], reason="word " * 500)

    assert response.status_code == 422
    assert "Say it in fewer words: 2000 letters at most." in response.text
    assert "word word" in response.text


def test_without_htmx_the_gate_stands_on_the_deals_page(
    client, deal, stages, criterion
):
    response = post(client, deal, stages[1])

    assert response.status_code == 422
    assert "<html" in response.text
    assert "Not quite ready for Needs agreed" in response.text
    assert "hx-post" not in response.text[response.text.index('id="move-menu"') :]


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"to": ""}, "Choose where it goes."),
        ({"to": "away"}, "Choose where it goes."),
        ({"to": "999999999"}, "There is no such stage on the board."),
        ({"seen": ""}, "Load the page again"),
    ],
)
def test_what_leads_nowhere_brings_the_menu_back(
    htmx_client, deal, stages, sent, words
):
    response = post(htmx_client, deal, stages[1], **sent)

    assert response.status_code == 422
    assert words in response.text
    assert "Forward to Needs agreed" in response.text
    assert deal.moves.count() == 1


def test_another_houses_stage_is_no_stage(htmx_client, deal):
    response = post(htmx_client, deal, StageFactory(), reason="why not")

    assert response.status_code == 422
    assert deal.moves.count() == 1


# Two at one card


def test_who_looked_before_it_moved_sees_where_it_is_now(htmx_client, deal, stages):
    deal.move_to(stages[1], by=deal.owner.team.manager, on=NOON.date(), at=NOON)

    response = post(htmx_client, deal, "lost", reason="They stayed put")

    shown = one_line(response.text)
    assert response.status_code == 409
    assert "Somebody moved it while you were looking." in shown
    assert "They stayed put</textarea>" in shown
    assert "In Needs agreed." in shown
    assert f"afterbegin:#lane-cards-{stages[1].pk}" in shown
    assert len(re.findall('id="lane-head-[0-9]+" hx-swap-oob', shown)) == len(stages)
    assert 'name="seen" value="2"' in shown
    assert last_move(deal).number == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_moves_it_and_the_other_hears_of_it(deal, stages, at_once):
    manager, agreed = deal.owner.team.manager, {"reason": "as agreed"}
    answers = at_once(
        lambda: post(Client(headers=HTMX), deal, stages[1], **agreed),
        lambda: post(Client(headers=HTMX), deal, stages[2], user=manager, **agreed),
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert last_move(deal).number == 2


# Who may


def test_the_manager_may(htmx_client, deal, stages):
    manager = deal.owner.team.manager
    assert post(htmx_client, deal, stages[1], user=manager).status_code == 200
    assert last_move(deal).moved_by == manager


def test_nobody_else_may(htmx_client, deal, stages, bystander):
    answer = post(htmx_client, deal, stages[1], user=bystander)

    assert answer.status_code == 404
    assert deal.moves.count() == 1


def test_it_only_answers_to_a_post(client, deal):
    client.force_login(deal.owner.user)

    url = reverse("reps:move_deal", args=[deal.pk])
    assert client.get(url).status_code == 405


def test_it_sends_an_expired_session_to_the_login_page_and_back(htmx_client, deal):
    response = htmx_client.post(
        reverse("reps:move_deal", args=[deal.pk]),
        headers={"HX-Current-URL": "http://testserver/board/"},
    )

    back = f"{resolve_url(settings.LOGIN_URL)}?next=/board/"
    assert response.headers["HX-Redirect"] == back


# What it costs


@pytest.mark.parametrize("deals", [1, 60])
@pytest.mark.parametrize("to", ["forward", "lost"])
def test_a_move_costs_ten_queries(
    htmx_client, deal, stages, criterion, deals, to, django_assert_num_queries
):
    QuarterFactory(organization=deal.organization)
    for _ in range(deals):
        DealFactory(owner=deal.owner, stage=stages[1])
    htmx_client.force_login(deal.owner.user)
    to = {"forward": stages[1].pk, "lost": "lost"}[to]
    sent = {"to": to, "seen": 1, "reason": "as the test says"}
    url = reverse("reps:move_deal", args=[deal.pk])

    # session, user, deal; begin, lock, stages, move, deal, end; what the lanes come to
    with django_assert_num_queries(10):
        assert htmx_client.post(url, sent).status_code == 200


# In somebody's place


def test_who_stands_in_moves_it_and_the_history_says_so(client, deal, stages, noor):
    assert post(client, deal, stages[1], user=noor).status_code == 302
    move = last_move(deal)
    assert (move.moved_by, move.stood_in_for) == (noor, deal.owner.team.manager)
    StandIn.objects.all().delete()  # it stays true when nobody stands in any more
    page = page_for(client, deal.owner.user, deal.get_absolute_url())
    assert "Noor Haddad, standing in for Erin Castellano," in page


def test_the_owner_and_the_manager_stand_in_for_nobody(client, deal, stages):
    manager = deal.owner.team.manager
    post(client, deal, stages[1])
    post(client, deal, stages[2], user=manager, seen=2)
    assert set(deal.moves.values_list("stood_in_for", flat=True)) == {None}


def test_a_deal_that_is_opened_says_so_too(client, rep, stages, noor):
    client.force_login(noor)
    facts = {"account": "Quill & Co", "amount": "17000", "owner": rep.pk}
    assert client.post(reverse("reps:add_deal"), facts).status_code == 302
    move = rep.deals.get().moves.get()
    assert (move.moved_by, move.stood_in_for) == (noor, rep.team.manager)
