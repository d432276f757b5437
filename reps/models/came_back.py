"""A lost deal that came back: its loss stays where it was, in the rates of its day.

The database writes it (the migration `losses_stay`), whoever moves a deal out of lost
and by whatever way; the app's role can only read.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reps.models.organization import Organization
from reps.models.rep import Rep
from reps.models.same_organization import SameOrganization
from reps.models.stage import Stage

# SameOrganization holds each parent already.
PARENT = {
    "on_delete": models.PROTECT,
    "db_constraint": False,
    "db_index": False,
    "related_name": "+",
}


class CameBack(models.Model):
    """The loss as it stood when the deal came back from it."""

    organization = models.ForeignKey(Organization, **PARENT)
    deal = models.ForeignKey("reps.Deal", **PARENT)
    owner = models.ForeignKey(Rep, **PARENT)
    stage = models.ForeignKey(Stage, help_text=_("In which it was lost."), **PARENT)
    lost_on = models.DateField(_("lost on"))
    recorded_at = models.DateTimeField(_("came back at"))

    class Meta:
        verbose_name = _("loss that came back")
        verbose_name_plural = _("losses that came back")
        constraints = [
            SameOrganization("deal", name="cameback_same_organization_deal"),
            SameOrganization("owner", name="cameback_same_organization_owner"),
            SameOrganization("stage", name="cameback_same_organization_stage"),
        ]
        indexes = [
            models.Index(fields=["owner", "lost_on"], name="cameback_by_owner"),
            # A deal that goes is looked for here, by the key that would be broken.
            models.Index(fields=["deal"], name="cameback_of_a_deal"),
        ]

    def __str__(self):
        return f"{self.deal_id}: {self.lost_on}"
