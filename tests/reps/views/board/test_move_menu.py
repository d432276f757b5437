"""The Move menu: every way a deal may go, and what each still asks for."""

import re

import pytest
from django.urls import reverse

from tests.factories.reps import (
    NOON,
    DealFactory,
    ExitCriterionFactory,
    StageFactory,
)
from tests.pages import one_line

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]

NAMES = ["Qualified", "Needs agreed", "Solution shown", "Proposal"]


@pytest.fixture
def stages(rep):
    return [
        StageFactory(organization=rep.organization, order=number, name=name)
        for number, name in enumerate(NAMES, start=1)
    ]


def deal(rep, stage, **facts):
    return DealFactory(owner=rep, stage=stage, account="Quill & Co", **facts)


def menu(client, deal, user=None, query=""):
    client.force_login(user or deal.owner.user)
    url = reverse("reps:move_menu", args=[deal.pk]) + query
    response = client.get(url, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "<html" not in response.text
    return one_line(response.text)


def choices(shown):
    """What each button sends, says and asks for."""
    return re.findall(
        r'name="to" value="(\w+)"[^>]*><span>([^<]+)</span> <small>([^<]+)</small>',
        shown,
    )


def test_from_the_middle_it_goes_every_way(client, rep, stages):
    criterion = ExitCriterionFactory(organization=rep.organization, stage=stages[1])
    ExitCriterionFactory(organization=rep.organization, stage=stages[1])
    middle = deal(rep, stages[1])
    middle.meet(criterion, by=rep.user, at=NOON)

    shown = menu(client, middle)

    assert "Move Quill &amp; Co" in shown
    assert "In Needs agreed. 1 of 2 exit criteria met." in shown
    assert choices(shown) == [
        (str(stages[2].pk), "Forward to Solution shown", "1 exit criterion open"),
        (str(stages[0].pk), "Back to Qualified", "asks why"),
        ("won", "Won", "asks why"),
        ("lost", "Lost", "asks for the cause"),
        (str(stages[3].pk), "Proposal", "asks why"),
    ]


def test_once_all_is_done_the_next_stage_is_ready(client, rep, stages):
    shown = menu(client, deal(rep, stages[0]))

    assert choices(shown)[0][1:] == ("Forward to Needs agreed", "ready")


def test_from_the_last_stage_winning_is_the_next_step(client, rep, stages):
    shown = menu(client, deal(rep, stages[3]))

    assert [choice[1:] for choice in choices(shown)][:2] == [
        ("Back to Solution shown", "asks why"),
        ("Won", "ready"),
    ]


def test_a_closed_deal_can_be_reopened_and_not_closed_again(client, rep, stages):
    shown = menu(client, deal(rep, stages[1], won_on=NOON.date()))

    assert "Won, in Needs agreed." in shown
    labels = [label for _, label, _ in choices(shown)]
    assert labels[0] == "Reopen in Needs agreed"
    others = {"Qualified", "Solution shown", "Proposal"}
    assert set(labels[1:]) == others | {"The win was a mistake"}


def test_it_knows_the_last_move_and_whose_board_it_is(client, rep, stages):
    moved = deal(rep, stages[0])
    moved.move_to(stages[1], by=rep.user, on=NOON.date(), at=NOON)

    shown = menu(client, moved, query=f"?rep={rep.pk}")

    assert 'name="seen" value="2"' in shown
    assert f'name="rep" value="{rep.pk}"' in shown


def test_the_manager_has_it(client, rep, stages):
    menu(client, deal(rep, stages[0]), rep.team.manager)


def test_those_who_only_look_have_it_not(client, rep, stages, bystander):
    client.force_login(bystander)
    url = reverse("reps:move_menu", args=[deal(rep, stages[0]).pk])

    assert client.get(url).status_code == 404


def test_it_only_answers_to_reading(client, rep, stages):
    client.force_login(rep.user)
    url = reverse("reps:move_menu", args=[deal(rep, stages[0]).pk])

    assert client.post(url).status_code == 405


def test_it_costs_four_queries(client, rep, stages, django_assert_num_queries):
    made = deal(rep, stages[0])
    client.force_login(rep.user)

    with django_assert_num_queries(4):  # session, user, deal, stages with what they ask
        client.get(reverse("reps:move_menu", args=[made.pk]))
