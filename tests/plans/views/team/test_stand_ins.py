"""Who stands in for a manager: now, later and before, and what they can do."""

import pytest
from django.urls import reverse

from tests.factories.reps import StandInFactory, UserFactory
from tests.pages import page_for, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def erin(rep):
    return rep.team.manager


@pytest.fixture
def admin(rep):
    return UserFactory(organization=rep.organization, is_admin=True, name="Ada")


def url_of(manager):
    return reverse("plans:stand_ins", args=[manager.pk])


def test_it_lists_who_does_who_will_and_who_did(client, erin, noor):
    for starts, ends, name in ((5, 9, "Ben Later"), (-9, -5, "Cal Earlier")):
        StandInFactory(manager=erin, person__name=name, starts=starts, ends=ends)
    html = words(page_for(client, erin, url_of(erin)))
    assert html.index("Noor Haddad") < html.index("Ben Later")
    assert html.index("Ben Later") < html.index("Before") < html.index("Cal Earlier")
    assert html.count("Stands in now") == 1
    assert html.count("End it now") == 1  # of Noor
    assert html.count("Take it back") == 1  # of Ben
    assert "Acting as the manager of their own plan" in html


def test_it_says_so_where_nobody_does(client, erin):
    html = page_for(client, erin, url_of(erin))
    assert "Nobody stands in for Erin Castellano, today or later." in html
    assert "Who stands in for me" in html


def test_an_admin_sees_it_from_the_people(client, admin, erin, noor):
    people = page_for(client, admin, reverse("reps:people"))
    assert f'href="{url_of(erin)}"' in people
    assert f'href="{url_of(noor)}"' not in people  # who runs no team
    html = page_for(client, admin, url_of(erin))
    assert "Who stands in for Erin Castellano" in html
    assert "Noor Haddad" in html


def test_somebody_who_may_not_sign_in_any_more_is_marked(client, erin, noor):
    noor.is_active = False
    noor.save()
    assert "May not sign in" in page_for(client, erin, url_of(erin))


def test_it_is_nobody_elses(client, rep, erin, noor, leader):
    for user in (rep.user, noor, leader, UserFactory(is_admin=True)):
        client.force_login(user)
        assert client.get(url_of(erin)).status_code == 404


def test_of_whoever_runs_no_team_there_is_none(client, admin, rep):
    client.force_login(admin)
    assert client.get(url_of(rep.user)).status_code == 404


def test_it_costs_the_same_however_many_there_were(
    client, erin, django_assert_num_queries
):
    for weeks in range(1, 4):
        StandInFactory(manager=erin, starts=-7 * weeks, ends=-7 * weeks + 2)
    client.force_login(erin)
    # session, user, manager, stand-ins, colleagues; what stands above every page
    with django_assert_num_queries(6):
        client.get(url_of(erin))
