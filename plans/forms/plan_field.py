"""One field of a plan, as people type it: words, an amount, a rate, a count.

Every field of the page is saved on its own, over what its writer saw (`was`).
"""

from copy import deepcopy

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.models import Plan
from plans.models.plan_figures import OVERRIDABLE
from reps.forms.figures import CountField, FigureField, MoneyField, PercentField

WORDS = {"objective": 240, "backup_plan": 400}
MONEY = ("goal_low", "goal_high", "average_deal")
RATES = ("win_rate", "demo_rate")
COUNTS = ("open_deals", "demos_pending")
WRITABLE = (*WORDS, *MONEY, *RATES, *COUNTS, "effective_weeks")


class WordsField(forms.CharField):
    """Lines end the same way whoever sends them: what was read must compare equal."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class RateField(PercentField):
    """A rate the chain divides by: from 1 % to 100 %."""

    default_error_messages = dict.fromkeys(
        ["min_value", "max_value", "max_digits", "max_whole_digits"],
        _("Use a rate from 1%% to 100%%, such as 30%%."),  # Django fills in a limit
    ) | {"invalid": _("Use a rate from 1% to 100%, such as 30%.")}


class WeeksField(FigureField):
    default_error_messages = {
        "invalid": _("Use a number of weeks, such as 4.6."),
        "max_value": _("A quarter has at most 14 weeks."),
        "max_decimal_places": _("One digit after the point is enough."),
    }


def label_of(name: str) -> str:
    return str(Plan._meta.get_field(name).verbose_name).capitalize()


def field_for(name: str, currency: str) -> forms.Field:
    """How this field of a plan is typed. Empty figures mean: as measured."""
    label = label_of(name)
    if name in WORDS:
        return WordsField(label=label, required=False, max_length=WORDS[name])
    if name in MONEY:
        amount = MoneyField(
            label=label, required=False, min_value=1, max_digits=15, decimal_places=2
        )
        amount.currency = currency
        return amount
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


class SavedForm(forms.Form):
    """One field: `value` is what was typed, `was` what its writer had read."""

    def __init__(self, *args, field: forms.Field, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= {"value": deepcopy(field), "was": deepcopy(field)}

    @property
    def wrong(self) -> str:
        """What to say at the field. Of `was` only a page from before says something."""
        if self.is_valid():
            return ""
        said = self.errors.get("value") or [_("Load the page again, then save this.")]
        return str(said[0])

    @property
    def readings(self) -> tuple[str, ...]:
        """What it may mean, where that is what is to be said."""
        refused = self.errors.as_data().get("value", [])
        return tuple(
            text
            for error in refused
            for text in (error.params or {}).get("readings", ())
        )


class PlanFieldForm(SavedForm):
    """A figure also has what was `measured`: typed again it is no override."""

    def __init__(self, *args, name: str, plan: Plan, **kwargs):
        field = field_for(name, plan.rep.organization.currency)
        super().__init__(*args, field=field, **kwargs)
        self.name, self.plan = name, plan
        if name in OVERRIDABLE:
            self.fields["measured"] = deepcopy(field)

    def clean(self):
        """The goal is a range, whichever end is typed first."""
        value = self.cleaned_data.get("value")
        if value is not None and value == self.cleaned_data.get("measured"):
            self.cleaned_data["value"] = None
        low, high = self.plan.goal_low, self.plan.goal_high
        if self.name == "goal_low" and value and high and value > high:
            self.add_error("value", BELOW_ITSELF["goal_low"])
        if self.name == "goal_high" and value and low and value < low:
            self.add_error("value", BELOW_ITSELF["goal_high"])
        return self.cleaned_data


BELOW_ITSELF = {
    "goal_low": _("This is above the upper end. Raise that first."),
    "goal_high": _("This is below the lower end. Lower that first."),
}


def target_field() -> forms.Field:
    """So many of an activity a week."""
    return CountField(
        required=False,
        min_value=1,
        max_value=500,
        error_messages={
            "min_value": _("Use 1 or more. Leave it empty to take it off the plan."),
            "max_value": _("Use 500 or fewer a week."),
        },
    )


def shown(name: str, value, currency: str) -> str:
    """A value as its field shows it: what `was` must repeat."""
    return "" if value is None else str(field_for(name, currency).prepare_value(value))
