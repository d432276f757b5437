"""The numbers that letters show: the weeks of many people in a few queries."""

from collections import defaultdict
from collections.abc import Iterable

from plans.models.nudge import Nudge
from plans.models.rep_week import (
    LOOKED_AT,
    LoggedActivity,
    RepWeek,
    compared,
    planned_first,
)
from plans.models.week_target import agreed_by_rep
from reps.domain.quarter import ONE_WEEK
from reps.models import ActivityEntry, ActivityKind, Quarter
from reps.models.activity import LoggedCount


class WeekNumbers:
    """What was logged of the weeks that some nudges ask about: read once for all.

    What it says of one person is made up when it is asked for, so that one person's
    trouble stays theirs.
    """

    def __init__(self, nudges: Iterable[Nudge]) -> None:
        organizations = {nudge.organization_id for nudge in nudges}
        weeks = {nudge.week for nudge in nudges}
        first, last = min(weeks), max(weeks)

        self.kinds = defaultdict(list)
        kinds = ActivityKind.objects.filter(organization__in=organizations)
        for kind in kinds.counted().select_related("organization"):
            self.kinds[kind.organization_id].append(kind)
        self.quarters = defaultdict(list)
        quarters = Quarter.objects.filter(organization__in=organizations)
        for quarter in quarters.touching(first - ONE_WEEK, last):
            self.quarters[quarter.organization_id].append(quarter)
        people = defaultdict(list)  # by the days of the week they are asked about
        for nudge in nudges:
            for kind in self.kinds[nudge.organization_id][:1]:
                days = kind.organization.work_week.days_of(nudge.week)
                people[days].append(nudge.person_id)
        self.agreed = {
            days: agreed_by_rep(those, days=days) for days, those in people.items()
        }
        self.weeks = defaultdict(dict)
        entries = ActivityEntry.objects.filter(
            rep__user__in=[nudge.person_id for nudge in nudges]
        )
        weeks = entries.by_week(first=first - LOOKED_AT, last=last)
        for rep, kind, week, done in weeks:
            self.weeks[rep, kind][week] = done

    def quarter_of(self, week: RepWeek) -> Quarter | None:
        """The one that holds its first day."""
        quarters, day = self.quarters[week.rep.organization_id], week.days.starts_on
        return next((each for each in quarters if day in each.span), None)

    def activities_of(self, week: RepWeek) -> list[LoggedActivity]:
        """As the week's own page has them, but without who logged what."""
        kinds = self.kinds[week.rep.organization_id]
        return planned_first(self._activity(week, kind) for kind in kinds)

    def _activity(self, week: RepWeek, kind: ActivityKind) -> LoggedActivity:
        weeks = self.weeks.get((week.rep.pk, kind.pk), {})
        since = week.monday - LOOKED_AT
        return compared(
            week,
            kind,
            LoggedCount(done=weeks.get(week.monday, 0)),
            agreed=self.agreed[week.days].get(week.rep.pk),
            before={
                monday: done
                for monday, done in weeks.items()
                if since <= monday < week.monday
            },
        )
