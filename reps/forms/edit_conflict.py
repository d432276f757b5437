"""Two people with one form open: what the other changed is neither lost nor hidden.

Each field carries, unseen, what it was when the form was opened. A fact that only the
other changed stays as they left it. Of one that both changed the second is shown both,
keeps what they typed, and may save it once more.
"""

from datetime import date, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import flatten_choices
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SAVED_BY_SOMEBODY_ELSE = gettext_lazy(
    "Saved by somebody else meanwhile: {now}. Yours is kept here."
)


class EditConflictMixin:
    """For a ModelForm of a row that exists. `conflicts`: what to say at which field."""

    conflicts: dict[str | None, str] = {}

    @property
    def status(self) -> int:
        """Of the answer that brings the form back."""
        return 409 if self.conflicts else 422

    def keep_initial_values(self):
        for name in self.fields.keys() & self.initial.keys():
            self.fields[name].show_hidden_initial = not self.fields[name].disabled

    def merge_saved(self, now: dict | None):
        """Before it is validated: what the row holds by now, None if it is gone.

        Whoever holds the row calls it, so that nothing changes until it is saved.
        """
        if now is None:
            words = _("Somebody else removed it meanwhile. Your words are kept here.")
            self.conflicts = {None: words}
            return
        self.conflicts, self.data = {}, self.data.copy()
        for name, value in now.items():
            if name in self.fields and self.fields[name].show_hidden_initial:
                self._merge_one(name, value)
        self.initial |= now

    def full_clean(self):
        super().full_clean()
        for name, words in self.conflicts.items():
            self.add_error(name, words)

    def _merge_one(self, name, now):
        bound, field = self[name], self.fields[name]
        hidden, place = field.hidden_widget(), bound.html_initial_name
        was = hidden.value_from_datadict(self.data, self.files, place)
        if not field.has_changed(now, was):
            return
        if not _is_touched(field, was, bound.data):
            self._write(bound, now)
        elif field.has_changed(now, bound.data):
            self.conflicts[name] = SAVED_BY_SOMEBODY_ELSE.format(
                now=read_out(field, now)
            )
        # Who saves again has seen what they replace.
        self.data.setlist(place, _raw(field, now))

    def _write(self, bound, now):
        if isinstance(bound.field.widget, forms.CheckboxInput):
            self.data.setlist(bound.html_name, ["on"] if now else [])
        else:
            self.data.setlist(bound.html_name, _raw(bound.field, now))


def _is_touched(field, was, typed) -> bool:
    try:
        return field.has_changed(field.to_python(was), typed)
    except ValidationError:
        return True


def _raw(field, value) -> list[str]:
    """As a browser sends it."""
    value = field.prepare_value(value)
    if value is None:
        return [""]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def read_out(field, value) -> str:
    """A field's value in words."""
    if value in field.empty_values:
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, time):
        return time_format(value, "H:i")
    if isinstance(field, forms.ModelChoiceField):
        return str(field.queryset.model.objects.get(pk=value))
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): label for key, label in flatten_choices(field.choices)}
        return ", ".join(str(labels.get(raw, raw)) for raw in _raw(field, value))
    return str(field.prepare_value(value))
