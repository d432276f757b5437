"""A quarter: its name and its two days; and why a closed one is opened again."""

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy, ngettext

from reps.domain.quarter import Span, following_quarter, quarter_name, quarter_of
from reps.forms.figures import DayInput, within_years
from reps.forms.reason import ReasonField
from reps.forms.set_up_form import SetUpForm
from reps.models import Quarter
from reps.models.quarter import LAST_DAY_FIRST

FEWEST_DAYS, MOST_DAYS = 28, 190  # a month of four weeks, half a year


def proposed_quarter(latest: Quarter | None, today: date, first_month: int) -> dict:
    """The quarter to add next: after the last one, or the one around today.

    `first_month` is the fiscal year's.
    """
    following = following_quarter(latest.span) if latest else None
    span = following or quarter_of(today, first_month)
    return {
        "name": quarter_name(span, first_month),
        "starts_on": span.starts_on,
        "ends_on": span.ends_on,
    }


class QuarterForm(SetUpForm):
    said_at = {
        "quarter_one_of_each_name": "name",
        "quarter_shares_no_day": "starts_on",
    }

    why = ReasonField(
        label=gettext_lazy("Why do its days change?"),
        help_text=gettext_lazy(
            "Asked when they do, since it has begun: what was booked and owed goes by"
            " them."
        ),
    )

    class Meta:
        model = Quarter
        fields = ["name", "starts_on", "ends_on"]
        widgets = {"starts_on": DayInput, "ends_on": DayInput}

    def __init__(self, *args, by, at: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.at = by, at
        for name in ("starts_on", "ends_on"):
            self.fields[name].validators.append(within_years)
        known = self.instance.pk is not None
        if not (known and (self.is_bound or self._has_begun(self.instance.starts_on))):
            del self.fields["why"]

    def clean(self):
        super().clean()
        first = self.cleaned_data.get("starts_on")
        last = self.cleaned_data.get("ends_on")
        if first and last and last <= first:  # said here: it is no range to compare
            self.add_error("ends_on", LAST_DAY_FIRST)
        if self.errors or not (first and last):
            return
        days = Span(first, last).days
        if not FEWEST_DAYS <= days <= MOST_DAYS:
            words = gettext("These are %(days)d days. Use 28 to 190 of them.")
            self.add_error("ends_on", words % {"days": days})
        elif self.instance.pk:
            self._keep_those_of_a_closed_one()
            if not self.errors:
                self._keep_quotas_inside(first, last)
                self._ask_why(first, last)

    def keep(self):
        why = self.cleaned_data.get("why", "")
        self.instance.keep_dates(by=self.by, at=self.at, why=why)

    def _has_begun(self, first_day: date) -> bool:
        return first_day <= self.instance.todays_date(self.at)

    def _ask_why(self, first: date, last: date):
        was = (self.initial["starts_on"], self.initial["ends_on"])
        changes = (first, last) != was and self._has_begun(min(first, was[0]))
        if changes and not self.cleaned_data.get("why"):
            words = gettext("Say why: it has begun, and figures go by its days.")
            self.add_error("why", words)

    def _keep_those_of_a_closed_one(self):
        changed = {"starts_on", "ends_on"} & {*self.changed_data}
        known = Quarter.objects.with_closing().get(pk=self.instance.pk)
        if changed and known.is_closed(self.at):
            words = gettext("It is closed, and its days stay. Reopen it first.")
            self.add_error(max(changed), words)

    def _keep_quotas_inside(self, first: date, last: date):
        """Quotas of the whole quarter move with it; a later start must stay inside."""
        later = self.instance.quotas.all()
        self._refuse_if("starts_on", later.filter(starts_on__lt=first))
        self._refuse_if("ends_on", later.filter(starts_on__gt=last))

    def _refuse_if(self, field, outside):
        quotas = list(outside.select_related("rep").order_by("starts_on", "pk"))
        if quotas:
            words = ngettext(
                "A quota would start outside: %(who)s's on %(day)s. Change it first.",
                "%(count)d quotas would start outside, such as %(who)s's on %(day)s."
                " Change them first.",
                len(quotas),
            )
            day = date_format(quotas[0].starts_on, "j F Y")
            facts = {"count": len(quotas), "who": quotas[0].rep.name, "day": day}
            self.add_error(field, words % facts)


class ReopenQuarterForm(forms.Form):
    """What somebody puts right in it is seen beside what it was closed with."""

    why = ReasonField(
        label=gettext_lazy("Why is it opened again?"),
        help_text=gettext_lazy("It stands with the quarter, with your name."),
    )

    def clean_why(self):
        why = self.cleaned_data["why"]
        if not why:
            words = gettext("Say why: others go by what it was closed with.")
            raise ValidationError(words)
        return why

    def focus(self):
        self.fields["why"].widget.attrs["autofocus"] = True
        return self
