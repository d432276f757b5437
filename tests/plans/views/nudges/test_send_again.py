"""An admin owes a letter anew that had been given up."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import Nudge
from plans.models.nudge import TRIES
from plans.tasks import deliver_nudges
from reps.models import Rep
from tests.factories.nudges import ago, due_nudge, this_week
from tests.factories.reps import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead():
    facts = {"attempts": TRIES, "why": "SMTPDataError", "due_at": ago(hours=2)}
    return due_nudge(state="dead", **facts)


@pytest.fixture
def admin(dead):
    return UserFactory(organization=dead.organization, is_admin=True)


def posted(client, user, nudge):
    client.force_login(user)
    url = reverse("plans:send_again", args=[nudge.pk])
    answer = client.post(url, follow=True)
    nudge.refresh_from_db()
    return answer


def test_it_is_owed_from_the_first_try(client, dead, admin):
    answer = posted(client, admin, dead)

    assert answer.redirect_chain == [(reverse("plans:delivery"), 302)]
    assert f"The e-mail to {dead.person.name} goes out again." in answer.text
    assert (dead.state, dead.attempts, dead.why) == ("owed", 0, "")
    assert dead.due_at > ago(minutes=1)


def test_and_then_it_goes_out(client, dead, admin, mailoutbox):
    posted(client, admin, dead)
    deliver_nudges()
    assert [letter.to for letter in mailoutbox] == [[dead.person.email]]


def test_a_worker_is_hurried_once_it_is_saved(
    client, dead, admin, django_capture_on_commit_callbacks, mailoutbox, monkeypatch
):
    monkeypatch.setattr(deliver_nudges, "delay", deliver_nudges)
    with django_capture_on_commit_callbacks(execute=True):
        posted(client, admin, dead)
    assert len(mailoutbox) == 1


def test_a_broker_that_is_down_fails_no_page(
    client, dead, admin, django_capture_on_commit_callbacks, monkeypatch
):
    def refuse():
        raise ConnectionError("no broker")

    monkeypatch.setattr(deliver_nudges, "delay", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        assert posted(client, admin, dead).status_code == 200
    assert dead.state == "owed"


@pytest.mark.parametrize("state", ["owed", "sending", "sent", "skipped"])
def test_a_second_click_does_nothing_twice(client, dead, admin, state):
    Nudge.objects.update(state=state)
    answer = posted(client, admin, dead)
    assert "not among those given up any more" in answer.text
    assert (dead.state, dead.attempts) == (state, TRIES)


def test_what_is_too_late_stays_as_it_is(client, dead, admin):
    Nudge.objects.update(week=this_week() - timedelta(weeks=3))
    answer = posted(client, admin, dead)
    assert "too late for that week" in answer.text
    assert dead.state == "dead"


def test_who_does_not_sell_here_any_more_gets_nothing(client, dead, admin):
    Rep.objects.update(user=None)
    posted(client, admin, dead)
    assert dead.state == "dead"


def test_it_is_an_admins_to_do(client, dead):
    for user in (dead.person, dead.person.rep.team.manager, UserFactory(is_admin=True)):
        assert posted(client, user, dead).status_code == 404
        assert dead.state == "dead"


def test_a_link_does_nothing(client, dead, admin):
    client.force_login(admin)
    url = reverse("plans:send_again", args=[dead.pk])
    assert client.get(url).status_code == 405
    assert timezone.now() > dead.due_at
