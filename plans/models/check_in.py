"""A rep's weekly check-in and the manager's answer; the energy is the rep's alone."""

from datetime import date, datetime

from django.core.validators import (
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
)
from django.db import models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from plans.models.nudge import Nudge
from plans.models.plan import EditConflict
from reps.models import ActivityEntry, ActivityKind, Organization, Rep, Team, User
from reps.models.rep import managed_by, worked_by
from reps.models.same_organization import SameOrganization
from reps.models.who_and_why import WHOM

MOST_LETTERS = 600
WORDS = [MaxLengthValidator(MOST_LETTERS)]
WRITTEN = ("moved", "stuck", "learned")
REP, MANAGER = F("rep__user"), F("rep__team__manager")


class CheckInQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rep's own, and the own manager's; a leader above reads none of it."""
        mine = worked_by(user, "rep__")
        return self.filter(mine, organization=user.organization_id)

    def known_to(self, user):
        """That there is one, and when: for whoever runs a team above too."""
        mine = Q(rep__user=user) | Q(rep__team__in=Team.objects.run_by(user))
        return self.filter(mine, organization=user.organization_id)

    def answerable_by(self, user):
        """The own manager's to answer; nobody answers themselves."""
        own = self.filter(managed_by(user, "rep__"), organization=user.organization_id)
        return own.exclude(rep__user=user)

    def with_waits(self, rep=REP, manager=MANAGER):
        """Add `waits`: whether somebody waits for an answer.

        Without words somebody only said that the numbers are right: nothing waits. Nor
        does what the manager wrote down with them. Words written since the last answer
        wait anew. `rep` and `manager` say who these are where a query knows it already.
        """
        since = Answer.objects.filter(
            check_in=OuterRef("pk"), answered_at__gte=OuterRef("checked_in_at")
        )
        is_silent = Q(moved="", stuck="", learned="")
        by_rep = Q(checked_in_by=rep)
        by_manager = Q(checked_in_by=manager) | ~by_rep
        nothing_waits = is_silent | by_manager | Exists(since)
        return self.annotate(waits=Case(When(nothing_waits, then=False), default=True))

    def unanswered(self):
        """Those that wait for an answer."""
        return self.with_waits().filter(waits=True)

    def long_unanswered(self, user, *, before: datetime):
        """Of teams of which this person hears as the one above (`told_of_to`): that
        somebody has waited since before then. No words.

        (rep's name, checked in at) of the one that has waited longest, of each rep.
        """
        theirs = Q(rep__team__in=Team.objects.told_of_to(user)) & ~Q(rep__user=user)
        waiting = self.unanswered().filter(theirs, checked_in_at__lt=before)
        longest = waiting.order_by("rep", "checked_in_at").distinct("rep")
        return longest.values_list("rep__name", "checked_in_at")

    def of_reps(self, reps):
        return self.filter(rep__in=reps)

    def with_answers(self):
        """To be read: whose it is, what was answered by whom, and whether it waits."""
        return (
            self.with_waits()
            .select_related("rep")
            .prefetch_related(models.Prefetch("answers", Answer.objects.with_names()))
        )

    def without_words(self):
        """Rows that say whose it is, when it was and where it stands; no words.

        (pk, rep, rep's name, week, the leading activity, how many of it were done that
        week, checked in at, whether it waits for an answer, whether it has one)
        """
        answers = Answer.objects.filter(check_in=OuterRef("pk"))
        leading = ActivityKind.objects.filter(
            organization=OuterRef("organization"), is_leading=True
        )
        entries = ActivityEntry.objects.filter(
            rep=OuterRef("rep"), week=OuterRef("week"), kind__is_leading=True
        )
        done = entries.order_by().values("rep").values(done=Sum("change"))
        return self.with_waits().values_list(
            "pk",
            "rep",
            "rep__name",
            "week",
            Subquery(leading.values("name")),
            Coalesce(Subquery(done), 0),
            "checked_in_at",
            "waits",
            Exists(answers),
        )

    def beside(self, reps, user):
        """These reps with when they last checked in, and what waits for this person.

        `last_check_in_at`, of the latest week, even if an older one was written up
        since; `waiting_week` and `waiting_since` of the check-in that has waited
        longest for their answer. Each is None where there is none. No words, and no
        query of its own.
        """
        own = self.filter(rep=OuterRef("pk"))
        last = own.order_by("-week")
        people = {"rep": OuterRef("user"), "manager": OuterRef("team__manager")}
        waiting = own.with_waits(**people).filter(waits=True).order_by("week")
        is_theirs = managed_by(user) & ~Q(user=user)

        def of_longest(fact):
            return Case(When(is_theirs, then=Subquery(waiting.values(fact)[:1])))

        return reps.annotate(
            last_check_in_at=Subquery(last.values("checked_in_at")[:1]),
            waiting_week=of_longest("week"),
            waiting_since=of_longest("checked_in_at"),
        )

    @transaction.atomic
    def record(self, *, rep, week: date, by, at: datetime, **words):
        """Write a week's check-in, or write it anew; nobody is asked any more.

        What it says already is not written anew: it would wait for another answer.
        """
        check_in = self.filter(rep=rep, week=week).first()
        if check_in is None or not check_in.says(words):
            check_in, _made = self.update_or_create(
                organization_id=rep.organization_id,
                rep=rep,
                week=week,
                defaults=words | {"checked_in_by": by, "checked_in_at": at},
            )
        if rep.user_id:
            Nudge.objects.skip_check_ins_due(person=rep.user_id, week=week)
        return check_in

    def record_over(self, seen: str, *, rep, week: date, **facts):
        """Record over what its writer saw (`version`); the rep is locked.

        Raises `EditConflict` with the check-in as it is, when it says something else
        by now. Writing what it says already is no conflict, and no words are in the way
        of any.
        """
        now = self.filter(rep=rep, week=week).select_related("checked_in_by").first()
        if now and now.words and now.version != seen and not now.says(facts):
            raise EditConflict(now)
        return self.record(rep=rep, week=week, **facts)

    def confirm(self, *, rep, week: date, note: str, by, at: datetime) -> bool:
        """The numbers are right, and maybe a word on what moved; the rep is locked.

        It never takes the place of words that are there: False when such words are, and
        the note is another one.
        """
        now = self.filter(rep=rep, week=week).first()
        if now is None or (note and not now.moved):
            self.record(rep=rep, week=week, by=by, at=at, moved=note)
            return True
        return not note or note == now.moved


