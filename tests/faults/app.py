"""The product's Celery app for the harness's workers and beats: its waits cut short.

A dead worker's rows are free after five minutes, the waits between tries come to half a
day and beat comes every thirty seconds: each is seconds here. What is taken out for the
negative control is taken out here, too; the product has no such switch.
"""

import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import django
from celery.signals import worker_ready

from recovery.celery import app

django.setup()

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.core.mail.utils import DNS_NAME  # noqa: E402
from django.db import transaction  # noqa: E402

from plans import mail, tasks  # noqa: E402
from plans.models import Nudge, nudge, nudge_candidate  # noqa: E402

CLAIM_LASTS = timedelta(seconds=4)
WAITS = [timedelta(seconds=0.2)] * len(nudge.WAITS)
BEAT_COMES = timedelta(seconds=0.5)
ENVIRONMENT = (
    "FAULTS_BEATS",
    "FAULTS_CLAIM",
    "FAULTS_NAME",
    "FAULTS_PATIENCE",
    "FAULTS_READY",
)

beats, claims, name, patience, ready = map(os.environ.get, ENVIRONMENT)

nudge.CLAIM_LASTS = nudge_candidate.CLAIM_LASTS = CLAIM_LASTS
nudge.WAITS = WAITS
settings.EMAIL_TIMEOUT = int(patience)

app.conf.beat_schedule = {
    line: facts | {"schedule": BEAT_COMES}
    for line, facts in app.conf.beat_schedule.items()
    if facts["task"] in beats.split()
}

# By this name a worker greets the mail server: which one to kill while it is sending.
DNS_NAME.get_fqdn = lambda: f"{name}-{os.getpid()}"


@worker_ready.connect
def say_so(**_) -> None:
    Path(ready).touch()


letter_of = mail.nudge_letter


def letter_of_any_size(row, *facts, **more):
    """The product's letter, and megabytes of it for whoever is to be poison."""
    letter = letter_of(row, *facts, **more)
    if row.person.email.startswith("huge"):
        letter.attach("huge.bin", b"\0" * 4_000_000, "application/octet-stream")
    return letter


mail.nudge_letter = letter_of_any_size

if claims == "out":

    def take_without_claiming(rows, limit):
        """What `claim` takes, but neither locked nor marked."""
        taken = list(rows.claimable().defer("letter").order_by("due_at")[:limit])
        for row in taken:
            row.claim = uuid4()
        return taken

    def whosever_they_are(write):
        """The rows are this worker's for as long as it writes, and as before after."""

        @transaction.atomic
        def written(row, *changes, **sent):
            claims = {each.pk: each.claim for each in (row, *sent.values()) if each}
            rows = Nudge.objects.filter(pk__in=claims).order_by("pk")
            before = dict(rows.select_for_update().values_list("pk", "state"))
            for pk, claim in claims.items():
                rows.filter(pk=pk).update(state=Nudge.State.SENDING, claim=claim)
            answer = write(row, *changes, **sent)
            for pk, state in before.items():
                rows.filter(pk=pk, state=Nudge.State.SENDING).update(state=state)
            return answer

        return written

    nudge.NudgeQuerySet.claim = take_without_claiming
    Nudge._if_mine = whosever_they_are(Nudge._if_mine)
    Nudge.mark_sent = whosever_they_are(Nudge.mark_sent)
    tasks.begin_try = whosever_they_are(tasks.begin_try)
