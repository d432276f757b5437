"""What the links in our letters may do: each is signed for one purpose and one person.

A capability and never a login. Nothing is kept of one: what it opens is in the link
itself, so it may be opened any number of times until it ends.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from reps.domain.quarter import ONE_DAY, ONE_WEEK
from reps.domain.work_week import WorkWeek

LOG_A_WEEK = Signer(salt="plans.links.log-a-week", sep=".")
STOP_THE_LETTERS = Signer(salt="plans.links.stop-the-letters", sep=".")
ASK_ME_LATER = Signer(salt="plans.links.ask-me-later", sep=".")
TOKEN = "TOKEN"


@dataclass(frozen=True, slots=True)
class WeekLink:
    """One rep's one week, for the person who signs in as that rep."""

    rep: int
    person: int
    week: date


@dataclass(frozen=True, slots=True)
class NudgeLink:
    """One nudge of one person, to be put off."""

    nudge: int
    person: int


def week_link(rep, week: date) -> str:
    """Where this rep can log this week without signing in."""
    return _address("plans:week_by_link", week_token(rep, week))


def unsubscribe_link(user) -> str:
    """Where this person stops the letters. It never ends: a promise to every reader."""
    return _address("plans:unsubscribe", person_token(user))


def snooze_link(nudge) -> str:
    """Where whoever got this nudge puts it off. It ends with the week's own link."""
    return _address("plans:snooze", nudge_token(nudge))


def link_ends_on(week: date, work_week: WorkWeek) -> date:
    """The last day a week's link opens: the last of the week that follows."""
    return work_week.ends_on(week + ONE_WEEK)


def week_token(rep, week: date) -> str:
    """Opens until the rep's own midnight after `link_ends_on`."""
    zone = rep.user.zone if rep.user else rep.organization.zone
    end = _end(link_ends_on(week, rep.organization.work_week), zone)
    return LOG_A_WEEK.sign_object([rep.pk, rep.user_id, week.isoformat(), end])


def person_token(user) -> str:
    return STOP_THE_LETTERS.sign_object([user.pk])


def nudge_token(nudge) -> str:
    person = nudge.person
    last_day = link_ends_on(nudge.week, person.organization.work_week)
    end = _end(last_day, person.zone)
    return ASK_ME_LATER.sign_object([nudge.pk, person.pk, end])


def read_week_token(token: str, now: datetime) -> WeekLink | None:
    """What a link opens; None when it is not one of ours, or over."""
    facts = _read(LOG_A_WEEK, token)
    if facts is None:
        return None
    rep, person, week, end = facts
    return WeekLink(rep, person, date.fromisoformat(week)) if now < _at(end) else None


def read_person_token(token: str) -> int | None:
    """Whose letters to stop."""
    facts = _read(STOP_THE_LETTERS, token)
    return facts[0] if facts else None


def read_nudge_token(token: str, now: datetime) -> NudgeLink | None:
    facts = _read(ASK_ME_LATER, token)
    if facts is None:
        return None
    nudge, person, end = facts
    return NudgeLink(nudge, person) if now < _at(end) else None


def _read(signer: Signer, token: str):
    try:
        return signer.unsign_object(token)
    except BadSignature:
        return None


def _end(last_day: date, zone) -> int:
    """The midnight after the last day, in seconds since 1970."""
    midnight = datetime.combine(last_day + ONE_DAY, time.min, zone)
    return int(midnight.timestamp())


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _address(name: str, token: str) -> str:
    return f"{settings.SITE_URL}{_path(name).replace(TOKEN, token)}"


@cache
def _path(name: str) -> str:
    """Looked up once: that takes longer than to sign a token."""
    return reverse(name, args=[TOKEN])
