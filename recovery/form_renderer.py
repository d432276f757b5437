"""How every form is drawn: by our templates, its first refused field with the focus."""

from django.forms import BoundField
from django.forms.renderers import TemplatesSetting


class FoundField(BoundField):
    """A field that is found when it is refused, with scripts or without: refused.js."""

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
