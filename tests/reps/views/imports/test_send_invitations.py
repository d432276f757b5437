"""Invite those who came with a file: by an admin, each once, as many as there are."""

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse

from reps.models import User
from tests.factories.imports import FileImportFactory, result
from tests.factories.reps import NOON, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def brought(organization, admin):
    """A file of people that came in, with Mira, Theo, and Kai who has no address."""
    new = [
        UserFactory(organization=organization, name=name, email=email)
        for name, email in (("Theo", "t@x.org"), ("Mira", "m@x.org"), ("Kai", None))
    ]
    return FileImportFactory(
        organization=organization,
        by=admin,
        kind="people",
        state="brought_in",
        brought_in_at=NOON,
        result=result(made={"user": [user.pk for user in new]}),
    )


def send(client, brought):
    url = reverse("reps:send_invitations", args=[brought.pk])
    return client.post(url, follow=True)


def invited():
    return set(User.objects.exclude(invited_at=None).values_list("name", flat=True))


def test_who_is_new_and_has_an_address_gets_the_link_once(admin_client, brought):
    page = admin_client.get(brought.get_absolute_url())
    assert "Send 2 invitations" in page.text

    answer = send(admin_client, brought)

    assert "2 links to set a password are on their way." in answer.text
    assert [letter.to for letter in mail.outbox] == [["m@x.org"], ["t@x.org"]]
    assert invited() == {"Mira", "Theo"}
    assert reverse("reps:send_invitations", args=[brought.pk]) not in answer.text
    assert "on their way" not in send(admin_client, brought).text
    assert len(mail.outbox) == 2


def test_where_letters_are_kept_as_files_it_says_in_which_folder(
    admin_client, brought, settings, tmp_path
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path

    answer = send(admin_client, brought)

    assert "No mail server is set, so nobody gets them" in answer.text
    assert str(tmp_path) in answer.text
    assert "on their way" not in answer.text


def test_where_the_mail_server_gives_up_the_rest_can_be_sent_again(
    admin_client, brought, monkeypatch
):
    def send_one(self, letters):
        if "t@x.org" in letters[0].to:
            raise OSError("full")
        return 1

    monkeypatch.setattr(EmailBackend, "send_messages", send_one)

    answer = send(admin_client, brought)

    assert "The mail server took 1 of 2 invitations." in answer.text
    assert invited() == {"Mira"}
    assert "Send 1 invitation" in answer.text


def test_before_it_is_in_nobody_is_invited(admin_client, brought):
    brought.end_job(state="ready")
    send(admin_client, brought)
    assert mail.outbox == []


def test_it_is_an_admins_of_this_organization(client, brought, organization):
    for person in (
        UserFactory(organization=organization),
        UserFactory(is_admin=True),
    ):
        client.force_login(person)
        assert send(client, brought).status_code == 404
    assert mail.outbox == []


def test_it_is_a_button(admin_client, brought):
    url = reverse("reps:send_invitations", args=[brought.pk])
    assert admin_client.get(url).status_code == 405
