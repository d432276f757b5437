"""Not now: the letter comes once more, on the next working day at the same hour."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from plans.links import nudge_token
from plans.models import Nudge
from tests.factories.check_ins import CheckInFactory, NudgeFactory
from tests.factories.reps import MONDAY, AbsenceFactory, RepFactory

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 11, 13, 15, 30, tzinfo=UTC)  # half an hour after the letter
NEXT_MONDAY = datetime(2026, 11, 16, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def friday_afternoon():
    with time_machine.travel(FRIDAY, tick=False):
        yield


@pytest.fixture
def rep():
    return RepFactory(name="Theo")


@pytest.fixture
def nudge(rep):
    facts = {"organization": rep.organization, "state": "sent"}
    return NudgeFactory(person=rep.user, due_at=FRIDAY, **facts)


def url_of(nudge):
    return reverse("plans:snooze", args=[nudge_token(nudge)])


def test_it_asks_again_on_the_next_working_day(client, nudge):
    assert "Monday 16 November, 15:00" in client.get(url_of(nudge)).text
    response = client.post(url_of(nudge))
    assert response.status_code == 200
    assert "comes again on Monday 16 November, 15:00" in response.text
    again = nudge.snoozed()
    assert (again.week, again.due_at, again.state) == (MONDAY, NEXT_MONDAY, "owed")


def test_it_skips_the_days_away(client, rep, nudge):
    AbsenceFactory(rep=rep, starts_on=date(2026, 11, 16), ends_on=date(2026, 11, 17))
    client.post(url_of(nudge))
    assert nudge.snoozed().due_at == NEXT_MONDAY + timedelta(days=2)


def test_the_hour_is_that_of_the_person(client, rep, nudge):
    rep.user.time_zone = "Asia/Tokyo"
    rep.user.save()
    client.post(url_of(nudge))
    assert nudge.snoozed().due_at == datetime(2026, 11, 16, 6, tzinfo=UTC)


def test_however_often_it_is_wished_it_comes_once(client, nudge):
    for _click in range(3):
        client.post(url_of(nudge))
    with time_machine.travel(FRIDAY + timedelta(days=4), tick=False):
        assert "Monday 16 November" in client.post(url_of(nudge)).text
    assert Nudge.objects.filter(kind="snoozed").count() == 1


@pytest.mark.parametrize("state", ["sent", "skipped", "dead"])
def test_once_it_has_come_no_other_is_promised(client, nudge, state):
    client.post(url_of(nudge))
    Nudge.objects.filter(kind="snoozed").update(state=state)
    for answer in (client.get(url_of(nudge)), client.post(url_of(nudge))):
        assert "comes again" not in answer.text
        assert "No other e-mail comes about this week" in answer.text
    assert nudge.snoozed().state == state


def test_after_a_try_that_failed_it_names_the_next(client, nudge):
    client.post(url_of(nudge))
    later = NEXT_MONDAY + timedelta(minutes=25)
    Nudge.objects.filter(kind="snoozed").update(retry_at=later)
    assert "comes again on Monday 16 November, 15:25" in client.get(url_of(nudge)).text


@pytest.mark.parametrize("verb", ["get", "head"])
def test_looking_changes_nothing(client, nudge, verb):
    assert getattr(client, verb)(url_of(nudge)).status_code == 200
    assert nudge.snoozed() is None


def test_after_a_check_in_nothing_more_is_asked(client, rep, nudge):
    CheckInFactory(rep=rep)
    said = client.post(url_of(nudge)).text
    assert "Nothing more to ask" in said
    assert "You have checked in, so no other e-mail comes about it." in said
    assert "too long ago" not in said
    assert nudge.snoozed() is None


@pytest.mark.parametrize("is_snoozed", [False, True])
def test_nothing_comes_to_whoever_has_stopped_them_and_it_says_so(
    client, rep, nudge, is_snoozed
):
    if is_snoozed:
        client.post(url_of(nudge))
    rep.user.want_nudges(False)
    said = client.post(url_of(nudge)).text
    assert "You have stopped the weekly e-mails, so none comes." in said
    assert "again on" not in said
    assert (nudge.snoozed() is not None) == is_snoozed


def test_nothing_comes_to_whoever_has_left_or_has_no_address(client, rep, nudge):
    rep.user.email = None
    rep.user.save()
    said = "You have no address here any more, so no e-mail comes."
    assert said in client.post(url_of(nudge)).text
    rep.left_on = MONDAY
    rep.save()
    said = "You do not sell here any more, so no e-mail comes."
    assert said in client.post(url_of(nudge)).text
    assert nudge.snoozed() is None


def test_it_is_not_put_off_beyond_the_life_of_the_weeks_link(client, nudge):
    with time_machine.travel(FRIDAY + timedelta(days=7), tick=False):  # next Friday
        said = client.post(url_of(nudge)).text
    assert "This week is too long ago to ask about it once more." in said
    assert "checked in" not in said
    assert nudge.snoozed() is None


@pytest.mark.parametrize("days", [10, 400])
def test_a_link_that_is_over_does_not_open(client, nudge, days):
    url = url_of(nudge)
    with time_machine.travel(FRIDAY + timedelta(days=days), tick=False):
        response = client.post(url)
    assert response.status_code == 404
    assert "This link does not open any more" in response.text
    assert nudge.snoozed() is None


def test_whoever_may_not_sign_in_any_more_opens_nothing(client, rep, nudge):
    rep.user.is_active = False
    rep.user.save()
    assert client.post(url_of(nudge)).status_code == 404


def test_it_makes_no_session(client, nudge):
    client.get(url_of(nudge))
    response = client.post(url_of(nudge))
    assert "sessionid" not in client.cookies
    assert "no-store" in response.headers["Cache-Control"]
