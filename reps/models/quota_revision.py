"""What a quota was set to, from its first time on: a row for every change.

The database writes them (the migration `quota_revisions`), whoever sets a quota and by
whatever way; the app's role can only read. Once its quarter has begun no quota changes
without a reason.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reps.domain.pacing import Revision
from reps.models.file_import import BROUGHT_BY, FileImport, rows_of_an_import
from reps.models.organization import RATE, Organization
from reps.models.same_organization import SameOrganization
from reps.models.user import User


class QuotaRevisionQuerySet(models.QuerySet):
    def of(self, quotas):
        """Those of some quotas: of each its own, the first one first."""
        rows = self.filter(quota__in=quotas).select_related("changed_by")
        return rows.order_by("quota", "number")


class QuotaRevision(models.Model):
    """A quota as it became. What changed is found by the row before."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    quota = models.ForeignKey(
        "reps.Quota", on_delete=models.PROTECT, related_name="revisions"
    )
    number = models.PositiveIntegerField(help_text=_("1 is the first."))
    amount = models.DecimalField(
        _("quota"), max_digits=15, decimal_places=2, help_text=_("0: nothing owed.")
    )
    ramp = models.DecimalField(_("ramp"), **RATE)
    starts_on = models.DateField(
        _("starts on"), null=True, help_text=_("Empty: the quarter's first day.")
    )
    holds_from = models.DateField(
        _("holds from"), null=True, help_text=_("Empty: the quarter's first day.")
    )
    changed_by = models.ForeignKey(
        User,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: an import, or there before this was kept."),
    )
    file_import = models.ForeignKey(FileImport, **BROUGHT_BY)
    why = models.TextField(_("why"), blank=True)
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = QuotaRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision of a quota")
        verbose_name_plural = _("revisions of quotas")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "quota", "number"],
                name="quotarevision_one_after_the_other",
            ),
            SameOrganization("quota", name="quotarevision_same_organization_quota"),
            SameOrganization("changed_by", name="quotarevision_same_organization_by"),
            SameOrganization(
                "file_import", name="quotarevision_same_organization_import"
            ),
        ]
        indexes = [rows_of_an_import("quotarevision")]

    def __str__(self):
        return f"{self.quota_id}.{self.number}: {self.amount}"

    def as_held(self) -> Revision:
        """As a plain value."""
        return Revision(self.amount, self.ramp, self.starts_on, self.holds_from)
