"""The day on which a deal is won or lost: which may be chosen, and what it does.

A deal's day is its owner's, in their zone, whoever writes it down. What counts in a
closed quarter is put there, and put right there, by the owner's manager, with a reason.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reps.models import Deal, Quarter
from reps.models.deal import ClosedBooks


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


def booked_elsewhere(
    deal: Deal,
    outcome: str,
    day: date,
    *,
    instead_of: date,
    closed: ClosedBooks | None = None,
) -> str:
    """What to say before it counts in another quarter; empty where it is the same.

    `closed` is the quarter of the day, if that is closed.
    """
    if day == instead_of:
        return ""
    quarters = Quarter.objects.filter(organization=deal.organization_id)
    there, here = quarters.containing(day), quarters.containing(instead_of)
    if there == here:
        return ""
    if there is None:
        facts = {"day": date_format(day, "j F Y")}
        return _("No quarter holds %(day)s, so it counts in none.") % facts
    return booked_in(outcome, day, there, is_closed=closed is not None)


def booked_in(outcome: str, day: date, quarter: Quarter, *, is_closed: bool) -> str:
    """Where a day would have it count, in words."""
    if outcome == Deal.Outcome.LOST:
        words = _("%(day)s is in %(quarter)s.")
        if is_closed:
            words = _("%(day)s is in %(quarter)s, which is closed.")
    else:
        words = _("%(day)s books it in %(quarter)s.")
        if is_closed:
            words = _("%(day)s books it in %(quarter)s, which is closed.")
    return words % {"day": date_format(day, "j F Y"), "quarter": quarter}


def counts_in(closed: ClosedBooks) -> str:
    """That what is looked at counts in a closed quarter."""
    return _("It counts in %(quarter)s, which is closed.") % {"quarter": closed.quarter}


def who_can(deal: Deal) -> str:
    """Who puts right what counts in a closed quarter."""
    manager = deal.owner.team.manager
    if manager is None or not manager.is_active:
        return _("Whoever manages their team can do that, with a reason.")
    return _("%(manager)s can do that, with a reason.") % {"manager": manager}


def who_puts_it_right(deal: Deal) -> str:
    """The same, on the page of the deal."""
    manager = deal.owner.team.manager
    if manager is None or not manager.is_active:
        return _("Whoever manages their team can put it right, with a reason.")
    return _("%(manager)s can put it right, with a reason.") % {"manager": manager}


def refuse_closed(deal: Deal, outcome: str, day: date, closed: ClosedBooks | None):
    """Raise `ValidationError` for a day in a quarter that is closed to them."""
    if closed and not closed.is_theirs:
        words = booked_in(outcome, day, closed.quarter, is_closed=True)
        raise ValidationError(f"{words} {who_can(deal)}")
