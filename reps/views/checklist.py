"""The first checklist: what is left to bring in before the pages tell something.

Shown on the front page of set-up and on the home page until it is closed.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reps.create_organization import Ours, starting_activities, starting_stages
from reps.domain.quarter import quarter_of
from reps.models.checklist import WhatIsThere, what_is_there


@dataclass(frozen=True, slots=True)
class Way:
    """How to bring something in; `is_ours` is a button that starts with a default."""

    words: str
    url: str
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to bring in: whether it is there, in words, and the ways to it."""

    name: str
    is_done: bool
    words: str
    ways: list[Way]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The lines of one person; `is_admins` is that of who may close it."""

    lines: list[Line]
    is_admins: bool
    is_closed: bool

    @property
    def open_lines(self) -> list[Line]:
        return [line for line in self.lines if not line.is_done]

    @property
    def done(self) -> int:
        return len(self.lines) - len(self.open_lines)

    @property
    def is_done(self) -> bool:
        return not self.open_lines


def open_checklist(user, today: date) -> Checklist | None:
    """None once it is closed, and for whoever has nothing left to bring in."""
    if user.organization.checklist_closed_at:
        return None
    return checklist_of(user, today)


def checklist_of(user, today: date) -> Checklist | None:
    """Closed or not. An admin's says once that all is there; others have none then."""
    words = _Words(user, what_is_there(user, today), today)
    lines = words.all_lines() if user.is_admin else words.lines_of_a_team()
    found = Checklist(
        lines,
        is_admins=user.is_admin,
        is_closed=user.organization.checklist_closed_at is not None,
    )
    if user.is_admin or (words.there.manages_sellers and not found.is_done):
        return found
    return None


