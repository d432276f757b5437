"""What is due is sent once: twice at once, after a death, against a failing server."""

import smtplib
from datetime import time, timedelta
from uuid import uuid4

import psycopg
import pytest
from django.core.mail.backends import locmem
from django.db import OperationalError
from django.utils import timezone

from plans import tasks
from plans.models import CheckIn, Nudge
from plans.models.nudge import CLAIM_LASTS, TRIES, WAITS
from plans.models.nudge_candidate import begin_try
from plans.tasks import deliver_nudges
from reps.models import Organization
from tests.factories.check_ins import CheckInFactory, NudgeFactory
from tests.factories.nudges import (
    ago,
    due_nudge,
    due_nudges,
    restless_organization,
    restless_rep,
    this_week,
)
from tests.factories.reps import ActivityKindFactory, UserFactory

pytestmark = pytest.mark.django_db
LATE = "too late to be of use"


def held(*, until, **facts):
    """A nudge in the hands of another worker."""
    return due_nudge(state="sending", claim=uuid4(), claimed_until=until, **facts)


def after_delivery(nudge):
    deliver_nudges()
    nudge.refresh_from_db()
    return nudge.state, nudge.why


@pytest.fixture
def mail_server_down(monkeypatch):
    def refuse(self, letters):
        raise smtplib.SMTPServerDisconnected("421 try later")

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse)


# --- Sending -----------------------------------------------------------------------


def test_it_sends_what_is_due_and_writes_it_down(mailoutbox):
    nudge = due_nudge()

    assert after_delivery(nudge) == ("sent", "")
    assert [letter.to for letter in mailoutbox] == [[nudge.person.email]]
    assert nudge.attempts == 1
    assert nudge.sent_at > ago(minutes=1)


def test_a_second_run_sends_nothing(mailoutbox):
    due_nudge()
    deliver_nudges()
    deliver_nudges()
    assert len(mailoutbox) == 1


def test_what_is_not_due_yet_waits(mailoutbox):
    nudge = due_nudge(due_at=timezone.now() + timedelta(minutes=1))
    assert after_delivery(nudge) == ("owed", "")
    assert mailoutbox == []


@pytest.mark.django_db(transaction=True)
def test_two_deliverers_at_once_send_each_nudge_once(mailoutbox, at_once):
    sent_to = {nudge.person.email for nudge in due_nudges(120)}

    at_once(deliver_nudges, deliver_nudges)

    assert sorted(letter.to[0] for letter in mailoutbox) == sorted(sent_to)


@pytest.mark.parametrize("kept", [True, False])
def test_the_letter_is_kept_in_the_row_only_where_letters_are_kept(
    kept, settings, tmp_path
):
    settings.KEEP_LETTERS = kept
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    nudge = due_nudge()
    deliver_nudges()
    nudge.refresh_from_db()

    [file] = tmp_path.iterdir()
    as_sent = file.read_text().partition("-" * 79)[0]
    assert nudge.letter.strip() == (as_sent.strip() if kept else "")


# --- Whose row it is ---------------------------------------------------------------


def test_it_leaves_a_row_that_another_worker_holds(mailoutbox):
    nudge = held(until=timezone.now() + timedelta(minutes=1))
    assert after_delivery(nudge) == ("sending", "")
    assert mailoutbox == []


def test_it_takes_over_from_a_worker_that_died(mailoutbox):
    assert after_delivery(held(until=ago(seconds=1))) == ("sent", "")
    assert len(mailoutbox) == 1


def test_a_worker_that_lost_its_claim_sends_and_writes_nothing(mailoutbox):
    nudge = due_nudge()
    [mine] = Nudge.objects.claim(50)
    Nudge.objects.update(claim=uuid4())  # taken over meanwhile

    assert not begin_try(mine)
    assert not mine.mark_sent()
    assert not mine.skip(why="anything")
    nudge.refresh_from_db()
    assert (nudge.state, nudge.attempts) == ("sending", 0)


