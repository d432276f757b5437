"""The organization's own facts, and the figures a new one starts from."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy as _

from reps.forms.figures import (
    MORE_THAN_NOTHING,
    HourInput,
    MoneyField,
    PercentField,
)
from reps.forms.set_up_form import SetUpForm
from reps.forms.time_zones import TimeZoneField
from reps.models import Organization

DAYS = [(day + 1, name) for day, name in WEEKDAYS.items()]


class OrganizationForm(SetUpForm):
    said_at = {"organization_one_of_each_name": "name"}
    kept_by_triggers = {
        "organization_keeps_its_currency": (
            "currency",
            _(
                "Deals, quotas or goals are kept in %(currency)s, and nothing is"
                " converted: it stays."
            ),
        )
    }

    first_month = forms.TypedChoiceField(
        label=_("Fiscal year begins in"),
        coerce=int,
        choices=MONTHS.items(),
        help_text=_("Quarters are proposed by it, as Q1 FY27 where it is not January."),
        error_messages={"invalid_choice": _("Choose a month of the year.")},
    )

    working_days = forms.TypedMultipleChoiceField(
        label=_("Working days"),
        coerce=int,
        choices=DAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )

    check_in_day = forms.TypedChoiceField(
        label=_("Check-in day"),
        coerce=int,
        choices=DAYS,
        help_text=_("On it people are asked how the week went."),
        error_messages={"invalid_choice": _("Choose a day of the week.")},
    )

    class Meta:
        model = Organization
        fields = [
            "name",
            "currency",
            "time_zone",
            "working_days",
            "holiday_calendar",
            "first_month",
            "check_in_day",
            "check_in_at",
            "quiet_from",
            "quiet_to",
            "days_to_put_right",
            "starting_average_deal",
            "starting_win_rate",
            "starting_demo_rate",
            "starting_cycle_days",
        ]
        field_classes = {
            "time_zone": TimeZoneField,
            "starting_average_deal": MoneyField,
            "starting_win_rate": PercentField,
            "starting_demo_rate": PercentField,
        }
        widgets = dict.fromkeys(("check_in_at", "quiet_from", "quiet_to"), HourInput)
        labels = {
            "days_to_put_right": _("A quarter closes so many days after its end"),
            "starting_average_deal": _("Average deal"),
            "starting_win_rate": _("Win rate, %"),
            "starting_demo_rate": _("Demo-to-opportunity rate, %"),
            "starting_cycle_days": _("Days from opening to won"),
        }
        help_texts = {
            "currency": _("Three letters, such as USD or EUR. Nothing is converted."),
            "starting_average_deal": _("Used until your own deals say otherwise."),
        }
        error_messages = {"name": {"unique": _("Another organization has this name.")}}

    def __init__(self, *args, organization, **kwargs):
        super().__init__(
            *args, instance=organization, organization=organization, **kwargs
        )
        # The currency is a field beside it: shown without, typed in the old or the new.
        chosen = self.data.get("currency", "").strip().upper()
        currencies = (chosen, organization.currency)
        self.fields["starting_average_deal"].also = tuple(filter(None, currencies))
        self.fields["time_zone"].offer(self.initial["time_zone"])
        for name in (
            "starting_average_deal",
            "starting_win_rate",
            "starting_demo_rate",
        ):
            self.fields[name].validators.append(MORE_THAN_NOTHING)
        self.fields["starting_cycle_days"].validators.append(MinValueValidator(1))

    def clean_currency(self):
        currency = self.cleaned_data["currency"].upper()
        if not re.fullmatch("[A-Z]{3}", currency):
            raise ValidationError(_("Use three letters, such as USD or EUR."))
        return currency
