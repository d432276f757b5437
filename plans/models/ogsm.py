"""The rows of a plan's page: strategies, weekly metrics, and what is one's own."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext_lazy as _

from plans.models.plan import EditConflict, Plan
from reps.models import ActivityKind, Organization, Rep
from reps.models.same_organization import SameOrganization

MOST_STRATEGIES = 4
MOST_COMMITMENTS = 6


def targets_on(plan):
    """Every activity that is counted, the leading one first.

    Each with `metric`, None where it is not on the plan, and its `weekly_target`.
    """
    on_this_plan = FilteredRelation("metrics", condition=Q(metrics__plan=plan))
    kinds = ActivityKind.objects.filter(organization=plan.organization_id).counted()
    return kinds.annotate(
        on_plan=on_this_plan,
        metric=F("on_plan__pk"),
        weekly_target=F("on_plan__weekly_target"),
    )


class OnAPlanQuerySet(models.QuerySet):
    """Rows of a plan's page: whoever may edit the plan may edit them."""

    def editable_by(self, user):
        plans = Plan.objects.editable_by(user)
        return self.filter(organization=user.organization_id, plan__in=plans)


class Strategy(models.Model):
    """One way to the goal: who does it, and where the customers will come from."""

    class Owner(models.TextChoices):
        REP = "rep", _("The rep")
        MANAGER = "manager", _("The manager")
        BOTH = "both", _("Both")

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="strategies"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="strategies")
    words = models.CharField(_("what"), max_length=120)
    source = models.CharField(_("where from"), max_length=120, blank=True)
    owner = models.CharField(max_length=7, choices=Owner, default=Owner.REP)

    objects = OnAPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="strategy_in_organization"
            ),
            SameOrganization("plan", name="strategy_same_organization_plan"),
        ]

    def __str__(self):
        return self.words

    def write(self, *, was: dict, **facts):
        """Change it, if it still says what its writer had before them."""
        row = Strategy.objects.filter(pk=self.pk)
        if not row.filter(**was).update(**facts):
            now = row.values(*was).get()
            if now != facts:
                raise EditConflict(now)
        for field, value in facts.items():
            setattr(self, field, value)

    def take_off(self, *, was: dict):
        """Remove it, if it still says what was seen by whoever removes it."""
        row = Strategy.objects.filter(pk=self.pk)
        deleted, _tables = row.filter(**was).delete()
        if not deleted:
            raise EditConflict(row.values(*was).get())


class MetricQuerySet(OnAPlanQuerySet):
    @transaction.atomic
    def set_target(self, plan, kind, weekly: int | None, *, was: int | None):
        """So many of an activity a week, if its writer saw what it says now.

        None takes the activity off the plan; of the leading one it leaves what the
        arithmetic asks for.
        """
        Plan.objects.locked().get(pk=plan.pk)
        known = self.filter(organization=plan.organization_id, plan=plan, kind=kind)
        now = known.values_list("weekly_target", flat=True).first()
        if now not in {was, weekly}:
            raise EditConflict(now)
        if weekly is None and not kind.is_leading:
            known.delete()
        elif not known.update(weekly_target=weekly):
            self.create(
                organization_id=plan.organization_id,
                plan=plan,
                kind=kind,
                weekly_target=weekly,
            )


class Metric(models.Model):
    """So many of one activity a week. Empty: what the arithmetic asks for."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="metrics"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="metrics")
    kind = models.ForeignKey(
        ActivityKind, on_delete=models.PROTECT, related_name="metrics"
    )
    weekly_target = models.PositiveSmallIntegerField(
        _("a week"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )

    objects = MetricQuerySet.as_manager()

    class Meta:
        verbose_name = _("metric")
        verbose_name_plural = _("metrics")
        ordering = ["-kind__is_leading", "kind__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="metric_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "plan", "kind"],
                name="metric_one_per_activity",
            ),
            SameOrganization("plan", name="metric_same_organization_plan"),
            SameOrganization("kind", name="metric_same_organization_kind"),
        ]

    def __str__(self):
        return f"{self.kind}: {self.weekly_target}"


class CommitmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; whoever manages the rep sees only what was shared.

        With them alone: it is private to persons, and no stand-in's to see.
        """
        own = Q(rep__user=user)
        shared = Q(is_shared=True, rep__team__manager=user)
        return self.filter(own | shared, organization=user.organization_id)

    def editable_by(self, user):
        """The rep's alone, shared or not."""
        return self.filter(rep__user=user, organization=user.organization_id)


class Commitment(models.Model):
    """Something a rep does to stay well: private unless they share it."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="commitments"
    )
    rep = models.ForeignKey(Rep, on_delete=models.PROTECT, related_name="commitments")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="commitments")
    words = models.CharField(_("what"), max_length=80)
    when = models.CharField(_("when"), max_length=60, blank=True)
    is_shared = models.BooleanField(_("shared with the manager"), default=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="commitment_in_organization"
            ),
            SameOrganization("rep", name="commitment_same_organization_rep"),
            SameOrganization("plan", name="commitment_same_organization_plan"),
        ]

    def __str__(self):
        return self.words
