"""Whose session it is, for as long as it is: asked with every request."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from recovery.sessions import SessionStore
from tests.factories.reps import RepFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return RepFactory().user


@pytest.fixture
def signed_in(client, person):
    """A browser in which this person has signed in."""
    client.force_login(person)
    return client


def is_in(client, person) -> bool:
    response = client.get(reverse("reps:board"))
    if response.status_code == 302:
        assert response["Location"].startswith(reverse(settings.LOGIN_URL))
        return False
    return response.wsgi_request.user == person


def test_it_is_of_whoever_signed_in_and_stays(signed_in, person):
    assert is_in(signed_in, person)
    assert is_in(signed_in, person)


def test_it_ends_when_its_time_is_over(signed_in, person):
    ends_at = Session.objects.get().expire_date
    with time_machine.travel(ends_at - timedelta(seconds=1), tick=False):
        assert is_in(signed_in, person)
    with time_machine.travel(ends_at, tick=False):
        assert not is_in(signed_in, person)


@pytest.mark.parametrize("key", ["", "short", "x" * 32, "x" * 300, "%_' OR '' = '"])
def test_a_made_up_key_is_nobodys(signed_in, person, key):
    signed_in.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_in(signed_in, person)


def test_one_that_was_tampered_with_is_nobodys(signed_in, person):
    session = Session.objects.get()
    session.session_data = f"x{session.session_data}"
    session.save()
    assert not is_in(signed_in, person)


def test_one_with_another_persons_name_in_it_is_nobodys(signed_in, person):
    other = UserFactory(organization=person.organization, password="!another")
    session = signed_in.session
    session["_auth_user_id"] = str(other.pk)  # but the hash is of this one's password
    session.save()
    assert not is_in(signed_in, person)
    assert not is_in(signed_in, other)


def test_a_new_password_ends_them_all(signed_in, person):
    assert is_in(signed_in, person)
    person.set_password("another one, and a long one")
    person.save()
    assert not is_in(signed_in, person)


def test_whoever_may_not_sign_in_any_more_is_out_at_once(signed_in, person):
    assert is_in(signed_in, person)
    person.is_active = False
    person.save()
    assert not is_in(signed_in, person)
    person.is_active = True
    person.save()
    assert is_in(signed_in, person)


def test_so_is_whoever_is_not_there_any_more(client):
    person = UserFactory()
    client.force_login(person)
    assert client.get(reverse("reps:board")).status_code == 404  # sells nothing
    person.delete()
    assert client.get(reverse("reps:board")).status_code == 302


def test_signing_out_ends_it(signed_in, person):
    key = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
    signed_in.post(reverse("account_logout"))
    signed_in.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_in(signed_in, person)
    assert not Session.objects.filter(session_key=key).exists()


def test_signing_in_changes_the_key_and_keeps_what_was_in_it(client, person):
    store = SessionStore()
    store["seen"] = "before"
    store.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before = store.session_key
    person.set_password("a long enough one")
    person.save()
    form = {"login": person.email, "password": "a long enough one"}
    client.post(reverse(settings.LOGIN_URL), form)
    assert client.session["seen"] == "before"
    assert client.session[HASH_SESSION_KEY] == person.get_session_auth_hash()
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_two_people_at_two_browsers_stay_two(client, person):
    others = type(client)()
    other = RepFactory().user
    client.force_login(person)
    others.force_login(other)
    for _ in range(2):
        assert is_in(client, person)
        assert is_in(others, other)


def test_one_that_is_over_is_not_taken_up_again():
    store = SessionStore()
    store["seen"] = "yes"
    store.set_expiry(timezone.now() - timedelta(seconds=1))
    store.save()
    again = SessionStore(store.session_key)
    assert again.get("seen") is None
    assert again.session_key is None  # what is kept now gets a key of its own


def test_it_costs_one_query_and_the_person_one(signed_in, django_assert_num_queries):
    signed_in.get(reverse("reps:board"))
    store = SessionStore(signed_in.cookies[settings.SESSION_COOKIE_NAME].value)
    with django_assert_num_queries(1):
        assert store["_auth_user_id"]
