"""A file somebody brings: chosen, dropped, or pasted from a spreadsheet."""

from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from reps.domain.files.unreadable import MOST_BYTES
from reps.models import FilePiece

PASTED = _("Pasted.tsv")
LONGEST_NAME = 255
WORDS_TOO_LARGE = _("It is larger than 50 MB. Export a shorter time, or split it.")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_("CSV, tab- or semicolon-separated, or Excel (.xlsx). Up to 50 MB."),
    )
    pasted = forms.CharField(
        label=_("Or paste it"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("Copy the cells with their header in your spreadsheet."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(WORDS_TOO_LARGE, code="too_large")
        if file and not file.size:
            raise forms.ValidationError(_("There is nothing in it."), code="empty")
        return file

    def clean(self):
        cleaned = super().clean()
        both = [cleaned.get("file"), (cleaned.get("pasted") or "").strip()]
        if not self.errors and not any(both):
            self.add_error("file", _("Choose a file, or paste the cells below."))
        if not self.errors and all(both):
            self.add_error(
                "pasted", _("There is a file above, too: bring one or the other.")
            )
        return cleaned

    def save(self, *, kind: str, by, at: datetime):
        """Keep it as it came, piece by piece."""
        file = self.cleaned_data["file"]
        name = file.name[-LONGEST_NAME:] if file else str(PASTED)
        chunks = self._chunks(file)
        return FilePiece.objects.keep(chunks, by=by, kind=kind, name=name, at=at)

    def _chunks(self, file) -> Iterable[bytes]:
        return file.chunks() if file else [self.cleaned_data["pasted"].encode()]
