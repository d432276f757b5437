"""The customer called it off: from which day on, how much of it, and what they said."""

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reps.figure_style import exact_money
from reps.forms.board.asks_once import AsksOnceMixin
from reps.forms.board.closing_day import who_can
from reps.forms.board.move import LONGEST_REASON
from reps.forms.figures import NOT_A_DAY, DayInput, MoneyField, in_currency
from reps.models import Cancellation, Deal


def _words(question: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=question,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": missing},
    )


class CancellationForm(AsksOnceMixin, forms.ModelForm):
    """Of a won deal, of which something is left. `today` is its owner's.

    A day in a closed quarter is asked about once.
    """

    in_quarter = forms.BooleanField(
        required=False, label=gettext_lazy("Yes, that is the day")
    )
    questions = ["in_quarter"]
    field_order = ["amount", "cancelled_on", "in_quarter", "words"]

    words = _words(
        gettext_lazy("What did the customer say?"),
        gettext_lazy("Say what happened, in a sentence."),
    )

    class Meta:
        model = Cancellation
        fields = ["amount", "cancelled_on", "words"]
        field_classes = {"amount": MoneyField}
        widgets = {"cancelled_on": DayInput}
        labels = {
            "amount": gettext_lazy("How much of it"),
            "cancelled_on": gettext_lazy("On which day"),
        }
        help_texts = {
            "amount": "",
            "cancelled_on": gettext_lazy("It comes off in the quarter of this day."),
        }
        error_messages = {
            "amount": {"required": gettext_lazy("Say how much was called off.")},
            "cancelled_on": {
                "required": gettext_lazy("Say on which day it was called off."),
                "invalid": NOT_A_DAY,
            },
        }

    def __init__(self, *args, deal: Deal, today: date, by, at: datetime, **kwargs):
        self.deal, self.today = deal, max(today, deal.closed_on)
        self.by, self.at, self.closed = by, at, None
        self.left = deal.left_to_cancel()
        initial = {"amount": self.left, "cancelled_on": self.today}
        super().__init__(*args, initial=initial, **kwargs)
        self.currency = deal.organization.currency
        in_currency(self, self.currency)
        day = self.fields["cancelled_on"]
        day.input_formats = ["%Y-%m-%d"]
        first, last = deal.closed_on.isoformat(), self.today.isoformat()
        day.widget.attrs |= {"min": first, "max": last}

    def clean_amount(self):
        amount = self.cleaned_data["amount"]
        if not amount:
            raise ValidationError(self.fields["amount"].error_messages["required"])
        if amount > self.left:
            words = _("No more than %(left)s of it is left.")
            left = exact_money(self.left, self.currency)
            raise ValidationError(words % {"left": left})
        return amount

    def clean_cancelled_on(self):
        day = self.cleaned_data["cancelled_on"]
        if day < self.deal.closed_on:
            words = _("It was won on %(day)s: choose that day or a later one.")
            won_on = date_format(self.deal.closed_on, "j F Y")
            raise ValidationError(words % {"day": won_on})
        if day > self.today:
            raise ValidationError(_("That day is still to come."))
        self.closed = self.deal.closed_books(day, by=self.by, at=self.at)
        if self.closed and not self.closed.is_theirs:
            raise ValidationError(f"{self._comes_off()} {who_can(self.deal)}")
        return day

    def clean(self):
        super().clean()
        if self.closed and self.closed.is_theirs:
            self.ask("in_quarter", self._comes_off(), at="cancelled_on")
        return self.cleaned_data

    def _comes_off(self) -> str:
        words = _("It comes off in %(quarter)s, which is closed.")
        return words % {"quarter": self.closed.quarter}


class TakeBackForm(forms.Form):
    """A cancellation that was a mistake, and why."""

    words = _words(
        gettext_lazy("Why was it a mistake?"),
        gettext_lazy("Say why it was a mistake, in a sentence."),
    )
