"""The letters of the response: the weekly nudge, as text and as a page.

It shows a week's counts and nothing private: no energy, no commitment, no deal. What a
name or an activity's name holds stays where it stands: it cannot begin a header.
"""

from dataclasses import dataclass
from datetime import date
from email.policy import Compat32
from functools import cached_property, lru_cache
from unicodedata import category
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid4, uuid5

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.encoding import punycode
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plans.links import link_ends_on, snooze_link, unsubscribe_link, week_link
from plans.models import Nudge
from plans.models.rep_week import LoggedActivity, RepWeek
from plans.models.week_numbers import WeekNumbers
from reps.domain.work_week import WorkWeek
from reps.models import Organization
from reps.templatetags.sales_format import tenths

MOST_LINES = 12
# To render a letter takes longer than to send it, and most of what it says it says to a
# whole organization. That is rendered once, with gaps for what is a person's own. A gap
# stands between control characters: `one_line` leaves none in what people have named.
EDGE = "\1"
OWN = ("name", "lines", "first_line", "link", "snooze", "unsubscribe")
GAPS = {gap: f"{EDGE}{gap}{EDGE}" for gap in OWN}


class AsWritten(Compat32):
    """Headers go out as Django has checked and encoded them.

    To have Python fold them once more takes as long as all the rest of a letter, and
    none comes near the 998 characters that a line may have.
    """

    def fold_binary(self, name, value):
        lines = f"{name}: {value}\n".replace("\n", self.linesep)
        return lines.encode("ascii", "surrogateescape")


AS_WRITTEN = AsWritten()


class Letter(EmailMultiAlternatives):
    """Written once: what is kept of it is, to the byte, what was sent."""

    def message(self):
        return self._written

    @cached_property
    def _written(self):
        message = super().message()
        message.policy = AS_WRITTEN
        # Python's own choice of one compiles a pattern anew for every letter.
        message.set_boundary(uuid4().hex)
        return message

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
    row: str  # on the page

    @property
    def in_short(self) -> str:
        """For the preview that a mailbox shows beside the subject."""
        return f"{self.name}: {self.done} {self.goal}. "


@dataclass(frozen=True, slots=True)
class Frame:
    """What many letters have in common, cut where each has something of its own."""

    subject: str
    text: list[str]
    page: list[str]


