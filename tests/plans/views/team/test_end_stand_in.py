"""Taken back before it begins, or ended today: nothing is there for them any more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reps.models import Rep, StandIn
from tests.factories.reps import StandInFactory, UserFactory, todays_date
from tests.pages import one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def erin(rep):
    return rep.team.manager


@pytest.fixture
def stand_in(erin):
    return lambda **days: StandInFactory(
        manager=erin, person__name="Noor Haddad", **days
    )


def post(client, by, stand_in):
    client.force_login(by)
    url = reverse("plans:end_stand_in", args=[stand_in.pk])
    return client.post(url, follow=True)


@pytest.mark.parametrize("ends", [0, 30])
def test_it_is_over_at_once(client, rep, erin, stand_in, ends):
    named = stand_in(ends=ends)
    assert Rep.objects.managed_by(named.person).get() == rep
    answer = post(client, erin, named)
    assert not Rep.objects.managed_by(named.person).exists()
    named.refresh_from_db()
    assert named.ends_on == todays_date(erin.organization) - timedelta(days=1)
    said = "From now on Noor Haddad does not stand in for Erin Castellano."
    assert said in one_line(answer.text)


def test_one_of_today_alone_goes(client, rep, erin, stand_in):
    named = stand_in(starts=0, ends=9)
    post(client, erin, named)
    assert not Rep.objects.managed_by(named.person).exists()
    assert not StandIn.objects.exists()


def test_taken_back_it_never_was(client, erin, stand_in):
    answer = post(client, erin, stand_in(starts=2, ends=9))
    assert not StandIn.objects.exists()
    assert "Taken back: Noor Haddad does not stand in." in one_line(answer.text)


def test_one_that_is_over_stays_as_it_was(client, erin, stand_in):
    named = stand_in(starts=-9, ends=-2)
    last = named.ends_on
    answer = post(client, erin, named)
    assert "It is over already: Noor Haddad stood in until" in one_line(answer.text)
    named.refresh_from_db()
    assert named.ends_on == last


def test_an_admin_ends_it_and_nobody_else(client, rep, stand_in, leader):
    named = stand_in(ends=30)
    admin = UserFactory(organization=rep.organization, is_admin=True)
    for one in (named.person, rep.user, leader, UserFactory(is_admin=True)):
        assert post(client, one, named).status_code == 404
    assert post(client, admin, named).status_code == 200
    named.refresh_from_db()
    assert named.ends_on < todays_date(rep.organization)
