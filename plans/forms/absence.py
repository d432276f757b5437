"""The days a rep is away. Only the days are asked for, never why."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reps.forms.figures import NOT_A_DAY, DayInput, within_years
from reps.models import Absence


def day_field(label, *, missing):
    return forms.DateField(
        label=label,
        widget=DayInput,
        input_formats=["%Y-%m-%d"],
        validators=[within_years],
        error_messages={"required": missing, "invalid": NOT_A_DAY},
    )


class AbsenceForm(forms.Form):
    """`rep` is whose days they are."""

    starts_on = day_field(_("First day away"), missing=_("Choose the first day away."))
    ends_on = day_field(_("Last day away"), missing=_("Choose the last day away."))

    def __init__(self, *args, rep, **kwargs):
        super().__init__(*args, **kwargs)
        self.rep = rep

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if not (first and last):
            return cleaned
        if last < first:
            self.add_error("ends_on", _("The last day comes before the first."))
            return cleaned
        taken = Absence.objects.filter(rep=self.rep).touching(first, last).first()
        if taken:
            words = gettext("{first} to {last} are days away already.").format(
                first=date_format(taken.starts_on, "j F Y"),
                last=date_format(taken.ends_on, "j F Y"),
            )
            self.add_error("starts_on", words)
        return cleaned

    def save(self) -> Absence:
        return Absence.objects.create(
            organization_id=self.rep.organization_id, rep=self.rep, **self.cleaned_data
        )
