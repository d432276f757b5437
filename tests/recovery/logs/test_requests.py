"""A line for each request; its id is in the answer, and on the page of an error."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from plans.links import week_token
from recovery.logs import requests
from reps.forms.set_up.organization import OrganizationForm
from tests.factories.reps import MONDAY, UserFactory

pytestmark = pytest.mark.django_db
SENT = "0af7651916cd43dd8448eb211c80319c"


@pytest.fixture
def admin():
    return UserFactory(is_admin=True)


@pytest.fixture
def client(admin):
    client = Client(raise_request_exception=False)
    client.force_login(admin)
    return client


def test_it_says_route_status_time_and_by_number_for_whom(written, client, admin):
    answer = client.get(reverse("reps:set_up"))
    (line,) = written.of("request")
    assert line["ms"] > 0
    told = ("level", "method", "route", "status", "user", "organization")
    assert [line[fact] for fact in told] == [
        *("info", "GET", "reps:set_up", 200, admin.pk, admin.organization_id)
    ]
    assert line["request"] == answer.headers["X-Request-ID"]


def test_a_link_from_a_letter_is_its_route_and_not_its_secret(written, rep):
    token = week_token(rep, MONDAY)
    Client().get(reverse("plans:week_by_link", args=[token]))
    assert written.of("request")[0]["route"] == "plans:week_by_link"
    assert token not in written.getvalue()


def test_what_is_nowhere_has_a_line_without_a_route(written, client):
    client.get("/secret/place/")
    (line,) = written.of("request")
    assert (line["route"], line["status"]) == (None, 404)


def test_an_error_has_its_kind_and_place_and_the_page_its_id(
    written, client, monkeypatch
):
    def fail(form):
        raise ValueError("a person's words")

    monkeypatch.setattr(OrganizationForm, "save_if_valid", fail)
    answer = client.post(reverse("reps:edit_organization"), {})
    (line,) = written.of("request")
    assert (answer.status_code, line["status"], line["level"]) == (500, 500, "error")
    assert line["error"] == ["ValueError()"]
    assert line["where"][-1].startswith("tests/recovery/logs/test_requests.py:")
    assert f"<code>{line['request']}</code>" in answer.text
    assert line["request"] == answer.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("behind_proxy", "sent", "kept"),
    [
        (True, SENT, True),
        (True, "6ec07a1b-7d7e-4a86-b1d8-0ab1ee9c5a3f", True),
        (False, SENT, False),  # a visitor's
        (True, "erin@calder.example", False),
        (True, f'{SENT}"\n', False),
        (True, "abc", False),
        (True, "a" * 65, False),
        (True, "", False),
    ],
)
def test_a_proxys_id_is_taken_over(client, settings, behind_proxy, sent, kept):
    settings.BEHIND_PROXY = behind_proxy
    answer = client.get("/health/", headers={"X-Request-ID": sent})
    given = answer.headers["X-Request-ID"]
    assert (given == sent) == kept
    assert requests.REQUEST_ID.fullmatch(given)


def test_every_request_has_an_id_of_its_own(client):
    ids = {client.get("/health/").headers["X-Request-ID"] for _ in range(3)}
    assert len(ids) == 3
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in ids)


def test_a_word_for_a_method_is_not_repeated(written, client):
    client.generic("ERIN", "/health/")
    assert written.of("request")[0]["method"] == "other"


def test_it_asks_the_database_nothing(client, django_assert_num_queries):
    """Health's own two: SELECT 1, and since when a nudge waits."""
    with django_assert_num_queries(2):
        Client().get("/health/")
