"""The quotas of one quarter, set together: a row for everybody who sells in it."""

from django import forms
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from reps.forms.edit_conflict import SAVED_BY_SOMEBODY_ELSE, EditConflictMixin
from reps.forms.figures import (
    MORE_THAN_NOTHING,
    DayInput,
    MoneyField,
    PercentField,
    in_currency,
)
from reps.models import Organization, Quota


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
        told = quota or proposal
        # A row of its own, even for a quota that is there: they are written together.
        row = Quota(organization_id=rep.organization_id, rep=rep, quarter=quarter)
        row.amount = told.amount if told else None
        row.ramp = told.ramp if told else 1
        row.starts_on = max(rep.joined_on or quarter.starts_on, quarter.starts_on)
        if quota:
            row.starts_on = quota.starts_on
        super().__init__(data, instance=row, prefix=f"rep-{rep.pk}")
        in_currency(self, quarter.organization.currency)
        self.fields["amount"].required = False
        self.fields["ramp"].validators.append(MORE_THAN_NOTHING)
        if proposal is None or quota:  # what is proposed was never kept
            self.keep_initial_values()

    def merge_saved_quota(self, quota: Quota | None):
        """What is kept by now. Of no quota at all there is nothing but that."""
        if quota:
            self.merge_saved(model_to_dict(quota, self._meta.fields))
            return
        amount, touched = self["amount"], set(self.changed_data)
        was = self.data.get(amount.html_initial_name)
        self.merge_saved({"amount": None})
        if was and touched and "amount" not in touched:
            self.conflicts["amount"] = SAVED_BY_SOMEBODY_ELSE.format(now=_("nothing"))
            self.data[amount.html_name] = was


class QuotaTable:
    """Rows of a quarter. `earlier` proposes amounts where there are none yet.

    Of `data` that is sent there are the rows it has: whoever was not on the page when
    it was shown is left as they are.
    """

    status = 422  # of the answer that brings it back

    def __init__(self, quarter, reps, quotas, *, data=None, earlier=()):
        by_rep = {quota.rep_id: quota for quota in quotas}
        proposals = {quota.rep_id: quota for quota in earlier}
        self.quarter = quarter
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

    def save_if_valid(self) -> bool:
        """Save all rows that were sent, or none of them and say why at each cell."""
        with transaction.atomic():
            Organization.objects.lock(self.quarter.organization)
            by_now = {quota.rep_id: quota for quota in self.quarter.quotas.all()}
            for row in self.rows:
                row.merge_saved_quota(by_now.get(row.instance.rep_id))
            wrong = [row for row in self.rows if not row.is_valid()]
            if not wrong:
                self._save([row.instance for row in self.rows])
                return True
        if any(row.conflicts for row in wrong):
            self.status = 409
        return False

    def _save(self, quotas: list[Quota]):
        Quota.objects.set_quotas(
            self.quarter,
            owed=[quota for quota in quotas if quota.amount is not None],
            nothing_owed_by=[quota.rep for quota in quotas if quota.amount is None],
        )
