"""One field of a plan, as people type it: words, an amount, a rate, a count.

Every field of the page is saved on its own, over what its writer saw (`was`).
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from plans.models import Plan
from reps.forms.figures import FigureField, MoneyField, PercentField

WORDS = {"objective": 240, "backup_plan": 400}
MONEY = ("goal_low", "goal_high", "average_deal")
RATES = ("win_rate", "demo_rate")
COUNTS = ("open_deals", "demos_pending")
WRITABLE = (*WORDS, *MONEY, *RATES, *COUNTS, "effective_weeks")


class CountField(forms.IntegerField):
    default_error_messages = {"invalid": _("Use a whole number, such as 12.")}


class RateField(PercentField):
    """A rate the chain divides by: from 1 % to 100 %."""

    range_in_words = _("Use a rate from 1% to 100%, such as 30%.")
    default_error_messages = dict.fromkeys(
        ["invalid", "min_value", "max_value", "max_digits", "max_whole_digits"],
        range_in_words,
    )

    def prepare_value(self, value):
        shown = super().prepare_value(value)
        return f"{shown}%" if shown != value else value


class WeeksField(FigureField):
    default_error_messages = {
        "invalid": _("Use a number of weeks, such as 4.6."),
        "max_value": _("A quarter has at most 14 weeks."),
        "max_decimal_places": _("One digit after the point is enough."),
    }


def field_for(name: str) -> forms.Field:
    """How this field of a plan is typed. Empty figures mean: as measured."""
    label = Plan._meta.get_field(name).verbose_name
    if name in WORDS:
        return forms.CharField(
            label=label, required=False, max_length=WORDS[name], strip=True
        )
    if name in MONEY:
        return MoneyField(
            label=label, required=False, min_value=1, max_digits=15, decimal_places=2
        )
    if name in RATES:
        return RateField(
            label=label,
            required=False,
            min_value=0.01,
            max_value=1,
            max_digits=5,
            decimal_places=4,
        )
    if name in COUNTS:
        return CountField(label=label, required=False, min_value=0, max_value=100_000)
    return WeeksField(
        label=label, required=False, min_value=0, max_value=14, decimal_places=1
    )


class PlanFieldForm(forms.Form):
    """`value` is what was typed, `was` what the writer had before them."""

    def __init__(self, *args, name: str, plan: Plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.name, self.plan = name, plan
        self.fields["value"] = field_for(name)
        self.fields["was"] = field_for(name)

    def clean(self):
        """The goal is a range, whichever end is typed first."""
        value = self.cleaned_data.get("value")
        low, high = self.plan.goal_low, self.plan.goal_high
        if self.name == "goal_low" and value and high and value > high:
            self.add_error(
                "value",
                ValidationError(_("This is above the upper end. Raise that first.")),
            )
        if self.name == "goal_high" and value and low and value < low:
            self.add_error(
                "value",
                ValidationError(_("This is below the lower end. Lower that first.")),
            )
        return self.cleaned_data


def shown(name: str, value) -> str:
    """A value as its field shows it: what `was` must repeat."""
    return field_for(name).prepare_value(value) if value is not None else ""
