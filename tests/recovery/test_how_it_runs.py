"""*How it runs*: the checks on a page, and a test letter, for the admin alone."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from recovery import how_it_runs as page
from recovery import set_up_checks
from recovery.mail_server import mail_settings
from recovery.set_up_checks.finding import broken, fine, look
from tests.factories.reps import UserFactory
from tests.mail_sink import mail_sink

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin():
    return UserFactory(is_admin=True, name="Ada Brandt", email="ada@harbor.example")


@pytest.fixture
def client(admin):
    client = Client()
    client.force_login(admin)
    return client


def test_it_shows_every_check(client):
    html = client.get(reverse("how_it_runs")).text
    for check in set_up_checks.CHECKS:
        assert f"<h3>{check.name}</h3>" in html
    assert "PostgreSQL 18." in html


@pytest.mark.parametrize(
    ("found", "lede"),
    [
        ([fine("a"), fine("b")], "Everything works.\n"),
        ([fine("a"), look("b", "c")], "Everything works. One thing is worth a look."),
        ([broken("a", "b"), look("b", "c")], "One thing is broken."),
    ],
)
def test_it_says_first_how_it_stands(client, monkeypatch, found, lede):
    checks = [set_up_checks.Check("Part", lambda one=one: one) for one in found]
    look_at = set_up_checks.look_at_everything
    monkeypatch.setattr(
        page.set_up_checks, "look_at_everything", lambda: look_at(checks=checks)
    )
    assert lede in client.get(reverse("how_it_runs")).text


def test_set_up_leads_there(client):
    assert reverse("how_it_runs") in client.get(reverse("reps:set_up")).text


@pytest.mark.parametrize("facts", [{}, {"is_hr_partner": True}])
def test_it_is_there_for_nobody_else(client, admin, facts):
    other = UserFactory(organization=admin.organization, **facts)
    client.force_login(other)
    assert client.get(reverse("how_it_runs")).status_code == 404
    assert client.post(reverse("send_test_letter")).status_code == 404
    assert mail.outbox == []


def test_a_test_letter_goes_to_who_asks_and_the_answer_is_on_the_page(client, settings):
    with mail_sink() as sink:
        for name, value in mail_settings(sink.url).items():
            setattr(settings, name, value)
        answer = client.post(reverse("send_test_letter"), follow=True)
    assert sink.sent_to == ["ada@harbor.example"]
    assert "took the letter: 250 taken" in answer.text


def test_one_that_was_not_taken_says_why_and_what_to_do(client, settings):
    with mail_sink() as sink:
        pass
    for name, value in mail_settings(sink.url).items():
        setattr(settings, name, value)
    answer = client.post(reverse("send_test_letter"), follow=True)
    assert "The mail server could not be reached" in answer.text
    assert "let this machine reach them" in answer.text


def test_a_letter_is_sent_by_a_button_alone(client):
    assert client.get(reverse("send_test_letter")).status_code == 405