def nudge_letter(
    nudge: Nudge, connection, *, week: RepWeek, numbers: WeekNumbers
) -> Letter:
    """Ask a rep how this week went, with the numbers so far. To be sent over it."""
    person, rep, language = nudge.person, week.rep, get_language()
    lines = _lines(numbers.activities_of(week), language)
    quarter = numbers.quarter_of(week)
    span = quarter and (one_line(quarter.name), quarter.starts_on, quarter.ends_on)
    named, place = _named(week.monday, span, week.work_week, language=language)
    frame = _frame(
        nudge.kind,
        named=named,
        is_going_on=is_going_on(week, person.organization),
        place=place,
        ends_on=link_ends_on(week.monday, week.work_week),
        organization=one_line(person.organization.name),
        more=len(lines) - MOST_LINES,
        language=language,
    )
    del lines[MOST_LINES:]
    own = {
        "name": one_line(rep.name).partition(" ")[0],
        "link": week_link(rep, week.monday),
        "unsubscribe": unsubscribe_link(person),
        "snooze": snooze_link(nudge),
    }
    letter = Letter(
        subject=frame.subject,
        body=_filled(frame.text, own | {"lines": text_lines(lines)}),
        to=[person.email],
        connection=connection,
        headers={
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{own['unsubscribe']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Message-ID": message_id(nudge),
        },
    )
    own["first_line"] = "".join(line.in_short for line in lines[:1])
    own = {gap: escape(words) for gap, words in own.items()}
    own["lines"] = "".join(line.row for line in lines)
    letter.attach_alternative(_filled(frame.page, own), "text/html")
    return letter


@lru_cache(maxsize=256)
def _frame(kind: str, *, named: str, is_going_on: bool, **facts) -> Frame:
    """Kept, for all that it is made of is an argument: the reader's language, too."""
    title, lede = _asks(kind, GAPS["name"], named, is_going_on=is_going_on)
    facts |= GAPS | {"kind": kind, "named": named, "title": title, "lede": lede}
    if kind != Nudge.Kind.CHECK_IN:  # once is enough, and a reminder is the last word
        facts["snooze"] = ""
    return Frame(
        subject=one_line(render_to_string("mail/nudge_subject.txt", facts)),
        text=render_to_string("mail/nudge.txt", facts).split(EDGE),
        page=render_to_string("mail/nudge.html", facts).split(EDGE),
    )


def _filled(frame: list[str], own: dict[str, str]) -> str:
    """In a frame the words and the names of the gaps take turns."""
    return "".join(
        own[words] if turn % 2 else words for turn, words in enumerate(frame)
    )


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


def text_lines(lines: list[Line]) -> str:
    """In columns: the name, what was done, of how many."""
    name = max((len(line.name) for line in lines), default=0)
    done = max((len(line.done) for line in lines), default=0)
    return "".join(
        f"  {line.name:<{name}}  {line.done:>{done}} {line.goal}".rstrip()
        + (f"   {_('done')}\n" if line.is_met else "\n")
        for line in lines
    )


def _lines(activities: list[LoggedActivity], language: str) -> list[Line]:
    """What the plan asks for, and what else was done or is usual."""
    telling = [activity for activity in activities if activity.goal or activity.done]
    return [
        _line(
            activity.kind.name,
            activity.done,
            activity.target,
            activity.usual and activity.usual.count,
            is_met=bool(activity.target) and activity.is_met,
            filled=activity.filled,
            language=language,
        )
        for activity in telling or activities
    ]


# Many have done as much of the same, and are asked for as much.
@lru_cache(maxsize=2048)
def _line(kind, done, target, usual, *, is_met, filled, language) -> Line:
    if target:
        goal = _("of %(target)d") % {"target": target}
    elif usual is not None:
        goal = _("usually %(usual)s") % {"usual": tenths(usual)}
    else:
        goal = ""
    facts = {"name": one_line(kind), "done": tenths(done), "goal": goal}
    facts |= {"is_met": is_met}
    bar = {"has_bar": bool(target), "filled": filled}
    return Line(**facts, row=render_to_string("mail/_nudge_line.html", facts | bar))


@lru_cache(maxsize=256)
def _named(
    week: date, quarter: tuple | None, work_week: WorkWeek, *, language: str
) -> tuple[str, str]:
    """The week as a sentence says it, and its place in the quarter if it has one.

    A quarter is its name, its first day and its last.
    """
    if quarter is None:
        day = date_format(work_week.begins_on(week), "j F")
        return _("the week of %(day)s") % {"day": day}, ""
    name, first, last = quarter
    facts = {
        "quarter": name,
        "number": work_week.week_number(week, first, last),
        "of": len(work_week.weeks_of(first, last)),
    }
    place = _("%(quarter)s, week %(number)d of %(of)d") % facts
    return _("week %(number)d") % facts, place


def is_going_on(week: RepWeek, organization: Organization) -> bool:
    """The day on which everybody is asked how the week went is still to come."""
    asked_on = week.work_week.day_of(week.monday, organization.check_in_day)
    return week.is_now and week.today < asked_on


def _asks(kind: str, name: str, named: str, *, is_going_on: bool) -> tuple[str, str]:
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
        if is_going_on:
            title = _("Hi %(name)s, how is the week going?")
        else:
            title = _("Hi %(name)s, how did the week go?")
        lede = _(
            "Here is what we have so far. If it is right, one tap and you are done."
        )
    return title % facts, lede
