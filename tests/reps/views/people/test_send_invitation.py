"""The link to set a password, sent once more."""

import pytest
from django.urls import reverse

from tests.factories.reps import NOON, UserFactory

pytestmark = pytest.mark.django_db


def post(client, person):
    return client.post(reverse("reps:send_invitation", args=[person.pk]), follow=True)


def test_it_mails_who_added_them_to_what_and_the_link(
    admin_client, organization, mailoutbox
):
    grace = UserFactory(organization=organization, name="Grace & Co\nBcc: all")

    page = post(admin_client, grace).text

    (letter,) = mailoutbox
    assert letter.to == [grace.email]
    assert letter.subject == "Ada Keeper has added you to Second Wind"
    assert "Hello Grace & Co" in letter.body
    assert "Harbor Analytics" in letter.body
    assert "http://testserver/sign-in/password/reset/key/" in letter.body
    assert "works once, for 7 days" in letter.body
    assert f"on its way to {grace.email}" in page
    grace.refresh_from_db()
    assert grace.invited_at


def test_where_no_mail_server_is_set_it_says_that_nobody_gets_it(
    admin_client, organization, settings, tmp_path
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    grace = UserFactory(organization=organization)

    page = post(admin_client, grace).text

    assert "No mail server is set, so nobody gets it" in page
    assert f"is a file in {tmp_path}." in page
    assert "on its way" not in page


@pytest.mark.parametrize(
    "facts", [{"email": None}, {"is_active": False}, {"last_login": NOON}]
)
def test_it_is_not_for_who_cannot_sign_in_or_has(
    admin_client, organization, mailoutbox, facts
):
    person = UserFactory(organization=organization, **facts)

    assert f"No link was sent to {person.name}" in post(admin_client, person).text
    assert mailoutbox == []
