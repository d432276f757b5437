"""How far the job of an import is, written while it is at it, on another connection."""

from datetime import datetime

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from reps.models.file_import import FileImport
from reps.models.organization import Organization
from reps.models.same_organization import SameOrganization


class ImportProgress(models.Model):
    """Of a worker's try at a job: `done` rows `of` so many, and when it last said so.

    A row of its own: the import's is held by whoever works on it.
    """

    class Doing(models.TextChoices):
        WAITING = "waiting", _("Waiting for another import to end")
        READING = "reading", _("Reading the file")
        PLACING = "placing", _("Going through the rows")
        CHECKING = "checking", _("Checking that everything fits")
        TAKING_BACK = "taking_back", _("Taking it back")

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    file_import = models.OneToOneField(
        FileImport, on_delete=models.CASCADE, related_name="progress"
    )
    tries = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField(max_length=11, choices=Doing, blank=True)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(null=True)
    stop_asked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("progress of an import")
        verbose_name_plural = _("progress of imports")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="importprogress_in_organization"
            ),
            SameOrganization(
                "file_import", name="importprogress_same_organization_import"
            ),
        ]

    def __str__(self):
        return f"{self.file_import_id}: {self.doing} {self.done}/{self.of}"

    @property
    def share(self) -> int:
        """How much of it is done, in percent; 0 while nobody can tell."""
        return min(100, 100 * self.done // self.of) if self.of else 0

    def begin_anew(self):
        """For another job."""
        self._change(tries=0, doing="", done=0, of=0, seen_at=None, stop_asked_at=None)

    def count_try(self, at: datetime) -> int:
        """Another worker is at it: the how many-th."""
        self._change(tries=F("tries") + 1, seen_at=at)
        self.refresh_from_db()
        return self.tries

    def say(self, doing: str, done: int, of: int, *, at: datetime):
        """How far it is."""
        self._change(doing=doing, done=done, of=of, seen_at=at)

    def is_asked_to_stop(self) -> bool:
        asked = ImportProgress.objects.filter(pk=self.pk, stop_asked_at__isnull=False)
        return asked.exists()

    def ask_to_stop(self, at: datetime):
        """Whoever is at it ends at the next chance, and keeps nothing."""
        self._change(stop_asked_at=Coalesce("stop_asked_at", models.Value(at)))

    def _change(self, **facts):
        ImportProgress.objects.filter(pk=self.pk).update(**facts)
