"""What My week shows: the figures are the models', the words the templates'."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.models.rep_week import LoggedActivity, RepWeek, logged_activities
from reps.models import Quarter
from reps.models.activity import Tap
from reps.templatetags.sales_format import day_and_clock, signed
from reps.templatetags.stand_in_words import standing_in
from reps.views.whom_to_ask import whom_to_ask


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the week, and by which clock."""

    pk: int
    zone: ZoneInfo

    @classmethod
    def of(cls, user):
        return cls(user.pk, user.zone)

    def clock(self, at: datetime) -> str:
        return date_format(at.astimezone(self.zone), "H:i")

    def day_and_clock(self, at: datetime) -> str:
        return day_and_clock(at, self.zone)

    def called(self, tap: Tap) -> str:
        name = _("you") if tap.by == self.pk else tap.by_name
        if tap.file is not None:
            return _("%(name)s, from %(file)s") % {"name": name, "file": tap.file}
        return standing_in(name, tap.place_name) if tap.place_name else name


@dataclass(frozen=True, slots=True)
class TapShown:
    """Who changed the number, by how much, and when it was by the reader's clock."""

    change: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Row:
    """One activity on the page: the region `_logged_activity.html`.

    The keys are new with every rendering, one for the two buttons and one for the
    number; somebody who only looks gets none, and so no buttons.
    """

    activity: LoggedActivity
    week: RepWeek
    changes: list[TapShown]
    changes_left_out: int
    tap_key: UUID | None = None
    count_key: UUID | None = None
    typed: str | None = None
    error: str = ""
    is_minus_gone: bool = False  # the button just used is disabled now

    @property
    def pk(self) -> int:
        return self.activity.kind.pk

    @property
    def shown(self) -> str | int:
        """What stands in the number's field: what was typed, while it is wrong."""
        return self.activity.done if self.typed is None else self.typed


def row(activity, week, reader, *, may_log: bool, **facts) -> Row:
    taps = activity.taps
    return Row(
        activity=activity,
        week=week,
        changes=[
            TapShown(
                signed(tap.change), reader.called(tap), reader.day_and_clock(tap.at)
            )
            for tap in taps
        ],
        changes_left_out=taps.count - len(taps),
        tap_key=uuid4() if may_log else None,
        count_key=uuid4() if may_log else None,
        **facts,
    )


def week_context(
    week: RepWeek, user, *, kinds, taps, may_log: bool, wrong=None
) -> dict:
    """The context of `my_week.html`; `wrong` is a row that did not save, as sent."""
    reader = Reader.of(user)
    quarter = Quarter.objects.visible_to(user).containing(week.days.starts_on)
    activities = logged_activities(week, kinds, taps)
    rows = [
        wrong
        if wrong and wrong.pk == activity.kind.pk
        else row(activity, week, reader, may_log=may_log)
        for activity in activities
    ]
    latest = max(
        (tap for activity in activities for tap in activity.taps),
        key=lambda tap: tap.at,
        default=None,
    )
    return {
        "rep": week.rep,
        "week": week,
        "is_own": week.rep.user_id == user.pk,
        "may_log": may_log,
        "whom_to_ask": whom_to_ask(user),
        "number": _number(week, week.monday, quarter),
        "asked_for": [r for r in rows if r.activity.target],
        "others": [r for r in rows if not r.activity.target],
        "number_before": _number(week, week.before, quarter),
        "number_after": _number(week, week.after, quarter),
        "latest": reader.day_and_clock(latest.at) if latest else "",
    }


def _number(week: RepWeek, monday: date | None, quarter) -> int | None:
    """Which week of the quarter it is; None without one, or in another quarter."""
    if not (monday and quarter):
        return None
    return week.work_week.week_number(monday, quarter.starts_on, quarter.ends_on)
