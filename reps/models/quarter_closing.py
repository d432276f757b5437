"""When a quarter was closed, reopened and closed again: a row each, never changed.

Closed, its figures are kept as they stand, and what is put right afterwards needs a
reason (`Quarter.is_closed` says whether it is: the clock closes it, whether or not a
row says so already).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reps.models.organization import Organization
from reps.models.same_organization import SameOrganization
from reps.models.user import User


class QuarterIsClosed(Exception):
    """What counts in it is put right by somebody else, or with a reason."""

    def __init__(self, quarter) -> None:
        super().__init__(str(quarter))
        self.quarter = quarter


class QuarterClosing(models.Model):
    """One of them. `took_effect_at` may lie before it was written down."""

    class Kind(models.TextChoices):
        CLOSED = "closed", _("Closed")
        REOPENED = "reopened", _("Reopened")

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="quarter_closings"
    )
    quarter = models.ForeignKey(
        "reps.Quarter", on_delete=models.PROTECT, related_name="closings"
    )
    number = models.PositiveIntegerField(help_text=_("1 is the first."))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    took_effect_at = models.DateTimeField(_("took effect at"))
    by = models.ForeignKey(
        User,
        null=True,
        on_delete=models.PROTECT,
        related_name="quarter_closings",
        help_text=_("Empty: by itself, when its day had come."),
    )
    why = models.TextField(_("why"), blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("closing of a quarter")
        verbose_name_plural = _("closings of quarters")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="quarterclosing_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "quarter", "number"],
                name="quarterclosing_one_after_the_other",
            ),
            models.CheckConstraint(
                condition=Q(kind="closed")
                | Q(kind="reopened", by__isnull=False) & ~Q(why=""),
                name="quarterclosing_reopened_says_why",
            ),
            SameOrganization("quarter", name="quarterclosing_same_organization_of"),
            SameOrganization("by", name="quarterclosing_same_organization_by"),
        ]

    def __str__(self):
        return f"{self.quarter_id}.{self.number}: {self.kind}"
