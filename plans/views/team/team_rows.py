"""The rows of the team board: the words that show a person's figures.

A board shows people by the fifty, so a row reaches its template as ready strings.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.views.team.team_figures import PersonFigures, share
from reps.domain.pacing import attainment, share_of_expected
from reps.templatetags.sales_format import money_short, percent, tenths, times
from reps.templatetags.sales_marks import bar, initials


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the board, nothing left to work out."""

    name: str
    initials: str
    url: str
    away: str
    plan: str
    plan_tone: str
    plan_url: str
    start_url: str
    is_steady: bool
    booked: str
    booked_url: str  # the deals it is the sum of; empty without a quarter
    of_quota: str
    standing_bar: str
    expected: str
    pace: str
    share: str  # of what was expected by now: what the board is ordered by
    attainment: str
    done: str
    against: str  # the plan's target, or in a word what is usual
    week_bar: str
    due: str
    pipeline: str
    pipeline_url: str
    deals: str
    coverage: str
    is_thin: bool
    checked_in: str
    checked_in_on: str
    waiting_url: str  # where the reader answers; empty when nothing waits


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody whose check-in waits for the reader's answer."""

    words: str
    url: str


class TeamRowWords:
    """Turns people into rows; looks each phrase up once, not once a person."""

    def __init__(self, user, *, leading, quarter, today: date) -> None:
        self.user = user
        self.currency = user.organization.currency
        self.leading = leading
        self.quarter = quarter
        self.deals = reverse("reps:deal_list")
        self.plan_active = _("Plan active")
        self.plan_draft = _("Plan in draft")
        self.plan_yours = _("Plan: your turn")
        self.plan_reps = _("Plan: the rep’s turn")
        self.plan_managers = _("Plan: the manager’s turn")
        day = date_format(today, "l")
        self.away = _("Away until %(day)s")
        self.of_quota = _("of %(quota)s")
        self.no_quota = _("No quota this quarter")
        self.expected = _("%(expected)s expected by now")
        self.booked_title = _("%(name)s, booked")
        self.booked_words = _("%(booked)s booked of %(quota)s; %(expected)s by now.")
        self.ahead, self.behind = _("%(amount)s ahead"), _("%(amount)s behind")
        self.on_pace = _("On pace")
        self.attainment = _("%(share)s of quota")
        self.share = _("%(share)s of expected by now")
        self.usually = _("usually %(usual)s")
        by_day = {"due": "%(due)s", "day": day, "usual": "%(usual)s"}
        self.due = _("%(due)s on a usual %(day)s") % by_day
        self.of_target = _("of %(target)s")
        self.due_of_target = _("%(due)s by %(day)s at an even pace") % by_day
        self.due_of_target_too = (
            _("%(due)s by %(day)s at an even pace; usually %(usual)s") % by_day
        )
        self.target_words = _("%(done)s of %(target)s that the plan asks for.")
        self.week_title = _("%(name)s, this week")
        self.week_words = _("%(done)s this week; usually %(usual)s.")
        self.no_week = _("No finished week yet")
        self.covers = _("Covers %(covers)s of what is left; needs %(needs)s")
        self.nothing_left = _("Nothing left to book")
        self.today = today
        self.checked_in_today, self.yesterday = _("Today"), _("Yesterday")
        self.never_checked_in = _("None yet")
        self.waits_too_long = _(
            "%(name)s’s check-in has waited for an answer since %(day)s"
        )
        self.waits = _("%(name)s checked in on %(day)s and waits for your answer")

    def money(self, amount: Decimal) -> str:
        return money_short(amount, self.currency)

    def pace_of(self, amount: Decimal) -> str:
        """$41k behind, $7.1k ahead, or on pace."""
        if not amount:
            return self.on_pace
        words = self.ahead if amount > 0 else self.behind
        return words % {"amount": self.money(abs(amount))}

    def share_of_expected(self, standing) -> str:
        """Nothing to say on the first day of a quota that starts later."""
        share = share_of_expected(standing)
        return "" if share is None else self.share % {"share": percent(share)}

    def row(self, person: PersonFigures) -> Row:
        rep = person.record.rep
        until = person.away_until
        return Row(
            name=rep.name,
            initials=initials(rep.name),
            url=reverse("plans:rep_detail", args=[rep.pk]),
            booked_url=self._deals(rep, "won") if self.quarter else "",
            pipeline_url=self._deals(rep, "opportunities"),
            away=self.away % {"day": date_format(until, "D j M")} if until else "",
            is_steady=not (person.is_behind or person.is_thin or person.is_quiet),
            is_thin=person.is_thin,
            **self._plan(rep),
            **self._standing(person),
            **self._week(person),
            **self._pipeline(person),
            **self._check_in(rep),
            waiting_url=self._waiting_url(rep) if person.waits else "",
        )

    def _deals(self, rep, kind: str) -> str:
        return f"{self.deals}?rep={rep.pk}&show={kind}"

    def waiting(self, person: PersonFigures) -> Waiting:
        rep = person.record.rep
        day = date_format(self._day(rep.waiting_since), "l j F")
        words = self.waits % {"name": rep.name, "day": day}
        return Waiting(words=words, url=self._waiting_url(rep))

    def waits_elsewhere(self, name: str, at: datetime) -> str:
        """That it waits for somebody else's answer; no link leads there."""
        day = date_format(self._day(at), "l j F")
        return self.waits_too_long % {"name": name, "day": day}

    def _waiting_url(self, rep) -> str:
        week = reverse("plans:my_week", args=[rep.pk])
        return f"{week}?week={rep.waiting_week}#check-in"

    def _day(self, at: datetime) -> date:
        return self.user.local_date(at)

    def _check_in(self, rep) -> dict[str, str]:
        """How long ago the last one was: shown for everybody alike."""
        if rep.last_check_in_at is None:
            return {"checked_in": self.never_checked_in, "checked_in_on": ""}
        day = self._day(rep.last_check_in_at)
        ago = (self.today - day).days
        if ago > 1:
            words = ngettext("%(days)s day ago", "%(days)s days ago", ago)
            words %= {"days": ago}
        else:
            words = self.yesterday if ago else self.checked_in_today
        return {"checked_in": words, "checked_in_on": date_format(day, "D j M")}

    def _plan(self, rep) -> dict[str, str]:
        """Where the rep's plan stands, or how their own manager starts one."""
        if rep.plan is None:
            start = self.quarter is not None and rep.is_managed
            url = reverse("plans:start_plan", args=[rep.pk]) if start else ""
            return {"plan": "", "plan_tone": "", "plan_url": "", "start_url": url}
        tone = "amber"
        if rep.plan_turn:
            words = self.plan_reps
            if rep.plan_turn == "manager":
                words = self.plan_yours if rep.is_managed else self.plan_managers
        elif rep.plan_status == "active":
            words, tone = self.plan_active, "accent"
        else:
            words = self.plan_draft
        url = reverse("plans:plan_detail", args=[rep.plan])
        return {"plan": words, "plan_tone": tone, "plan_url": url, "start_url": ""}

    def _standing(self, person) -> dict[str, str]:
        record, standing = person.record, person.record.standing
        booked = self.money(standing.booked)
        if not record.has_quota:
            return {
                "booked": booked,
                "of_quota": "",
                "standing_bar": "",
                "expected": self.no_quota,
                "pace": "–",
                "share": "",
                "attainment": "",
            }
        figures = {
            "name": record.rep.name,
            "booked": booked,
            "quota": self.money(standing.quota),
            "expected": self.money(person.expected),
        }
        return {
            "booked": booked,
            "of_quota": self.of_quota % figures,
            "standing_bar": bar(
                f"booked-{record.rep.pk}",
                title=self.booked_title % figures,
                desc=self.booked_words % figures,
                fill=share(standing.booked, standing.quota),
                tick=share(person.expected, standing.quota),
                done=not standing.gap,
            ),
            "expected": self.expected % figures,
            "pace": self.pace_of(person.pace),
            "share": self.share_of_expected(standing),
            "attainment": self.attainment % {"share": percent(attainment(standing))},
        }

    def _week(self, person) -> dict[str, str]:
        """Against what the plan asks for; without one against what is usual."""
        if not (self.leading and (person.usual or person.target)):
            return {
                "done": str(person.done) if self.leading else "–",
                "against": "",
                "week_bar": "",
                "due": self.no_week if self.leading else "",
            }
        whole, usual = max(person.done, person.goal), person.usual
        figures = {
            "name": person.record.rep.name,
            "done": person.done,
            "target": person.target,
            "usual": tenths(usual.count) if usual else "",
            "due": tenths(person.due),
        }
        against, due, desc = self.usually, self.due, self.week_words
        if person.target:
            against, desc = self.of_target, self.target_words
            due = self.due_of_target_too if usual else self.due_of_target
        return {
            "done": str(person.done),
            "against": against % figures,
            "week_bar": bar(
                f"week-{person.record.rep.pk}",
                title=self.week_title % figures,
                desc=desc % figures,
                fill=share(person.done, whole),
                tick=share(person.due, whole),
                done=person.done >= person.goal,
            ),
            "due": due % figures,
        }

    def _pipeline(self, person) -> dict[str, str]:
        record = person.record
        covered, words = record.coverage, ""
        if covered is not None:
            needs = times(person.coverage_needed)
            words = self.covers % {"covers": times(covered), "needs": needs}
        elif record.has_quota:
            words = self.nothing_left
        count = record.open_deals
        deals = ngettext("in %(count)s deal", "in %(count)s deals", count)
        return {
            "pipeline": self.money(record.pipeline),
            "deals": deals % {"count": count},
            "coverage": words,
        }
