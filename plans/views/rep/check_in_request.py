"""Whether a rep is asked for the week, in the words their own manager reads.

A manager may know that no e-mail can go to somebody, and never why: one sentence for
whoever has no address, may not sign in, or does not want them.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.domain.nudging import check_in_due_at, local_week
from plans.models import CheckIn, Nudge
from plans.models.nudge_candidate import (
    CANNOT_GO,
    UNREACHED,
    NudgeCandidate,
    WhyNot,
    nudge_candidate_of,
)
from reps.models import Rep
from reps.templatetags.sales_format import day_and_clock

NOT_ASKED = dict.fromkeys(UNREACHED, CANNOT_GO) | {
    WhyNot.CHECKED_IN: gettext_lazy("%(name)s has checked in for this week already."),
    WhyNot.LEFT: gettext_lazy("%(name)s does not sell here any more."),
    WhyNot.TOO_LATE: gettext_lazy(
        "No working hour of %(name)s is left this week: nothing is sent."
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands beside the plan: how it is with this week, or that one may ask."""

    words: str = ""
    may_ask: bool = False


def asked(rep, user, *, now: datetime) -> Asked:
    """This week's check-in of one's own rep, as it stands."""
    candidate = nudge_candidate_of(Rep.objects.managed_by(user).filter(pk=rep.pk), now)
    if candidate is None:
        return Asked(CANNOT_GO % {"name": rep.name})
    week, kind = local_week(now, candidate.calendar), Nudge.Kind.CHECK_IN
    why = candidate.why_not(week, kind, on=candidate.today)
    if why == WhyNot.CHECKED_IN:
        mine = CheckIn.objects.visible_to(user).filter(rep=rep, week=week)
        when = day_and_clock(mine.get().checked_in_at, user.zone)
        return Asked(_("Checked in on %(when)s") % {"when": when})
    if why:
        return Asked(NOT_ASKED[why] % {"name": rep.name})
    nudge = Nudge.objects.visible_to(user).of(rep.user_id).check_in_of(week)
    words = nudge and _words(nudge, candidate, user.zone)
    if words:
        return Asked(words)
    if candidate.chance(Nudge(kind=kind, week=week, due_at=now), at=now) is None:
        return Asked(NOT_ASKED[WhyNot.TOO_LATE] % {"name": rep.name})
    return Asked(may_ask=True)


def _words(nudge: Nudge, candidate: NudgeCandidate, reader: ZoneInfo) -> str:
    """Empty while there is something to ask: it did not go, or waits for its day."""
    usual, zone = (
        check_in_due_at(nudge.week, candidate.calendar),
        candidate.calendar.zone,
    )
    is_owed = nudge.state == Nudge.State.OWED
    goes_at = max(nudge.due_at, nudge.retry_at or nudge.due_at)
    if is_owed and nudge.due_at == usual and candidate.at < usual:
        return ""
    if not is_owed and nudge.state not in {Nudge.State.SENDING, Nudge.State.SENT}:
        return ""
    # A try that failed is not the manager's to know of: the asking was done.
    if is_owed and candidate.at < goes_at and not nudge.attempts:
        when = _clock(goes_at, zone, reader)
        words = _("Asked for the check-in, goes out in working hours: %(when)s") % {
            "when": when
        }
    else:
        when = _clock(nudge.sent_at or nudge.due_at, zone, reader)
        words = _("Asked for the check-in %(when)s") % {"when": when}
    if not usual or usual <= nudge.due_at:
        return words
    facts = {"asked": words, "day": date_format(usual.astimezone(zone), "l")}
    return _("%(asked)s, instead of %(day)s’s e-mail") % facts


def _clock(at: datetime, zone: ZoneInfo, reader: ZoneInfo) -> str:
    """By the clock of whoever is asked, and which one if the reader has another."""
    when = date_format(at.astimezone(zone), "D H:i")
    return when if zone.key == reader.key else f"{when} {zone.key}"
