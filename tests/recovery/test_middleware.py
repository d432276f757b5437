"""What every answer carries: the way back after a lost session, and no cache."""

import re
from datetime import UTC, datetime
from time import monotonic

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from django.shortcuts import resolve_url
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from recovery.middleware import NoLongWait, _sent
from reps.models import Deal, User
from tests.factories.reps import DealFactory, RepFactory, StageFactory, UserFactory

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


@pytest.mark.parametrize(
    ("came_from", "goes_to"),
    [
        (
            "http://testserver/reps/7/week/?week=2026-11-09",
            "/reps/7/week/%3Fweek%3D2026-11-09",
        ),
        ("http://testserver/reps/7/week/log/", "/"),  # an answer of the act itself
        ("http://testserver//elsewhere.example/", "/"),
        ("", "/"),
    ],
)
def test_who_was_signed_out_comes_back_to_a_page_and_hears_what_became_of_it(
    client, came_from, goes_to
):
    """The act's own address opens nothing: it answers to a form alone."""
    act = reverse("plans:log_activity", args=[7])
    answer = client.post(act, {"change": "1"}, headers={"Referer": came_from})
    assert answer.url == f"{LOGIN}?next={goes_to}"
    client.force_login(RepFactory().user)
    assert "may not be saved" in client.get(reverse("reps:board")).text


def test_who_only_looked_hears_nothing_of_saving(client):
    client.get(BOARD)
    client.force_login(RepFactory().user)
    assert "may not be saved" not in client.get(reverse("reps:board")).text


@pytest.fixture
def https_site():
    """A site of https, as in production; the app was not told of its proxy."""
    with override_settings(SECURE_SSL_REDIRECT=True):
        yield Client()


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-Ssl": "on"},
        {"Forwarded": "for=192.0.2.7;proto=https"},
        {"Sec-Fetch-Mode": "navigate"},  # browsers say so on https alone
    ],
)
def test_a_forgotten_proxy_is_said_instead_of_redirected_to_for_ever(
    https_site, headers, caplog
):
    answer = https_site.get(LOGIN, headers=headers)
    assert answer.status_code == 503
    assert "set BEHIND_PROXY=1" in answer.text
    assert "set BEHIND_PROXY=1" in caplog.text


def test_a_visitor_by_http_is_sent_to_https(https_site):
    assert https_site.get(LOGIN).url == f"https://testserver{LOGIN}"
    localhost = {"Host": "localhost:8000", "Sec-Fetch-Mode": "navigate"}
    assert https_site.get(LOGIN, headers=localhost).status_code == 301


def test_a_container_may_ask_for_its_health_by_http(https_site):
    answer = https_site.get("/health/", headers={"X-Forwarded-Proto": "https"})
    assert answer.status_code == 200


def test_behind_a_proxy_that_says_so_it_is_as_by_https(https_site):
    proxy = ("HTTP_X_FORWARDED_PROTO", "https")
    with override_settings(SECURE_PROXY_SSL_HEADER=proxy):
        answer = https_site.get(LOGIN, headers={"X-Forwarded-Proto": "https"})
    assert answer.status_code == 200


def test_a_proxy_may_send_another_host():
    """The form comes from SITE_URL, whatever Host the proxy made of it."""
    client = Client(enforce_csrf_checks=True)
    page = client.get(LOGIN, headers={"Host": "127.0.0.1:8000"})
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    facts = {"login": "erin@x.example", "password": "-", "csrfmiddlewaretoken": token}

    def status(origin):
        headers = {"Host": "127.0.0.1:8000", "Origin": origin}
        return client.post(LOGIN, facts, headers=headers).status_code

    assert status(settings.SITE_URL) == 200
    assert status("https://elsewhere.example") == 403


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


@pytest.fixture
def held(transactional_db):
    """A deal that an import holds, on a connection of its own."""
    deal = DealFactory()
    StageFactory(organization=deal.organization, order=2)
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT FROM reps_deal WHERE id = %s FOR UPDATE", [deal.pk])
    yield deal
    other.close()


def post_to(deal, **headers):
    client = Client()
    client.force_login(deal.owner.user)
    stage = deal.organization.stages.last()
    told = {"to": stage.pk, "seen": 1, "reason": "Ana's <own> words"}
    return client.post(reverse("reps:move_deal", args=[deal.pk]), told, headers=headers)


def test_nobody_waits_longer_than_two_seconds_for_an_import(held):
    began = monotonic()
    answer = post_to(held)
    assert 2 <= monotonic() - began < 5
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "An import is working on this just now. Nothing was saved" in answer.text


@pytest.fixture
def soon_told(held, monkeypatch):
    monkeypatch.setattr(NoLongWait, "LONGEST", "50ms")
    return held


def test_what_was_sent_can_be_sent_again(soon_told):
    page = post_to(soon_told).text
    assert 'name="reason" value="Ana&#x27;s &lt;own&gt; words"' in page


def test_neither_a_password_nor_a_token_is_sent_back():
    told = {"password1": "secret", "csrfmiddlewaretoken": "t", "name": ["Ana", "Bo"]}
    request = RequestFactory().post("/", told)
    assert _sent(request) == [("name", "Ana"), ("name", "Bo")]


def test_htmx_gets_the_status_alone(soon_told):
    answer = post_to(soon_told, **{"HX-Request": "true"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert answer.text == ""


def test_other_errors_of_the_database_are_not_its(client, monkeypatch):
    deal = DealFactory()
    monkeypatch.setattr(Deal, "move_to", lambda *_, **__: _broken())
    with pytest.raises(ProgrammingError):
        post_to(deal)


def _broken():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing")
