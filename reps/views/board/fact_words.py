"""A change of a deal's facts in words: what it was, and what it became."""

from collections.abc import Iterable
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reps.figure_style import exact_money
from reps.models import Cancellation, DealFacts, Rep
from reps.templatetags.stand_in_words import name_in_place_of
from reps.views.board.move_words import Event

FACTS = {
    "owner": gettext_lazy("Owner"),
    "account": gettext_lazy("Account"),
    "product": gettext_lazy("Product"),
    "amount": gettext_lazy("Amount"),
    "opened_on": gettext_lazy("Opened"),
    "expected_close_on": gettext_lazy("Expected close"),
    "closed_on": gettext_lazy("Closed"),
}


def changes_of(
    rows: Iterable[DealFacts], *, owner: Rep, currency: str, source: str
) -> list[Event]:
    """An event for each change, the first one first.

    What a move says already, that the deal was closed or opened again, is none.
    `source` is what the deal was imported from: an import that says no more has no
    reason.
    """
    events = []
    for before, row in pairwise(rows):
        if changed := _changed(before, row, currency):
            who = _who(row.changed_by, row)
            if row.why and not row.changed_by:
                who = _("An import")
            events.append(
                Event(
                    on=None,
                    recorded_at=row.recorded_at,
                    title=_("Put right") if before.closed_on else _("Changed"),
                    who=who,
                    is_owner=_is(owner, row.changed_by),
                    reason=row.why if row.changed_by or row.why != source else "",
                    icon="i-check",
                    is_closing=False,
                    changed=changed,
                )
            )
    return events


def called_off(
    cancellations: Iterable[Cancellation], *, owner: Rep, currency: str
) -> list[Event]:
    """An event for each that was called off, or taken back."""
    return [
        Event(
            on=row.cancelled_on if row.amount > 0 else None,
            recorded_at=row.recorded_at,
            title=_("The customer cancelled %(amount)s")
            % {"amount": exact_money(row.amount, currency)}
            if row.amount > 0
            else _("The cancellation of %(amount)s was a mistake")
            % {"amount": exact_money(-row.amount, currency)},
            who=_who(row.cancelled_by, row),
            is_owner=_is(owner, row.cancelled_by),
            reason=row.words,
            icon="i-open" if row.amount > 0 else "i-check",
            is_closing=False,
        )
        for row in cancellations
    ]


def _who(person, row) -> str:
    if person is None:
        return _("Outside the app")
    return name_in_place_of(person, row.stood_in_for)


def _is(owner: Rep, person) -> bool:
    return person is not None and owner.user_id == person.pk


def _changed(before: DealFacts, row: DealFacts, currency: str) -> list[str]:
    lines = []
    for name, label in FACTS.items():
        was, now = getattr(before, name), getattr(row, name)
        moved = name == "closed_on" and (was is None or now is None)
        if was != now and not moved:
            facts = {"fact": label, "was": _word(was, currency)}
            facts["now"] = _word(now, currency)
            lines.append(_("%(fact)s: %(was)s, now %(now)s") % facts)
    if before.amount_is_estimate and not row.amount_is_estimate:
        lines.append(_("The amount is certain now."))
    return lines


def _word(value, currency: str) -> str:
    if value in (None, ""):
        return _("not known")
    if isinstance(value, Rep | str):
        return str(value)
    if hasattr(value, "year"):
        return date_format(value, "j M Y")
    return exact_money(value, currency)
