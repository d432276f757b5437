"""The rows of the team board: a person's figures, and the words that show them.

A board shows people by the fifty, so a row reaches its template as ready strings.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reps.domain.pacing import (
    BoardRow,
    UsualWeek,
    attainment,
    attention_order,
    coverage,
    pace,
)
from reps.models import Team
from reps.models.track_record import TrackRecord
from reps.templatetags.sales_format import money_short, percent, tenths, times
from reps.templatetags.sales_marks import bar, initials

ZERO = Decimal(0)


@dataclass(slots=True)
class Person:
    """What the board goes by: one rep's quarter, week and pipeline."""

    record: TrackRecord
    expected: Decimal  # booked by now, at an even pace
    coverage_needed: Decimal
    done: int  # of the leading activity, this week
    usual: UsualWeek | None
    due: Decimal  # of a usual week, by today
    away_until: date | None

    @property
    def pace(self) -> Decimal:
        return pace(self.record.standing)

    @property
    def is_behind(self) -> bool:
        return self.record.has_quota and self.pace < 0

    @property
    def is_thin(self) -> bool:
        """Less pipeline than what is left to book needs."""
        covered = self.record.coverage
        return covered is not None and covered < self.coverage_needed

    @property
    def is_quiet(self) -> bool:
        return self.usual is not None and self.done < self.due

    @property
    def order(self):
        """Its place on the board: the rule is `attention_order`'s."""
        activity = self.done / self.due if self.due else None
        standing, name = self.record.standing, self.record.rep.name
        row = BoardRow(standing, self.record.coverage, activity, name)
        return attention_order(row)


@dataclass(slots=True)
class Together:
    """What some people come to: a team, or all that somebody runs."""

    people: list[Person]
    team: Team | None = None

    @property
    def quota(self) -> Decimal:
        return sum((p.record.standing.quota for p in self.people), ZERO)

    @property
    def booked(self) -> Decimal:
        return sum((p.record.standing.booked for p in self.people), ZERO)

    @property
    def expected(self) -> Decimal:
        return sum((p.expected for p in self.people), ZERO)

    @property
    def pace(self) -> Decimal:
        return self.booked - self.expected

    @property
    def booked_share(self) -> int:
        return share(self.booked, self.quota)

    @property
    def expected_share(self) -> int:
        return share(self.expected, self.quota)

    @property
    def deals_of_pace(self) -> Decimal | None:
        """The pace in average deals; None before anything was won."""
        won = [p.record.amounts for p in self.people]
        amount, cases = sum(s.total for s in won), sum(s.cases for s in won)
        return abs(self.pace) * cases / amount if amount else None

    @property
    def done(self) -> int:
        return sum(p.done for p in self.people)

    @property
    def usual(self) -> Decimal:
        return sum((p.usual.count for p in self.people if p.usual), ZERO)

    @property
    def due(self) -> Decimal:
        return sum((p.due for p in self.people), ZERO)

    @property
    def pipeline(self) -> Decimal:
        return sum((p.record.pipeline for p in self.people), ZERO)

    @property
    def coverage(self) -> Decimal | None:
        gaps = (p.record.standing.gap for p in self.people)
        return coverage(self.pipeline, sum(gaps, ZERO))

    @property
    def behind(self) -> int:
        return sum(p.is_behind for p in self.people)


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
    of_quota: str
    standing_bar: str
    expected: str
    pace: str
    attainment: str
    done: str
    usually: str
    week_bar: str
    due: str
    pipeline: str
    deals: str
    coverage: str
    is_thin: bool


class Wording:
    """Turns people into rows; looks each phrase up once, not once a person."""

    def __init__(self, user, *, leading, quarter, today: date) -> None:
        self.user = user
        self.currency = user.organization.currency
        self.leading = leading
        self.quarter = quarter
        self.plan_active = _("Plan active")
        self.plan_draft = _("Plan in draft")
        self.plan_yours, self.plan_theirs = _("Plan, your turn"), _("Plan, their turn")
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
        self.usually = _("usually %(usual)s")
        self.due = _("%(due)s on a usual %(day)s") % {"due": "%(due)s", "day": day}
        self.week_title = _("%(name)s, this week")
        self.week_words = _("%(done)s this week; usually %(usual)s.")
        self.no_week = _("No finished week yet")
        self.covers = _("Covers %(covers)s of what is left; needs %(needs)s")
        self.nothing_left = _("Nothing left to book")

    def money(self, amount: Decimal) -> str:
        return money_short(amount, self.currency)

    def pace_of(self, amount: Decimal) -> str:
        """$41k behind, $7.1k ahead, or on pace."""
        if not amount:
            return self.on_pace
        words = self.ahead if amount > 0 else self.behind
        return words % {"amount": self.money(abs(amount))}

    def row(self, person: Person) -> Row:
        rep = person.record.rep
        until = person.away_until
        return Row(
            name=rep.name,
            initials=initials(rep.name),
            url=reverse("reps:rep_detail", args=[rep.pk]),
            away=self.away % {"day": date_format(until, "D j M")} if until else "",
            is_steady=not (person.is_behind or person.is_thin or person.is_quiet),
            is_thin=person.is_thin,
            **self._plan(rep),
            **self._standing(person),
            **self._week(person),
            **self._pipeline(person),
        )

    def _plan(self, rep) -> dict[str, str]:
        """Where the rep's plan stands, or how their own manager starts one."""
        is_own = rep.team.manager_id == self.user.pk
        if rep.plan is None:
            start = self.quarter is not None and is_own
            url = reverse("plans:start_plan", args=[rep.pk]) if start else ""
            return {"plan": "", "plan_tone": "", "plan_url": "", "start_url": url}
        tone = "amber"
        if rep.plan_turn:
            yours = is_own and rep.plan_turn == "manager"
            words = self.plan_yours if yours else self.plan_theirs
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
            "attainment": self.attainment % {"share": percent(attainment(standing))},
        }

    def _week(self, person) -> dict[str, str]:
        usual = person.usual
        if not (self.leading and usual):
            return {
                "done": str(person.done) if self.leading else "–",
                "usually": "",
                "week_bar": "",
                "due": self.no_week if self.leading else "",
            }
        whole = max(person.done, usual.count)
        figures = {
            "name": person.record.rep.name,
            "done": person.done,
            "usual": tenths(usual.count),
        }
        return {
            "done": str(person.done),
            "usually": self.usually % figures,
            "week_bar": bar(
                f"week-{person.record.rep.pk}",
                title=self.week_title % figures,
                desc=self.week_words % figures,
                fill=share(person.done, whole),
                tick=share(person.due, whole),
                done=person.done >= usual.count,
            ),
            "due": self.due % {"due": tenths(person.due)},
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


def share(part, whole) -> int:
    """Whole percent for a bar, from 0 to 100; an empty bar where there is no whole."""
    return min(max(int(100 * part / whole), 0), 100) if whole else 0
