"""Whom a nudge asks, when, and why not: read anew each time somebody wants to know.

One query has all of it for any number of reps (`with_candidate_facts`), so that a
hundred thousand people can be gone through as a stream; and one for a nudge that is
about to go (`begin_try`).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import OuterRef
from django.db.models.functions import Coalesce, Greatest, JSONObject
from django.utils.translation import gettext_lazy as _

from plans.domain import nudging
from plans.domain.nudging import OF_USE_FOR, Calendar, Owed
from plans.models.check_in import CheckIn
from plans.models.nudge import CLAIM_LASTS, MINE, PUT_OFF, SENT, Nudge
from plans.models.prepared_statement import run_prepared_statement
from plans.models.rep_week import with_days_away
from reps.domain.quarter import ONE_DAY, ONE_WEEK
from reps.models import Organization, Rep, User

AHEAD = timedelta(hours=1)  # so long before it is due a row is made
LOOKED_BACK = 3 * ONE_WEEK  # a reminder asks about the week before
LOOKED_AHEAD = 4 * ONE_WEEK  # the next chance is in two weeks at most
CHECK_IN, REMINDER = nudging.Kind.CHECK_IN_DUE, nudging.Kind.REMINDER
KINDS = {CHECK_IN: Nudge.Kind.CHECK_IN, REMINDER: Nudge.Kind.REMINDER}
NO_WEEKS: frozenset[date] = frozenset()


def _columns(*tables: type[models.Model]) -> str:
    return ", ".join(
        f"{table._meta.db_table}.{field.column}"
        for table in tables
        for field in table._meta.concrete_fields
    )


# Between two letters is one statement, written out. It says that the one before went;
# of this one it counts the try, renews the claim and reads all that decides whether it
# goes: each by itself would be one more wait for PostgreSQL.
BEGIN = f"""
    WITH before AS ({SENT})
    UPDATE plans_nudge SET attempts = %s, claimed_until = now() + %s
    FROM reps_user
    JOIN reps_organization ON reps_organization.id = reps_user.organization_id
    LEFT JOIN reps_rep ON reps_rep.user_id = reps_user.id
    WHERE reps_user.id = plans_nudge.person_id AND {MINE}
    RETURNING now(),
        ARRAY(SELECT jsonb_build_object('first', starts_on, 'last', ends_on)
            FROM reps_absence WHERE rep_id = reps_rep.id),
        ARRAY(SELECT checkin.week FROM plans_checkin AS checkin
            WHERE checkin.rep_id = reps_rep.id AND checkin.week >= plans_nudge.week),
        {_columns(Rep, User, Organization)}
