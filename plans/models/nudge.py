"""A reminder we owe somebody. The row is the queue, the lock and the record."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

from django.db import connection, models, transaction
from django.db.models import Case, Count, Min, Q, When
from django.db.models.functions import Greatest, Now
from django.utils.translation import gettext_lazy as _

from plans.models.prepared_statement import run_prepared_statement
from reps.models import Organization, User
from reps.models.rep import managed_by
from reps.models.same_organization import SameOrganization

CLAIM_LASTS = timedelta(minutes=5)  # longer than all steps of one letter may take
WAITS = [timedelta(minutes=wait) for wait in (5, 25, 120, 600)]  # between tries
TRIES = len(WAITS) + 1
PUT_OFF = "put off to a working hour"
# A worker that lost its claim changes nothing. Takes the row's key and the claim.
MINE = "plans_nudge.id = %s AND claim = %s AND state = 'sending'"
SENT = f"""
    UPDATE plans_nudge SET state = 'sent', sent_at = now(), letter = %s, why = ''
    WHERE {MINE}
"""

# Who has one already keeps it. Everybody in the order of their keys, so that two who
# decide at once wait for each other and never both.
MAKE = """
    INSERT INTO plans_nudge (
        organization_id, kind, week, due_at, state, why, person_id, attempts, letter
    )
    SELECT %s, %s, %s, %s, %s, %s, person, 0, '' FROM unnest(%s) AS person
    ON CONFLICT DO NOTHING
"""


class Missing(NamedTuple):
    """A row that is to be made, but for whose it is: many are owed the same."""

    organization: int
    kind: str
    week: date
    due_at: datetime
    state: str
    why: str


class NudgeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """An admin sees all; a manager the own team's; a rep the own.

        Whoever runs a team above sees none of it.
        """
        own = self.filter(organization=user.organization_id)
        if user.is_admin:
            return own
        return own.filter(Q(person=user) | managed_by(user, "person__rep__"))

    def readable_by(self, user):
        """Whose letters, and why one was not sent: an admin's to read, or one's own."""
        own = self.filter(organization=user.organization_id)
        return own if user.is_admin else own.filter(person=user)

    def resendable_by(self, user):
        """The organization's, for its admin: a dead one of them can be owed anew."""
        own = self.filter(organization=user.organization_id)
        return own if user.is_admin else own.none()

    def dead(self):
        return self.filter(state=Nudge.State.DEAD)

    def count_by_state(self) -> dict[str, int]:
        """How many there are of each state, those without any left out."""
        return dict(self.values_list("state").annotate(Count("pk")).order_by())

    def with_letter(self):
        return self.exclude(letter="")

    def for_list(self):
        """With the person, and with `has_letter` instead of the letter itself."""
        has_letter = Case(When(letter="", then=False), default=True)
        told = self.select_related("person").defer("letter")
        return told.annotate(has_letter=has_letter)

    def latest_first(self):
        return self.order_by("-due_at", "-pk")

    def oldest_unsent(self):
        """Since when the one that has waited longest could go; None if none waits.

        One that is put off, or tried again later, does not wait yet.
        """
        waiting = self.claimable().filter(state=Nudge.State.OWED)
        since = Greatest("due_at", "retry_at")  # PostgreSQL's passes over NULL
        return waiting.aggregate(oldest=Min(since))["oldest"]

    def make(self, missing: Iterable[tuple[Missing, int]]) -> None:
        """Make these people's rows: those of the same in one statement, written out.

        Model instances would take longer than to find out who is owed what.
        """
        people = defaultdict(list)
        for row, person in missing:
            people[row].append(person)
        with connection.cursor() as cursor:
            for row, those in people.items():
                cursor.execute(MAKE, [*row, sorted(those)])

    @transaction.atomic
    def ask_now(self, rep, *, week: date, at: datetime) -> bool:
        """Owe this week's check-in letter at once; False if it is out, or on its way.

        What was skipped or given up is owed anew.
        """
        nudge, made = self.get_or_create(
            organization_id=rep.organization_id,
            person_id=rep.user_id,
            kind=Nudge.Kind.CHECK_IN,
            week=week,
            defaults={"due_at": at},
        )
        may = self.filter(pk=nudge.pk).exclude(
            state__in=[Nudge.State.SENDING, Nudge.State.SENT]
        )
        return made or bool(may.owe_again(at=at))

    def owe_again(self, *, at: datetime) -> int:
        """From the first try, whatever became of them; answers how many."""
        return self.update(
            state=Nudge.State.OWED, due_at=at, retry_at=None, attempts=0, why=""
        )

    def of(self, person: int):
        """What that person alone got, or will get."""
        return self.filter(person=person)

    def skip_check_ins_due(self, *, person: int, week: date):
        """Ask nobody for what they have done. The row stays: it is the record."""
        asked = self.filter(person=person, week=week, state=Nudge.State.OWED)
        return asked.update(state=Nudge.State.SKIPPED, why="checked in first")

    def wait_until(self, hour: datetime, *, kind: str, week: date) -> int:
        """Of those put off: the hour is another one, since the working hours are."""
        put_off = self.filter(kind=kind, week=week, state=Nudge.State.OWED, why=PUT_OFF)
        return put_off.update(retry_at=hour)

    def claimable(self):
        """Owed and due, or left behind by a worker that died."""
        waits = Q(retry_at__isnull=False, retry_at__gt=Now())
        due = Q(state=Nudge.State.OWED, due_at__lte=Now()) & ~waits
        left_behind = Q(state=Nudge.State.SENDING, claimed_until__lt=Now())
        return self.filter(due | left_behind)

    @transaction.atomic
    def claim(self, limit: int):
        """Take a handful for this worker, in one statement, by the database's clock."""
        claim = uuid4()
        free = self.claimable().order_by("due_at").select_for_update(skip_locked=True)
        self.filter(pk__in=free.values("pk")[:limit]).update(
            state=Nudge.State.SENDING, claim=claim, claimed_until=Now() + CLAIM_LASTS
        )
        mine = self.filter(claim=claim, state=Nudge.State.SENDING)
        return list(mine.defer("letter").order_by("due_at"))

    def check_in_of(self, week: date):
        """The one that asks for this week's check-in; None until there is one."""
        asks = self.filter(kind=Nudge.Kind.CHECK_IN, week=week)
        return asks.defer("letter").first()


