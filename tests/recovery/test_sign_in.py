"""E-mail and password, no public sign-up, and a mailed link to choose a password."""

import re

import pytest
from django.urls import reverse

from reps.models import User
from tests.factories.reps import OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = reverse("account_login")
PASSWORD = "a quiet whiteboard"


@pytest.fixture
def person():
    return User.objects.create_user(
        "Erin@Example.org", PASSWORD, name="Erin", organization=OrganizationFactory()
    )


def sign_in(client, email, password=PASSWORD, **query):
    return client.post(
        LOGIN, {"login": email, "password": password}, query_params=query
    )


@pytest.mark.parametrize("email", ["erin@example.org", "ERIN@EXAMPLE.ORG"])
def test_a_person_signs_in_by_e_mail_whatever_its_case(client, person, email):
    assert sign_in(client, email).url == reverse("plans:home")


def test_it_leads_back_to_where_one_was(client, person):
    assert sign_in(client, person.email, next="/team/?page=2").url == "/team/?page=2"


def test_it_leads_nobody_to_another_site(client, person):
    there = sign_in(client, person.email, next="https://elsewhere.example/")
    assert there.url == reverse("plans:home")


def test_a_wrong_password_and_an_unknown_address_read_the_same(client, person):
    def said(email):
        html = sign_in(client, email, "wrong").text
        return re.sub(r'value="[^"]*"|"X-CSRFToken": "\w+"', "", html)

    assert said(person.email) == said("nobody@example.org")


def test_whoever_may_no_longer_sign_in_does_not(client, person):
    person.is_active = False
    person.save()
    sign_in(client, person.email)
    assert client.get(reverse("plans:home")).url.startswith(LOGIN)


def test_nobody_signs_themselves_up(client):
    facts = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), facts)
    assert not User.objects.exists()


def test_a_mailed_link_leads_to_a_new_password(client, person, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body)[1]
    page = client.get(link, follow=True)
    there = page.redirect_chain[-1][0]
    client.post(there, {"password1": "another board", "password2": "another board"})
    assert sign_in(client, person.email, "another board").url == reverse("plans:home")


def test_whoever_has_no_password_yet_sets_one(client):
    person = User.objects.create_user(
        "theo@example.org", None, name="Theo", organization=OrganizationFactory()
    )
    client.force_login(person)
    page = client.get(reverse("account_change_password"), follow=True)
    assert "Choose a password" in page.text

    there = page.redirect_chain[-1][0]
    client.post(there, {"password1": PASSWORD, "password2": PASSWORD})
    client.logout()
    assert sign_in(client, person.email).url == reverse("plans:home")


def test_whoever_has_a_password_changes_it(client, person):
    client.force_login(person)
    page = client.get(reverse("account_set_password"), follow=True)
    assert "Change your password" in page.text


def test_nobody_is_written_to_who_is_not_known(client, mailoutbox):
    UserFactory(email=None)
    client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert mailoutbox == []


def test_the_door_to_change_ones_own_address_is_not_there(client, person):
    client.force_login(person)
    assert client.get("/sign-in/email/").status_code == 404
