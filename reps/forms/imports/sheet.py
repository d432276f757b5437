"""Which sheet of a workbook it is."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _


class SheetForm(forms.Form):
    """`sheets` are all that are shown in the file, `sheet` the one that was read."""

    sheet = forms.ChoiceField(label=_("Which sheet is it?"))

    def __init__(self, *args, sheets: Sequence[str], sheet: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(name, name) for name in sheets]
        self.fields["sheet"].initial = sheet
