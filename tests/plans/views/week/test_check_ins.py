"""Everybody's check-ins: those that wait for the reader's answer, then the latest."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories.check_ins import CheckInFactory
from tests.factories.reps import (
    MONDAY,
    NOON,
    ActivityEntryFactory,
    ActivityKindFactory,
    RepFactory,
    TeamFactory,
)
from tests.pages import one_line

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]
PAGE = reverse("plans:check_ins")


@pytest.fixture
def team():
    return TeamFactory()


def checked_in(team, name, *, weeks_ago=0, answer="", **facts):
    rep = RepFactory(team=team, name=name)
    check_in = CheckInFactory(
        organization=team.organization,
        rep=rep,
        week=MONDAY - timedelta(weeks=weeks_ago),
        **facts,
    )
    if answer:
        check_in.answer(answer, by=team.manager, at=NOON)
    return check_in


def page(client, reader, query=""):
    client.force_login(reader)
    response = client.get(f"{PAGE}{query}")
    assert response.status_code == 200
    return response.text


def names(html):
    return re.findall(r'<h3>(?:<a href="[^"]+">)?([^<]+)<', html)


def test_whoever_waits_comes_first_the_longest_waiting_on_top(client, team):
    checked_in(team, "Answered", answer="Good.")
    checked_in(team, "Waits", weeks_ago=0)
    checked_in(team, "Waits longest", weeks_ago=2)
    checked_in(team, "Answered before", weeks_ago=1, answer="Fine.")
    shown = names(page(client, team.manager))
    assert shown == ["Waits longest", "Waits", "Answered", "Answered before"]


def test_words_and_answers_are_there_for_the_own_manager(client, team):
    checked_in(team, "Theo", moved="Larkspur has a date.", answer="Take Maya along.")
    html = page(client, team.manager)
    assert "Larkspur has a date." in html
    assert "Take Maya along." in html


def test_without_words_nothing_waits(client, team):
    checked_in(team, "Theo", moved="")
    html = page(client, team.manager)
    assert "Waiting for your answer" not in html
    assert "the numbers are right as they are" in html


def test_a_leader_above_sees_that_and_when(client, team):
    team.above = TeamFactory(organization=team.organization)
    team.save()
    checked_in(team, "Theo", moved="Larkspur has a date.", answer="Take Maya along.")
    checked_in(team, "Ana", moved="A canary")
    checked_in(team, "Ben", moved="")
    html = page(client, team.above.manager)
    assert names(html) == ["Ana", "Ben", "Theo"]
    assert "Thu 12 Nov, 12:00" in html
    stands = re.findall(r'<p class="small soft">([^<]+)</p>', html)
    assert stands == [
        "Not answered yet.",
        "There is nothing to answer.",
        "It is answered.",
    ]
    for words in ("Larkspur", "Take Maya", "canary", "<textarea"):
        assert words not in html


def test_it_hides_another_managers_people(client, team):
    RepFactory(team=team)
    checked_in(TeamFactory(organization=team.organization), "Zoe")
    assert "Nobody has checked in yet" in page(client, team.manager)


def test_whoever_runs_no_team_finds_nothing(client, team):
    client.force_login(RepFactory(team=team).user)
    assert client.get(PAGE).status_code == 404


def test_it_shows_so_many_at_once(client, team):
    for number in range(26):
        checked_in(team, f"Rep {number:02}", answer="Fine.")
    assert len(names(page(client, team.manager))) == 25
    assert names(page(client, team.manager, "?page=2")) == ["Rep 25"]


@pytest.mark.parametrize("many", [1, 12])
def test_it_costs_the_same_however_many(client, team, many, django_assert_num_queries):
    for number in range(many):
        checked_in(team, f"Waits {number}")
        checked_in(team, f"Answered {number}", answer="Fine.")
    client.force_login(team.manager)

    # Session, user, teams run; those that wait, their words and answers; how many
    # others, this page of them, their words, answers and who answered; the masthead.
    with django_assert_num_queries(11):
        client.get(PAGE)


def test_a_week_is_a_line_with_its_number_and_those_to_answer_next_are_open(
    client, team
):
    demos = ActivityKindFactory(organization=team.organization, name="Demos held")
    for number in range(4):
        rep = checked_in(team, f"Waits {number}", moved="Larkspur").rep
        ActivityEntryFactory(rep=rep, kind=demos, week=MONDAY, change=number + 1)
    checked_in(team, "Answered", answer="Fine.")
    html = one_line(page(client, team.manager))
    lines = re.findall(r'<details class="sheet week-fold"( open)?>\s*<summary>', html)
    assert lines == [" open"] * 3 + ["", ""]
    for number in range(4):
        assert f"Demos held: {number + 1}" in html


def test_a_week_is_named_by_its_first_day(client, team):
    checked_in(team, "Theo")
    assert "Week of 9 November" in one_line(page(client, team.manager))
    team.organization.first_day_of_week = 7
    team.organization.save()
    shown = one_line(page(client, team.manager))
    assert "Week of 8 November" in shown
    assert f"?week={MONDAY}" in shown
