"""The day on which a deal is won or lost: which may be chosen, and what it does.

A deal's day is its owner's, in their zone, whoever writes it down.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reps.models import Deal, Quarter


def days_to_close_on(deal: Deal, today: date) -> dict[str, str]:
    """The first and the last day that a browser's calendar offers."""
    days = {"max": today.isoformat()}
    if deal.opened_on:
        days["min"] = deal.opened_on.isoformat()
    return days


def refuse_day(deal: Deal, day: date, *, today: date):
    """Raise `ValidationError` for one before it was opened, or still to come."""
    if deal.opened_on and day < deal.opened_on:
        opened = date_format(deal.opened_on, "j F Y")
        raise ValidationError(
            _("It was opened on %(day)s: choose that day or a later one.")
            % {"day": opened}
        )
    if day > max(today, deal.opened_on or today):
        raise ValidationError(_("That day is still to come."))


def booked_elsewhere(deal: Deal, outcome: str, day: date, *, instead_of: date) -> str:
    """What to say before it counts in another quarter; empty where it is the same."""
    if day == instead_of:
        return ""
    quarters = Quarter.objects.filter(organization=deal.organization_id)
    there, here = quarters.containing(day), quarters.containing(instead_of)
    if there == here:
        return ""
    facts = {"day": date_format(day, "j F Y"), "quarter": there}
    if there is None:
        return _("No quarter holds %(day)s, so it counts in none.") % facts
    if outcome == Deal.Outcome.LOST:
        return _("%(day)s is in %(quarter)s.") % facts
    return _("%(day)s books it in %(quarter)s.") % facts
