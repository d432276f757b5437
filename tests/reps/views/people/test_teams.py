"""The list of teams."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.reps import RepFactory, TeamFactory, UserFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


def test_it_says_who_runs_a_team_what_is_above_and_how_many_sell(
    admin_client, organization
):
    west = TeamFactory(organization=organization, name="West")
    north = TeamFactory(
        organization=organization, name="North", above=west, manager=None
    )
    RepFactory(organization=organization, team=north)
    RepFactory(organization=organization, team=north, left_on=date(2020, 1, 1))

    page = " ".join(admin_client.get(reverse("reps:teams")).text.split())

    assert f"Run by {west.manager.name}" in page
    assert "below West · 1 rep </p>" in page
    assert "No manager yet" in page


def test_only_an_empty_team_can_be_removed(admin_client, organization):
    RepFactory(organization=organization)
    empty = TeamFactory(organization=organization)

    page = admin_client.get(reverse("reps:teams")).text

    assert page.count("?remove=") == 1
    assert f'href="?remove={empty.pk}"' in page


def test_it_asks_before_a_team_goes(admin_client, organization):
    empty = TeamFactory(organization=organization, name="North")
    here, gone = reverse("reps:teams"), reverse("reps:remove_team", args=[empty.pk])
    assert gone not in admin_client.get(here).text

    asked = words(admin_client.get(f"{here}?remove={empty.pk}").text)

    assert "Remove North? Nobody has ever sold in it" in asked
    assert "Remove it Keep it" in asked
    empty.refresh_from_db()


def test_a_manager_who_may_not_sign_in_is_pointed_out(admin_client, organization):
    gone = UserFactory(organization=organization, is_active=False)
    TeamFactory(organization=organization, manager=gone)

    assert "Its manager may not sign in" in admin_client.get(reverse("reps:teams")).text


@pytest.mark.parametrize("count", [1, 9])
def test_it_costs_the_same_however_many_teams(
    admin_client, organization, count, django_assert_num_queries
):
    TeamFactory.create_batch(count, organization=organization)

    # session, user, organization, teams, the two lists of choices;
    # and the masthead
    with django_assert_num_queries(7):
        admin_client.get(reverse("reps:teams"))