"""
STILL_ASKED = (Nudge.State.OWED, Nudge.State.SENDING, Nudge.State.SENT)


class WhyNot(models.TextChoices):
    """Why a row was skipped: as the row keeps it, and as a page says it."""

    CHECKED_IN = "checked in first", _("Checked in first")
    LEFT = "left", _("Does not sell here any more")
    INACTIVE = "may not sign in", _("May not sign in")
    NO_ADDRESS = "no address", _("Has no address")
    UNSUBSCRIBED = "unsubscribed", _("Does not want these e-mails")
    PUT_OFF = "to be asked later", _("Asked to be asked later")
    TOO_LATE = "too late to be of use", _("Too late to be of use")


# Why a manager learns no more than that no e-mail can go: one sentence for all three.
UNREACHED = {WhyNot.INACTIVE, WhyNot.NO_ADDRESS, WhyNot.UNSUBSCRIBED}
CANNOT_GO = _("No e-mail can go to %(name)s now. Ask in person.")


@dataclass(frozen=True, slots=True)
class Row:
    """A nudge there is: enough of it to say what is still to come."""

    state: str
    due_at: datetime
    goes_at: datetime  # later than it was due after a try that failed, or at night
    asked_at: datetime  # when it went; when it is due while it has not
    is_put_off: bool  # to a working hour


@dataclass(frozen=True, slots=True)
class NudgeCandidate:
    """One rep, as somebody who may be asked how the week went, as of an instant."""

    rep: Rep
    at: datetime
    calendar: Calendar
    rows: dict[tuple[str, date], Row]  # by kind and week
    checked_in: frozenset[date]  # weeks

    @property
    def today(self) -> date:
        """The day it is where they are."""
        return self.at.astimezone(self.calendar.zone).date()

    def why_not(self, week: date, kind: str, *, on: date) -> str:
        """The first reason not to write to this person; empty when there is none."""
        person = self.rep.user
        if self.has_answered(week, kind):
            return WhyNot.CHECKED_IN
        if self.rep.left_on and self.rep.left_on < on:
            return WhyNot.LEFT
        if not person.is_active:
            return WhyNot.INACTIVE
        if not person.email:
            return WhyNot.NO_ADDRESS
        return "" if person.wants_nudges else WhyNot.UNSUBSCRIBED

    def has_answered(self, week: date, kind: str) -> bool:
        """Whoever writes about the next week is not reminded of the one before."""
        later = kind != Nudge.Kind.CHECK_IN and week + ONE_WEEK in self.checked_in
        return later or week in self.checked_in

    def rows_to_make(self, now: datetime) -> Iterator[tuple[Owed, str]]:
        """The rows that are missing and due within the hour, each with why not.

        Looked at from two days ago, too: what fell due while nobody decided is made
        even when its week is over, so that the record says so.
        """
        seen = set(self.rows)
        for at in (now, now - OF_USE_FOR):
            for row in self._owed(at):
                kind = KINDS[row.kind]
                if (kind, row.week) not in seen and self._is_to_be_made(row, now):
                    seen.add((kind, row.week))
                    on = row.due_at.astimezone(self.calendar.zone).date()
                    yield row, self.why_not(row.week, kind, on=on)

    def rows_to_put_off_anew(
        self, now: datetime
    ) -> Iterator[tuple[str, date, datetime]]:
        """Kind, week and hour of the rows put off to an hour that is not the next any
        more: quiet hours, holidays or days away have changed since.
        """
        for (kind, week), row in self.rows.items():
            if row.is_put_off and row.state == Nudge.State.OWED and now < row.goes_at:
                rule = CHECK_IN if kind == Nudge.Kind.CHECK_IN else REMINDER
                chance = self._chance(week, row.due_at, rule, now)
                if chance and chance != row.goes_at:
                    yield kind, week, chance

    def _is_to_be_made(self, row: Owed, now: datetime) -> bool:
        if row.due_at > now + AHEAD:
            return False
        begins_on = self.calendar.work_week.begins_on(row.week)
        if self.rep.left_on and self.rep.left_on < begins_on:
            return False  # was not there that week
        if row.kind == REMINDER:
            answered = self.has_answered(row.week, KINDS[REMINDER])
            return not (answered or self._was_put_off(row.week))
        # Of whoever is new here it is no record that a week passed before.
        is_known = row.due_at > now or any(week < row.week for _, week in self.rows)
        return is_known or self._chance(row.week, row.due_at, row.kind, now) is not None

    def chance(self, nudge: Nudge, *, at: datetime) -> datetime | None:
        """From `at` on, when this one may go; None if that would be too late."""
        kind = CHECK_IN if nudge.kind == Nudge.Kind.CHECK_IN else REMINDER
        return self._chance(nudge.week, nudge.due_at, kind, at)

    def _chance(self, week: date, due_at: datetime, kind: str, at: datetime):
        calendar = self.calendar
        chance = nudging.first_chance(at, calendar)
        if chance is None:
            return None
        late = nudging.is_too_late(
            week, due_at, at=chance, calendar=calendar, kind=kind
        )
        return None if late else chance

    def coming(self, now: datetime, *, days: int) -> Iterator["ComingNudge"]:
        """What goes to this person in so many days, made or not, in no order."""
        for (kind, week), row in self.rows.items():
            if row.state == Nudge.State.OWED and row.goes_at <= now + days * ONE_DAY:
                yield ComingNudge(self, kind, week, row.goes_at)
        asked, since = self._asked(*STILL_ASKED), self._since(now)
        for row in _coming(now, self.calendar, days, asked, self.checked_in):
            kind = KINDS[row.kind]
            if (kind, row.week) in self.rows or (since and row.due_at < since):
                continue
            if row.kind == REMINDER and self._was_put_off(row.week):
                continue
            yield ComingNudge(self, kind, row.week, row.due_at)

    def _was_put_off(self, week: date) -> bool:
        """Whoever asked to be asked later gets no reminder besides."""
        return (Nudge.Kind.SNOOZED, week) in self.rows

    def _owed(self, at: datetime) -> list[Owed]:
        # That a check-in came first is for the record to say: the row is made.
        asked = self._asked(Nudge.State.SENT)
        return _owed(at, self.calendar, asked, self._since(at))

    def _asked(self, *states) -> tuple[tuple[date, datetime], ...]:
        return tuple(
            (week, row.asked_at)
            for (kind, week), row in self.rows.items()
            if kind == Nudge.Kind.CHECK_IN and row.state in states
        )

    def _since(self, at: datetime) -> datetime | None:
        """Who has just joined is not asked for weeks before."""
        joined = self.rep.joined_on
        if joined is None or joined < at.date() - LOOKED_BACK:
            return None
        return datetime.combine(joined, time.min, self.calendar.zone)


@dataclass(frozen=True, slots=True)
class ComingNudge:
    """One letter still to come, or known not to."""

    to: NudgeCandidate
    kind: str
    week: date
    due_at: datetime

    @property
    def local_due_at(self) -> datetime:
        return self.due_at.astimezone(self.to.calendar.zone)

    @property
    def why_not(self) -> str:
        return self.to.why_not(self.week, self.kind, on=self.local_due_at.date())


# Most people of an organization share a calendar, and so what is owed to them.
@lru_cache(maxsize=4096)
def _owed(at, calendar, asked, since) -> list[Owed]:
    facts = {"asked": dict(asked), "checked_in": NO_WEEKS, "since": since}
    return nudging.owed(at, calendar, **facts)


@lru_cache(maxsize=4096)
def _coming(now, calendar, days, asked, checked_in) -> list[Owed]:
    facts = {"asked": dict(asked), "checked_in": checked_in, "days": days}
    return nudging.coming(now, calendar, **facts)


def with_candidate_facts(reps, *, at: datetime):
    """Those of these reps who may sign in, with all that `nudge_candidates` goes by."""
    since = at.date() - LOOKED_BACK
    nudges = Nudge.objects.filter(person=OuterRef("user"), week__gte=since)
    goes_at = Greatest("due_at", "retry_at")
    facts = {name: name for name in ("kind", "week", "state", "due_at", "why")}
    asked_at = Coalesce("sent_at", "due_at")
    told = nudges.values(told=JSONObject(**facts, goes_at=goes_at, asked_at=asked_at))
    came_in = CheckIn.objects.filter(rep=OuterRef("pk"), week__gte=since)
    return (
        with_days_away(reps.filter(user__isnull=False))
        .select_related(None)
        .select_related("user")
        .annotate(
            told=ArraySubquery(told), came_in=ArraySubquery(came_in.values("week"))
        )
    )


def nudge_candidates(reps: Iterable[Rep], *, at: datetime) -> Iterator[NudgeCandidate]:
    """Each of these reps, loaded by `with_candidate_facts`, as a candidate."""
    around = _CalendarCache(at)
    for rep in reps:
        rep.organization = rep.user.organization = around.organization(rep)
        rows = {
            (row["kind"], date.fromisoformat(row["week"])): Row(
                row["state"],
                datetime.fromisoformat(row["due_at"]),
                datetime.fromisoformat(row["goes_at"]),
                datetime.fromisoformat(row["asked_at"]),
                row["why"] == PUT_OFF,
            )
            for row in rep.told
        }
        yield around.candidate(rep, rows, frozenset(rep.came_in))


def nudge_candidate_of(reps, now: datetime) -> NudgeCandidate | None:
    """The first of these reps as somebody to ask; None without one who signs in."""
    return next(nudge_candidates(with_candidate_facts(reps, at=now), at=now), None)


def begin_try(nudge: Nudge, *, sent: Nudge | None = None) -> tuple | None:
    """Count the try and renew the claim; None if another worker has the row.

    `sent` is the one before, which went. Returns what `candidate_from_row` goes by, as
    it all stands at this moment.
    """
    nudge.attempts += 1
    values = sent.as_sent if sent else ["", None, None]
    values = [*values, nudge.attempts, CLAIM_LASTS, nudge.pk, nudge.claim]
    return run_prepared_statement(BEGIN, values).fetchone()


def candidate_from_row(begun: tuple) -> NudgeCandidate | None:
    """Whom a nudge asks, by the database's clock; None when that person is no rep.

    All that decides whether it goes, and nothing of other nudges.
    """
    (at, days_away, came_in), facts = begun[:3], iter(begun[3:])
    rep, person, organization = (
        _loaded(table, facts) for table in (Rep, User, Organization)
    )
    if rep.pk is None:
        return None
    rep.user, rep.days_away = person, [json.loads(days) for days in days_away]
    rep.organization = person.organization = organization
    return _CalendarCache(at, organization).candidate(rep, {}, frozenset(came_in))


def _loaded(table, facts: Iterator):
    """A row of this table, from its columns at the head of the rest."""
    fields = [field.attname for field in table._meta.concrete_fields]
    return table.from_db(connection.alias, fields, list(islice(facts, len(fields))))


def zone_of(person, organization) -> ZoneInfo:
    """The person's own; the organization's if the tz database has it no more."""
    try:
        return ZoneInfo(person.time_zone or organization.time_zone)
    except ZoneInfoNotFoundError:  # one person's must not keep everybody from theirs
        return organization.zone


class _CalendarCache:
    """Organizations and calendars of some weeks, each looked up once."""

    def __init__(self, at: datetime, *organizations: Organization) -> None:
        self.at = at
        self.first = at.date() - LOOKED_BACK
        self.last = at.date() + LOOKED_AHEAD
        self.organizations = {each.pk: each for each in organizations}
        self.holidays: dict[int, frozenset[date]] = {}
        self.calendars: dict[tuple, Calendar] = {}

    def organization(self, rep) -> Organization:
        pk = rep.organization_id
        if pk not in self.organizations:
            self.organizations[pk] = Organization.objects.get(pk=pk)
        return self.organizations[pk]

    def candidate(self, rep, rows, checked_in) -> NudgeCandidate:
        return NudgeCandidate(rep, self.at, self._calendar(rep), rows, checked_in)

    def _calendar(self, rep) -> Calendar:
        organization = rep.organization
        zone = zone_of(rep.user, organization)
        away = tuple(
            (span["first"], span["last"])
            for span in rep.days_away
            if span["last"] >= self.first.isoformat()  # as text they sort as days do
        )
        key = (organization.pk, zone.key, away)
        if key not in self.calendars:
            self.calendars[key] = Calendar(
                zone=zone,
                check_in_day=organization.check_in_day,
                check_in_at=organization.check_in_at,
                quiet_from=organization.quiet_from,
                quiet_to=organization.quiet_to,
                work_week=organization.work_week,
                days_off=self._holidays(organization) | self._days(away),
            )
        return self.calendars[key]

    def _holidays(self, organization) -> frozenset[date]:
        if organization.pk not in self.holidays:
            days = organization.holidays_between(self.first, self.last)
            self.holidays[organization.pk] = frozenset(days)
        return self.holidays[organization.pk]

    def _days(self, away) -> frozenset[date]:
        """The days away that lie in these weeks."""
        days = set()
        for first, last in away:
            day = max(date.fromisoformat(first), self.first)
            while day <= min(date.fromisoformat(last), self.last):
                days.add(day)
                day += ONE_DAY
        return frozenset(days)
