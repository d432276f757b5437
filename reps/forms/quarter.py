"""A quarter: its name and its two days."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from reps.domain.quarter import Span, following_quarter, quarter_name, quarter_of
from reps.forms.figures import DayInput, within_years
from reps.forms.set_up_form import SetUpForm
from reps.models import Quarter
from reps.models.quarter import LAST_DAY_FIRST

FEWEST_DAYS, MOST_DAYS = 28, 190  # a month of four weeks, half a year


def proposed_quarter(latest: Quarter | None, today: date) -> dict:
    """The quarter to add next: after the last one, or the calendar's around today."""
    if latest:
        span = following_quarter(Span(latest.starts_on, latest.ends_on))
    else:
        span = quarter_of(today)
    return {
        "name": quarter_name(span),
        "starts_on": span.starts_on,
        "ends_on": span.ends_on,
    }


class QuarterForm(SetUpForm):
    said_at = {
        "quarter_one_of_each_name": "name",
        "quarter_shares_no_day": "starts_on",
    }

    class Meta:
        model = Quarter
        fields = ["name", "starts_on", "ends_on"]
        widgets = {"starts_on": DayInput, "ends_on": DayInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "ends_on"):
            self.fields[name].validators.append(within_years)

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
            self._keep_quotas_inside(first, last)

    def keep(self):
        self.instance.keep_dates(began_on=self.initial.get("starts_on"))

    def _keep_quotas_inside(self, first: date, last: date):
        """Quotas of the whole quarter move with it; a later start must stay inside."""
        later = self.instance.quotas.exclude(starts_on=self.initial["starts_on"])
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
