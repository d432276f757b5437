"""A recovery plan: one page that a rep and a manager write, sign and work by.

Its fields are the working copy, which both may edit. What was proposed and signed is
frozen beside it (`Proposal`); what holds is the last revision both have signed.
"""

from datetime import date, datetime
from decimal import Decimal

from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plans.domain.changes import changes
from reps.models import Organization, Quarter, Rep, Team
from reps.models.organization import RATE, RATE_RANGE
from reps.models.rep import managed_by, worked_by
from reps.models.same_organization import SameOrganization

MONEY = {"max_digits": 15, "decimal_places": 2, "null": True, "blank": True}


class EditConflict(Exception):
    """Somebody else changed this field since it was read. Carries what it says now."""

    def __init__(self, now) -> None:
        super().__init__("edited meanwhile")
        self.now = now


class NotReady(Exception):
    """The plan cannot be proposed or signed yet. Carries what is missing, as codes."""

    def __init__(self, *missing: str) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The rep's own plans, and those of teams this person runs at any depth."""
        mine = Q(rep__user=user) | Q(rep__team__in=Team.objects.run_by(user))
        return self.filter(mine, organization=user.organization_id)

    def editable_by(self, user):
        """The rep's and the own manager's, until it is closed; a leader reads."""
        mine = worked_by(user, "rep__")
        return self.visible_to(user).filter(mine).exclude(status=Plan.Status.CLOSED)

    def signable_by(self, user):
        """Plans whose proposal waits for this person's own signature."""
        reps_turn = Q(turn=Plan.Turn.REP, rep__user=user)
        managers_turn = Q(turn=Plan.Turn.MANAGER) & managed_by(user, "rep__")
        return self.editable_by(user).filter(reps_turn | managers_turn)

    def not_closed(self):
        return self.exclude(status=Plan.Status.CLOSED)

    def locked(self):
        """Locked to the transaction's end: a plan takes one such act at a time."""
        return self.select_for_update(of=("self",))

    def beside(self, reps, quarter):
        """These reps with the plan of that quarter: `plan`, `plan_status`, `plan_turn`.

        Each is None where there is no plan. No query of its own.
        """
        own = self.filter(rep=OuterRef("pk"), quarter=quarter).not_closed()
        return reps.annotate(
            plan=Subquery(own.values("pk")[:1]),
            plan_status=Subquery(own.values("status")[:1]),
            plan_turn=Subquery(own.values("turn")[:1]),
        )

    def for_page(self, user):
        """With whom and when, which every page about a plan names; and `is_managed`,
        whether this person has the manager's side of it.
        """
        people = ("rep__team__manager", "rep__user", "rep__organization")
        managed = When(managed_by(user, "rep__"), then=True)
        rows = self.annotate(is_managed=Case(managed, default=False))
        return rows.select_related("quarter", *people)

    @transaction.atomic
    def start(self, *, rep, quarter, leading, by, at: datetime):
        """Begin a draft. The leading activity is in it from the first moment."""
        plan = self.create(
            organization_id=rep.organization_id,
            rep=rep,
            quarter=quarter,
            started_by=by,
            started_at=at,
        )
        if leading:
            plan.metrics.create(organization_id=plan.organization_id, kind=leading)
        return plan


