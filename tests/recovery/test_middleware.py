"""What every answer carries: the way back after a lost session, and no cache."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse

from reps.models import User
from tests.factories.reps import RepFactory, UserFactory

pytestmark = pytest.mark.django_db
BOARD = reverse("plans:team_board")
LOGIN = resolve_url(settings.LOGIN_URL)


def test_it_sends_an_expired_htmx_session_to_sign_in_and_back(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/team/?page=2"}
    answer = client.get(BOARD, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == f"{LOGIN}?next=/team/%3Fpage%3D2"
    assert answer.text == ""


def test_it_sends_a_page_to_sign_in_and_back(client):
    assert client.get(BOARD).url == f"{LOGIN}?next={BOARD}"


def test_nothing_private_stays_in_a_cache(client):
    client.force_login(RepFactory().team.manager)
    assert "no-store" in client.get(BOARD).headers["Cache-Control"]


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_inline(client):
    client.force_login(RepFactory().team.manager)
    policy = client.get(BOARD).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_instants_are_in_the_zone_of_whoever_reads(client):
    # The operator's pages show instants; these are the quickest to find one on.
    person = UserFactory(time_zone="Asia/Tokyo", is_staff=True, is_superuser=True)
    client.force_login(person)
    User.objects.update(last_login=datetime(2026, 11, 12, 20, tzinfo=UTC))
    page = client.get(reverse("admin:reps_user_change", args=[person.pk]))
    assert "Nov. 13, 2026, 5 a.m." in page.text