class _Words:
    """Says what is there, and what to do about what is not."""

    def __init__(self, user, there: WhatIsThere, today: date) -> None:
        self.user, self.there, self.today = user, there, today
        self.first_month = user.organization.first_month

    def all_lines(self) -> list[Line]:
        """In the order that is quickest: each leans on those before."""
        return [
            self.currency(),
            self.quarter(),
            self.stages(),
            self.kinds(),
            self.people(),
            self.quotas(),
            *self.lines_of_a_team(),
        ]

    def lines_of_a_team(self) -> list[Line]:
        return [self.deals(), self.activity()]

    def currency(self) -> Line:
        """Always there; said first, for no amount is converted once there is one."""
        said = {
            "currency": self.user.organization.currency,
            "zone": self.user.organization.time_zone,
        }
        words = _("Amounts are in %(currency)s, days are those of %(zone)s.")
        if not (self.there.with_quota or self.there.has_deals):
            words = _(
                "Amounts are in %(currency)s, days are those of %(zone)s. The currency"
                " stays once the first quota or deal is there."
            )
        ways = [self.change(reverse("reps:set_up") + "?edit")]
        return Line(_("Currency and time zone"), True, words % said, ways)

    def quarter(self) -> Line:
        there, url = self.there, reverse("reps:quarters")
        name = _("Quarter")
        if there.quarter_id is None:
            ways = [Way(_("Type it in"), url)]
            if not there.has_quarters:
                ways.insert(0, self.ours(Ours.QUARTERS))
            words = _("Figures are counted by the quarter, and none holds today.")
            return Line(name, False, words, ways)
        said = {"name": there.quarter_name, "day": date_format(there.ends_on, "j F Y")}
        words = _("It is %(name)s, to %(day)s.")
        if there.ends_on == quarter_of(self.today, self.first_month).ends_on:
            words = _("It is %(name)s, to %(day)s: the calendar’s. Yours may differ.")
        return Line(name, True, words % said, [self.change(url)])

    def stages(self) -> Line:
        names, url = self.there.stage_names, reverse("reps:stages")
        name = _("Stages")
        if not names:
            words = _("The columns of your whiteboard, left to right.")
            ways = [self.ours(Ours.STAGES), Way(_("Type it in"), url)]
            return Line(name, False, words, ways)
        if not self.there.has_opportunities:
            words = _("Say from which stage on a deal counts as an opportunity.")
            return Line(name, False, words, [Way(_("Say which"), url)])
        words = ", ".join(names)
        if names == [stage[0] for stage in starting_stages()]:
            words = _("%(names)s: ours. Yours may differ.") % {"names": words}
        return Line(name, True, words, [self.change(url)])

    def kinds(self) -> Line:
        names, url = self.there.kind_names, reverse("reps:activity_kinds")
        name = _("What people log")
        if not names:
            words = _("What is counted in a week, such as demos.")
            ways = [self.ours(Ours.ACTIVITIES), Way(_("Type it in"), url)]
            return Line(name, False, words, ways)
        if not self.there.has_leading:
            words = _("Say which one is the leading activity.")
            return Line(name, False, words, [Way(_("Say which"), url)])
        words = ", ".join(names)
        if names == starting_activities():
            words = _("%(names)s: ours. Yours may differ.") % {"names": words}
        return Line(name, True, words, [self.change(url)])

    def people(self) -> Line:
        there, name = self.there, _("People and teams")
        if there.has_team and there.selling:
            count = there.selling
            words = ngettext("%(count)d person sells.", "%(count)d people sell.", count)
            words %= {"count": count}
            return Line(name, True, words, [Way(_("Look"), reverse("reps:people"))])
        if there.selling:
            words = _("There are people, in no team that somebody runs. Say who does.")
            return Line(name, False, words, [Way(_("Say who"), reverse("reps:teams"))])
        if there.has_team:
            words = _("Nobody sells yet. Nothing is sent to them until you say so.")
            typed = reverse("reps:people")
        else:
            words = _("First a team that somebody runs, then who sells in it.")
            typed = reverse("reps:teams")
        ways = [self.file("people"), Way(_("Type it in"), typed)]
        return Line(name, False, words, ways)

    def quotas(self) -> Line:
        there, name = self.there, _("Quotas")
        if there.quarter_id is None:
            words = _("They come once there is a quarter.")
            return Line(name, False, words, [self.file("quotas")])
        words = _("Who owes what in %(name)s.")
        if there.selling:
            words = _("%(owing)d of %(reps)d have one for %(name)s.")
        said = {
            "owing": there.with_quota,
            "reps": there.selling,
            "name": there.quarter_name,
        }
        typed = reverse("reps:quotas", args=[there.quarter_id])
        if there.with_quota:
            return Line(name, True, words % said, [Way(_("Look"), typed)])
        ways = [self.file("quotas")]
        if there.selling:
            ways.append(Way(_("Type it in"), typed))
        return Line(name, False, words % said, ways)

    def deals(self) -> Line:
        there, name, board = self.there, _("Deals"), reverse("reps:board")
        if there.has_deals:
            ways = [Way(_("Look"), board)] if there.runs_a_team else []
            return Line(name, True, _("The first are there."), ways)
        words = _("Won, lost and open ones, as your CRM has them.")
        ways = [self.file("deals")]
        if there.works_for:
            ways.append(Way(_("Type it in"), f"{board}?add=1"))
        elif not there.runs_a_team:
            words = _(
                "Won, lost and open ones, as your CRM has them. By hand, whoever runs a"
                " team puts them on its board."
            )
        return Line(name, False, words, ways)

    def activity(self) -> Line:
        there, name = self.there, _("Activity so far")
        if there.has_activity:
            return Line(name, True, _("The first is logged."), [])
        words = _("What people did in past weeks: what rates are worked out from.")
        ways = [self.file("activity")]
        if there.works_for:
            week = reverse("plans:my_week", args=[there.works_for])
            ways.append(Way(_("Type it in"), week))
        return Line(name, False, words, ways)

    def ours(self, what: Ours) -> Way:
        url = reverse("reps:start_with_ours", args=[what])
        return Way(_("Start with ours"), url, is_ours=True)

    def file(self, kind: str) -> Way:
        return Way(_("Bring a file"), reverse("reps:add_import", args=[kind]))

    def change(self, url: str) -> Way:
        return Way(_("Change it"), url)
