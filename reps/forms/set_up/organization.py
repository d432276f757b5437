"""The organization's own facts, and the figures a new one starts from."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.forms.models import model_to_dict
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from reps.domain.work_week import MONDAY, SATURDAY, SUNDAY
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
FIRST_DAYS = [(day, WEEKDAYS[day - 1]) for day in (MONDAY, SUNDAY, SATURDAY)]


def in_week_order(days, organization) -> list:
    """The seven, from Monday on, in the order they have in the organization's week."""
    first = organization.first_day_of_week - 1
    return [*days[first:], *days[:first]]


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

    # No field of the row's: when it changes is said by the organization's own verb.
    first_day_of_week = forms.TypedChoiceField(
        label=_("Weeks begin on"),
        coerce=int,
        choices=FIRST_DAYS,
        error_messages={"invalid_choice": _("Choose one of these three days.")},
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
            "answer_within_days",
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
            "days_to_put_right": _(
                "Until then its deals and quotas are put right as always. Afterwards a"
                " manager or an admin puts them right and says why, and the pages show"
                " what it was closed with beside it."
            ),
            "starting_average_deal": _("Used until your own deals say otherwise."),
        }
        error_messages = {"name": {"unique": _("Another organization has this name.")}}

    field_order = ["name", "currency", "time_zone", "working_days", "first_day_of_week"]

    def __init__(self, *args, organization, today: date, **kwargs):
        first_day = {"first_day_of_week": organization.first_day_of_week}
        super().__init__(
            *args,
            instance=organization,
            organization=organization,
            initial=first_day,
            **kwargs,
        )
        self.today = today
        self._say_from_when()
        for name in ("working_days", "check_in_day"):
            self.fields[name].choices = in_week_order(DAYS, organization)
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

    def saved_values(self) -> dict:
        """With the first day of the week, which somebody else may have changed too."""
        row = Organization.objects.get(pk=self.instance.pk)
        values = model_to_dict(row, self._meta.fields)
        return values | {"first_day_of_week": row.first_day_of_week}

    def keep(self):
        super().keep()
        first_day = self.cleaned_data["first_day_of_week"]
        self.instance.begin_weeks_on(first_day, today=self.today)

    def _say_from_when(self):
        """At each day that weeks do not begin on yet: from which week on they would."""
        field, organization = self.fields["first_day_of_week"], self.organization
        if not organization.has_weeks():
            field.help_text = _("Nothing is logged yet, so it holds at once.")
            return
        field.help_text = _(
            "A change holds from a coming week on. Weeks before keep their days."
        )
        field.choices = [(day, self._from_when(day, name)) for day, name in FIRST_DAYS]

    def _from_when(self, first_day: int, name: str):
        weeks = self.organization.work_week_beginning_on(first_day, today=self.today)
        week = weeks.change_to_come(self.today)
        if week is None:
            return name
        begins_on = date_format(weeks.begins_on(week), "j F")
        return _("%(name)s, from %(day)s on") % {"name": name, "day": begins_on}

    def clean_currency(self):
        currency = self.cleaned_data["currency"].upper()
        if not re.fullmatch("[A-Z]{3}", currency):
            raise ValidationError(_("Use three letters, such as USD or EUR."))
        return currency
