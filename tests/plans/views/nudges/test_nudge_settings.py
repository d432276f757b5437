"""Whether one gets the weekly letters, for oneself and nobody else."""

import pytest
from django.urls import reverse

from tests.factories.reps import RepFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("plans:nudge_settings")


@pytest.fixture
def person(client):
    person = UserFactory(email="theo@example.org")
    client.force_login(person)
    return person


def test_it_says_where_the_e_mails_go(client, person):
    RepFactory(user=person)
    html = client.get(PAGE).text
    assert "Yours go to theo@example.org." in html
    assert "Stop the weekly e-mails" in html


def test_whoever_sells_nothing_gets_none_and_has_none_to_stop(client, person):
    html = client.get(PAGE).text
    assert "You do not sell here, so none comes to you." in html
    assert "Yours go to" not in html
    assert "Stop the weekly e-mails" not in html


@pytest.mark.parametrize("wanted", ["yes", "no"])
def test_it_starts_and_stops_them(client, person, wanted):
    person.want_nudges(wanted == "no")
    response = client.post(PAGE, {"wanted": wanted})
    assert (response.status_code, response.url) == (302, PAGE)
    person.refresh_from_db()
    assert person.wants_nudges is (wanted == "yes")


def test_looking_changes_nothing(client, person):
    client.get(PAGE, {"wanted": "no"})
    client.head(PAGE)
    person.refresh_from_db()
    assert person.wants_nudges


def test_it_changes_nobody_elses(client, person):
    other = UserFactory(organization=person.organization)
    client.post(PAGE, {"wanted": "no", "person": other.pk})
    other.refresh_from_db()
    assert other.wants_nudges


def test_it_is_in_the_menu_of_the_account(client, person):
    assert f'href="{PAGE}"' in client.get("/").text


def test_whoever_sells_gets_to_their_own_letters_from_there(client, person):
    link = f'href="{reverse("plans:delivery")}"'
    assert link not in client.get(PAGE).text
    RepFactory(user=person)
    assert link in client.get(PAGE).text


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client):
    assert client.get(PAGE).status_code == 302
