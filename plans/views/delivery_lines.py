"""The lines of the delivery page: as much of each letter as its reader may know."""

from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from plans.models import Nudge
from plans.models.asking import Coming, WhyNot, zone_of

TONES = {
    Nudge.State.OWED: "accent",
    Nudge.State.SENDING: "accent",
    Nudge.State.SENT: "green",
    Nudge.State.SKIPPED: "",
    Nudge.State.DEAD: "red",
}
WHY = {why.value: why.label for why in WhyNot} | {
    "put off to a working hour": _("Put off to a working hour"),
    "its workers died": _("The program ended five times while sending it"),
}
MOST_DIGITS = 19  # of a key in the database


@dataclass(frozen=True, slots=True)
class Line:
    """One letter there is. What only some may know is empty for the others."""

    pk: int
    person: str
    kind: str
    week: date
    state: str
    tone: str
    due: str  # by the clock of whoever gets it
    zone: str
    is_told: bool  # the reader may know how it went, and read it
    attempts: int
    again: str  # when it is tried again, or goes after all
    why: str
    has_letter: bool
    may_send_again: bool


@dataclass(frozen=True, slots=True)
class ComingLine:
    """One letter to come, or known not to."""

    person: str
    kind: str
    week: date
    due: str
    zone: str
    is_skipped: bool
    why: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter to be read on the page."""

    pk: int
    person: str
    subject: str
    text: str


def line(nudge: Nudge, user) -> Line:
    """`nudge` was loaded by `for_list`."""
    person, is_told = nudge.person, may_know(user, nudge.person_id)
    zone = zone_of(person, user.organization)
    again = nudge.retry_at if nudge.state == Nudge.State.OWED else None
    return Line(
        pk=nudge.pk,
        person=person.name,
        kind=nudge.get_kind_display(),
        week=nudge.week,
        state=nudge.get_state_display(),
        tone=TONES[nudge.state],
        due=_clock(nudge.due_at, zone),
        zone=zone.key,
        is_told=is_told,
        attempts=nudge.attempts,
        again=_clock(again, zone) if is_told and again else "",
        why=WHY.get(nudge.why, nudge.why) if is_told else "",
        has_letter=is_told and nudge.has_letter,
        may_send_again=user.is_admin and nudge.state == Nudge.State.DEAD,
    )


def coming_line(coming: Coming, user) -> ComingLine:
    rep, zone, why = coming.to.rep, coming.to.calendar.zone, coming.why_not
    return ComingLine(
        person=rep.name,
        kind=Nudge.Kind(coming.kind).label,
        week=coming.week,
        due=_clock(coming.due_at, zone),
        zone=zone.key,
        is_skipped=bool(why),
        why=WHY[why] if why and may_know(user, rep.user_id) else "",
    )


def may_know(user, person: int) -> bool:
    """Why somebody gets no letter is the admin's to know, and their own."""
    return user.is_admin or user.pk == person


def opened(asked: str | None, user) -> Opened | None:
    """The letter somebody asks to read on the page, if it is theirs to read."""
    if not (asked and asked.isdecimal() and len(asked) < MOST_DIGITS):
        return None
    nudges = Nudge.objects.readable_by(user).with_letter().select_related("person")
    nudge = nudges.filter(pk=asked).first()
    if nudge is None:
        return None
    letter = message_from_bytes(nudge.letter.encode(), policy=policy.default)
    text = letter.get_body(["plain"]).get_content()
    return Opened(nudge.pk, nudge.person.name, letter["Subject"], text)


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return date_format(at.astimezone(zone), "D j M, H:i")