class Nudge(models.Model):
    class Kind(models.TextChoices):
        CHECK_IN = "check_in", _("Check-in")
        REMINDER = "reminder", _("Reminder")
        SNOOZED = "snoozed", _("Asked again, as wished")

    class State(models.TextChoices):
        OWED = "owed", _("Owed")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        SKIPPED = "skipped", _("Skipped")
        DEAD = "dead", _("Given up")

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="nudges"
    )
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="nudges")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    week = models.DateField(help_text=_("Monday of the local ISO week it is about."))
    # What "too late" is counted from: a failed try never moves it.
    due_at = models.DateTimeField(_("due at"))
    retry_at = models.DateTimeField(_("tried again at"), null=True)
    state = models.CharField(
        _("state"), max_length=7, choices=State, default=State.OWED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    why = models.TextField(_("why"), blank=True)
    letter = models.TextField(
        blank=True, help_text=_("The letter as it went out, where letters are kept.")
    )

    objects = NudgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("nudge")
        verbose_name_plural = _("nudges")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="nudge_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "person", "kind", "week"],
                name="nudge_owed_once",
            ),
            models.CheckConstraint(
                condition=Q(week__iso_week_day=1), name="nudge_week_is_a_monday"
            ),
            SameOrganization("person", name="nudge_same_organization_person"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=["owed", "sending"]),
                name="nudge_to_be_sent",
            ),
            # What one worker has claimed is read by its claim.
            models.Index(
                fields=["claim"],
                condition=Q(state="sending"),
                name="nudge_being_sent",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.week}: {self.person}"

    def snoozed(self):
        """The one that asks again about the same week; None until it was put off."""
        asked = Nudge.objects.filter(person=self.person_id, week=self.week)
        return asked.filter(kind=self.Kind.SNOOZED).first()

    @transaction.atomic
    def snooze(self, *, until: datetime):
        """Ask about the same week once more then: once, however often it is wished.

        That is the reminder, put off: no other one goes.
        """
        again, _made = Nudge.objects.get_or_create(
            organization_id=self.organization_id,
            person_id=self.person_id,
            kind=self.Kind.SNOOZED,
            week=self.week,
            defaults={"due_at": until},
        )
        Nudge.objects.of(self.person_id).filter(
            kind=self.Kind.REMINDER, week=self.week, state=self.State.OWED
        ).update(state=self.State.SKIPPED, why="to be asked later")
        return again

    def mark_sent(self) -> bool:
        """By itself: for all but a batch's last one, the next `begin_try` says it."""
        return bool(run_prepared_statement(SENT, self.as_sent).rowcount)

    @property
    def as_sent(self) -> list:
        """What `SENT` takes."""
        return [self.letter, self.pk, self.claim]

    def skip(self, *, why: str) -> bool:
        return self._if_mine("state = %s, why = %s", self.State.SKIPPED, why)

    def put_off(self, *, until: datetime) -> bool:
        """Owed at an hour at which a letter may go; this was no try."""
        changes = "state = %s, retry_at = %s, attempts = %s, why = %s"
        tries = self.attempts - 1
        return self._if_mine(changes, self.State.OWED, until, tries, PUT_OFF)

    def put_back(self, *, why: str) -> bool:
        """Owed again after a while; dead, and seen to be, after the last try."""
        if self.attempts >= TRIES:
            return self._if_mine("state = %s, why = %s", self.State.DEAD, why)
        changes = "state = %s, retry_at = now() + %s, why = %s"
        wait = WAITS[self.attempts - 1]
        return self._if_mine(changes, self.State.OWED, wait, why)

    def _if_mine(self, changes: str, *values) -> bool:
        """A statement of its own; False, and nothing changed, if the claim is lost."""
        statement = f"UPDATE plans_nudge SET {changes} WHERE {MINE}"
        return bool(
            run_prepared_statement(statement, [*values, self.pk, self.claim]).rowcount
        )
