"""What was put right about a closed quarter, in words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reps.figure_style import exact_money
from reps.models import Deal, Quarter, Rep
from reps.models.corrections import Correction


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One of them: which deal it was about, what it was and is, and who said so.

    `url` is the deal's page; empty where whoever reads may not see it any more.
    """

    deal: Deal | None
    url: str
    words: str
    who: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A quarter in which something was put right since it closed."""

    quarter: Quarter
    lines: list[CorrectionLine]


def correction_lines(
    corrections: Collection[Correction], *, currency: str, reader
) -> list[CorrectionLine]:
    """A line for each, for the one who reads them. One query."""
    deals = Deal.objects.readable_by(reader)
    deals = deals.in_bulk({one.deal.pk for one in corrections if one.deal})
    return [
        CorrectionLine(
            deal=one.deal,
            url=one.deal.get_absolute_url()
            if one.deal and one.deal.pk in deals
            else "",
            words=_words(one, currency),
            who=one.by.name if one.by else _("an import"),
            on=one.at.astimezone(reader.zone).date(),
            why=one.why,
        )
        for one in corrections
    ]


def _words(one: Correction, currency: str) -> str:
    facts = {"was": _word(one.was, currency), "now": _word(one.now, currency)}
    if one.fact == "quota":
        if one.was is None:
            return _("Quota: %(now)s") % facts
        return _("Quota: %(was)s, now %(now)s") % facts
    if one.fact == "cancelled":
        facts["amount"] = exact_money(abs(one.now), currency)
        if one.now < 0:
            return _("the cancellation of %(amount)s was a mistake") % facts
        return _("%(amount)s cancelled") % facts
    if one.fact == "owner":
        return _("%(was)s’s, now %(now)s’s") % facts
    if one.fact == "amount":
        return _("%(was)s, now %(now)s") % facts
    if one.was is None:
        return _("won on %(now)s") % facts
    if one.now is None:
        return _("the win of %(was)s is taken back") % facts
    return _("won on %(was)s, now on %(now)s") % facts


def _word(value, currency: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Rep):
        return value.name
    if isinstance(value, date):
        return date_format(value, "j M Y")
    return exact_money(value, currency)
