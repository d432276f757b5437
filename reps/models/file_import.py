"""A file somebody brought: what it is, what was said of it, and how far it has come.

`state` is what is settled, `job` what a worker is to do next. Whoever does it holds
this row until it is done, and then all of it is kept at once: one that is killed leaves
the job as it was, for the next to begin anew.
"""

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from reps.domain.files import fields
from reps.models.organization import Organization
from reps.models.same_organization import SameOrganization
from reps.models.team import Team
from reps.models.user import User

FILE_KEPT = timedelta(days=30)

# Of a row that a file brought: which import it was. SameOrganization holds it, and the
# index for it has nothing of all the other rows.
BROUGHT_BY = {
    "null": True,
    "on_delete": models.PROTECT,
    "db_constraint": False,
    "db_index": False,
    "related_name": "+",
}


def rows_of_an_import(table: str) -> models.Index:
    return models.Index(
        fields=["file_import"],
        condition=Q(file_import__isnull=False),
        name=f"{table}_of_an_import",
    )


class FileImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; an admin sees those of the whole organization."""
        own = self.filter(organization=user.organization_id)
        return own if user.is_admin else own.filter(by=user)

    def editable_by(self, user):
        """Whoever brought a file says what it means, and brings it in."""
        return self.visible_to(user).filter(by=user)

    def kinds_for(self, user) -> list[str]:
        """What this person may bring: an admin everything, a manager deals and taps."""
        if user.is_admin:
            return list(FileImport.Kind.values)
        if Team.objects.run_by(user).exists():
            return [FileImport.Kind.DEALS, FileImport.Kind.ACTIVITY]
        return []

    def last_in(self, organization) -> "FileImport | None":
        """The last that came in, of those still in: it alone can be taken back."""
        rows = self.filter(organization=organization, state="brought_in")
        return rows.order_by("-brought_in_at", "-pk").first()

    def latest_first(self):
        return self.order_by("-uploaded_at", "-pk")

    def waiting(self):
        """Those with a job, which nobody else has in hand, the longest waiting first.

        In a transaction: it holds the row, but not against progress that is written.
        """
        rows = self.exclude(job="").order_by("job_asked_at", "pk")
        return rows.select_for_update(of=("self",), no_key=True, skip_locked=True)


class FileImport(models.Model):
    class Kind(models.TextChoices):
        PEOPLE = "people", _("People and teams")
        QUOTAS = "quotas", _("Quotas")
        DEALS = "deals", _("Deals")
        ACTIVITY = "activity", _("Activity so far")
        PRODUCTS = "products", _("Products and prices")

    class State(models.TextChoices):
        NEW = "new", _("Not read yet")
        UNREADABLE = "unreadable", _("Cannot be read")
        ASKS = "asks", _("Asks you something")
        READY = "ready", _("Ready to bring in")
        BROUGHT_IN = "brought_in", _("Brought in")
        TAKEN_BACK = "taken_back", _("Taken back")

    class Job(models.TextChoices):
        READ = "read", _("Reading it")
        BRING_IN = "bring_in", _("Bringing it in")
        TAKE_BACK = "take_back", _("Taking it back")

    class Ended(models.TextChoices):
        """Why the last job did not come to its end; then it changed nothing."""

        STOPPED = "stopped", _("Stopped")
        DIED = "died", _("The worker ended")
        FAILED = "failed", _("Failed")

    # What the rows of each may be, for the reading to find out which.
    READ_AS = {
        Kind.PEOPLE: [fields.Kind.PEOPLE],
        Kind.QUOTAS: [fields.Kind.QUOTAS, fields.Kind.QUOTA_GRID],
        Kind.DEALS: [fields.Kind.DEALS],
        Kind.ACTIVITY: [fields.Kind.ACTIVITY_COUNTS, fields.Kind.ACTIVITY_LOG],
        Kind.PRODUCTS: [fields.Kind.PRODUCTS],
    }

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="file_imports"
    )
    by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="file_imports",
        verbose_name=_("by"),
    )
    kind = models.CharField(_("what is in it"), max_length=8, choices=Kind)
    file_name = models.CharField(_("file"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("uploaded at"))
    file_deleted_at = models.DateTimeField(_("file deleted at"), null=True)
    answers = models.JSONField(default=dict, help_text=_("What a person said of it."))
    reading = models.JSONField(default=dict, help_text=_("What was found in it."))
    result = models.JSONField(default=dict, help_text=_("What it does, or would do."))
    columns_agreed = models.BooleanField(
        default=False, help_text=_("Somebody said that the columns mean this.")
    )
    leaves_bad_rows_out = models.BooleanField(default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.NEW
    )
    job = models.CharField(max_length=9, choices=Job, blank=True)
    job_asked_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=7, choices=Ended, blank=True)
    why_ended = models.TextField(blank=True)
    brought_in_at = models.DateTimeField(_("brought in at"), null=True)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True)
    taken_back_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FileImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of a file")
        verbose_name_plural = _("imports of files")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="fileimport_in_organization"
            ),
            models.CheckConstraint(
                condition=~Q(state="brought_in") | Q(brought_in_at__isnull=False),
                name="fileimport_brought_in_at",
            ),
            models.CheckConstraint(
                condition=~Q(state="taken_back")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="fileimport_taken_back_by",
            ),
            SameOrganization("by", name="fileimport_same_organization_by"),
            SameOrganization(
                "taken_back_by", name="fileimport_same_organization_taken_back"
            ),
        ]
        indexes = [
            models.Index(
                fields=["job_asked_at"],
                condition=~Q(job=""),
                name="fileimport_waiting",
            ),
        ]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("reps:import_detail", args=[self.pk])

    @property
    def is_last_in(self) -> bool:
        """Whether it can be taken back."""
        return FileImport.objects.last_in(self.organization) == self

    @property
    def read_as(self) -> list[fields.Kind]:
        return self.READ_AS[self.kind]

    @transaction.atomic
    def ask_for(self, job, *, at: datetime, **changes) -> bool:
        """Have a worker do this next; False where it has something to do already.

        `changes` are fields that go with it.
        """
        rows = FileImport.objects.filter(pk=self.pk, job="")
        told = {"job": job, "job_asked_at": at, "ended": "", "why_ended": ""}
        if not rows.update(**told, **changes):
            return False
        self.progress.begin_anew()
        self.refresh_from_db()
        return True

    def end_job(self, **changes):
        """What came of the job; whoever did it holds the row."""
        for name, value in {"job": "", **changes}.items():
            setattr(self, name, value)
        self.save(update_fields=["job", *changes])
