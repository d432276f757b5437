"""Who stands in for a manager, and from when to when."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from reps.forms.figures import NOT_A_DAY, DayInput, within_years
from reps.forms.set_up_form import SetUpForm
from reps.models import StandIn
from reps.models.stand_in import LAST_DAY_FIRST


class StandInForm(SetUpForm):
    """`manager` is stood in for; `by` names who does, on `today`."""

    said_at = {"standin_one_a_day": "starts_on"}

    class Meta:
        model = StandIn
        fields = ["person", "starts_on", "ends_on", "words"]
        labels = {"person": _("Who"), "words": _("A word about it")}
        widgets = {"starts_on": DayInput, "ends_on": DayInput}
        help_texts = {"words": _("If you like; you both read it.")}
        error_messages = {
            "person": {
                "required": _("Choose who stands in."),
                "invalid_choice": _("Choose a colleague who may sign in."),
            },
            "starts_on": {
                "required": _("Choose the first day."),
                "invalid": NOT_A_DAY,
            },
            "ends_on": {
                "required": _("Choose the last day: every stand-in has one."),
                "invalid": NOT_A_DAY,
            },
        }

    def __init__(self, *args, manager, by, today: date, **kwargs):
        super().__init__(*args, organization=manager.organization, **kwargs)
        self.today = today
        self.initial.setdefault("starts_on", today)
        self.instance.manager, self.instance.named_by = manager, by
        people = self.organization.people.able_to_stand_in(today)
        who = self.fields["person"]
        who.queryset = people.exclude(pk=manager.pk).order_by("name", "pk")
        who.empty_label = _("Choose a colleague")
        for name in ("starts_on", "ends_on"):
            self.fields[name].validators.append(within_years)

    def clean_starts_on(self):
        return self._not_over(_("It can begin today at the earliest."), "starts_on")

    def clean_ends_on(self):
        return self._not_over(_("This day is over already."), "ends_on")

    def clean(self):
        super().clean()
        first, last = (self.cleaned_data.get(day) for day in ("starts_on", "ends_on"))
        if first and last and last < first:
            self.add_error("ends_on", LAST_DAY_FIRST)

    def _not_over(self, words, name: str) -> date:
        day = self.cleaned_data[name]
        if day < self.today:
            raise forms.ValidationError(words)
        return day

    def _get_validation_exclusions(self):
        """The manager is no field, but two on one day are counted for one manager."""
        return super()._get_validation_exclusions() - {"manager"}
