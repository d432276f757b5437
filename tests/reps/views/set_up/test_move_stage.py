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


def test_it_moves_one_place_and_counting_goes_with_the_stage(keeper, board):
    assert post(keeper, board[1], "later").status_code == 302
    assert as_it_stands() == ["1 Prospect", "2 Proposal", "3 Discovery counts"]


def test_it_moves_back(keeper, board):
    post(keeper, board[2], "earlier")
    assert as_it_stands() == ["1 Prospect", "2 Proposal", "3 Discovery counts"]


@pytest.mark.parametrize(("place", "to"), [(0, "earlier"), (2, "later")])
def test_at_the_end_of_the_board_it_stays(keeper, board, place, to):
    post(keeper, board[place], to)
    assert as_it_stands() == ["1 Prospect", "2 Discovery counts", "3 Proposal counts"]


def test_htmx_gets_the_list_alone_and_says_what_happened(swift_keeper, board):
    response = post(swift_keeper, board[0], "later")

    assert response.status_code == 200
    assert "<html" not in response.text
    assert 'id="stage-list"' in response.text
    assert "Prospect is now in place 2." in response.text
