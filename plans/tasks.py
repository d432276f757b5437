"""Celery's door into plans: decide who is owed a nudge; claim a handful, send each.

The row is the truth and Celery a hurry: either task may run twice, at once, or not for
a day, and no nudge is lost or goes twice.
"""

import logging
from itertools import islice
from time import monotonic

from celery import shared_task
from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone

from plans import mail
from plans.models import Handover, Nudge
from plans.models.nudge import TRIES, Missing
from plans.models.nudge_candidate import (
    KINDS,
    LOOKED_BACK,
    NudgeCandidate,
    WhyNot,
    begin_try,
    candidate_from_row,
    nudge_candidates,
    with_candidate_facts,
)
from plans.models.rep_week import rep_week
from plans.models.week_numbers import WeekNumbers
from reps.domain.quarter import ONE_DAY
from reps.models import Rep

DECIDED_AT_ONCE = 2000
CLAIMED_AT_ONCE = 50
RUNS_FOR = 300  # seconds; the next run goes on
WHY_AT_MOST = 500  # characters of an error

logger = logging.getLogger(__name__)


@shared_task(time_limit=600)
def decide_nudges():
    """Make the rows that are missing. Twice at once, each is made once."""
    now = timezone.now()
    today = now.date()
    reps = Rep.objects.selling_between(today - LOOKED_BACK, today + ONE_DAY)
    stream = with_candidate_facts(reps, at=now).iterator(chunk_size=DECIDED_AT_ONCE)
    rows = _rows_missing(nudge_candidates(stream, at=now), now)
    while batch := list(islice(rows, DECIDED_AT_ONCE)):
        Nudge.objects.make(batch)


def _rows_missing(people, now):
    """And on the way: what was put off waits for the hour that is the next by now."""
    for candidate in people:
        person = candidate.rep.user_id
        for kind, week, hour in candidate.rows_to_put_off_anew(now):
            Nudge.objects.of(person).wait_until(hour, kind=kind, week=week)
        for owed, why in candidate.rows_to_make(now):
            yield _missing(candidate, owed, why), person


def _missing(candidate: NudgeCandidate, owed, why: str) -> Missing:
    return Missing(
        organization=candidate.rep.organization_id,
        kind=KINDS[owed.kind],
        week=owed.week,
        due_at=owed.due_at,
        state=Nudge.State.SKIPPED if why else Nudge.State.OWED,
        why=why,
    )


@shared_task(time_limit=600)
def carry_out_handovers():
    """Do what was handed over as of today, where each organization is."""
    now = timezone.now()
    waiting = Handover.objects.waiting().filter(from_on__lte=now.date() + ONE_DAY)
    people = ("rep__organization", "written_by", "to_team")
    for handover in waiting.select_related(*people):
        if handover.from_on <= now.astimezone(handover.rep.organization.zone).date():
            handover.carry_out(at=now)


def deliver_nudges_soon():
    """Have a worker deliver once this transaction is kept.

    A hurry only: the row is owed whether or not the message gets through.
    """
    transaction.on_commit(deliver_nudges.delay, robust=True)


@shared_task(time_limit=600)
def deliver_nudges():
    """Send what is due over one connection. Twice at once, each row still goes once.

    It ends by itself, before Celery would end it in the middle of a letter.
    """
    until = monotonic() + RUNS_FOR
    server = get_connection()
    try:
        while monotonic() < until and (nudges := Nudge.objects.claim(CLAIMED_AT_ONCE)):
            numbers, sent = WeekNumbers(nudges), None
            try:
                for nudge in nudges:
                    sent = _deliver(nudge, numbers, server, sent=sent)
            finally:
                if sent:
                    sent.mark_sent()
    finally:
        server.close()


def _deliver(nudge, numbers, server, *, sent) -> Nudge | None:
    """The nudge, if its letter went and the row does not say so yet: `sent` is such a
    one, and nothing comes between it and the next but to write that down.
    """
    if nudge.attempts >= TRIES:
        nudge.put_back(why="its workers died")
        return sent
    if row := begin_try(nudge, sent=sent):
        try:
            letter = _letter(nudge, candidate_from_row(row), numbers, server)
            if letter:
                server.open()  # nothing to do while it is open
                letter.send()
        except Exception as error:  # this row's trouble must not become the batch's
            logger.exception("Nudge %s was not sent", nudge.pk)
            nudge.put_back(why=repr(error)[:WHY_AT_MOST])
            server.close()  # the next row opens a fresh one
        else:
            if letter:
                nudge.letter = letter.source if settings.KEEP_LETTERS else ""
                return nudge
    return None


def _letter(nudge, candidate, numbers, server) -> mail.Letter | None:
    """What to send. None when the row was skipped or put off, as things stand now."""
    if candidate is None:
        nudge.skip(why=WhyNot.LEFT)
        return None
    at, today = candidate.at, candidate.today
    why = candidate.why_not(nudge.week, nudge.kind, on=today)
    chance = None if why else candidate.chance(nudge, at=at)
    week = rep_week(candidate.rep, nudge.week, today=today)
    if chance is None or week is None:
        nudge.skip(why=why or WhyNot.TOO_LATE)
        return None
    if chance > at:
        nudge.put_off(until=chance)
        return None
    nudge.person = candidate.rep.user
    return mail.nudge_letter(nudge, server, week=week, numbers=numbers)