def test_what_went_is_written_down_though_the_next_does_not_begin(
    mailoutbox, monkeypatch
):
    first, second = due_nudges(2)
    tries = []

    def break_at_the_second(nudge, **facts):
        tries.append(nudge)
        if len(tries) == 2:
            raise OperationalError("the connection is lost")
        return begin_try(nudge, **facts)

    monkeypatch.setattr(tasks, "begin_try", break_at_the_second)
    with pytest.raises(OperationalError):
        deliver_nudges()

    states = dict(Nudge.objects.values_list("person__email", "state"))
    assert states[mailoutbox[0].to[0]] == "sent"
    assert sorted(states.values()) == ["sending", "sent"]
    assert {first.person.email, second.person.email} == states.keys()


def test_what_went_is_written_down_though_the_next_was_taken_over(
    mailoutbox, monkeypatch
):
    due_nudges(2)

    def take_the_second_over(nudge, **facts):
        if facts["sent"]:
            Nudge.objects.filter(pk=nudge.pk).update(claim=uuid4())
        return begin_try(nudge, **facts)

    monkeypatch.setattr(tasks, "begin_try", take_the_second_over)
    deliver_nudges()

    assert len(mailoutbox) == 1
    states = Nudge.objects.values_list("state", flat=True)
    assert sorted(states) == ["sending", "sent"]


def test_a_claim_is_renewed_just_before_its_own_letter(mailoutbox):
    due_nudge()
    [nudge] = Nudge.objects.claim(50)
    Nudge.objects.update(claimed_until=ago(seconds=1))

    assert begin_try(nudge)
    left = Nudge.objects.values_list("claimed_until", flat=True).get() - timezone.now()
    assert left > CLAIM_LASTS - timedelta(seconds=10)


def test_a_claim_outlasts_a_server_that_takes_its_time_at_every_step(settings):
    # Connecting, EHLO, STARTTLS, EHLO, AUTH and its answer, MAIL, RCPT, DATA, the end.
    assert timedelta(seconds=settings.EMAIL_TIMEOUT) * 10 < CLAIM_LASTS


def test_a_claim_takes_no_more_than_it_asks_for_and_the_oldest_first():
    nudges = [due_nudge(due_at=ago(minutes=n)) for n in (1, 3, 2)]
    taken = Nudge.objects.claim(2)
    assert [nudge.pk for nudge in taken] == [nudges[1].pk, nudges[2].pk]


# --- When it does not work -----------------------------------------------------------


@pytest.mark.usefixtures("mail_server_down")
def test_a_failing_server_leaves_it_owed_for_later():
    nudge = due_nudge()
    state, why = after_delivery(nudge)

    assert (state, nudge.attempts) == ("owed", 1)
    assert nudge.retry_at > timezone.now() + WAITS[0] - timedelta(minutes=1)
    assert "421 try later" in why


@pytest.mark.usefixtures("mail_server_down")
def test_it_is_dead_after_five_tries():
    nudge = due_nudge(attempts=TRIES - 1)
    state, why = after_delivery(nudge)
    assert (state, nudge.attempts) == ("dead", 5)
    assert "421 try later" in why


def test_a_row_that_kills_its_workers_is_dead_after_five(mailoutbox):
    nudge = held(until=ago(seconds=1), attempts=TRIES)
    assert after_delivery(nudge) == ("dead", "its workers died")
    assert mailoutbox == []


def test_a_poison_row_does_not_take_the_others_along(mailoutbox):
    others = due_nudges(3)
    poison = due_nudge(due_at=ago(minutes=5))
    poison.person.time_zone = "Nowhere/At_All"
    poison.person.save()

    state, why = after_delivery(poison)

    assert (state, poison.attempts) == ("owed", 1)
    assert "Nowhere/At_All" in why
    assert len(mailoutbox) == len(others)


