"""Days away, taken back."""

import re

import pytest
from django.urls import reverse

from reps.models import Absence
from tests.factories.reps import AbsenceFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


@pytest.fixture
def absence(rep):
    return AbsenceFactory(rep=rep)  # 9 to 13 November


def post(client, absence, *, user=None):
    client.force_login(user or absence.rep.user)
    return client.post(reverse("plans:remove_absence", args=[absence.pk]))


def test_it_removes_the_days_and_shows_the_list(htmx_client, absence):
    response = post(htmx_client, absence)

    shown = " ".join(response.text.split())
    assert response.status_code == 200
    assert response.headers["HX-Trigger"] == '{"absence-removed": {}}'
    assert 'id="absence-list"' in shown
    assert "<html" not in shown
    assert "No days away are noted from today on." in shown
    assert "The days away are removed.</p>" in shown
    assert not Absence.objects.exists()


def test_the_weeks_come_along_since_they_changed(htmx_client, absence):
    shown = " ".join(post(htmx_client, absence).text.split())

    assert re.search('id="activity-weeks"[^>]*hx-swap-oob="true"', shown)


def test_the_focus_goes_to_the_list_since_the_button_is_gone(htmx_client, absence):
    shown = " ".join(post(htmx_client, absence).text.split())

    assert '<h2 id="absence-list-title" tabindex="-1" autofocus>' in shown


def test_without_htmx_it_goes_back_to_the_list(client, absence):
    response = post(client, absence)

    page = reverse("plans:rep_detail", args=[absence.rep.pk])
    assert response.headers["Location"] == f"{page}#absence-list"
    assert not Absence.objects.exists()


def test_other_days_stay(htmx_client, absence):
    other = AbsenceFactory(organization=absence.organization)
    post(htmx_client, absence)

    assert Absence.objects.get() == other


def test_the_manager_may(htmx_client, absence):
    manager = absence.rep.team.manager

    response = post(htmx_client, absence, user=manager)

    assert response.status_code == 200
    assert "Note days away" in response.text


def test_nobody_else_may(htmx_client, absence, bystander):
    assert post(htmx_client, absence, user=bystander).status_code == 404
    assert Absence.objects.exists()


def test_a_second_time_there_is_nothing_to_remove(htmx_client, absence):
    post(htmx_client, absence)

    assert post(htmx_client, absence).status_code == 404


def test_it_only_answers_to_a_post(client, absence):
    client.force_login(absence.rep.user)
    url = reverse("plans:remove_absence", args=[absence.pk])

    assert client.get(url).status_code == 405
    assert Absence.objects.exists()
