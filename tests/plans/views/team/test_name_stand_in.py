"""A manager names who stands in, or an admin does for them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reps.models import Rep, StandIn
from tests.factories.reps import (
    RepFactory,
    StandInFactory,
    TeamFactory,
    UserFactory,
    todays_date,
)
from tests.pages import one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def erin(rep):
    return rep.team.manager


@pytest.fixture
def colleague(rep):
    return RepFactory(name="Noor Haddad", organization=rep.organization).user


@pytest.fixture
def today(rep):
    """By the database's clock, as by the app's: neither is stopped here."""
    return todays_date(rep.organization)


@pytest.fixture
def send(client, erin, colleague, today):
    """Sends the form, with what is to be otherwise; days are counted from today."""

    def post(*, by=erin, first=0, last=4, **otherwise):
        client.force_login(by)
        days = {
            name: str(today + timedelta(days=day)) if isinstance(day, int) else day
            for name, day in (("starts_on", first), ("ends_on", last))
        }
        facts = {"person": colleague.pk, "words": "In the mountains."}
        url = reverse("plans:name_stand_in", args=[erin.pk])
        return client.post(url, facts | days | otherwise)

    return post


def test_from_that_day_on_they_act(send, client, rep, erin, colleague, today):
    answer = send()
    assert (answer.status_code, answer.url) == (
        302,
        reverse("plans:stand_ins", args=[erin.pk]),
    )
    named = StandIn.objects.get()
    assert (named.manager, named.person, named.named_by) == (erin, colleague, erin)
    assert named.words == "In the mountains."
    assert (named.ends_on - today).days == 4
    assert rep in Rep.objects.managed_by(colleague)
    page = one_line(client.get(answer.url).text)
    assert "Noor Haddad stands in for Erin Castellano from" in page


def test_an_admin_names_somebody_for_them(send, rep, erin, colleague):
    admin = UserFactory(organization=rep.organization, is_admin=True)
    assert send(by=admin).status_code == 302
    named = StandIn.objects.get()
    assert (named.manager, named.named_by) == (erin, admin)


def test_nobody_else_does(send, rep, colleague, leader):
    StandInFactory(manager=rep.team.manager, person=colleague, starts=-3, ends=9)
    strangers = [rep.user, colleague, leader, UserFactory(is_admin=True)]
    assert {send(by=one).status_code for one in strangers} == {404}
    assert StandIn.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first": -1}, "It can begin today at the earliest."),
        ({"first": -3, "last": -1}, "This day is over already."),
        ({"first": 4, "last": 2}, "The last day comes before the first."),
        ({"last": ""}, "Choose the last day: every stand-in has one."),
        ({"first": ""}, "Choose the first day."),
        ({"first": "soon"}, "Write a day of the calendar"),
        ({"person": ""}, "Choose who stands in."),
        ({"person": "no one"}, "Choose a colleague who may sign in."),
    ],
)
def test_it_says_what_is_wrong_and_keeps_the_words(send, wrong, said):
    answer = send(**wrong)
    assert answer.status_code == 422
    assert said in one_line(answer.text)
    assert "In the mountains." in answer.text
    assert not StandIn.objects.exists()


@pytest.mark.parametrize("facts", [{"is_active": False}, {"email": None}])
def test_whoever_cannot_sign_in_is_not_offered(send, rep, facts):
    gone = UserFactory(organization=rep.organization, **facts)
    assert send(person=gone.pk).status_code == 422


def test_neither_is_whoever_left(send, rep, colleague, today):
    """Unless they have another part, as somebody who was promoted has."""
    noor = colleague.rep
    noor.left_on = today
    noor.save()
    assert send(last=0).status_code == 302
    StandIn.objects.all().delete()
    noor.left_on = today - timedelta(days=1)
    noor.save()
    assert send().status_code == 422
    TeamFactory.create_batch(2, manager=colleague, organization=rep.organization)
    assert send().status_code == 302


def test_neither_is_oneself_or_a_stranger(send, erin):
    for person in (erin, UserFactory()):
        assert send(person=person.pk).status_code == 422


def test_two_on_one_day_are_refused_at_the_field(send, erin):
    StandInFactory(manager=erin, starts=4, ends=8)
    answer = send()
    assert answer.status_code == 422
    assert "Somebody stands in on one of these days." in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert send(last=3).status_code == 302  # until the day before
