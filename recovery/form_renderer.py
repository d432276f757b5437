"""How every form is drawn and speaks: by our templates, and in our voice.

What Django and its validators would say is said in ours, by the kind of field; what a
form says itself stands.
"""

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

EVERY_FIELD = {
    "required": _("Fill this in."),
    "unique": _("There is one of these already."),
    "max_length": _("Use at most %(limit_value)d letters. These are %(show_value)d."),
    "min_length": _("Use at least %(limit_value)d letters. These are %(show_value)d."),
    "null_characters_not_allowed": _("There is a sign in it that is no letter."),
}
FIGURE = {
    "required": _("Write a figure."),
    "min_value": _("Use %(limit_value)s or more."),
    "max_value": _("Use %(limit_value)s or less."),
}
NOT_OF_THE_LIST = _("Choose one of the list.")
NO_NUL = ProhibitNullCharactersValidator(NOT_OF_THE_LIST)
# The nearest kind is asked first.
VOICES = {
    forms.EmailField: {
        "required": _("Write an e-mail address."),
        "invalid": _("Write an e-mail address, such as ann@example.com."),
    },
    forms.IntegerField: FIGURE | {"invalid": _("Use a whole number, such as 12.")},
    forms.DateField: {
        "required": _("Choose a day."),
        "invalid": _("Write a day of the calendar, such as 2026-11-30."),
    },
    forms.TimeField: {
        "required": _("Choose an hour."),
        "invalid": _("Write an hour, such as 09:30."),
    },
    forms.MultipleChoiceField: {
        "required": _("Choose at least one."),
        "invalid_choice": NOT_OF_THE_LIST,
        "invalid_list": NOT_OF_THE_LIST,
    },
    forms.ChoiceField: {
        "required": _("Choose one."),
        "invalid_choice": NOT_OF_THE_LIST,
    },
    forms.UUIDField: {"invalid": _("Load the page again, then send it once more.")},
    forms.CharField: {"required": _("Write something here.")},
}


class FoundField(BoundField):
    """A field in our voice, found when it is refused, with scripts or without."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        field.error_messages = in_our_voice(field)
        if isinstance(field, forms.ModelChoiceField):  # it asks this validator itself
            field.validate_no_null_characters = NO_NUL

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        if self.name == self._first_refused:
            attrs["autofocus"] = True
        return attrs

    @property
    def _first_refused(self) -> str | None:
        errors = self.form.errors
        return next((name for name in self.form.fields if name in errors), None)


class FormRenderer(TemplatesSetting):
    bound_field_class = FoundField


def in_our_voice(field: forms.Field) -> dict:
    """What it says when it refuses, by code; what a form of ours set stays as it is."""
    said, djangos, voice = field.error_messages, {}, dict(EVERY_FIELD)
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            djangos |= vars(kind).get("default_error_messages", {})
        voice |= VOICES.get(kind, {})
    own = {
        code: words for code, words in said.items() if words is not djangos.get(code)
    }
    words = said | voice | own
    return words | dict.fromkeys(["blank", "null"], words["required"])
