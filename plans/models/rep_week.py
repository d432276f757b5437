"""A rep's week: what the plan asks for of each activity, what is usual, what was done.

Loaded in as few queries as it takes, since a thumb waits for them: whose week it is
with the days away, the activities with their targets and weeks before, and the taps.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from plans.models.week_target import agreed_count, agreed_for, target_of
from reps.domain.pacing import UsualWeek, nothing_owed
from reps.domain.quarter import ONE_WEEK, Span
from reps.domain.work_week import WorkWeek
from reps.models import Absence, ActivityKind, Rep
from reps.models.activity import LoggedCount
from reps.models.compiled_query import compiled_once
from reps.models.track_record import WEEKS_LOOKED_AT, TrackRecord

ZERO = Decimal(0)
LOOKED_AT = WEEKS_LOOKED_AT * ONE_WEEK
FIRST_WEEK = date(2000, 1, 3)  # of whoever nobody knows when they joined


@dataclass(frozen=True, slots=True)
class RepWeek:
    """One week of a rep, by its Monday, of those that are open to be logged.

    `days` are the week's, `today` is the rep's own day.
    """

    rep: Rep
    monday: date
    days: Span
    today: date
    open_weeks: Span

    @property
    def work_week(self) -> WorkWeek:
        return self.rep.organization.work_week

    @property
    def is_now(self) -> bool:
        return self.today <= self.days.ends_on

    @property
    def as_of(self) -> date:
        """The day by which something is due: today, or a past week's end."""
        return min(self.today, self.days.ends_on)

    @property
    def before(self) -> date | None:
        monday = self.monday - ONE_WEEK
        return monday if monday in self.open_weeks else None

    @property
    def after(self) -> date | None:
        monday = self.monday + ONE_WEEK
        return monday if monday in self.open_weeks else None


@dataclass(frozen=True, slots=True)
class LoggedActivity:
    """One activity of the week against its target or, without one, the usual week."""

    kind: ActivityKind
    taps: LoggedCount
    target: int | None  # of this week (`target_of`)
    agreed: int  # for a full week
    usual: UsualWeek | None
    week: RepWeek
    record: TrackRecord

    @property
    def done(self) -> int:
        return self.taps.done

    @property
    def due(self) -> Decimal:
        """Of the target, else of a usual week."""
        return self.record.due_of(
            self.target or (self.usual.count if self.usual else ZERO),
            today=self.week.as_of,
            work_week=self.week.work_week,
        )

    @property
    def is_away(self) -> bool:
        """On all working days."""
        return self.record.is_away_all(self.week.monday, self.week.work_week)

    @property
    def is_lowered(self) -> bool:
        """Days away make the target smaller than what both have signed."""
        return bool(self.target) and self.target < self.agreed

    @property
    def goal(self) -> Decimal | int:
        """The target, else what is usual; 0 when neither is known."""
        return self.target or (self.usual.count if self.usual else 0)

    @property
    def is_met(self) -> bool:
        return 0 < self.goal <= self.done

    @property
    def to_go(self) -> int:
        return max((self.target or 0) - self.done, 0)

    @property
    def scale(self) -> Decimal | int:
        """What a full bar stands for; 0 when there is nothing to compare with."""
        return max(self.goal, self.done) if self.goal else 0

    @property
    def filled(self) -> int:
        """How much of the bar is, in whole percents."""
        return int(100 * self.done / self.scale) if self.scale else 0


def rep_week(rep: Rep, day: date | None, *, today: date) -> RepWeek | None:
    """The week that holds this day, or the current one.

    None when it is not open: before they joined, after they left, or not begun yet.
    """
    weeks = rep.organization.work_week
    first = weeks.monday_of(rep.joined_on) if rep.joined_on else FIRST_WEEK
    last = weeks.monday_of(min(today, rep.left_on or today))
    monday = weeks.monday_of(day or min(today, rep.left_on or today))
    if not first <= monday <= last:
        return None
    return RepWeek(rep, monday, weeks.days_of(monday), today, Span(first, last))


def with_days_away(reps):
    """Add `days_away` to reps, as {first, last} in text; with whose page it is."""
    return with_days_away_only(reps).select_related(
        "organization", "team__manager", "user"
    )


def with_days_away_only(reps):
    """As `with_days_away`, without the people and the organization around them."""
    away = Absence.objects.filter(rep=OuterRef("pk"))
    days = away.values(days=JSONObject(first="starts_on", last="ends_on"))
    return reps.select_related("user").annotate(days_away=ArraySubquery(days))


def counted_in(week: RepWeek, pk: int | None = None) -> list[ActivityKind]:
    """The activities that are counted, or that one of them.

    Each has `agreed`, what the plan asks for in this week, and `weeks`, those before.
    """
    first, last = week.monday - LOOKED_AT, week.monday - ONE_WEEK
    days = week.days
    return _counted(week.rep, days.starts_on, days.ends_on, first, last, pk)


@compiled_once
def _counted(rep, begins_on, ends_on, first, last, pk):
    kinds = ActivityKind.objects.filter(organization=rep.organization_id).counted()
    if pk:
        kinds = kinds.filter(pk=pk)
    kinds = kinds.annotate(agreed=agreed_for(rep, begins_on, ends_on))
    return kinds.with_weeks_of(rep, first=first, last=last)


def logged_activity(
    week: RepWeek, kind: ActivityKind, taps: LoggedCount
) -> LoggedActivity:
    """One activity as the page shows it. `kind` is one of those `counted_in` it."""
    before = {date.fromisoformat(row["week"]): row["done"] for row in kind.weeks}
    return compared(week, kind, taps, agreed=kind.agreed, before=before)


def compared(
    week: RepWeek,
    kind: ActivityKind,
    taps: LoggedCount,
    *,
    agreed: dict | None,
    before: dict[date, int],
) -> LoggedActivity:
    """One activity against what was agreed, or what was done in the weeks before."""
    record = _record(week, before)
    of_week = {"monday": week.monday, "work_week": week.work_week}
    usual = record.usual(**of_week)
    target = target_of(agreed, kind, record, **of_week)
    full = agreed_count(agreed, kind)
    return LoggedActivity(kind, taps, target, full, usual, week, record)


def logged_activities(
    week: RepWeek, kinds: Iterable[ActivityKind], taps: dict[int, LoggedCount]
) -> list[LoggedActivity]:
    """Those the plan asks for first, then what else is counted."""
    return planned_first(logged_activity(week, kind, taps[kind.pk]) for kind in kinds)


def planned_first(activities: Iterable[LoggedActivity]) -> list[LoggedActivity]:
    """Those the plan asks for, then what else is counted."""
    return sorted(activities, key=lambda activity: activity.target is None)


def _record(week: RepWeek, weeks: dict[date, int]) -> TrackRecord:
    day = Span(week.monday, week.monday)
    return TrackRecord(
        rep=week.rep,
        # Money is no part of a week.
        standing=nothing_owed(day, booked=ZERO, as_of=week.monday),
        has_quota=False,
        weeks=weeks,
        away=[
            Span(date.fromisoformat(away["first"]), date.fromisoformat(away["last"]))
            for away in week.rep.days_away
        ],
    )