class Plan(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        ACTIVE = "active", _("Active")
        CLOSED = "closed", _("Closed")

    class Turn(models.TextChoices):
        NOBODY = "", _("nobody’s turn")
        REP = "rep", _("the rep’s turn")
        MANAGER = "manager", _("the manager’s turn")

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="plans"
    )
    rep = models.ForeignKey(Rep, on_delete=models.PROTECT, related_name="plans")
    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="plans")
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    turn = models.CharField(max_length=7, choices=Turn, default=Turn.NOBODY, blank=True)
    objective = models.TextField(
        _("objective"), blank=True, validators=[MaxLengthValidator(240)]
    )
    goal_low = models.DecimalField(
        _("goal, at least"), **MONEY, validators=[MinValueValidator(Decimal("0.01"))]
    )
    goal_high = models.DecimalField(
        _("goal, at best"), **MONEY, validators=[MinValueValidator(Decimal("0.01"))]
    )
    backup_plan = models.TextField(
        _("backup plan"), blank=True, validators=[MaxLengthValidator(400)]
    )
    # The figures somebody overrode; where there is none, the measured one holds.
    average_deal = models.DecimalField(
        _("average deal"), **MONEY, validators=[MinValueValidator(Decimal("0.01"))]
    )
    win_rate = models.DecimalField(
        _("win rate"), **RATE, null=True, blank=True, validators=RATE_RANGE
    )
    open_deals = models.PositiveIntegerField(_("open deals"), null=True, blank=True)
    demo_rate = models.DecimalField(
        _("demo-to-opportunity rate"),
        **RATE,
        null=True,
        blank=True,
        validators=RATE_RANGE,
    )
    demos_pending = models.PositiveIntegerField(
        _("demos held, answer still open"), null=True, blank=True
    )
    effective_weeks = models.DecimalField(
        _("effective weeks left"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    started_by = models.ForeignKey(
        "reps.User", on_delete=models.PROTECT, related_name="plans_started"
    )
    started_at = models.DateTimeField(_("started at"))
    closed_on = models.DateField(_("closed on"), null=True)
    came_of_it = models.TextField(
        _("what came of it"), blank=True, validators=[MaxLengthValidator(400)]
    )

    is_managed = False  # by whoever reads it: `for_page` finds out

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="plan_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "rep"],
                condition=Q(status="active"),
                name="plan_one_active_per_rep",
            ),
            models.UniqueConstraint(
                fields=["organization", "rep", "quarter"],
                condition=~Q(status="closed"),
                name="plan_one_per_rep_and_quarter",
            ),
            models.CheckConstraint(
                condition=Q(goal_low__isnull=True)
                | Q(goal_high__isnull=True)
                | Q(goal_high__gte=F("goal_low")),
                name="plan_goal_is_a_range",
                violation_error_message=_("The upper end is below the lower one."),
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_on__isnull=False)
                | (~Q(status="closed") & Q(closed_on__isnull=True)),
                name="plan_closed_on_once_closed",
            ),
            models.CheckConstraint(
                condition=Q(turn="") | Q(status__in=["proposed", "active"]),
                name="plan_has_a_turn_once_proposed",
            ),
            SameOrganization("rep", name="plan_same_organization_rep"),
            SameOrganization("quarter", name="plan_same_organization_quarter"),
            SameOrganization("started_by", name="plan_same_organization_started_by"),
        ]

    def __str__(self):
        return f"{self.rep}, {self.quarter}"

    def get_absolute_url(self):
        return reverse("plans:plan_detail", args=[self.pk])

    def side_of(self, user) -> str:
        """Which of the two this person is: the rep, or (also as both) the manager.

        Of a plan loaded `for_page` of this person whoever acts for the manager is, too.
        """
        if self.is_managed or self.rep.team.manager_id == user.pk:
            return self.Turn.MANAGER
        return self.Turn.REP if self.rep.user_id == user.pk else self.Turn.NOBODY

    def waits_for(self, user) -> bool:
        """It is proposed, and this person's turn to sign or to change it."""
        return bool(self.turn) and self.turn == self.side_of(user)

    def other_side(self, side: str) -> str:
        return self.Turn.REP if side == self.Turn.MANAGER else self.Turn.MANAGER

    # --- Writing it together ---

    def write(self, field: str, value, *, was) -> None:
        """Set one field, if it still says what its writer had before them.

        One statement: of two who save at once the second raises `EditConflict`.
        Saving what it says already is no conflict.
        """
        row = Plan.objects.filter(pk=self.pk)
        says = row.not_closed().filter(**_says(field, was))
        if not says.update(**{field: value}):
            now = row.values_list(field, flat=True).get()
            if now != value:
                raise EditConflict(now)
        setattr(self, field, value)

    def missing(self, content) -> list[str]:
        """What a plan must say before anybody can sign it, as codes in page order."""
        needed = {
            "objective": content["objective"],
            "goal": content["goal_low"] and content["goal_high"],
            "strategies": content["strategies"],
            "metrics": any(metric["weekly"] for metric in content["metrics"].values()),
        }
        return [code for code, said in needed.items() if not said]

    # --- Agreeing on it ---

    def proposed(self):
        """What lies on the table: the last proposal that both have not signed yet."""
        waiting = self.proposals.filter(revision__isnull=True)
        return waiting.order_by("-number").first() if self.turn else None

    def in_force(self):
        """The last revision both have signed, or None."""
        agreed = self.proposals.filter(revision__isnull=False)
        return agreed.order_by("-revision").first()

    @transaction.atomic
    def propose(
        self,
        content,
        *,
        by,
        side: str,
        reason: str = "",
        at: datetime,
        stood_in_for=None,
    ):
        """Put the page on the table, signed by whoever proposes; the other's turn.

        Raises `NotReady` with all that is missing. After the first time it must say
        why, and must say something new.
        """
        plan = Plan.objects.locked().get(pk=self.pk)
        if plan.status == self.Status.CLOSED:
            raise NotReady("closed")
        last = plan.proposals.order_by("-number").first()
        missing = plan.missing(content)
        if last and not changes(last.content, content):
            missing.append("changes")
        elif last and not reason:
            missing.append("reason")
        if missing:
            raise NotReady(*missing)
        proposal = plan.proposals.create(
            organization_id=plan.organization_id,
            number=last.number + 1 if last else 1,
            content=content,
            reason=reason,
        )
        proposal.sign(by=by, side=side, at=at, stood_in_for=stood_in_for)
        if plan.status == self.Status.DRAFT:
            plan.status = self.Status.PROPOSED
        plan.turn = plan.other_side(side)
        plan.save(update_fields=["status", "turn"])
        self.status, self.turn = plan.status, plan.turn
        return proposal

    @transaction.atomic
    def sign(self, number: int, *, by, side: str, at: datetime, stood_in_for=None):
        """Put the second name under proposal `number`: it is the revision in force.

        Raises `NotReady` when another one lies on the table by now, when it is not this
        side's turn, when the first name is this person's too, or when the rep's plan of
        another quarter is still running.
        """
        Rep.objects.locked().get(pk=self.rep_id)  # one plan of theirs after the other
        plan = Plan.objects.locked().get(pk=self.pk)
        proposal = plan.proposed()
        if proposal is None or proposal.number != number:
            raise NotReady("another_proposal")
        if plan.turn != side:
            raise NotReady("turn")
        if proposal.signatures.filter(signer=by).exists():
            raise NotReady("both_sides")
        running = Plan.objects.filter(rep=plan.rep_id, status=self.Status.ACTIVE)
        if running.exclude(pk=plan.pk).exists():
            raise NotReady("running_plan")
        proposal.sign(by=by, side=side, at=at, stood_in_for=stood_in_for)
        before = plan.in_force()
        proposal.revision = before.revision + 1 if before else 1
        proposal.save(update_fields=["revision"])
        plan.status, plan.turn = self.Status.ACTIVE, self.Turn.NOBODY
        plan.save(update_fields=["status", "turn"])
        self.status, self.turn = plan.status, plan.turn
        return proposal

    def close(self, *, on: date, came_of_it: str):
        """End the plan, with what came of it. It stays to be read. Lock it first."""
        self.status, self.turn = self.Status.CLOSED, self.Turn.NOBODY
        self.closed_on, self.came_of_it = on, came_of_it
        self.save(update_fields=["status", "turn", "closed_on", "came_of_it"])


def _says(field: str, was) -> dict:
    """A filter for what a field said: nothing is NULL for numbers, empty for words."""
    return {f"{field}__isnull": True} if was is None else {field: was}
