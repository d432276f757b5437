"""Who sets up says which team they run, or whom they invite to run it."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from reps.models import Team, User
from tests.factories.reps import TeamFactory, UserFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]

QUESTION = "Which team do you run?"


def start(client, **typed):
    return client.post(reverse("reps:start_first_team"), typed, follow=True)


def test_an_admin_who_runs_one_is_led_to_its_board(admin_client):
    assert QUESTION in admin_client.get(reverse("reps:set_up")).text

    answer = start(admin_client, name="West", whose="mine")

    assert "West is yours." in answer.text
    assert QUESTION not in answer.text
    assert Team.objects.get().manager.is_admin
    home = admin_client.get(reverse("plans:home"))
    assert home.url == reverse("plans:team_board")


def test_whoever_is_to_run_it_is_invited(admin_client):
    answer = start(
        admin_client,
        name="West",
        whose="others",
        manager_name="Erin Castellano",
        manager_email="Erin@Harbor.example",
    )

    assert "West is added, and Erin Castellano runs it." in answer.text
    erin = Team.objects.get(name="West").manager
    assert (erin.name, erin.email) == ("Erin Castellano", "erin@harbor.example")
    assert not erin.has_usable_password()
    (letter,) = mail.outbox
    assert letter.to == ["erin@harbor.example"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"whose": "mine"}, "Say what the team is called."),
        ({"name": "West"}, "Say who runs it."),
        ({"name": "West", "whose": "others"}, "They need an address, to come in."),
        (
            {
                "name": "West",
                "whose": "others",
                "manager_name": "Erin",
                "manager_email": "TAKEN@harbor.example",
            },
            "Somebody already has this address.",
        ),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_half_made(
    admin_client, typed, said
):
    UserFactory(email="taken@harbor.example")
    people = User.objects.count()

    answer = start(admin_client, **typed)

    assert answer.status_code == 422
    assert said in answer.text
    assert typed.get("manager_name", "") in answer.text
    assert not Team.objects.exists()
    assert User.objects.count() == people


def test_what_was_typed_of_somebody_else_is_in_nobodys_way(admin_client):
    answer = start(admin_client, name="West", whose="mine", manager_email="erin@")
    assert "West is yours." in answer.text


def test_the_form_is_taken_from_the_page_as_it_stands(admin):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin)
    page = client.get(reverse("reps:set_up")).text
    form = page[page.index(reverse("reps:start_first_team")) :]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]

    start(client, name="West", whose="mine", csrfmiddlewaretoken=token)

    assert Team.objects.get().manager == admin


def test_with_a_team_there_nobody_is_asked(admin_client, organization):
    TeamFactory(organization=organization)
    assert QUESTION not in admin_client.get(reverse("reps:set_up")).text
