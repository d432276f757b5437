"""A deal's moves over the whiteboard: its history, added to and never edited."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reps.domain import transitions
from reps.models.file_import import BROUGHT_BY, FileImport, rows_of_an_import
from reps.models.organization import Organization
from reps.models.same_organization import SameOrganization
from reps.models.stage import ExitCriterion, Stage
from reps.models.user import User
from reps.models.who_and_why import WHOM


class Outcome(models.TextChoices):
    OPEN = transitions.Outcome.OPEN.value, _("Open")
    WON = transitions.Outcome.WON.value, _("Won")
    LOST = transitions.Outcome.LOST.value, _("Lost")


class StageMoveQuerySet(models.QuerySet):
    def of(self, deals):
        """Of these deals, one deal after the other; each one's first move first."""
        rows = self.filter(deal__in=deals.order_by().values("pk"))
        people = ("deal__owner", "from_stage", "to_stage", "moved_by", "stood_in_for")
        return rows.select_related(*people).order_by("deal", "number")


class StageMove(models.Model):
    class Kind(models.TextChoices):
        OPENED = transitions.Kind.OPENED.value, _("Opened")
        FORWARD = transitions.Kind.FORWARD.value, _("Forward")
        BACK = transitions.Kind.BACK.value, _("Back")
        OVERRIDE = transitions.Kind.OVERRIDE.value, _("Moved, and said why")
        IMPORTED = transitions.Kind.IMPORTED.value, _("Imported")
        TAKEN_BACK = transitions.Kind.TAKEN_BACK.value, _("Win taken back")

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="stage_moves"
    )
    deal = models.ForeignKey(
        "reps.Deal", on_delete=models.PROTECT, related_name="moves"
    )
    number = models.PositiveIntegerField(help_text=_("1 is the first."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    from_stage = models.ForeignKey(
        Stage, null=True, on_delete=models.PROTECT, related_name="moves_out"
    )
    to_stage = models.ForeignKey(
        Stage, on_delete=models.PROTECT, related_name="moves_in"
    )
    outcome = models.CharField(
        _("outcome"), max_length=4, choices=Outcome, help_text=_("After the move.")
    )
    moved_on = models.DateField(_("moved on"), help_text=_("The day it counts for."))
    recorded_at = models.DateTimeField(_("recorded at"))
    moved_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="stage_moves"
    )
    stood_in_for = models.ForeignKey(User, **WHOM)
    reason = models.TextField(_("reason"), blank=True)
    file_import = models.ForeignKey(FileImport, **BROUGHT_BY)

    objects = StageMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="stagemove_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "deal", "number"],
                name="stagemove_one_after_the_other",
            ),
            models.CheckConstraint(
                condition=Q(number=1, from_stage__isnull=True)
                | Q(number__gt=1, from_stage__isnull=False),
                name="stagemove_first_comes_from_nowhere",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["opened", "imported"])
                | Q(kind="forward", outcome__in=["open", "won"])
                | ~Q(reason=""),
                name="stagemove_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind="imported") | Q(moved_by__isnull=False),
                name="stagemove_was_made_by_somebody",
            ),
            SameOrganization("deal", name="stagemove_same_organization_deal"),
            SameOrganization("from_stage", name="stagemove_same_organization_from"),
            SameOrganization("to_stage", name="stagemove_same_organization_to"),
            SameOrganization("moved_by", name="stagemove_same_organization_moved_by"),
            SameOrganization("stood_in_for", name="stagemove_same_organization_for"),
            SameOrganization("file_import", name="stagemove_same_organization_import"),
        ]
        indexes = [rows_of_an_import("stagemove")]

    def __str__(self):
        return f"{self.deal_id}.{self.number}: {self.kind}"


class MetCriterion(models.Model):
    """An exit criterion ticked on a deal: by whom, and when."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="met_criteria"
    )
    deal = models.ForeignKey(
        "reps.Deal", on_delete=models.PROTECT, related_name="met_criteria"
    )
    criterion = models.ForeignKey(
        ExitCriterion, on_delete=models.PROTECT, related_name="met_on"
    )
    met_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="criteria_met"
    )
    stood_in_for = models.ForeignKey(User, **WHOM)
    met_at = models.DateTimeField(_("met at"))

    class Meta:
        verbose_name = _("met criterion")
        verbose_name_plural = _("met criteria")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="metcriterion_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "deal", "criterion"],
                name="metcriterion_once_per_deal",
            ),
            SameOrganization("deal", name="metcriterion_same_organization_deal"),
            SameOrganization(
                "criterion", name="metcriterion_same_organization_criterion"
            ),
            SameOrganization("met_by", name="metcriterion_same_organization_met_by"),
            SameOrganization("stood_in_for", name="metcriterion_same_organization_for"),
        ]

    def __str__(self):
        return f"{self.deal_id}: {self.criterion}"
