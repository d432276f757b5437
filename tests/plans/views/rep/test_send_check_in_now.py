"""A manager asks the own rep for the week at once: never twice, never at night."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from plans.models import Nudge
from plans.tasks import decide_nudges
from reps.models import User
from tests.factories.check_ins import CheckInFactory, NudgeFactory
from tests.factories.reps import MONDAY, NOON, AbsenceFactory, RepFactory

pytestmark = pytest.mark.django_db
SUNDAY = MONDAY + timedelta(days=6)
NO_E_MAIL = "No e-mail can go to Theo Lindqvist now. Ask in person."


def posted(client, rep, *, by=None, at=NOON):
    """What the page says, as a manager presses the button then."""
    with time_machine.travel(at, tick=False):
        client.force_login(by or rep.team.manager)
        url = reverse("plans:send_check_in_now", args=[rep.pk])
        answer = client.post(url, follow=True)
        if answer.status_code == 200:
            assert answer.redirect_chain == [
                (reverse("plans:rep_detail", args=[rep.pk]), 302)
            ]
        return answer


def rows():
    return list(Nudge.objects.values_list("kind", "week", "state", "due_at"))


def nudge(rep, **facts):
    return NudgeFactory(person=rep.user, **facts)


def test_it_is_owed_at_once(client, rep):
    answer = posted(client, rep)
    assert "The check-in is on its way to Theo Lindqvist." in answer.text
    assert rows() == [("check_in", MONDAY, "owed", NOON)]


def test_the_weeks_own_letter_is_not_sent_beside_it(client, rep):
    posted(client, rep)
    with time_machine.travel(NOON + timedelta(days=1, hours=4), tick=False):
        decide_nudges()
    assert len(rows()) == 1


def test_what_was_to_go_out_later_goes_now(client, rep):
    nudge(rep, due_at=NOON + timedelta(days=1))
    posted(client, rep)
    assert rows() == [("check_in", MONDAY, "owed", NOON)]


@pytest.mark.parametrize("state", ["skipped", "dead"])
def test_what_was_skipped_or_given_up_is_owed_anew(client, rep, state):
    row = nudge(rep, state=state, why="no address", attempts=5)
    posted(client, rep)
    row.refresh_from_db()
    assert (row.state, row.why, row.attempts) == ("owed", "", 0)


@pytest.mark.parametrize("state", ["sending", "sent"])
def test_who_was_asked_this_week_is_not_asked_again(client, rep, state):
    row = nudge(rep, state=state, attempts=1)
    answer = posted(client, rep)
    assert "was asked this week already. Nothing more is sent." in answer.text
    row.refresh_from_db()
    assert (row.state, row.attempts) == (state, 1)


def test_who_was_asked_last_week_is_asked(client, rep):
    nudge(rep, state="sent", week=MONDAY - timedelta(weeks=1))
    posted(client, rep)
    assert len(rows()) == 2


@pytest.mark.parametrize(
    "changes", [{"email": None}, {"wants_nudges": False}, {"is_active": False}]
)
def test_who_gets_no_e_mails_gets_none_and_why_is_not_said(client, rep, changes):
    User.objects.filter(pk=rep.user_id).update(**changes)
    assert NO_E_MAIL in posted(client, rep).text
    assert rows() == []


def test_to_who_signs_in_as_nobody_none_can_go(client):
    rep = RepFactory(user=None, name="Theo Lindqvist")
    assert NO_E_MAIL in posted(client, rep).text


def test_who_left_is_not_asked(client, rep):
    rep.left_on = MONDAY
    rep.save()
    assert "does not sell here any more." in posted(client, rep).text
    assert rows() == []


def test_who_has_checked_in_is_not_asked(client, rep):
    CheckInFactory(rep=rep)
    assert "has checked in for this week already." in posted(client, rep).text
    assert rows() == []


def test_at_night_it_waits_for_the_morning_where_they_live(client, rep):
    User.objects.filter(pk=rep.user_id).update(time_zone="America/New_York")
    at_three = datetime(2026, 11, 12, 8, tzinfo=UTC)
    answer = posted(client, rep, at=at_three)
    assert "in working hours: Thursday, 08:00 there." in answer.text
    assert rows() == [
        ("check_in", MONDAY, "owed", datetime(2026, 11, 12, 13, tzinfo=UTC))
    ]


def test_on_a_day_away_it_waits_for_the_next(client, rep):
    thursday = NOON.date()
    AbsenceFactory(rep=rep, starts_on=thursday, ends_on=thursday)
    answer = posted(client, rep)
    assert "in working hours: Friday, 08:00 there." in answer.text


@pytest.mark.parametrize("at", [date(2026, 11, 14), SUNDAY])
def test_on_the_weekend_the_week_is_over(client, rep, at):
    answer = posted(client, rep, at=datetime(at.year, at.month, at.day, 12, tzinfo=UTC))
    assert "No working hour of Theo Lindqvist is left this week" in answer.text
    assert rows() == []


def test_the_rep_does_not_ask(client, rep):
    assert posted(client, rep, by=rep.user).status_code == 404
    assert rows() == []


def test_it_is_the_own_managers_to_do(client, rep, bystander):
    assert posted(client, rep, by=bystander).status_code == 404
    assert rows() == []


def test_a_link_does_nothing(client, rep):
    client.force_login(rep.team.manager)
    url = reverse("plans:send_check_in_now", args=[rep.pk])
    assert client.get(url).status_code == 405


def test_the_button_is_the_managers_alone(client, rep):
    url = reverse("plans:rep_plan", args=[rep.pk])
    address = reverse("plans:send_check_in_now", args=[rep.pk])
    for user, is_there in ((rep.team.manager, True), (rep.user, False)):
        client.force_login(user)
        with time_machine.travel(NOON, tick=False):
            assert (address in client.get(url).text) == is_there


def test_a_sunday_is_in_the_week_that_begins_with_it(client, rep, sunday_first):
    posted(client, rep, at=NOON + timedelta(days=3))
    assert rows() == [
        ("check_in", MONDAY + timedelta(weeks=1), "owed", NOON + timedelta(days=3))
    ]
    with time_machine.travel(NOON + timedelta(days=3), tick=False):
        client.force_login(rep.team.manager)
        page = client.get(reverse("plans:rep_plan", args=[rep.pk])).text
    assert "Asked for the check-in Sun 12:00" in page