def test_an_address_that_would_begin_a_header_is_not_sent_to(mailoutbox):
    nudge = due_nudge()
    nudge.person.email = "a@example.org\nBcc: b@example.org"
    nudge.person.save()

    state, why = after_delivery(nudge)

    assert (state, mailoutbox) == ("owed", [])
    assert "Header values can't contain newlines" in why


def test_a_long_error_is_cut_short(monkeypatch):
    def refuse(self, letters):
        raise OSError("x" * 10_000)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse)
    _state, why = after_delivery(due_nudge())
    assert len(why) == 500


# --- Looked at again just before it goes ---------------------------------------------


def checked_in(nudge):
    rep = nudge.person.rep
    CheckInFactory(rep=rep, week=nudge.week)


def changed(**facts):
    def change(nudge):
        for name, value in facts.items():
            setattr(nudge.person, name, value)
        nudge.person.save()

    return change


def left(nudge):
    nudge.person.rep.left_on = this_week() - timedelta(days=1)
    nudge.person.rep.save()


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (checked_in, "checked in first"),
        (left, "left"),
        (changed(email=None), "no address"),
        (changed(wants_nudges=False), "unsubscribed"),
        (changed(is_active=False), "may not sign in"),
    ],
)
def test_what_happened_meanwhile_skips_it(mailoutbox, happens, why):
    nudge = due_nudge()
    happens(nudge)
    assert after_delivery(nudge) == ("skipped", why)
    assert mailoutbox == []


def while_the_first_is_sent(monkeypatch, happens):
    """When both of these are claimed already."""
    first, second = due_nudges(2)
    send = locmem.EmailBackend.send_messages

    def send_messages(self, letters):
        if letters[0].to == [first.person.email]:
            happens(second)
        return send(self, letters)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", send_messages)
    deliver_nudges()
    second.refresh_from_db()
    return second


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (checked_in, "checked in first"),
        (left, "left"),
        (changed(wants_nudges=False), "unsubscribed"),
    ],
)
def test_what_happens_after_the_claim_skips_it_too(
    mailoutbox, monkeypatch, happens, why
):
    nudge = while_the_first_is_sent(monkeypatch, happens)
    assert (nudge.state, nudge.why) == ("skipped", why)
    assert len(mailoutbox) == 1


def test_it_goes_to_the_address_of_the_moment(mailoutbox, monkeypatch):
    moved = changed(email="theo@new.example")
    nudge = while_the_first_is_sent(monkeypatch, moved)
    assert nudge.state == "sent"
    assert mailoutbox[1].to == ["theo@new.example"]


def test_a_day_off_that_is_entered_after_the_claim_puts_it_off(mailoutbox, monkeypatch):
    def rest_today(nudge):
        today = timezone.now().isoweekday()
        others = [day for day in range(1, 8) if day != today]
        Organization.objects.filter(pk=nudge.organization_id).update(
            working_days=others
        )

    nudge = while_the_first_is_sent(monkeypatch, rest_today)
    assert nudge.state in {"owed", "skipped"}  # on a Sunday tomorrow is too late
    assert len(mailoutbox) == 1


def test_somebody_who_is_no_rep_is_not_asked(mailoutbox):
    person = UserFactory()
    facts = {"person": person, "organization": person.organization}
    nudge = NudgeFactory(week=this_week(), due_at=ago(minutes=1), **facts)
    assert after_delivery(nudge) == ("skipped", "left")


@pytest.mark.parametrize("weeks_later", [0, 1])
def test_a_reminder_is_skipped_by_the_next_weeks_check_in_too(mailoutbox, weeks_later):
    week = this_week() - timedelta(weeks=1)
    nudge = due_nudge(kind="reminder", week=week)
    rep = nudge.person.rep
    CheckInFactory(rep=rep, week=week + timedelta(weeks=weeks_later))
    assert after_delivery(nudge) == ("skipped", "checked in first")


