"""The lines of the delivery page: as much of each letter as its reader may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plans.models import Nudge
from plans.models.nudge import PUT_OFF
from plans.models.nudge_candidate import (
    CANNOT_GO,
    UNREACHED,
    ComingNudge,
    NudgeCandidate,
    WhyNot,
    zone_of,
)
from plans.views.nudges.failure_words import in_words
from reps.domain.name_order import name_order
from reps.domain.quarter import ONE_WEEK
from reps.models import Rep
from reps.templatetags.sales_format import day_and_clock

TONES = {
    Nudge.State.OWED: "accent",
    Nudge.State.SENDING: "accent",
    Nudge.State.SENT: "green",
    Nudge.State.SKIPPED: "",
    Nudge.State.DEAD: "red",
}
WHY = {why.value: why.label for why in WhyNot} | {
    PUT_OFF: gettext_lazy("Put off to a working hour"),
    "its workers died": gettext_lazy("The program ended five times while sending it"),
}
TOO_LATE = gettext_lazy("Too late for that week")
MOST_DIGITS = 19  # of a key in the database
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One letter there is. What only some may know is empty for the others."""

    pk: int
    person: str
    person_url: str  # their page, where the reader may open it
    kind: str
    week_begins_on: date
    state: str
    tone: str
    due: str  # by the clock of whoever gets it
    zone: str
    sent: str  # when; the hour alone on the day it was due
    is_told: bool  # the reader may know how it went, and read it
    attempts: int
    again: str  # when it is tried again, or goes after all
    why: str
    error: str  # as the program met it
    has_letter: bool
    may_send_again: bool
    why_not_again: str


@dataclass(frozen=True, slots=True)
class ComingRow:
    """One letter to come, or known not to."""

    person: str
    person_url: str
    kind: str
    week_begins_on: date
    due: str
    zone: str
    is_skipped: bool
    why: str


@dataclass(frozen=True, slots=True)
class OpenedEmail:
    """A letter to be read on the page."""

    pk: int
    person: str
    subject: str
    text: str


def delivery_row(nudge: Nudge, user, candidate: NudgeCandidate | None) -> DeliveryRow:
    """`nudge` was loaded by `for_list`; `candidate` is its person, if they sell."""
    person, is_told = nudge.person, may_know(user, nudge.person_id)
    zone = zone_of(person, user.organization)
    again = nudge.retry_at if nudge.state == Nudge.State.OWED else None
    why, error = _why(nudge) if is_told else ("", "")
    is_to_do = user.is_admin and nudge.state == Nudge.State.DEAD
    why_not_again = _why_not_again(nudge, candidate) if is_to_do else ""
    return DeliveryRow(
        pk=nudge.pk,
        person=person.name,
        person_url=page_of(candidate.rep) if candidate else "",
        kind=nudge.get_kind_display(),
        week_begins_on=user.organization.work_week.begins_on(nudge.week),
        state=nudge.get_state_display(),
        tone=TONES[nudge.state],
        due=day_and_clock(nudge.due_at, zone),
        zone=zone.key,
        sent=_sent(nudge, zone),
        is_told=is_told,
        attempts=nudge.attempts,
        again=day_and_clock(again, zone) if is_told and again else "",
        why=why,
        error=error,
        has_letter=is_told and nudge.has_letter,
        may_send_again=is_to_do and not why_not_again,
        why_not_again=why_not_again,
    )


def coming_row(coming: ComingNudge, user) -> ComingRow:
    rep, zone, why = coming.to.rep, coming.to.calendar.zone, coming.why_not
    return ComingRow(
        person=rep.name,
        person_url=page_of(rep),
        kind=Nudge.Kind(coming.kind).label,
        week_begins_on=coming.to.calendar.work_week.begins_on(coming.week),
        due=day_and_clock(coming.due_at, zone),
        zone=zone.key,
        is_skipped=bool(why),
        why=WHY[why] if why and may_know(user, rep.user_id) else "",
    )


def page_of(rep: Rep) -> str:
    """Where it is; empty where it is not the reader's to open, as for most admins."""
    return reverse("plans:rep_detail", args=[rep.pk]) if rep.has_open_page else ""


