"""The bytes of a file somebody brought, in rows small enough to pass through memory."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from reps.models.file_import import FileImport
from reps.models.import_progress import ImportProgress
from reps.models.organization import Organization
from reps.models.same_organization import SameOrganization

PIECE = 1024 * 1024  # bytes, at most


class FilePieceQuerySet(models.QuerySet):
    @transaction.atomic
    def keep(
        self, chunks: Iterable[bytes], *, by, kind: str, name: str, at: datetime
    ) -> FileImport:
        """Keep a file as it comes, and have a worker read it."""
        organization = by.organization
        kept = FileImport.objects.create(
            organization=organization,
            by=by,
            kind=kind,
            file_name=name,
            size=0,
            uploaded_at=at,
            job=FileImport.Job.READ,
            job_asked_at=at,
        )
        digest = hashlib.sha256()
        for number, content in enumerate(_in_pieces(chunks), start=1):
            digest.update(content)
            kept.size += len(content)
            self.create(
                organization=organization,
                file_import=kept,
                part=FilePiece.Part.FILE,
                number=number,
                content=content,
            )
        kept.sha256 = digest.hexdigest()
        kept.save(update_fields=["size", "sha256"])
        ImportProgress.objects.create(organization=organization, file_import=kept)
        return kept

    @transaction.atomic
    def keep_bad_rows(self, file_import: FileImport, chunks: Iterable[bytes]):
        """The rows to be put right, as a file of their own, in place of the last."""
        part = FilePiece.Part.BAD_ROWS
        self.filter(file_import=file_import, part=part).delete()
        for number, content in enumerate(_in_pieces(chunks), start=1):
            self.create(
                organization=file_import.organization,
                file_import=file_import,
                part=part,
                number=number,
                content=content,
            )

    def content_of(self, file_import: FileImport, part: str) -> Iterator[bytes]:
        """One piece after the other, and one at a time in memory."""
        rows = self.filter(file_import=file_import, part=part).order_by("number")
        for pk in list(rows.values_list("pk", flat=True)):
            yield bytes(self.get(pk=pk).content)

    def delete_old(self, before: datetime) -> int:
        """Forget the files of imports from before; what came of them stays."""
        old = FileImport.objects.filter(uploaded_at__lt=before, job="")
        count, _each = self.filter(file_import__in=old).delete()
        return count


class FilePiece(models.Model):
    class Part(models.TextChoices):
        FILE = "file", _("The file")
        BAD_ROWS = "bad_rows", _("Its rows to be put right")

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+"
    )
    file_import = models.ForeignKey(
        FileImport, on_delete=models.CASCADE, related_name="pieces"
    )
    part = models.CharField(max_length=8, choices=Part)
    number = models.PositiveIntegerField(help_text=_("1 is the first."))
    content = models.BinaryField()

    objects = FilePieceQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of a file")
        verbose_name_plural = _("pieces of files")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="filepiece_in_organization"
            ),
            models.UniqueConstraint(
                fields=["organization", "file_import", "part", "number"],
                name="filepiece_one_after_the_other",
            ),
            SameOrganization("file_import", name="filepiece_same_organization_import"),
        ]

    def __str__(self):
        return f"{self.file_import_id}: {self.part} {self.number}"


def _in_pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, in pieces of one size; the last is shorter."""
    gathered = bytearray()
    for chunk in chunks:
        gathered += chunk
        while len(gathered) >= PIECE:
            yield bytes(gathered[:PIECE])
            del gathered[:PIECE]
    if gathered:
        yield bytes(gathered)
