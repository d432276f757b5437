"""A team that nobody needs."""

from datetime import date

import pytest
from django.urls import reverse

from reps.models import Team
from tests.factories.reps import RepFactory, TeamFactory

pytestmark = pytest.mark.django_db


def post(client, team):
    url = reverse("reps:remove_team", args=[team.pk])
    return client.post(url, follow=True)


def test_it_removes_an_empty_team(admin_client, organization):
    team = TeamFactory(organization=organization, name="West")

    assert "West is removed." in post(admin_client, team).text
    assert not Team.objects.exists()


@pytest.mark.parametrize("holds", ["a rep who left", "a team below"])
def test_a_team_with_a_history_stays(admin_client, organization, holds):
    team = TeamFactory(organization=organization, name="West")
    if holds == "a rep who left":
        RepFactory(organization=organization, team=team, left_on=date(2020, 1, 1))
    else:
        TeamFactory(organization=organization, above=team)

    assert (
        "West has people or teams of its own, so it stays."
        in post(admin_client, team).text
    )
    assert Team.objects.filter(pk=team.pk).exists()
