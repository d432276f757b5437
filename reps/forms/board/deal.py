"""A deal as people write it down: whose account, what for, how much, and by when."""

from datetime import date
from functools import cached_property
from uuid import uuid4, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reps.forms.board.closing_day import booked_elsewhere, days_to_close_on, refuse_day
from reps.forms.board.move import LONGEST_REASON
from reps.forms.edit_conflict import EditConflictMixin
from reps.forms.figures import (
    NOT_A_DAY,
    DayInput,
    MoneyField,
    in_currency,
    within_years,
)
from reps.models import Deal, Rep


class DealForm(EditConflictMixin, forms.ModelForm):
    """A deal's facts. Where it stands is no field: it is moved."""

    amount_is_certain = forms.BooleanField(
        required=False, label=_("The amount is certain, not an estimate any more")
    )

    class Meta:
        model = Deal
        fields = ["account", "product", "amount", "expected_close_on"]
        field_classes = {"amount": MoneyField}
        widgets = {"expected_close_on": DayInput}
        labels = {"expected_close_on": _("Expected to close on")}
        help_texts = {
            "account": "",
            "expected_close_on": _("Leave it empty if nobody knows yet."),
        }
        error_messages = {
            "account": {"required": _("Say which account it is.")},
            "amount": {"required": _("Say what it is worth. A guess will do.")},
            "expected_close_on": {"invalid": NOT_A_DAY},
        }

    def __init__(self, *args, currency, **kwargs):
        super().__init__(*args, **kwargs)
        in_currency(self, currency)
        if not (self.instance.pk and self.instance.amount_is_estimate):
            del self.fields["amount_is_certain"]
        # One that an import brought without its account may stay so.
        self.fields["account"].required = not self.instance.pk or bool(
            self.instance.account
        )
        for name in self.fields.keys() & {"expected_close_on", "closed_on"}:
            self.fields[name].input_formats = ["%Y-%m-%d"]
            self.fields[name].validators.append(within_years)
        if self.instance.pk:
            words = _("Use an amount of zero or more.")
            self.fields["amount"].error_messages["min_value"] = words
            self.keep_initial_values()

    @cached_property
    def changes(self) -> dict:
        """What somebody changed, as `deal.correct` takes it."""
        changes = {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name in self._meta.fields
        }
        if self.cleaned_data.get("amount_is_certain"):
            changes["amount_is_estimate"] = False
        return changes


class ClosedDealForm(DealForm):
    """What is put right about a deal that is won or lost, and why.

    `today` is the owner's. A day in another quarter is asked about once: `in_quarter`
    is ticked then.
    """

    why = forms.CharField(
        required=False,
        max_length=LONGEST_REASON,
        label=_("Why is it put right?"),
        help_text=_("It stands in the deal’s history, with what was there before."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "max_length": _("Say it in fewer words: %(limit_value)s letters at most.")
        },
    )
    in_quarter = forms.BooleanField(required=False, label=_("Yes, that is the day"))

    class Meta(DealForm.Meta):
        fields = ["account", "product", "amount", "closed_on"]
        widgets = {"closed_on": DayInput}
        error_messages = DealForm.Meta.error_messages | {
            "closed_on": {
                "required": _("Say on which day it was closed."),
                "invalid": NOT_A_DAY,
            }
        }

    field_order = [
        *("account", "product", "amount", "amount_is_certain"),
        *("closed_on", "in_quarter", "why"),
    ]

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        won = self.instance.outcome == Deal.Outcome.WON
        day = self.fields["closed_on"]
        day.label = _("Won on") if won else _("Lost on")
        day.widget.attrs |= days_to_close_on(self.instance, today)
        self.question = self.fields["in_quarter"]
        if "in_quarter" not in self.data:
            del self.fields["in_quarter"]

    def clean_closed_on(self):
        day = self.cleaned_data["closed_on"]
        refuse_day(self.instance, day, today=self.today)
        return day

    def clean(self):
        super().clean()
        self._ask_about_the_quarter()
        changes = {*self.changed_data} - {"why", "in_quarter"}
        if changes and not self.cleaned_data.get("why"):
            self.add_error("why", _("Say why: it is closed, and others go by it."))
        return self.cleaned_data

    def _ask_about_the_quarter(self):
        day = self.cleaned_data.get("closed_on")
        if not day or "closed_on" not in self.changed_data:
            return
        was, outcome = self.initial["closed_on"], self.instance.outcome
        said = booked_elsewhere(self.instance, outcome, day, instead_of=was)
        if said and not self.cleaned_data.get("in_quarter"):
            self.add_error("closed_on", said)
            self.fields["in_quarter"] = self.question
            self.order_fields(self.field_order)


class NewDealForm(DealForm):
    """`owners` are those whose deal it may be; of one there is nothing to choose."""

    key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)

    def __init__(self, *args, owners, chosen=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.owners = owners
        if len(owners) > 1:
            self.fields["owner"] = forms.ModelChoiceField(
                Rep.objects.filter(pk__in=[rep.pk for rep in owners]).order_by("name"),
                label=_("Whose deal"),
                initial=chosen,
                error_messages={"required": _("Say whose deal it is.")},
            )
            self.order_fields(["owner"])

    def clean_amount(self):
        """An import may bring one that is worth nothing; nobody opens one."""
        if not self.cleaned_data["amount"]:
            raise ValidationError(self.fields["amount"].error_messages["min_value"])
        return self.cleaned_data["amount"]

    def facts(self) -> dict:
        """What `open_deal` takes.

        The key is the form's and what is in it: sent twice it is one deal, but gone
        back to, with another deal written in, it is one more.
        """
        facts = {name: self.cleaned_data[name] for name in self._meta.fields}
        owner = self.cleaned_data.get("owner") or self.owners[0]
        key = self.cleaned_data["key"]
        if key:
            key = uuid5(key, repr([owner.pk, facts]))
        return facts | {"owner": owner, "key": key}
