"""The page behind a letter's link: this week's numbers, and nothing else in reach."""

import re
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from plans.links import nudge_token, person_token, week_token
from plans.models import Energy
from tests.factories.check_ins import CheckInFactory, NudgeFactory
from tests.factories.reps import (
    MONDAY,
    ActivityEntryFactory,
    RepFactory,
)
from tests.plans.test_links import tampered

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6", "two_demos"),
]


def url_of(rep, week=MONDAY):
    return reverse("plans:week_by_link", args=[week_token(rep, week)])


def rows():
    """How many rows every table has."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


def test_it_shows_the_weeks_numbers_and_one_button(client, rep):
    html = client.get(url_of(rep)).text
    assert "Theo Lindqvist, how is the week going?" in html  # Friday is to come
    assert "9–15 November" in html
    assert re.search(r'name="count-\d+" value="2"', html)
    assert html.count("<button class=") == 1
    assert "Yes, these are right" in html
    assert "It opens until Sunday 22 November." in html


def test_it_is_of_the_week_in_the_link_and_no_other(client, rep):
    html = client.get(url_of(rep, date(2026, 11, 2))).text
    assert "2–8 November" in html
    assert "how did the week go?" in html
    assert re.search(r'name="count-\d+" value="0"', html)


@pytest.mark.parametrize("verb", ["get", "head", "options", "put", "delete", "post"])
def test_looking_changes_nothing_whatever_the_verb(client, rep, verb):
    url, before = url_of(rep), rows()
    response = getattr(client, verb)(url, {"count-1": "9"})
    assert response.status_code == (200 if verb in {"get", "head"} else 405)
    assert rows() == before


def test_it_makes_no_session_and_asks_for_no_caching(client, rep):
    response = client.get(url_of(rep))
    assert settings.SESSION_COOKIE_NAME not in client.cookies
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_it_leads_nowhere_but_to_sign_in(client, rep):
    html = client.get(url_of(rep)).text
    links = re.findall(r'<a [^>]*href="([^"]+)"', html)
    assert [link for link in links if link != "#main"] == [reverse("account_login")]
    assert "masthead-row" not in html


def test_the_link_is_no_way_into_the_rest(client, rep):
    client.get(url_of(rep))
    for page in ("/", f"/reps/{rep.pk}/week/", f"/reps/{rep.pk}/", "/check-ins/"):
        assert client.get(page).status_code == 302


def test_words_and_energy_of_the_check_in_are_not_on_it(client, rep):
    CheckInFactory(rep=rep, moved="A canary", stuck="Another")
    Energy.objects.note(4, rep=rep, week=MONDAY)
    html = client.get(url_of(rep)).text
    assert "canary" not in html
    assert "Another" not in html
    assert "nergy" not in html
    assert "<textarea" not in html  # there are words: nothing to put in their place


def test_it_opens_to_the_end_of_the_next_week_of_the_rep(client, rep):
    rep.user.time_zone = "Pacific/Honolulu"
    rep.user.save()
    url, midnight = url_of(rep), datetime(2026, 11, 23, 10, tzinfo=UTC)
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert client.get(url).status_code == 200
    with time_machine.travel(midnight, tick=False):
        response = client.get(url)
    assert response.status_code == 404
    assert "This link does not open any more" in response.text
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_no_other_link_of_a_letter_opens_it(client, rep):
    nudge = NudgeFactory(person=rep.user)
    for token in (person_token(rep.user), nudge_token(nudge)):
        url = reverse("plans:week_by_link", args=[token])
        assert client.get(url).status_code == 404


def test_tampered_with_it_never_opens(client, rep):
    random, token = Random(13), week_token(rep, MONDAY)
    tried = 0
    while tried < 300:
        forged = tampered(random, token)
        if forged == token or "/" in forged or not forged:
            continue
        url = reverse("plans:week_by_link", args=[forged])
        assert client.get(url).status_code == 404, forged
        tried += 1


def test_it_is_over_when_the_person_may_not_sign_in(client, rep):
    url = url_of(rep)
    rep.user.is_active = False
    rep.user.save()
    assert client.get(url).status_code == 404


def test_it_is_the_persons_and_not_whoever_sells_there_next(client, rep):
    url, other = url_of(rep), RepFactory(organization=rep.organization)
    user, other.user = other.user, None
    other.save()
    rep.user = user
    rep.save()
    assert client.get(url).status_code == 404


def test_a_week_after_they_left_does_not_open(client, rep):
    url = url_of(rep)
    rep.left_on = MONDAY - timedelta(days=1)
    rep.save()
    assert client.get(url).status_code == 404


def test_somebody_signed_in_gets_the_same_page_and_no_more(rep):
    browser = Client()
    browser.force_login(RepFactory().user)
    html = browser.get(url_of(rep)).text
    assert "Theo Lindqvist" in html
    assert "masthead-row" not in html


@pytest.mark.parametrize("entries", [1, 12])
def test_it_costs_the_same_however_much_was_logged(
    client, rep, entries, django_assert_num_queries
):
    for _entry in range(entries):
        ActivityEntryFactory(rep=rep)
    with django_assert_num_queries(4):  # rep, check-in, activities, taps
        client.get(url_of(rep))
