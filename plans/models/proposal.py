"""What was put on the table, word for word, and who has signed it: history."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.models.plan import Plan
from reps.models import Organization, User
from reps.models.same_organization import SameOrganization
from reps.models.who_and_why import WHOM


class Proposal(models.Model):
    """A whole plan, frozen. Signed by both it is a revision, and has its number."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="proposals"
    )
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="proposals")
    number = models.PositiveIntegerField(help_text=_("1 is the first."))
    content = models.JSONField()
    reason = models.TextField(_("reason"), blank=True)
    revision = models.PositiveIntegerField(
        _("revision"), null=True, help_text=_("Once both have signed.")
    )

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="proposal_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "plan", "number"],
                name="proposal_one_after_the_other",
            ),
            models.UniqueConstraint(
                fields=["organization", "plan", "revision"],
                name="proposal_one_per_revision",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="proposal_says_why"
            ),
            SameOrganization("plan", name="proposal_same_organization_plan"),
        ]

    def __str__(self):
        return f"{self.plan_id}.{self.number}"

    def sign(self, *, by, side: str, at: datetime, stood_in_for=None):
        """Put one side's name under it, in a manager's place if one is stood in for."""
        self.signatures.create(
            organization_id=self.organization_id,
            signer=by,
            side=side,
            signed_at=at,
            stood_in_for=stood_in_for,
        )


class Signature(models.Model):
    """One side's name under one proposal."""

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="signatures"
    )
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, related_name="signatures"
    )
    signer = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="signatures"
    )
    side = models.CharField(
        max_length=7, choices=[choice for choice in Plan.Turn.choices if choice[0]]
    )
    stood_in_for = models.ForeignKey(User, **WHOM)
    signed_at = models.DateTimeField(_("signed at"))

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="signature_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "proposal", "side"],
                name="signature_one_per_side",
            ),
            models.UniqueConstraint(
                fields=["organization", "proposal", "signer"],
                name="signature_nobody_signs_both_sides",
            ),
            models.CheckConstraint(
                condition=Q(stood_in_for__isnull=True) | Q(side="manager"),
                name="signature_stands_in_for_a_manager",
            ),
            SameOrganization("proposal", name="signature_same_organization_proposal"),
            SameOrganization("signer", name="signature_same_organization_signer"),
            SameOrganization("stood_in_for", name="signature_same_organization_for"),
        ]

    def __str__(self):
        return f"{self.proposal_id}: {self.side}"
