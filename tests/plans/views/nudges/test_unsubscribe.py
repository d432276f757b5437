"""The letters stopped from a letter: by a button, or by one click of a mail program."""

import pytest
from django.test import Client
from django.urls import reverse

from plans.links import person_token, unsubscribe_link
from tests.factories.reps import UserFactory

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def person():
    return UserFactory(name="Theo")


def url_of(person):
    return reverse("plans:unsubscribe", args=[person_token(person)])


def wants(person):
    person.refresh_from_db()
    return person.wants_nudges


@pytest.mark.parametrize("multipart", [True, False])
def test_one_click_needs_neither_cookie_nor_token(person, multipart):
    stranger = Client(enforce_csrf_checks=True)
    body = "List-Unsubscribe=One-Click"
    form = "application/x-www-form-urlencoded"
    if multipart:
        response = stranger.post(unsubscribe_link(person), ONE_CLICK)
    else:
        response = stranger.post(unsubscribe_link(person), body, content_type=form)
    assert response.status_code == 200
    assert not response.cookies.keys() & {"sessionid"}
    assert not wants(person)


@pytest.mark.parametrize("verb", ["get", "head"])
def test_looking_changes_nothing(client, person, verb):
    response = getattr(client, verb)(url_of(person), ONE_CLICK)
    assert response.status_code == 200
    assert wants(person)


def test_it_asks_and_then_says_it_is_done(client, person):
    assert "Stop the weekly e-mails?" in client.get(url_of(person)).text
    assert "The e-mails are stopped" in client.post(url_of(person)).text
    assert "The e-mails are stopped" in client.get(url_of(person)).text
    assert client.post(url_of(person)).status_code == 200
    assert not wants(person)


def test_it_promises_no_more_than_is_kept(client, person):
    """What the admin sees: `test_delivery`; what the manager does not: there, too."""
    said = client.post(url_of(person)).text
    assert "Only whoever keeps the set-up can see that you stopped them" in said
    assert "Nobody is told" not in said


def test_it_stops_nobody_elses(client, person):
    other = UserFactory(organization=person.organization)
    client.post(url_of(person))
    assert wants(other)


def test_a_forged_link_stops_nothing(client, person):
    response = client.post(url_of(person).replace("stop/W", "stop/X"))
    assert response.status_code == 404
    assert "This link does not open any more" in response.text
    assert wants(person)


def test_nothing_of_it_is_kept_by_a_cache_or_found_by_a_search_engine(client, person):
    headers = client.get(url_of(person)).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Referrer-Policy"] == "no-referrer"
