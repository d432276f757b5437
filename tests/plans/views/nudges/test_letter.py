"""A kept letter, handed out as a mail program opens it."""

from email import message_from_bytes, policy

import pytest
from django.urls import reverse

from plans.mail import Letter
from tests.factories.check_ins import NudgeFactory
from tests.factories.reps import RepFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nudge():
    letter = Letter("Your numbers", "Hi Åsa", to=["asa@example.org"])
    rep = RepFactory()
    of = {"organization": rep.organization, "person": rep.user}
    return NudgeFactory(**of, state="sent", letter=letter.source)


def got(client, user, nudge):
    client.force_login(user)
    return client.get(reverse("plans:letter", args=[nudge.pk]))


def an_admin(nudge):
    return UserFactory(organization=nudge.organization, is_admin=True)


@pytest.mark.parametrize("reader", ["the person", "an admin"])
def test_it_is_the_letter_to_the_byte(client, nudge, reader):
    user = nudge.person if reader == "the person" else an_admin(nudge)
    answer = got(client, user, nudge)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "message/rfc822"
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="nudge-{nudge.pk}.eml"'
    )
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.content.decode() == nudge.letter
    message = message_from_bytes(answer.content, policy=policy.default)
    assert message.get_content() == "Hi Åsa"


def test_it_is_not_the_managers_to_read(client, nudge):
    manager = nudge.person.rep.team.manager
    assert got(client, manager, nudge).status_code == 404


def test_an_admin_of_another_organization_finds_none(client, nudge):
    assert got(client, UserFactory(is_admin=True), nudge).status_code == 404


def test_where_letters_are_not_kept_there_is_none(client, nudge):
    of = {"organization": nudge.organization, "person": nudge.person}
    other = NudgeFactory(**of, state="sent", letter="", kind="reminder")
    assert got(client, nudge.person, other).status_code == 404


def test_it_is_not_posted_to(client, nudge):
    client.force_login(nudge.person)
    url = reverse("plans:letter", args=[nudge.pk])
    assert client.post(url).status_code == 405
