"""An exit criterion ticked: what the stage asks for, and is now so."""

import pytest
from django.urls import reverse

from tests.factories.reps import (
    NOON,
    ExitCriterionFactory,
)
from tests.pages import page_for

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


def post(client, deal, criterion, user=None):
    client.force_login(user or deal.owner.user)
    url = reverse("reps:meet_criterion", args=[deal.pk, criterion.pk])
    return client.post(url)


def test_it_remembers_who_and_when_and_shows_the_steps(htmx_client, deal, criterion):
    response = post(htmx_client, deal, criterion)

    assert response.status_code == 200
    assert "<html" not in response.text
    assert f'id="deal-steps-{deal.pk}"' in response.text
    assert 'aria-pressed="true"' in response.text
    assert "data-announce>Ticked: The need is written down</p>" in response.text
    met = deal.met_criteria.get()
    assert (met.criterion, met.met_by, met.met_at) == (criterion, deal.owner.user, NOON)


def test_what_may_be_moved_now_comes_along(htmx_client, deal, criterion):
    shown = " ".join(post(htmx_client, deal, criterion).text.split())

    assert "<span>Forward to Needs agreed</span> <small>ready</small>" in shown


def test_without_htmx_it_goes_back_to_the_steps(client, deal, criterion):
    response = post(client, deal, criterion)

    there = f"{deal.get_absolute_url()}#deal-steps-{deal.pk}"
    assert response.headers["Location"] == there
    assert deal.met_criteria.exists()


def test_ticked_twice_it_keeps_who_was_first(htmx_client, deal, criterion):
    post(htmx_client, deal, criterion)
    again = post(htmx_client, deal, criterion, deal.owner.team.manager)

    assert again.status_code == 200
    assert deal.met_criteria.get().met_by == deal.owner.user


def test_only_what_its_stage_asks_for_can_be_ticked(htmx_client, deal, stages):
    others = [
        ExitCriterionFactory(stage=stages[1]),
        ExitCriterionFactory(stage=deal.stage, is_retired=True),
        ExitCriterionFactory(),
    ]
    for other in others:
        assert post(htmx_client, deal, other).status_code == 404
    assert not deal.met_criteria.exists()


def test_a_closed_deal_is_asked_nothing(htmx_client, deal, criterion):
    said = {"by": deal.owner.user, "on": NOON.date(), "at": NOON}
    deal.move_to(deal.stage, "lost", reason="They stayed put", **said)

    assert post(htmx_client, deal, criterion).status_code == 404


def test_nobody_but_the_owner_and_their_manager_may(
    htmx_client, deal, criterion, bystander
):
    assert post(htmx_client, deal, criterion, bystander).status_code == 404
    assert not deal.met_criteria.exists()


def test_it_only_answers_to_a_post(client, deal, criterion):
    client.force_login(deal.owner.user)

    url = reverse("reps:meet_criterion", args=[deal.pk, criterion.pk])
    assert client.get(url).status_code == 405


def test_who_stands_in_ticks_in_the_managers_place(client, deal, criterion, noor):
    post(client, deal, criterion, noor)
    assert deal.met_criteria.get().stood_in_for == deal.owner.team.manager
    page = page_for(client, deal.owner.user, deal.get_absolute_url())
    assert "Noor Haddad, standing in for Erin Castellano," in page