def may_know(user, person: int) -> bool:
    """Why somebody gets no letter is the admin's to know, and their own."""
    return user.is_admin or user.pk == person


def is_listed_for(coming: ComingNudge, user) -> bool:
    """Whom no letter can reach a manager finds in one sentence (`not_asked`).

    That one of them has a row and another none would tell the two apart.
    """
    is_reached = coming.why_not not in UNREACHED
    return is_reached or may_know(user, coming.to.rep.user_id)


def not_asked(people: Iterable[NudgeCandidate], strangers: Iterable[Rep], user) -> str:
    """Who gets none at all: reps without an account are `strangers`.

    The admin, who can give them one, is told of those that have no address.
    """
    others = (a for a in people if user.is_admin or a.rep.user_id != user.pk)
    lacking = {WhyNot.NO_ADDRESS} if user.is_admin else UNREACHED
    reps = [a.rep for a in others if _why_never(a) in lacking]
    reps = sorted([*reps, *strangers], key=lambda rep: name_order(rep.name))
    if not reps:
        return ""
    links = [(_name(rep),) for rep in reps[:MOST_NAMES]]
    listed, left = format_html_join(", ", "{}", links), len(reps) - MOST_NAMES
    if left > 0:
        words = _("%(names)s and %(left)d more")
        listed = _with(words, names=listed, left=left)
    if not user.is_admin:
        return _with(CANNOT_GO, name=listed)
    words = ngettext(
        "%(count)d person has no address and is not asked: %(names)s.",
        "%(count)d people have no address and are not asked: %(names)s.",
        len(reps),
    )
    return _with(words, count=len(reps), names=listed)


def _name(rep: Rep) -> str:
    """With their page, where there is one to open."""
    url = page_of(rep)
    return format_html('<a href="{}">{}</a>', url, rep.name) if url else rep.name


def _with(words, **facts) -> SafeString:
    """A sentence with figures and with links in it."""
    return SafeString(escape(words) % facts)


def email_to_read(asked: str | None, user) -> OpenedEmail | None:
    """The letter somebody asks to read on the page, if it is theirs to read."""
    if not (asked and asked.isdecimal() and len(asked) < MOST_DIGITS):
        return None
    nudges = Nudge.objects.readable_by(user).with_letter().select_related("person")
    nudge = nudges.filter(pk=asked).first()
    if nudge is None:
        return None
    letter = message_from_bytes(nudge.letter.encode(), policy=policy.default)
    text = letter.get_body(["plain"]).get_content()
    return OpenedEmail(nudge.pk, nudge.person.name, letter["Subject"], text)


def _why(nudge: Nudge) -> tuple[str, str]:
    """In words, and the error as the program met it if it was one."""
    if not nudge.why or nudge.why in WHY:
        return WHY.get(nudge.why, ""), ""
    return in_words(nudge.why), nudge.why


def _why_never(candidate: NudgeCandidate) -> str:
    """Why not even next week's can go, for which nobody has checked in yet."""
    week = candidate.calendar.work_week.monday_of(candidate.today) + ONE_WEEK
    return candidate.why_not(week, Nudge.Kind.CHECK_IN, on=candidate.today)


def _why_not_again(nudge: Nudge, candidate: NudgeCandidate | None) -> str:
    """Why one that was given up cannot go any more; empty when it can."""
    if candidate is None:
        return WHY[WhyNot.LEFT]
    why = candidate.why_not(nudge.week, nudge.kind, on=candidate.today)
    if why:
        return WHY[why]
    anew = Nudge(kind=nudge.kind, week=nudge.week, due_at=candidate.at)
    return "" if candidate.chance(anew, at=candidate.at) else TOO_LATE


def _sent(nudge: Nudge, zone: ZoneInfo) -> str:
    if nudge.sent_at is None:
        return ""
    due_on = nudge.due_at.astimezone(zone).date()
    local = nudge.sent_at.astimezone(zone)
    return date_format(local, "H:i" if local.date() == due_on else "D j M, H:i")