class CheckIn(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="check_ins"
    )
    rep = models.ForeignKey(Rep, on_delete=models.PROTECT, related_name="check_ins")
    week = models.DateField(_("week"), help_text=_("Its Monday."))
    moved = models.TextField(_("what moved"), blank=True, validators=WORDS)
    stuck = models.TextField(_("where I am stuck"), blank=True, validators=WORDS)
    learned = models.TextField(_("what I learned"), blank=True, validators=WORDS)
    checked_in_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="check_ins"
    )
    checked_in_at = models.DateTimeField(_("checked in at"))

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="checkin_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "rep", "week"], name="checkin_one_a_week"
            ),
            models.CheckConstraint(
                condition=Q(week__iso_week_day=1), name="checkin_week_is_a_monday"
            ),
            SameOrganization("rep", name="checkin_same_organization_rep"),
            SameOrganization(
                "checked_in_by", name="checkin_same_organization_checked_in_by"
            ),
        ]

    def __str__(self):
        return f"{self.rep}, {self.week}"

    @property
    def version(self) -> str:
        """Another one after each time it was written."""
        return self.checked_in_at.isoformat()

    @property
    def words(self) -> dict[str, str]:
        """What was written, by field; fields left empty are left out."""
        return {name: said for name in WRITTEN if (said := getattr(self, name))}

    def says(self, facts) -> bool:
        return all(getattr(self, name) == facts.get(name, "") for name in WRITTEN)

    @transaction.atomic
    def answer(self, words: str, *, by, at: datetime, stood_in_for=None):
        """Say something to it. The same words sent twice are one answer."""
        CheckIn.objects.select_for_update(no_key=True).get(pk=self.pk)
        answer, _made = self.answers.get_or_create(
            organization_id=self.organization_id,
            words=words,
            answered_by=by,
            defaults={"answered_at": at, "stood_in_for": stood_in_for},
        )
        return answer


class AnswerQuerySet(models.QuerySet):
    def with_names(self):
        """By whom, and for whom they stood in."""
        return self.select_related("answered_by", "stood_in_for")


class Answer(models.Model):
    """What the manager says to a check-in."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="answers"
    )
    check_in = models.ForeignKey(
        CheckIn, on_delete=models.PROTECT, related_name="answers"
    )
    words = models.TextField(_("answer"), validators=WORDS)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="answers"
    )
    stood_in_for = models.ForeignKey(User, **WHOM)
    answered_at = models.DateTimeField(_("answered at"))

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["answered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="answer_in_organization"
            ),
            SameOrganization("check_in", name="answer_same_organization_check_in"),
            SameOrganization(
                "answered_by", name="answer_same_organization_answered_by"
            ),
            SameOrganization("stood_in_for", name="answer_same_organization_for"),
        ]

    def __str__(self):
        return self.words


class EnergyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rep's own, and nobody else's: no manager, no export, no mail."""
        return self.filter(rep__user=user, organization=user.organization_id)

    def note(self, level: int, *, rep, week: date):
        """How it is this week; said again, it is the last that counts."""
        self.update_or_create(
            organization_id=rep.organization_id,
            rep=rep,
            week=week,
            defaults={"level": level},
        )

    def take_back(self, *, rep, week: date):
        """As if it had never been said."""
        self.filter(rep=rep, week=week).delete()


class Energy(models.Model):
    """How somebody feels, 1 (empty) to 5 (full): a table of its own, private."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="energies"
    )
    rep = models.ForeignKey(Rep, on_delete=models.PROTECT, related_name="energies")
    week = models.DateField(_("week"), help_text=_("Its Monday."))
    level = models.PositiveSmallIntegerField(
        _("energy"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    objects = EnergyQuerySet.as_manager()

    class Meta:
        verbose_name = _("energy")
        verbose_name_plural = _("energies")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="energy_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "rep", "week"], name="energy_one_a_week"
            ),
            models.CheckConstraint(
                condition=Q(level__gte=1, level__lte=5), name="energy_is_1_to_5"
            ),
            SameOrganization("rep", name="energy_same_organization_rep"),
        ]

    def __str__(self):
        return f"{self.rep}, {self.week}"
