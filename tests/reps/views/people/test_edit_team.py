"""A team's name, who runs it, the team above."""

import pytest
from django.urls import reverse

from tests.factories.reps import TeamFactory
from tests.forms import form_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def west(organization):
    return TeamFactory(organization=organization, name="West")


def post(client, team, **changes):
    url = reverse("reps:edit_team", args=[team.pk])
    sent = form_in(client.get(reverse("reps:teams"), {"edit": team.pk}), url)
    return client.post(url, sent | changes)


def test_it_saves_the_team(admin_client, west, admin):
    assert (
        post(admin_client, west, name="Far West", manager=admin.pk).status_code == 302
    )

    west.refresh_from_db()
    assert (west.name, west.manager) == ("Far West", admin)


def test_the_list_keeps_the_saved_name_while_another_is_refused(admin_client, west):
    other = TeamFactory(organization=west.organization, name="North")
    response = post(admin_client, west, name="North")

    assert response.status_code == 422
    assert "Change West" in response.text
    assert [team.name for team in response.context["teams"]] == ["North", "West"]
    assert other.name in response.text


def test_it_refuses_a_loop(admin_client, west):
    below = TeamFactory(above=west)
    response = post(admin_client, west, above=below.pk)

    assert response.status_code == 422
    said = {"above": ["Choose a team that is there and not below this one."]}
    assert response.context["form"].errors == said


def test_a_manager_who_may_not_sign_in_any_more_can_stay(admin_client, west):
    west.manager.is_active = False
    west.manager.save()

    assert post(admin_client, west, name="Far West").status_code == 302