def test_recording_the_check_in_skips_it_at_once():
    nudge = due_nudge()
    rep = nudge.person.rep
    CheckIn.objects.record(
        rep=rep, week=nudge.week, by=rep.user, at=timezone.now(), moved="A deal"
    )
    nudge.refresh_from_db()
    assert (nudge.state, nudge.why) == ("skipped", "checked in first")


# --- Not too late, not at night ------------------------------------------------------


@pytest.mark.parametrize(
    "late",
    [
        {"due_at": ago(hours=49)},
        {"week": this_week() - timedelta(weeks=1)},  # it is over
        {"kind": "reminder", "week": this_week() - timedelta(weeks=2)},
        {"kind": "snoozed", "due_at": ago(hours=49)},
    ],
    ids=["49 hours", "another week", "the link is dead", "snoozed"],
)
def test_it_skips_what_is_too_late(mailoutbox, late):
    assert after_delivery(due_nudge(**late)) == ("skipped", LATE)
    assert mailoutbox == []


@pytest.mark.parametrize("kind", ["reminder", "snoozed"])
def test_what_asks_about_last_week_goes_this_week(mailoutbox, kind):
    nudge = due_nudge(kind=kind, week=this_week() - timedelta(weeks=1))
    assert after_delivery(nudge) == ("sent", "")


def quiet_now(**facts):
    """An organization in whose quiet hours we are for another two hours or so."""
    now = timezone.now()
    start, end = now - timedelta(hours=1), now + timedelta(hours=2)
    return restless_organization(
        quiet_from=time(start.hour, start.minute), quiet_to=time(end.hour, end.minute)
    )


def test_in_quiet_hours_it_is_put_off_and_that_is_no_try(mailoutbox):
    nudge = due_nudge(restless_rep(organization=quiet_now()), kind="reminder")
    state, why = after_delivery(nudge)

    assert (state, why) == ("owed", "put off to a working hour")
    assert nudge.attempts == 0
    waits = nudge.retry_at - timezone.now()
    assert timedelta(hours=1, minutes=58) < waits <= timedelta(hours=2)
    assert mailoutbox == []


def test_on_a_day_off_before_the_week_is_over_it_is_put_off(mailoutbox):
    today = timezone.now().isoweekday()
    others = [day for day in range(1, 8) if day != today]
    organization = restless_organization(working_days=others)
    nudge = due_nudge(restless_rep(organization=organization), kind="reminder")

    assert after_delivery(nudge)[0] == "owed"
    assert nudge.retry_at.date() == timezone.now().date() + timedelta(days=1)


def test_when_the_next_chance_is_too_late_it_is_skipped(mailoutbox):
    nobody_works = restless_organization(
        working_days=[(timezone.now().isoweekday() + 2) % 7 + 1]
    )
    nudge = due_nudge(restless_rep(organization=nobody_works), kind="reminder")
    assert after_delivery(nudge) == ("skipped", LATE)


@pytest.mark.usefixtures("mail_server_down")
def test_a_failed_try_does_not_move_the_hour_that_lateness_counts_from():
    nudge = due_nudge(due_at=ago(hours=1))
    deliver_nudges()
    was = nudge.due_at
    nudge.refresh_from_db()
    assert nudge.due_at == was
    assert nudge.retry_at > timezone.now()


# --- What it costs -------------------------------------------------------------------


@pytest.mark.parametrize("letters", [1, 6])
def test_a_letter_costs_one_statement(letters, monkeypatch):
    due_nudges(letters)
    ActivityKindFactory(organization=Organization.objects.get())
    said, execute = [], psycopg.Cursor.execute

    def listen(cursor, statement, *more, **facts):
        said.append(statement)
        return execute(cursor, statement, *more, **facts)

    # Of Django's own cursors, too: they are made of this one.
    monkeypatch.setattr(psycopg.Cursor, "execute", listen)
    deliver_nudges()
    # The batch: a claim in a savepoint (4), its numbers (4), that the last one went, a
    # last claim (4). Each letter: the one before went, and this try begins.
    assert len(said) == 13 + letters, said
