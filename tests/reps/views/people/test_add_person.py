"""Somebody new, and the letter with which they come in."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from reps.forms.people.person import NewPersonForm
from reps.models import Rep, User
from tests.factories.reps import SegmentFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db


def post(client, **changes):
    facts = {"name": "Grace Mbeki", "email": "Grace@Example.org", "send_link": "on"}
    return client.post(reverse("reps:add_person"), facts | changes, follow=True)


def test_somebody_who_sells_is_added_and_mailed(admin_client, organization, mailoutbox):
    west = TeamFactory(organization=organization)

    page = post(admin_client, team=west.pk, joined_on="2026-11-02").text

    rep = Rep.objects.get()
    assert (rep.name, rep.team, rep.joined_on) == (
        "Grace Mbeki",
        west,
        date(2026, 11, 2),
    )
    assert rep.user.email == "grace@example.org"
    assert rep.user.organization == organization
    assert not rep.user.has_usable_password()
    assert rep.user.invited_at
    assert [letter.to for letter in mailoutbox] == [["grace@example.org"]]
    assert "The link to set a password is on its way" in page


@pytest.mark.parametrize("chosen", [True, False])
def test_who_sells_has_a_segment(admin_client, organization, chosen):
    general = SegmentFactory(organization=organization)
    enterprise = SegmentFactory(organization=organization, name="Enterprise")
    west = TeamFactory(organization=organization)

    post(admin_client, team=west.pk, **({"segment": enterprise.pk} if chosen else {}))

    assert Rep.objects.get().segment == (enterprise if chosen else general)


def test_without_the_box_or_the_address_nobody_is_mailed(admin_client, mailoutbox):
    post(admin_client, send_link="")
    post(admin_client, name="Hana Ruiz", email="", is_hr_partner="on")

    grace, hana = User.objects.filter(is_admin=False).order_by("name")
    assert grace.invited_at is None
    assert (hana.email, hana.is_hr_partner, hana.is_admin) == (None, True, False)
    assert not Rep.objects.exists()
    assert mailoutbox == []


def test_the_link_in_the_letter_lets_them_choose_a_password(
    admin_client, organization, mailoutbox
):
    post(admin_client)
    link = next(
        line for line in mailoutbox[0].body.splitlines() if "/reset/key/" in line
    )
    browser = Client()
    form = browser.get(link.removeprefix("http://testserver"), follow=True)
    password = "three calm demos a week"
    browser.post(
        form.redirect_chain[-1][0], {"password1": password, "password2": password}
    )

    assert User.objects.get(email="grace@example.org").check_password(password)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": ""}, "name", "Write something here."),
        (
            {"email": "nobody"},
            "email",
            "Write an e-mail address, such as ann@example.com.",
        ),
        ({"email": "TAKEN@example.org"}, "email", "Somebody already has this address."),
        ({"time_zone": "Mars"}, "time_zone", "Choose a time zone from the list."),
        ({"joined_on": "2026-11-02"}, "team", "Choose the team they sell in."),
    ],
)
def test_it_says_why_at_the_field(admin_client, mailoutbox, changes, field, words):
    UserFactory(email="taken@example.org")  # of another organization
    response = post(admin_client, **changes)

    assert response.status_code == 422
    assert response.context["form"].errors == {field: [words]}
    assert 'value="Grace Mbeki"' in response.text or field == "name"
    assert mailoutbox == []


def test_it_refuses_another_organizations_team(admin_client):
    response = post(admin_client, team=TeamFactory().pk)
    assert response.context["form"].errors == {"team": ["Choose one of your teams."]}


def test_who_is_a_moment_later_reads_the_same_words(organization, admin):
    facts = {"name": "Grace Mbeki", "email": "grace@example.org"}
    form = NewPersonForm(facts, organization=organization, by=admin)
    assert form.is_valid()
    UserFactory(email="grace@example.org")

    assert not form.save_if_valid()
    assert form.errors == {"email": ["Somebody already has this address."]}


def test_a_mail_server_that_is_down_keeps_nobody_out(admin_client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    page = post(admin_client).text

    assert "Grace Mbeki is added." in page
    assert "did not go out" in page
    assert User.objects.get(email="grace@example.org").invited_at is None
