"""The quotas of one quarter, set together: a row for everybody who sells in it."""

from datetime import datetime
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from reps.forms.edit_conflict import SAVED_BY_SOMEBODY_ELSE, EditConflictMixin
from reps.forms.figures import (
    MORE_THAN_NOTHING,
    NOT_A_DAY,
    DayInput,
    MoneyField,
    PercentField,
    in_currency,
)
from reps.forms.reason import ReasonField
from reps.models import Organization, Quota

ZERO = Decimal(0)


class QuotaForm(EditConflictMixin, forms.ModelForm):
    """One rep's row. An amount left empty means that they owe nothing."""

    class Meta:
        model = Quota
        fields = ["amount", "ramp", "starts_on"]
        field_classes = {"amount": MoneyField, "ramp": PercentField}
        labels = {
            "amount": _("Quota"),
            "ramp": _("Ramp, %"),
            "starts_on": _("Starts on"),
        }
        help_texts = {"amount": "", "ramp": "", "starts_on": ""}
        widgets = {"starts_on": DayInput}
        error_messages = {"amount": {"min_value": _("Use an amount of zero or more.")}}

    def __init__(self, data, *, rep, quarter, quota, proposal=None):
        self.quota = quota
        # One that ended on a day was ended by somebody: it is no gap to fill.
        owing = quota if quota and (quota.amount or quota.holds_from) else None
        told = owing or proposal or quota
        # A row of its own, even for a quota that is there: they are written together.
        row = Quota(organization_id=rep.organization_id, rep=rep, quarter=quarter)
        row.amount = told.amount or None if told else None
        row.ramp = told.ramp if told else 1
        row.starts_on = max(rep.joined_on or quarter.starts_on, quarter.starts_on)
        if quota:
            row.starts_on = quota.first_day
        super().__init__(data, instance=row, prefix=f"rep-{rep.pk}")
        in_currency(self, quarter.organization.currency)
        self.fields["amount"].required = False
        self.fields["ramp"].validators.append(MORE_THAN_NOTHING)
        if proposal is None or owing:  # what is proposed was never kept
            self.keep_initial_values()
        if quota and quota.holds_from:
            self.fields["holds_throughout"] = forms.BooleanField(
                required=False,
                label=_("Set this for the whole quarter; it holds from %(day)s on now")
                % {"day": date_format(quota.holds_from, "j F Y")},
            )

    def clean_amount(self) -> Decimal:
        """Nothing written is nothing owed."""
        return self.cleaned_data["amount"] or ZERO

    def clean(self):
        super().clean()
        throughout = self.cleaned_data.get("holds_throughout", False)
        self.instance.holds_throughout = throughout

    def merge_saved_quota(self, quota: Quota | None):
        """What is kept by now. Of no quota at all there is nothing but that."""
        if quota and quota.amount:
            by_now = model_to_dict(quota, self._meta.fields)
            self.merge_saved(by_now | {"starts_on": quota.first_day})
            return
        amount, touched = self["amount"], set(self.changed_data)
        was = self.data.get(amount.html_initial_name)
        self.merge_saved({"amount": None})
        if was and touched and "amount" not in touched:
            self.conflicts["amount"] = SAVED_BY_SOMEBODY_ELSE.format(now=_("nothing"))
            self.data[amount.html_name] = was


class RevisionForm(forms.Form):
    """Why quotas change of a quarter that has begun, and from which day on."""

    why = ReasonField(
        label=_("Why do they change?"),
        help_text=_(
            "Asked when a quota that is there changes. It stands in its history, with"
            " what it was."
        ),
    )
    holds_from = forms.DateField(
        label=_("From which day"),
        required=False,
        widget=DayInput,
        help_text=_(
            "The quarter’s first day puts it right for the whole quarter. From a later"
            " one, the days before it owe what they did."
        ),
        error_messages={"invalid": NOT_A_DAY},
    )

    def __init__(self, data, *, quarter):
        super().__init__(data, initial={"holds_from": quarter.starts_on})
        self.quarter = quarter

    def clean_holds_from(self):
        day = self.cleaned_data["holds_from"]
        if day and day not in self.quarter.span:
            raise ValidationError(_("Choose a day inside the quarter."))
        return day

    def ask_why(self, *, is_closed: bool):
        """Refuse it without a reason."""
        if self.is_valid() and not self.cleaned_data["why"]:
            words = _("Say why: the quarter has begun, and people go by their quotas.")
            if is_closed:
                words = _("Say why: the quarter is closed, and others go by it.")
            self.add_error("why", words)


class QuotaTable:
    """Rows of a quarter (`with_closing`). `earlier` proposes amounts where none are.

    Of `data` that is sent there are the rows it has: whoever was not on the page when
    it was shown is left as they are. `revision` is there once the quarter has begun.
    """

    status = 422  # of the answer that brings it back

    def __init__(self, quarter, reps, quotas, *, at: datetime, data=None, earlier=()):
        by_rep = {quota.rep_id: quota for quota in quotas}
        proposals = {quota.rep_id: quota for quota in earlier}
        self.quarter, self.at = quarter, at
        self.is_closed = quarter.is_closed(at)
        begun = quarter.starts_on <= quarter.todays_date(at)
        self.revision = RevisionForm(data, quarter=quarter) if begun else None
        self.rows = [
            QuotaForm(
                data,
                rep=rep,
                quarter=quarter,
                quota=by_rep.get(rep.pk),
                proposal=proposals.get(rep.pk),
            )
            for rep in reps
            if data is None or f"rep-{rep.pk}-amount" in data
        ]

    @property
    def has_errors(self) -> bool:
        forms = [*self.rows, self.revision] if self.revision else self.rows
        return any(form.errors for form in forms)

    def save_if_valid(self, *, by) -> bool:
        """Save all rows that were sent, or none of them and say why at each cell."""
        with transaction.atomic():
            Organization.objects.lock(self.quarter.organization)
            by_now = {quota.rep_id: quota for quota in self.quarter.quotas.all()}
            for row in self.rows:
                row.merge_saved_quota(by_now.get(row.instance.rep_id))
            wrong = [row for row in self.rows if not row.is_valid()]
            if not wrong and self._asks_why(by_now):
                self.revision.ask_why(is_closed=self.is_closed)
            if not self.has_errors:
                self._save(by)
                return True
        if any(row.conflicts for row in wrong):
            self.status = 409
        return False

    def _asks_why(self, by_now) -> bool:
        """Whether one that is there changes; and once it is over, whether any does."""
        if self.revision is None:
            return False
        is_over = self.quarter.ends_on < self.quarter.todays_date(self.at)
        return any(
            row.instance.differs_from(by_now.get(row.instance.rep_id))
            for row in self.rows
            if is_over or row.instance.rep_id in by_now
        )

    def _save(self, by):
        facts = self.revision.cleaned_data if self.revision else {}
        Quota.objects.set_quotas(
            self.quarter.organization,
            [row.instance for row in self.rows],
            by=by,
            at=self.at,
            **facts,
        )
