"""What somebody said of a file with these headers, for the next one that has them."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from reps.models.file_import import FileImport
from reps.models.organization import Organization
from reps.models.same_organization import SameOrganization
from reps.models.user import User


class ColumnMatchQuerySet(models.QuerySet):
    def remembered(self, organization, kind: str, headers: str) -> dict | None:
        """What was said last of such headers (their fingerprint); None for nothing."""
        rows = self.filter(organization=organization, kind=kind, headers=headers)
        return rows.values_list("answers", flat=True).first()

    def said_by_another(self, file_import: FileImport, user) -> "ColumnMatch | None":
        """What holds for this file, where somebody else was the last to say it."""
        headers = file_import.reading.get("headers", "")
        rows = self.filter(
            organization=file_import.organization_id,
            kind=file_import.kind,
            headers=headers,
        )
        return rows.exclude(said_by=user).select_related("said_by").first()

    def remember(
        self, organization, kind: str, headers: str, answers: dict, *, by, at: datetime
    ):
        """Instead of what was said before."""
        self.update_or_create(
            organization=organization,
            kind=kind,
            headers=headers,
            defaults={"answers": answers, "said_by": by, "said_at": at},
        )


class ColumnMatch(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="column_matches"
    )
    kind = models.CharField(max_length=8, choices=FileImport.Kind)
    headers = models.CharField(max_length=64, help_text=_("Their fingerprint."))
    answers = models.JSONField()
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    objects = ColumnMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("matching of columns")
        verbose_name_plural = _("matchings of columns")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="columnmatch_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "kind", "headers"],
                name="columnmatch_one_for_headers",
            ),
            SameOrganization("said_by", name="columnmatch_same_organization_by"),
        ]

    def __str__(self):
        return f"{self.kind}: {self.headers[:8]}"
