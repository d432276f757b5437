"""A tick that was a mistake, taken back."""

import pytest
from django.urls import reverse

from tests.factories.reps import (
    NOON,
    DealFactory,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


@pytest.fixture
def criterion(deal, criterion):
    """One that the deal's owner has ticked."""
    deal.meet(criterion, by=deal.owner.user, at=NOON)
    return criterion


def post(client, deal, criterion, user=None):
    client.force_login(user or deal.owner.user)
    url = reverse("reps:unmeet_criterion", args=[deal.pk, criterion.pk])
    return client.post(url)


def test_it_is_open_again(htmx_client, deal, criterion):
    response = post(htmx_client, deal, criterion)

    assert response.status_code == 200
    assert 'aria-pressed="false"' in response.text
    assert f"data-announce>Not ticked any more: {criterion}</p>" in response.text
    assert not deal.met_criteria.exists()


def test_the_manager_may_and_others_ticks_stay(htmx_client, deal, criterion):
    other = DealFactory(owner=deal.owner)
    other.meet(criterion, by=deal.owner.user, at=NOON)

    manager = deal.owner.team.manager
    assert post(htmx_client, deal, criterion, manager).status_code == 200
    assert not deal.met_criteria.exists()
    assert other.met_criteria.exists()


def test_without_htmx_it_goes_back_to_the_steps(client, deal, criterion):
    response = post(client, deal, criterion)

    there = f"{deal.get_absolute_url()}#deal-steps-{deal.pk}"
    assert response.headers["Location"] == there


def test_once_the_deal_has_moved_on_its_ticks_stay(
    htmx_client, deal, stages, criterion
):
    deal.move_to(stages[1], by=deal.owner.user, on=NOON.date(), at=NOON)

    assert post(htmx_client, deal, criterion).status_code == 404
    assert deal.met_criteria.exists()


def test_nobody_but_the_owner_and_their_manager_may(
    htmx_client, deal, criterion, bystander
):
    assert post(htmx_client, deal, criterion, bystander).status_code == 404
    assert deal.met_criteria.exists()


def test_it_only_answers_to_a_post(client, deal, criterion):
    client.force_login(deal.owner.user)

    url = reverse("reps:unmeet_criterion", args=[deal.pk, criterion.pk])
    assert client.get(url).status_code == 405
