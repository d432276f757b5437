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
from django.db.models.functions import Now
from django.utils import timezone

from plans import mail
from plans.models import Nudge
from plans.models.asking import KINDS, LOOKED_BACK, Asking, WhyNot, askings, to_ask
from plans.models.nudge import TRIES
from plans.models.rep_week import rep_week
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
    stream = to_ask(reps, at=now).iterator(chunk_size=DECIDED_AT_ONCE)
    rows = (
        _row(asking, owed, why)
        for asking in askings(stream, at=now)
        for owed, why in asking.to_make(now)
    )
    while batch := list(islice(rows, DECIDED_AT_ONCE)):
        Nudge.objects.bulk_create(batch, ignore_conflicts=True)


def _row(asking: Asking, owed, why: str) -> Nudge:
    return Nudge(
        organization_id=asking.rep.organization_id,
        person_id=asking.rep.user_id,
        kind=KINDS[owed.kind],
        week=owed.week,
        due_at=owed.due_at,
        state=Nudge.State.SKIPPED if why else Nudge.State.OWED,
        why=why,
    )


@shared_task(time_limit=600)
def deliver_nudges():
    """Send what is due over one connection. Twice at once, each row still goes once.

    It ends by itself, before Celery would end it in the middle of a letter.
    """
    until = monotonic() + RUNS_FOR
    server = get_connection()
    try:
        while monotonic() < until and (nudges := Nudge.objects.claim(CLAIMED_AT_ONCE)):
            for nudge in nudges:
                _deliver(nudge, server)
    finally:
        server.close()


def _deliver(nudge, server):
    if nudge.attempts >= TRIES:
        nudge.put_back(why="its workers died")
    elif nudge.begin():
        try:
            letter = _letter(nudge, server)
            if letter:
                server.open()  # nothing to do while it is open
                letter.send()
        except Exception as error:  # this row's trouble must not become the batch's
            logger.exception("Nudge %s was not sent", nudge.pk)
            nudge.put_back(why=repr(error)[:WHY_AT_MOST])
            server.close()  # the next row opens a fresh one
        else:
            if letter:
                nudge.mark_sent(letter=letter.source if settings.KEEP_LETTERS else "")


def _letter(nudge, server) -> mail.Letter | None:
    """What to send. None when the row was skipped or put off, as things stand now."""
    asking = _asking(nudge)
    if asking is None:
        nudge.skip(why=WhyNot.LEFT)
        return None
    at = asking.rep.read_at
    today = at.astimezone(asking.calendar.zone).date()
    why = asking.why_not(nudge.week, nudge.kind, on=today)
    chance = None if why else asking.chance(nudge, at=at)
    week = rep_week(asking.rep, nudge.week, today=today)
    if chance is None or week is None:
        nudge.skip(why=why or WhyNot.TOO_LATE)
        return None
    if chance > at:
        nudge.put_off(until=chance)
        return None
    nudge.person = asking.rep.user
    return mail.nudge_letter(nudge, server, week=week)


def _asking(nudge) -> Asking | None:
    """Who is asked, as the database has it now, and by its clock."""
    now = timezone.now()
    reps = Rep.objects.filter(user=nudge.person_id).annotate(read_at=Now())
    return next(askings(to_ask(reps, at=now), at=now), None)
