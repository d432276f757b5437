"""The columns of the whiteboard, and what a deal must show before it leaves one."""

from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import Deferrable, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from reps.models.one_spelling import OneSpelling
from reps.models.organization import RATE, RATE_RANGE, Organization
from reps.models.same_organization import SameOrganization


class StageQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(organization=user.organization_id)

    def editable_by(self, user):
        """An admin keeps the stages and their exit criteria."""
        return self.visible_to(user) if user.is_admin else self.none()

    def in_order(self):
        """As they stand on the board, left to right."""
        return self.order_by("order")

    def with_asked_of(self, deal):
        """Add `asked`, what each stage asks for, and `unmet`, what of it is open."""
        asked = ExitCriterion.objects.filter(stage=OuterRef("pk")).asked()
        return self.annotate(
            asked=ArraySubquery(asked.values("words")),
            unmet=ArraySubquery(asked.exclude(met_on__deal=deal).values("words")),
        )

    def never_used(self):
        """No deal stands here or ever did: every deal was moved to where it stands."""
        return self.filter(moves_in=None)

    @transaction.atomic
    def count_from(self, first):
        """Deals count as opportunities from this stage on, and none before it."""
        Organization.objects.lock(first.organization)
        stages = self.filter(organization=first.organization_id)
        place = stages.get(pk=first.pk).order
        stages.filter(order__lt=place).update(is_opportunity=False)
        stages.filter(order__gte=place).update(is_opportunity=True)

    @transaction.atomic
    def put_in_order(self, stages):
        """Number the stages as they come. The unique key is checked at commit."""
        counts_from = min((s.order for s in stages if s.is_opportunity), default=None)
        first = next((s for s in stages if s.order == counts_from), None)
        for order, stage in enumerate(stages, start=1):
            stage.order = order
        self.model.objects.bulk_update(stages, ["order"])
        if first:
            self.count_from(first)

    @transaction.atomic
    def put_last(self, stage):
        """Add a column at the right. It counts if the one before it does."""
        stages = self.filter(organization=stage.organization_id)
        before = stages.in_order().last()
        stage.order = before.order + 1 if before else 1
        stage.is_opportunity = before.is_opportunity if before else False
        stage.save()

    @transaction.atomic
    def move(self, stage, *, places: int):
        """Move a column so many places to the right; at the end of the board it stays.

        Answers with the stage as it then is.
        """
        Organization.objects.lock(stage.organization)
        stages = list(self.filter(organization=stage.organization_id).in_order())
        here = next(n for n, other in enumerate(stages) if other.pk == stage.pk)
        moved = stages.pop(here)
        stages.insert(max(here + places, 0), moved)
        self.put_in_order(stages)
        return moved


class Stage(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="stages"
    )
    name = models.CharField(_("name"), max_length=60)
    order = models.PositiveSmallIntegerField(_("place on the board"))
    is_opportunity = models.BooleanField(
        _("counts as an opportunity"),
        default=False,
        help_text=_("Win rate, coverage and open pipeline count from the first such."),
    )
    weight = models.DecimalField(
        _("weight"),
        **RATE,
        validators=RATE_RANGE,
        help_text=_("The share of such deals you expect to win, until 30 have closed."),
    )
    usual_days = models.PositiveSmallIntegerField(
        _("usual days"),
        validators=[MinValueValidator(1)],
        default=14,
        help_text=_("How long a deal usually stays here."),
    )

    objects = StageQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="stage_in_organization"
            ),
            models.UniqueConstraint(
                "organization",
                OneSpelling("name"),
                name="stage_one_of_each_name",
                violation_error_message=_("There is a stage of this name already."),
            ),
            models.UniqueConstraint(
                fields=["organization", "order"],
                name="stage_one_in_each_place",
                deferrable=Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lte=1), name="stage_weight_is_a_rate"
            ),
            models.CheckConstraint(
                condition=Q(usual_days__gte=1), name="stage_takes_at_least_a_day"
            ),
        ]

    def __str__(self):
        return self.name

    @transaction.atomic
    def remove(self):
        """Take it off the board with what it asks for; refused with a history."""
        self.exit_criteria.all().delete()
        self.delete()


class ExitCriterionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(organization=user.organization_id)

    def editable_by(self, user):
        """An admin keeps what a deal must show before it leaves a stage."""
        return self.visible_to(user) if user.is_admin else self.none()

    def asked(self):
        """Those a move is held to today; a retired one stays for its history."""
        return self.filter(is_retired=False).order_by("order", "pk")

    def put_last(self, criterion):
        """Ask for one thing more, after what the stage asks for already."""
        said = self.filter(stage=criterion.stage)
        criterion.order = (said.aggregate(last=Max("order"))["last"] or 0) + 1
        criterion.save()


class ExitCriterion(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="exit_criteria"
    )
    stage = models.ForeignKey(
        Stage, on_delete=models.PROTECT, related_name="exit_criteria"
    )
    words = models.CharField(
        _("what must be so"),
        max_length=120,
        help_text=_("For example: the decision maker has seen the solution."),
    )
    order = models.PositiveSmallIntegerField(_("place in the list"), default=1)
    is_retired = models.BooleanField(_("no longer asked"), default=False)

    objects = ExitCriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exit criterion")
        verbose_name_plural = _("exit criteria")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="exitcriterion_in_organization"
            ),
            models.UniqueConstraint(
                "organization",
                "stage",
                OneSpelling("words"),
                name="exitcriterion_said_once_per_stage",
                violation_error_message=_("This stage asks for that already."),
            ),
            SameOrganization("stage", name="exitcriterion_same_organization_stage"),
        ]

    def __str__(self):
        return self.words
