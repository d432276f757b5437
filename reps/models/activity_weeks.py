"""A rep's weeks of each counted activity: this one so far, the usual, the last few."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from reps.domain.pacing import UsualWeek
from reps.domain.quarter import ONE_WEEK
from reps.domain.work_week import WorkWeek
from reps.models.activity import ActivityEntry, ActivityKind
from reps.models.track_record import WEEKS_LOOKED_AT, TrackRecord

WEEKS_SHOWN = 13  # a quarter of them


@dataclass(frozen=True, slots=True)
class Week:
    """One week of one activity. `done` is None before the first that was logged."""

    begins_on: date
    done: int | None
    is_away: bool  # on all of its working days
    is_now: bool


@dataclass(frozen=True, slots=True)
class ActivityWeeks:
    """This week of one activity, against what is usual, with the weeks before it."""

    kind: ActivityKind
    done: int
    usual: UsualWeek | None
    due: Decimal  # of a usual week, by the end of today
    weeks: list[Week]  # the latest last

    @property
    def is_away(self) -> bool:
        """All of this week."""
        return self.weeks[-1].is_away

    @property
    def has_history(self) -> bool:
        """Something was done in the weeks shown."""
        return any(week.done for week in self.weeks)

    @property
    def has_away(self) -> bool:
        """In any of the weeks shown."""
        return any(week.is_away for week in self.weeks)


def activity_weeks(
    record: TrackRecord,
    kinds: Sequence[ActivityKind],
    *,
    today: date,
    work_week: WorkWeek,
) -> list[ActivityWeeks]:
    """Each of these activities, in their order. One query.

    `record` says whose they are, and when they were away.
    """
    this_week = work_week.monday_of(today)
    since = this_week - WEEKS_LOOKED_AT * ONE_WEEK
    entries = ActivityEntry.objects.filter(rep=record.rep)
    counts = defaultdict(dict)
    for _rep, kind, week, done in entries.by_week(first=since, last=this_week):
        counts[kind][week] = done

    shown = [this_week - back * ONE_WEEK for back in reversed(range(WEEKS_SHOWN))]
    away = {week for week in shown if record.is_away_all(week, work_week)}
    activities = []
    for kind in kinds:
        weeks = counts[kind.pk]
        first = min(weeks, default=this_week)
        own = replace(record, weeks=weeks)
        usual = own.usual(monday=this_week, work_week=work_week)
        due = record.due(usual, today=today, work_week=work_week)
        activities.append(
            ActivityWeeks(
                kind=kind,
                done=weeks.get(this_week, 0),
                usual=usual,
                due=due,
                weeks=[
                    Week(
                        begins_on=work_week.begins_on(week),
                        done=weeks.get(week, 0) if week >= first else None,
                        is_away=week in away,
                        is_now=week == this_week,
                    )
                    for week in shown
                ],
            )
        )
    return activities
