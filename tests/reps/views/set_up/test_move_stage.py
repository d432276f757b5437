"""A stage moved along the board."""

import pytest
from django.urls import reverse

from reps.models import Stage
from tests.factories.reps import StageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(organization):
    """Three stages, of which the last two count; with a gap where one was removed."""
    return [
        StageFactory(
            organization=organization, name=name, order=order, is_opportunity=order > 1
        )
        for name, order in (("Prospect", 1), ("Discovery", 3), ("Proposal", 4))
    ]


def post(client, stage, to):
    return client.post(reverse("reps:move_stage", args=[stage.pk]), {"to": to})


def as_it_stands():
    stages = Stage.objects.order_by("order")
    return [f"{s.order} {s.name}{' counts' * s.is_opportunity}" for s in stages]


def test_it_moves_one_place_and_counting_goes_with_the_stage(admin_client, board):
    assert post(admin_client, board[1], "later").status_code == 302
    assert as_it_stands() == ["1 Prospect", "2 Proposal", "3 Discovery counts"]


def test_it_moves_back(admin_client, board):
    post(admin_client, board[2], "earlier")
    assert as_it_stands() == ["1 Prospect", "2 Proposal", "3 Discovery counts"]


@pytest.mark.parametrize(("place", "to"), [(0, "earlier"), (2, "later")])
def test_at_the_end_of_the_board_it_stays(admin_client, board, place, to):
    post(admin_client, board[place], to)
    assert as_it_stands() == ["1 Prospect", "2 Discovery counts", "3 Proposal counts"]


def test_htmx_gets_the_list_alone_and_says_what_happened(htmx_admin_client, board):
    response = post(htmx_admin_client, board[0], "later")

    assert response.status_code == 200
    assert "<html" not in response.text
    assert 'id="stage-list"' in response.text
    assert "Prospect is now in place 2." in response.text
