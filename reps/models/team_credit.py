"""What a team is credited in a quarter: what was owed and won by whom, while in it.

Whoever sells in one team for the whole quarter brings all of their own. Only who came,
went or left in it is looked at more closely, so a team nobody came to costs nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import JSONObject

from reps.domain.quarter import Span
from reps.models.board import Total
from reps.models.compiled_query import compiled_once
from reps.models.deal import Deal
from reps.models.membership import Membership
from reps.models.quarter import Quarter
from reps.models.quota import Quota
from reps.models.team import Team
from reps.models.track_record import TrackRecord, TrackRecords

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """What one rep brings to a team's quarter, of their days in it."""

    rep: int
    name: str
    owed: Decimal
    expected: Decimal  # of it by today
    won: Decimal
    until: date | None = None  # their last day in it; None for who is in it today


@dataclass(frozen=True, slots=True)
class CalledOff:
    """What customers cancelled in the quarter of what a rep had won in this team."""

    rep: int
    name: str
    amount: Decimal


@dataclass(slots=True)
class TeamCredit:
    """What a team comes to, or several together."""

    parts: list[Part] = field(default_factory=list)
    called_off: list[CalledOff] = field(default_factory=list)

    def __add__(self, other: "TeamCredit") -> "TeamCredit":
        return TeamCredit(self.parts + other.parts, self.called_off + other.called_off)

    @property
    def owed(self) -> Decimal:
        return sum((part.owed for part in self.parts), ZERO)

    @property
    def expected(self) -> Decimal:
        return sum((part.expected for part in self.parts), ZERO)

    @property
    def booked(self) -> Decimal:
        won = sum((part.won for part in self.parts), ZERO)
        return won - sum(row.amount for row in self.called_off)

    @property
    def gone(self) -> list[Part]:
        """Those who are not in it any more, the last to go first."""
        here = {part.rep for part in self.parts if part.until is None}
        gone = (part for part in self.parts if part.until and part.rep not in here)
        return sorted(gone, key=lambda part: part.until, reverse=True)

    @property
    def called_off_of_others(self) -> list[CalledOff]:
        """Of whoever won it here, and is none of its people this quarter."""
        known = {part.rep for part in self.parts}
        return [row for row in self.called_off if row.rep not in known]


def with_passing(teams, first, last):
    """Add `passing` to these teams: who was in it on some of these days, not on all.

    Or on all, and is in another by now: where the reader is the last day may last on.
    One who left before them is told only if something was won in their name since.
    """
    won = Deal.objects.filter(owner=OuterRef("rep")).won_between(first, last)
    still_here = Q(rep__left_on=None) | Q(rep__left_on__gte=first) | Exists(won)
    went = Q(ends_on__isnull=False) | Q(rep__left_on__lt=last)
    rows = Membership.objects.filter(team=OuterRef("pk")).touching(first, last)
    rows = rows.filter(went | Q(starts_on__gt=first), still_here)
    rows = rows.order_by("rep__name", "starts_on")
    facts = {"name": "rep__name", "left_on": "rep__left_on"}
    facts |= {name: name for name in ("rep_id", "starts_on", "ends_on")}
    return teams.annotate(passing=ArraySubquery(rows.values(row=JSONObject(**facts))))


def with_unowned(teams, today):
    """Add the open deals of whoever left these teams: `unowned_deals` and `_amount`."""
    deals = Deal.objects.without_a_seller(today).filter(owner__team=OuterRef("pk"))
    deals = deals.order_by().values("owner__team")
    return teams.annotate(
        unowned_deals=Subquery(deals.values(count=Count("pk"))),
        unowned_amount=Subquery(deals.values(total=Sum("amount"))),
    )


def unowned(team: Team) -> Total:
    """Of a team that was read with `with_unowned`."""
    return Total(team.unowned_deals or 0, team.unowned_amount or ZERO)


def team_credit(
    teams: Iterable[Team], records: TrackRecords, quarter: Quarter, *, today: date
) -> Mapping[int, TeamCredit]:
    """By the id of each of these teams, which were read with `with_passing`.

    `records` are those of the people who sell in them today. Two queries more where
    anybody came or went.
    """
    credit = {team.pk: TeamCredit() for team in teams}
    passing = {row["rep_id"] for team in teams for row in team.passing}
    for rep, record in records.items():
        if rep not in passing and record.rep.team_id in credit:
            credit[record.rep.team_id].parts.append(_whole(record))
    if passing:
        facts = _Facts(sorted(passing), quarter, today)
        for team in teams:
            credit[team.pk].parts += (facts.part(**row) for row in team.passing)
    for row in records.called_off:
        if row.team in credit:
            called_off = CalledOff(row.deal__owner, row.deal__owner__name, row.total)
            credit[row.team].called_off.append(called_off)
    return credit


def _whole(record: TrackRecord) -> Part:
    rep, standing = record.rep, record.standing
    return Part(rep.pk, rep.name, standing.quota, standing.expected, record.won)


class _Facts:
    """What was owed and won by those who came or went, day by day."""

    def __init__(self, reps: list[int], quarter: Quarter, today: date):
        self.span, self.today = quarter.span, today
        self.quotas = {}
        for quota in _quotas(reps, quarter):
            quota.quarter = quarter
            self.quotas[quota.rep_id] = quota
        self.won = defaultdict(dict)
        for rep, day, amount in _won(reps, self.span.starts_on, self.span.ends_on):
            self.won[rep][day] = amount

    def part(self, *, rep_id, name, starts_on, ends_on, left_on) -> Part:
        """Of one membership. What is won after somebody's last day is their team's."""
        first, last = _day(starts_on), _day(ends_on)
        days = Span(
            max(first or self.span.starts_on, self.span.starts_on),
            min(last or self.span.ends_on, self.span.ends_on),
        )
        lasts = [day for day in (last, _day(left_on)) if day]
        until = min(lasts, default=None)
        quota, owed, expected = self.quotas.get(rep_id), ZERO, ZERO
        if quota:
            owes = min(days.ends_on, until or days.ends_on)
            owed = quota.owed_between(days.starts_on, owes)
            expected = quota.owed_between(days.starts_on, min(owes, self.today))
        won = sum((won for day, won in self.won[rep_id].items() if day in days), ZERO)
        is_over = until is not None and until < self.today
        return Part(rep_id, name, owed, expected, won, until if is_over else None)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


@compiled_once
def _quotas(reps: list[int], quarter):
    quotas = Quota.objects.filter(quarter=quarter, rep__id__among=reps)
    return quotas.owing().with_earlier()


@compiled_once
def _won(reps: list[int], first, last):
    won = Deal.objects.owned_by(reps).won_between(first, last).order_by()
    sums = won.values("owner", "closed_on").annotate(total=Sum("amount"))
    return sums.values_list("owner", "closed_on", "total")
