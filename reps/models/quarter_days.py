"""Which days a quarter had, from its first ones on: a row for every change.

The database writes them (the migration `quarter_days`), whoever changes a quarter and
by whatever way; the app's role can only read. Once it has begun its days do not change
without a reason.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reps.models.organization import Organization
from reps.models.quarter import Quarter
from reps.models.same_organization import SameOrganization
from reps.models.user import User


class QuarterDays(models.Model):
    """A quarter's days as they became. What they were is in the row before."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    quarter = models.ForeignKey(Quarter, on_delete=models.PROTECT, related_name="days")
    number = models.PositiveIntegerField(help_text=_("1 is the first."))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    changed_by = models.ForeignKey(
        User,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: an import, or there before this was kept."),
    )
    why = models.TextField(_("why"), blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))

    class Meta:
        verbose_name = _("days of a quarter")
        verbose_name_plural = _("days of quarters")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "quarter", "number"],
                name="quarterdays_one_after_the_other",
            ),
            SameOrganization("quarter", name="quarterdays_same_organization_quarter"),
            SameOrganization("changed_by", name="quarterdays_same_organization_by"),
        ]

    def __str__(self):
        return f"{self.quarter_id}.{self.number}: {self.starts_on} – {self.ends_on}"
