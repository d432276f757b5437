"""A new deal, put on the board by its owner or the owner's manager."""

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from reps.models import Deal
from tests.factories.reps import (
    NOON,
    RepFactory,
    UserFactory,
)
from tests.pages import one_line

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6", "stages"),
]


def post(client, user, **changes):
    client.force_login(user)
    facts = {"account": "Quill & Co", "product": "Basic", "amount": "$17,000"}
    facts |= {"expected_close_on": "2026-12-04"} | changes
    return client.post(reverse("reps:add_deal"), facts)


def test_it_stands_in_the_first_stage_as_of_today(client, rep):
    response = post(client, rep.user)

    assert response.headers["Location"] == "/board/"
    deal = Deal.objects.get()
    assert (deal.account, deal.product, deal.amount) == ("Quill & Co", "Basic", 17_000)
    assert (deal.owner, deal.stage.name) == (rep, "Qualified")
    assert (deal.opened_on, deal.in_stage_since) == (NOON.date(), NOON.date())
    assert deal.expected_close_on.isoformat() == "2026-12-04"
    move = deal.moves.get()
    assert (move.kind, move.moved_by) == ("opened", rep.user)
    shown = client.get("/board/").text
    assert "Quill &amp; Co is on the board, in Qualified." in shown


def test_product_and_close_may_be_left_open(client, rep):
    post(client, rep.user, product="", expected_close_on="")

    deal = Deal.objects.get()
    assert (deal.product, deal.expected_close_on) == ("", None)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"account": " "}, "account", "Say which account it is."),
        ({"amount": ""}, "amount", "Say what it is worth. A guess will do."),
        ({"amount": "plenty"}, "amount", "Use an amount in figures"),
        ({"amount": "-5"}, "amount", "more than nothing"),
        ({"amount": "0"}, "amount", "more than nothing"),
        ({"expected_close_on": "soon"}, "expected_close_on", "Write a day of the"),
        ({"expected_close_on": "9999-12-31"}, "expected_close_on", "2000 to 2100"),
        ({"account": "x" * 121}, "account", "at most 120 letters"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_the_words_are_kept(
    client, rep, changes, field, words
):
    response = post(client, rep.user, **changes)

    shown = " ".join(response.text.split())
    assert response.status_code == 422
    assert re.search(rf'id="id_{field}_error".*?{re.escape(words)}', shown)
    assert re.search(rf'name="{field}"[^>]* autofocus', shown)
    assert 'value="Basic"' in shown
    assert not Deal.objects.exists()


def test_a_manager_says_whose_it_is(client, rep):
    RepFactory(team=rep.team)
    manager = rep.team.manager

    nobody = post(client, manager)
    response = post(client, manager, owner=rep.pk, rep=rep.pk)

    assert nobody.status_code == 422
    assert "Say whose deal it is." in nobody.text
    assert response.headers["Location"] == f"/board/?rep={rep.pk}"
    deal = Deal.objects.get()
    assert (deal.owner, deal.moves.get().moved_by) == (rep, manager)


def test_a_rep_opens_none_for_somebody_else(client, rep):
    peer = RepFactory(team=rep.team)

    post(client, rep.user, owner=peer.pk)

    assert Deal.objects.get().owner == rep


def test_the_form_makes_a_key_of_its_own(client, rep):
    client.force_login(rep.user)
    pages = [one_line(client.get("/board/?add=1").text) for _opened in range(2)]
    keys = [re.search(r'name="key" value="([^"]+)"', page)[1] for page in pages]
    assert UUID(keys[0]) != UUID(keys[1])


@pytest.mark.django_db(transaction=True)
def test_sent_twenty_times_at_once_it_is_one_deal(rep, at_once):
    key = uuid4()
    answers = at_once(*[lambda: post(Client(), rep.user, key=key)] * 20)
    assert [answer.headers["Location"] for answer in answers] == ["/board/"] * 20
    assert Deal.objects.get().moves.count() == 1


def test_another_deal_in_a_form_gone_back_to_is_one_more(client, rep):
    key = uuid4()
    for account in ("Quill & Co", "Quill & Sons", "Quill & Sons"):
        post(client, rep.user, account=account, key=key)
    accounts = Deal.objects.order_by("pk").values_list("account", flat=True)
    assert list(accounts) == ["Quill & Co", "Quill & Sons"]


def test_a_key_that_is_none_opens_nothing(client, rep):
    assert post(client, rep.user, key="abc").status_code == 422
    assert not Deal.objects.exists()


def test_nobody_else_can_be_the_owner(client, rep):
    RepFactory(team=rep.team)
    left = RepFactory(team=rep.team, left_on=NOON.date().replace(day=1))
    for owner in (RepFactory(organization=rep.organization), RepFactory(), left):
        response = post(client, rep.team.manager, owner=owner.pk)
        assert response.status_code == 422
    assert not Deal.objects.exists()


@pytest.mark.parametrize("who", ["is_admin", "is_hr_partner"])
def test_whoever_sells_nothing_finds_nothing(client, rep, who):
    user = UserFactory(organization=rep.organization, **{who: True})

    assert post(client, user).status_code == 404
    assert not Deal.objects.exists()


def test_the_leader_above_opens_none(client, leader):
    assert post(client, leader).status_code == 404
    assert not Deal.objects.exists()


def test_without_a_stage_to_open_it_in_there_is_none(client):
    assert post(client, RepFactory().user).status_code == 404
    assert not Deal.objects.exists()


def test_it_only_answers_to_a_post(client, rep):
    client.force_login(rep.user)

    assert client.get(reverse("reps:add_deal")).status_code == 405
