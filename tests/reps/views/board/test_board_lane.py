"""The next cards of a lane, as they are fetched when somebody scrolls there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.reps import (
    NOON,
    DealFactory,
    RepFactory,
    StageFactory,
    UserFactory,
)
from tests.reps.views.board.test_board import cards

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]

TODAY = NOON.date()


@pytest.fixture
def stage(rep):
    return StageFactory(organization=rep.organization)


def fill(rep, stage, count):
    """So many deals, of which the last was opened today."""
    return [
        DealFactory(
            owner=rep, stage=stage, opened_on=TODAY - timedelta(days=count - 1 - number)
        )
        for number in range(count)
    ]


def lane(client, user, stage, query=""):
    client.force_login(user)
    url = reverse("reps:board_lane", args=[stage.pk]) + query
    return client.get(url, headers={"HX-Request": "true"})


def mark(deal):
    return f"?after={deal.in_stage_since}_{deal.pk}"


def test_it_goes_on_where_the_lane_ended(client, rep, stage):
    deals = fill(rep, stage, 35)

    response = lane(client, rep.user, stage, mark(deals[29]))

    assert "<html" not in response.text
    assert cards(response.text) == [deal.account for deal in deals[30:]]
    assert "lane-more" not in response.text


def test_a_long_lane_goes_on_once_more(client, rep, stage):
    deals = fill(rep, stage, 62)

    response = lane(client, rep.user, stage, mark(deals[29]))

    assert len(cards(response.text)) == 30
    assert f"after={deals[59].in_stage_since}_{deals[59].pk}" in response.text


def test_one_persons_lane_goes_on_with_theirs(client, rep, stage):
    peer = RepFactory(team=rep.team)
    (mine,), _ = fill(rep, stage, 1), fill(peer, stage, 1)

    response = lane(client, rep.team.manager, stage, f"?rep={rep.pk}")

    assert cards(response.text) == [mine.account]


def test_a_strangers_lane_is_not_found(client, rep, stage):
    admin = UserFactory(organization=rep.organization, is_admin=True)
    assert lane(client, admin, stage).status_code == 404
    assert lane(client, RepFactory().user, stage).status_code == 404
    peer = RepFactory(team=rep.team)
    assert lane(client, rep.user, stage, f"?rep={peer.pk}").status_code == 404


@pytest.mark.parametrize("after", ["x", "2026-13-01_1", "2026-11-01_x"])
def test_a_mark_that_is_none_is_not_found(client, rep, stage, after):
    assert lane(client, rep.user, stage, f"?after={after}").status_code == 404


def test_it_only_answers_to_reading(client, rep, stage):
    client.force_login(rep.user)

    url = reverse("reps:board_lane", args=[stage.pk])
    assert client.post(url).status_code == 405


def test_it_costs_four_queries(client, rep, stage, django_assert_num_queries):
    deals = fill(rep, stage, 35)
    client.force_login(rep.user)
    url = reverse("reps:board_lane", args=[stage.pk]) + mark(deals[29])

    with django_assert_num_queries(4):  # session, user, who sells, the lane
        client.get(url)
