"""A deal as people write it down: whose account, what for, how much, and by when."""

from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from uuid import uuid4, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from reps.figure_style import exact_money, number
from reps.forms.board.asks_once import AsksOnceMixin
from reps.forms.board.closing_day import (
    booked_elsewhere,
    counts_in,
    days_to_close_on,
    refuse_closed,
    refuse_day,
    who_can,
)
from reps.forms.edit_conflict import EditConflictMixin
from reps.forms.figures import (
    NOT_A_DAY,
    DayInput,
    MoneyField,
    in_currency,
    within_years,
)
from reps.forms.reason import LONGEST_REASON
from reps.models import Deal, Rep

DAYS = {"next_step_on", "expected_close_on", "closed_on"}
TIMES_THE_LARGEST = 20  # from here on it is more likely a slip of the finger


class DealForm(AsksOnceMixin, EditConflictMixin, forms.ModelForm):
    """A deal's facts. Where it stands is no field: it is moved.

    `owners` are those who may have it instead, for whoever may give it to them.
    """

    amount_is_certain = forms.BooleanField(
        required=False, label=_("The amount is certain, not an estimate any more")
    )
    is_so_large = forms.BooleanField(required=False, label=_("Yes, that is right"))

    questions = ["is_so_large"]
    field_order = [
        *("owner", "account", "is_another", "product"),
        *("amount", "is_so_large", "amount_is_certain"),
        *("next_step", "next_step_on"),
        *("expected_close_on", "closed_on", "in_quarter", "why"),
    ]

    class Meta:
        model = Deal
        fields = [
            *("account", "product", "amount"),
            *("next_step", "next_step_on", "expected_close_on"),
        ]
        field_classes = {"amount": MoneyField}
        widgets = {"expected_close_on": DayInput, "next_step_on": DayInput}
        labels = {
            "expected_close_on": _("Expected to close on"),
            "next_step_on": _("Next step on"),
        }
        help_texts = {
            "account": "",
            "expected_close_on": _("Leave it empty if nobody knows yet."),
        }
        error_messages = {
            "account": {"required": _("Say which account it is.")},
            "amount": {"required": _("Say what it is worth. A guess will do.")},
            "expected_close_on": {"invalid": NOT_A_DAY},
            "next_step_on": {"invalid": NOT_A_DAY},
        }

    def __init__(self, *args, currency, owners=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.currency = currency
        if owners is not None:
            self._offer(owners)
        in_currency(self, currency)
        if not (self.instance.pk and self.instance.amount_is_estimate):
            del self.fields["amount_is_certain"]
        # One that an import brought without its account may stay so.
        self.fields["account"].required = not self.instance.pk or bool(
            self.instance.account
        )
        for name in self.fields.keys() & DAYS:
            self.fields[name].input_formats = ["%Y-%m-%d"]
            self.fields[name].validators.append(within_years)
        if self.instance.pk:
            words = _("Use an amount of zero or more.")
            self.fields["amount"].error_messages["min_value"] = words
            self.keep_initial_values()

    def _offer(self, owners):
        owners = owners.order_by("name", "pk")
        self.fields["owner"] = forms.ModelChoiceField(
            owners, label=_("Owner"), empty_label=None
        )
        self.initial["owner"] = self.instance.owner_id
        self.order_fields(self.field_order)

    def clean(self):
        super().clean()
        amount = self.cleaned_data.get("amount")
        if amount and "amount" in self.changed_data:
            self._ask_about_the_amount(amount)
        self._check_the_next_step()
        return self.cleaned_data

    def _check_the_next_step(self):
        """A step without its day is a wish, and a day without a step says nothing."""
        if not self.fields.keys() >= {"next_step", "next_step_on"}:
            return
        words, day = map(self.cleaned_data.get, ("next_step", "next_step_on"))
        if words and not day and "next_step_on" not in self.errors:
            self.add_error("next_step_on", _("Say on which day."))
        elif day and not words and "next_step" not in self.errors:
            self.add_error("next_step", _("Say what happens on that day."))

    def _ask_about_the_amount(self, amount):
        largest = Deal.objects.largest_beside(self.instance, owner=self.whose)
        if largest and amount > TIMES_THE_LARGEST * largest:
            facts = {
                "times": number(Decimal(round(amount / largest))),
                "largest": exact_money(largest, self.currency),
            }
            words = _(
                "%(times)s times the largest deal so far, %(largest)s. Is that right?"
            )
            self.ask("is_so_large", words % facts, at="amount")

    @property
    def whose(self) -> Rep:
        return self.instance.owner

    @cached_property
    def changes(self) -> dict:
        """What somebody changed, as `deal.correct` takes it."""
        changes = {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name in {"owner", *self._meta.fields}
        }
        if self.cleaned_data.get("amount_is_certain"):
            changes["amount_is_estimate"] = False
        return changes


class ClosedDealForm(DealForm):
    """What is put right about a deal that is won or lost, and why.

    `today` is the owner's. A day in another quarter is asked about once. What counts in
    a closed one, or is to, is put right by whoever may.
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

    questions = ["is_so_large", "in_quarter"]

    class Meta(DealForm.Meta):
        fields = ["account", "product", "amount", "closed_on"]
        widgets = {"closed_on": DayInput}
        error_messages = DealForm.Meta.error_messages | {
            "closed_on": {
                "required": _("Say on which day it was closed."),
                "invalid": NOT_A_DAY,
            }
        }

    def __init__(self, *args, today: date, by, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.by, self.at = today, by, at
        self.closed = self._closed_books(self.initial["closed_on"])
        if self.closed:
            kept = _("What it was closed with stays beside what you put right.")
            self.fields["why"].help_text = f"{counts_in(self.closed)} {kept}"
        won = self.instance.outcome == Deal.Outcome.WON
        day = self.fields["closed_on"]
        day.label = _("Won on") if won else _("Lost on")
        day.widget.attrs |= days_to_close_on(self.instance, today)

    def clean_amount(self):
        amount, cancelled = self.cleaned_data["amount"], self.cancelled.total()
        if amount < cancelled:
            words = _("%(amount)s of it was cancelled: it was worth that much.")
            exact = exact_money(cancelled, self.currency)
            raise ValidationError(words % {"amount": exact})
        return amount

    def clean_closed_on(self):
        day = self.cleaned_data["closed_on"]
        refuse_day(self.instance, day, today=self.today)
        if "closed_on" in self.changed_data:
            there = self._closed_books(day)
            refuse_closed(self.instance, self.instance.outcome, day, there)
        first = self.cancelled.order_by("cancelled_on").first()
        if first and day > first.cancelled_on:
            words = _("Some of it was cancelled on %(day)s: it was won before.")
            cancelled_on = date_format(first.cancelled_on, "j F Y")
            raise ValidationError(words % {"day": cancelled_on})
        return day

    @property
    def cancelled(self):
        return self.instance.cancellations.still_so()

    def clean(self):
        super().clean()
        self._ask_about_the_quarter()
        changes = {*self.changed_data} - {"why", *self.questions}
        if changes and self.closed and not self.closed.is_theirs:
            first = next(name for name in self.fields if name in changes)
            words = f"{counts_in(self.closed)} {who_can(self.instance)}"
            self.add_error(first, words)
        elif changes and not self.cleaned_data.get("why"):
            self.add_error("why", _("Say why: it is closed, and others go by it."))
        return self.cleaned_data

    def _ask_about_the_quarter(self):
        day = self.cleaned_data.get("closed_on")
        if not day or "closed_on" not in self.changed_data:
            return
        was, outcome = self.initial["closed_on"], self.instance.outcome
        there = {"instead_of": was, "closed": self._closed_books(day)}
        said = booked_elsewhere(self.instance, outcome, day, **there)
        if said and self.closed:
            quarter = {"quarter": self.closed.quarter}
            said = f"{said} {_('It leaves %(quarter)s, which is closed.') % quarter}"
        if said:
            self.ask("in_quarter", said, at="closed_on")

    def _closed_books(self, day: date):
        return self.instance.closed_books(day, by=self.by, at=self.at)


class NewDealForm(DealForm):
    """`owners` are those whose deal it may be; of one there is nothing to choose.

    A second open deal of the same account and nearly the same amount is asked about
    once, with the first, if `user` may see that.
    """

    is_another = forms.BooleanField(required=False, label=_("It is another deal"))
    key = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)

    questions = ["is_so_large", "is_another"]

    def __init__(self, *args, user, owners, chosen=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.owners = user, owners
        if len(owners) > 1:
            self.fields["owner"] = forms.ModelChoiceField(
                Rep.objects.filter(pk__in=[rep.pk for rep in owners]).order_by("name"),
                label=_("Whose deal"),
                initial=chosen,
                error_messages={"required": _("Say whose deal it is.")},
            )
            self.order_fields(self.field_order)

    def clean_amount(self):
        """An import may bring one that is worth nothing; nobody opens one."""
        if not self.cleaned_data["amount"]:
            raise ValidationError(self.fields["amount"].error_messages["min_value"])
        return self.cleaned_data["amount"]

    def clean(self):
        super().clean()
        account, amount = map(self.cleaned_data.get, ("account", "amount"))
        if account and amount:
            deals = Deal.objects.visible_to(self.user)
            alike = deals.open_and_alike(account, amount)
            if key := self.facts()["key"]:
                alike = alike.exclude(key=key)  # this one, sent before
            if alike := alike.first():
                self.ask("is_another", self._said_of(alike), at="account")
        return self.cleaned_data

    def _said_of(self, deal: Deal):
        words = _("There is an open one already: {deal}, {amount}, of {owner}.")
        link = format_html('<a href="{}">{}</a>', deal.get_absolute_url(), deal)
        amount = exact_money(deal.amount, self.currency)
        return format_html(words, deal=link, amount=amount, owner=deal.owner)

    @property
    def whose(self) -> Rep:
        return self.cleaned_data.get("owner") or self.owners[0]

    def facts(self) -> dict:
        """What `open_deal` takes.

        The key is the form's and what is in it: sent twice it is one deal, but gone
        back to, with another deal written in, it is one more.
        """
        facts = {name: self.cleaned_data.get(name) for name in self._meta.fields}
        owner = self.whose
        key = self.cleaned_data.get("key")
        if key:
            key = uuid5(key, repr([owner.pk, facts]))
        return facts | {"owner": owner, "key": key}
