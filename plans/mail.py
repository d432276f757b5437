"""The letters of the response: the weekly nudge, as text and as a page.

It shows a week's counts and nothing private: no energy, no commitment, no deal. What a
name or an activity's name holds stays where it stands: it cannot begin a header.
"""

from dataclasses import dataclass
from functools import cached_property
from unicodedata import category
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.encoding import punycode
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.links import link_ends_on, snooze_link, unsubscribe_link, week_link
from plans.models import Nudge
from plans.models.rep_week import (
    LoggedActivity,
    RepWeek,
    logged_activities,
    with_targets,
)
from reps.domain.quarter import week_number, weeks_of
from reps.models import ActivityEntry, ActivityKind, Quarter
from reps.templatetags.sales_format import tenths

MOST_LINES = 12


class Letter(EmailMultiAlternatives):
    """Written once: what is kept of it is, to the byte, what was sent."""

    def message(self):
        return self._written

    @cached_property
    def _written(self):
        return super().message()

    @property
    def source(self) -> str:
        """The letter as an `.eml` file has it."""
        return self.message().as_bytes().decode()


@dataclass(frozen=True, slots=True)
class Line:
    """One activity in the letter, in ready words."""

    name: str
    done: str
    goal: str
    is_met: bool
    filled: int  # of the bar, in percent
    has_bar: bool


def nudge_letter(nudge: Nudge, connection, *, week: RepWeek) -> Letter:
    """Ask a rep how this week went, with the numbers so far. To be sent over it."""
    person, rep = nudge.person, week.rep
    lines = _lines(week)
    named, place = _named(week)
    title, lede = _asks(nudge.kind, one_line(rep.name).partition(" ")[0], named)
    facts = {
        "kind": nudge.kind,
        "title": title,
        "lede": lede,
        "organization": one_line(person.organization.name),
        "week": week,
        "named": named,
        "place": place,
        "lines": lines[:MOST_LINES],
        "more": len(lines) - MOST_LINES,
        "text_lines": text_lines(lines[:MOST_LINES]),
        "link": week_link(rep, week.monday),
        "ends_on": link_ends_on(week.monday),
        "unsubscribe": unsubscribe_link(person),
        "snooze": "" if nudge.kind == Nudge.Kind.SNOOZED else snooze_link(nudge),
    }
    letter = Letter(
        subject=one_line(render_to_string("mail/nudge_subject.txt", facts)),
        body=render_to_string("mail/nudge.txt", facts),
        to=[person.email],
        connection=connection,
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{facts['unsubscribe']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Message-ID": message_id(nudge),
        },
    )
    letter.attach_alternative(render_to_string("mail/nudge.html", facts), "text/html")
    return letter


def message_id(nudge: Nudge) -> str:
    """Of the row alone: a letter that goes out twice is seen to be the same one."""
    host = urlsplit(settings.SITE_URL).hostname
    place = f"[IPv6:{host}]" if ":" in host else punycode(host)
    own = uuid5(NAMESPACE_URL, f"{settings.SITE_URL}/nudges/{nudge.pk}")
    return f"<nudge-{nudge.pk}-{own}@{place}>"


def one_line(words: str) -> str:
    """On one line and without control characters, whatever somebody put in."""
    visible = (c if category(c) != "Cc" else " " for c in words)
    return " ".join("".join(visible).split())


def text_lines(lines: list[Line]) -> list[str]:
    """In columns: the name, what was done, of how many."""
    name = max((len(line.name) for line in lines), default=0)
    done = max((len(line.done) for line in lines), default=0)
    return [
        f"{line.name:<{name}}  {line.done:>{done}} {line.goal}".rstrip()
        + (f"   {_('done')}" if line.is_met else "")
        for line in lines
    ]


def _lines(week: RepWeek) -> list[Line]:
    """What the plan asks for, and what else was done or is usual."""
    kinds = ActivityKind.objects.filter(organization=week.rep.organization_id)
    kinds = list(with_targets(kinds.counted(), rep=week.rep, week=week.monday))
    taps = ActivityEntry.objects.taps_of(week.rep, week=week.monday, kinds=kinds)
    activities = logged_activities(week, kinds, taps)
    telling = [activity for activity in activities if activity.goal or activity.done]
    return [_line(activity) for activity in telling or activities]


def _line(activity: LoggedActivity) -> Line:
    if activity.target:
        goal = _("of %(target)d") % {"target": activity.target}
    elif activity.usual:
        goal = _("usually %(usual)s") % {"usual": tenths(activity.usual.count)}
    else:
        goal = ""
    share = int(100 * activity.done / activity.scale) if activity.scale else 0
    return Line(
        name=one_line(activity.kind.name),
        done=tenths(activity.done),
        goal=goal,
        is_met=bool(activity.target) and activity.is_met,
        filled=min(max(share, 0), 100),
        has_bar=bool(activity.target),
    )


def _named(week: RepWeek) -> tuple[str, str]:
    """The week as a sentence says it, and its place in the quarter if it has one."""
    own = Quarter.objects.filter(organization=week.rep.organization_id)
    quarter = own.containing(week.monday)
    if quarter is None:
        day = date_format(week.monday, "j F")
        return _("the week of %(day)s") % {"day": day}, ""
    first, last = quarter.starts_on, quarter.ends_on
    facts = {
        "quarter": one_line(quarter.name),
        "number": week_number(week.monday, first, last),
        "of": len(weeks_of(first, last)),
    }
    place = _("%(quarter)s, week %(number)d of %(of)d") % facts
    return _("week %(number)d") % facts, place


def _asks(kind: str, name: str, named: str) -> tuple[str, str]:
    """The greeting and what follows it. A reminder is no reproach."""
    facts = {"name": name, "week": named}
    if kind == Nudge.Kind.REMINDER:
        title = _("Hi %(name)s, there is still time for %(week)s")
        lede = _(
            "Weeks get full. Here is what we have for it; if it is right, one tap and "
            "you are done. We do not ask again."
        )
    elif kind == Nudge.Kind.SNOOZED:
        title = _("Hi %(name)s, here is %(week)s again")
        lede = _(
            "You asked for it later. Here is what we have so far. If it is right, one "
            "tap and you are done."
        )
    else:
        title = _("Hi %(name)s, how did the week go?")
        lede = _(
            "Here is what we have so far. If it is right, one tap and you are done."
        )
    return title % facts, lede
