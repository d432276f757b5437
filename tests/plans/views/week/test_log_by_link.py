"""The week logged from its letter: once, however often it is sent, and only that."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from plans.links import week_token
from plans.models import CheckIn
from reps.models import ActivityEntry
from tests.factories.check_ins import CheckInFactory, NudgeFactory
from tests.factories.reps import (
    MONDAY,
    NOON,
    ActivityEntryFactory,
    ActivityKindFactory,
    RepFactory,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


@pytest.fixture
def calls(rep):
    return ActivityKindFactory(
        organization=rep.organization, name="Calls", is_leading=False
    )


def page_of(rep, week=MONDAY):
    return reverse("plans:week_by_link", args=[week_token(rep, week)])


def sent(numbers, **facts):
    """What the page sends: `numbers` are (was, typed) by activity."""
    data = {"key": str(uuid4()), "note": ""} | facts
    for kind, (was, typed) in numbers.items():
        data |= {f"was-{kind.pk}": was, f"count-{kind.pk}": typed}
    return data


def post(client, rep, data):
    return client.post(f"{page_of(rep)}log/", data)


def done(rep, kind):
    return ActivityEntry.objects.filter(rep=rep, kind=kind, week=MONDAY).total()


def test_it_makes_each_number_what_was_typed(client, rep, demos, calls, two_demos):
    response = post(client, rep, sent({demos: (2, 3), calls: (0, 40)}))
    assert response.status_code == 302
    assert response.url == f"{page_of(rep)}?saved"
    assert (done(rep, demos), done(rep, calls)) == (3, 40)
    entry = ActivityEntry.objects.get(kind=calls)
    assert (entry.change, entry.logged_by, entry.logged_at) == (40, rep.user, NOON)
    assert "Thank you. Your week is saved." in client.get(response.url).text


def test_a_number_may_go_down_to_nothing(client, rep, demos, two_demos):
    post(client, rep, sent({demos: (2, 0)}))
    assert done(rep, demos) == 0


def test_it_says_that_the_rep_has_checked_in(client, rep, demos, two_demos):
    nudge = NudgeFactory(person=rep.user)
    post(client, rep, sent({demos: (2, 2)}, note="Larkspur has a date."))
    check_in = CheckIn.objects.get()
    assert (check_in.rep, check_in.week) == (rep, MONDAY)
    assert check_in.moved == "Larkspur has a date."
    assert (check_in.checked_in_by, check_in.checked_in_at) == (rep.user, NOON)
    nudge.refresh_from_db()
    assert nudge.state == "skipped"


def test_sent_once_more_it_changes_nothing_more(client, rep, demos, two_demos):
    data = sent({demos: (2, 3)}, note="Larkspur has a date.")
    for _time in range(3):
        assert post(client, rep, data).status_code == 302
    assert done(rep, demos) == 3
    assert ActivityEntry.objects.count() == 2
    assert CheckIn.objects.count() == 1


def test_sent_once_more_later_it_takes_nothing_back(client, rep, demos, two_demos):
    """Neither of a number that was changed, nor of one that was right as it was."""
    changed, right = sent({demos: (2, 3)}), sent({demos: (3, 3)})
    post(client, rep, changed)
    post(client, rep, right)
    ActivityEntryFactory(rep=rep, kind=demos, change=2)
    post(client, rep, changed)
    post(client, rep, right)
    assert done(rep, demos) == 5


def test_from_the_page_opened_anew_it_can_be_changed_again(
    client, rep, demos, two_demos
):
    for was, typed in ((2, 3), (3, 5), (5, 3)):
        post(client, rep, sent({demos: (was, typed)}))
        assert done(rep, demos) == typed


def test_another_number_under_the_same_key_is_another_wish(
    client, rep, demos, two_demos
):
    key = str(uuid4())  # the page got back to with the browser's own button
    post(client, rep, sent({demos: (2, 3)}, key=key))
    post(client, rep, sent({demos: (2, 4)}, key=key))
    assert done(rep, demos) == 4


@pytest.mark.parametrize("typed", ["", "three", "-1", "501", "2.5", "9" * 30])
def test_what_is_no_number_is_kept_and_nothing_saved(
    client, rep, demos, calls, two_demos, typed
):
    data = sent({demos: (2, typed), calls: (0, 40)}, note="Larkspur has a date.")
    response = post(client, rep, data)
    assert response.status_code == 422
    assert "Use a whole number from 0 to 500." in response.text
    assert f'value="{typed}"' in response.text
    assert 'value="40"' in response.text
    assert "Larkspur has a date." in response.text
    assert (done(rep, demos), done(rep, calls)) == (2, 0)
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("key", ["", "nonsense"])
def test_without_the_pages_key_nothing_is_saved(client, rep, demos, key):
    response = post(client, rep, sent({demos: (0, 3)}, key=key))
    assert response.status_code == 422
    assert "Press the button once more" in response.text
    assert done(rep, demos) == 0


def test_a_note_that_is_too_long_is_kept(client, rep, demos):
    response = post(client, rep, sent({demos: (0, 1)}, note="long " * 150))
    assert response.status_code == 422
    assert "long " * 149 in response.text


def test_an_activity_retired_meanwhile_is_left_alone(client, rep, demos, calls):
    calls.is_retired = True
    calls.save()
    assert post(client, rep, sent({demos: (0, 1), calls: (0, 9)})).status_code == 302
    assert (done(rep, demos), done(rep, calls)) == (1, 0)


def test_words_that_are_there_are_not_written_over(client, rep, demos):
    CheckInFactory(rep=rep, moved="A canary", stuck="Legal")
    response = post(client, rep, sent({demos: (0, 1)}, note="Another thing."))
    assert response.status_code == 409
    assert "Another thing." in response.text
    assert "canary" not in response.text
    assert CheckIn.objects.get().moved == "A canary"
    assert done(rep, demos) == 1


def test_a_note_joins_a_check_in_that_has_none(client, rep, demos):
    CheckInFactory(rep=rep, moved="", stuck="Legal")
    post(client, rep, sent({demos: (0, 1)}, note="Larkspur has a date."))
    check_in = CheckIn.objects.get()
    assert (check_in.moved, check_in.stuck) == ("Larkspur has a date.", "Legal")


def test_it_reaches_no_other_rep_and_no_other_week(client, rep, demos):
    other = RepFactory(team=rep.team)
    data = sent({demos: (0, 3)}) | {
        "rep": other.pk,
        "rep_id": other.pk,
        "week": "2026-11-02",
        "organization": 1,
    }
    post(client, rep, data)
    entry = ActivityEntry.objects.get()
    assert (entry.rep, entry.week) == (rep, MONDAY)
    assert CheckIn.objects.get().rep == rep


def test_it_reaches_no_activity_of_another_organization(client, rep, demos):
    theirs = ActivityKindFactory()
    post(client, rep, sent({demos: (0, 1), theirs: (0, 9)}))
    assert not ActivityEntry.objects.filter(kind=theirs).exists()


@pytest.mark.parametrize("verb", ["get", "head", "options"])
def test_it_is_only_posted(client, rep, demos, verb):
    assert getattr(client, verb)(f"{page_of(rep)}log/").status_code == 405
    assert not CheckIn.objects.exists()


def test_after_the_end_of_the_next_week_nothing_is_saved(client, rep, demos):
    url = f"{page_of(rep)}log/"
    with time_machine.travel(date(2026, 11, 23), tick=False):
        response = client.post(url, sent({demos: (0, 3)}))
    assert response.status_code == 404
    assert "This link does not open any more" in response.text
    assert done(rep, demos) == 0


def test_the_week_that_is_over_can_be_logged_in_the_next(client, rep, demos):
    url = f"{page_of(rep)}log/"
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        assert client.post(url, sent({demos: (0, 3)})).status_code == 302
    assert done(rep, demos) == 3


def test_tampered_with_it_saves_nothing(client, rep, demos):
    url = f"{page_of(rep)}log/".replace("/w/W", "/w/X")
    assert client.post(url, sent({demos: (0, 3)})).status_code == 404
    assert done(rep, demos) == 0


def test_it_makes_no_session(client, rep, demos):
    response = post(client, rep, sent({demos: (0, 3)}))
    assert settings.SESSION_COOKIE_NAME not in client.cookies
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Referrer-Policy"] == "no-referrer"


def test_the_form_carries_a_token_and_goes_nowhere_without(rep, demos):
    browser = Client(enforce_csrf_checks=True)
    browser.get(page_of(rep))
    data = sent({demos: (0, 3)})
    assert post(browser, rep, data).status_code == 403
    token = browser.cookies[settings.CSRF_COOKIE_NAME].value
    assert post(browser, rep, data | {"csrfmiddlewaretoken": token}).status_code == 302
    assert done(rep, demos) == 3


@pytest.mark.parametrize(
    ("origin", "with_token", "answer"),
    [
        ("null", True, 302),  # what a page without a referrer is sent as
        ("null", False, 403),
        ("https://elsewhere.example", True, 403),
    ],
)
@pytest.mark.parametrize("secure", [True, False])
def test_where_the_form_comes_from(rep, demos, origin, with_token, answer, secure):
    browser = Client(enforce_csrf_checks=True)
    browser.get(page_of(rep), secure=secure)
    data = sent({demos: (0, 3)})
    if with_token:
        token = browser.cookies[settings.CSRF_COOKIE_NAME].value
        data["csrfmiddlewaretoken"] = token
    sent_as = {"headers": {"Origin": origin}, "secure": secure}
    response = browser.post(f"{page_of(rep)}log/", data, **sent_as)
    assert response.status_code == answer
    assert done(rep, demos) == (3 if answer == 302 else 0)


def test_elsewhere_a_form_from_nowhere_is_refused(rep):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(rep.user)
    browser.get(reverse("plans:nudge_settings"))
    token = browser.cookies[settings.CSRF_COOKIE_NAME].value
    data = {"wanted": "no", "csrfmiddlewaretoken": token}
    url = reverse("plans:nudge_settings")
    answer = browser.post(url, data, headers={"Origin": "null"})
    assert answer.status_code == 403


@pytest.mark.django_db(transaction=True)
def test_sent_by_two_at_once_it_counts_once(rep, demos, at_once):
    data = sent({demos: (0, 3)}, note="Larkspur has a date.")

    answers = at_once(*[lambda: post(Client(), rep, data)] * 4)

    assert [answer.status_code for answer in answers] == [302] * 4
    assert done(rep, demos) == 3
    assert ActivityEntry.objects.count() == CheckIn.objects.count() == 1
