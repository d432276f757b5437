"""What the check-in on a week's page shows, to the rep, the manager and a leader above.

A leader learns that there is one, and when; words and answers are not even read. How
somebody feels is read for nobody but themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.forms.week.check_in import AnswerForm, CheckInForm
from plans.models import CheckIn, Energy
from reps.models.stand_in import acting_for
from reps.templatetags.sales_format import day_and_clock
from reps.templatetags.stand_in_words import all_of, name_in_place_of


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """What was answered, by whom, and when by the reader's clock."""

    words: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class CheckInShown:
    """A check-in to read and to answer: the region `_check_in_said.html`."""

    pk: int
    rep: str
    words: list[tuple[str, str]]  # (what it is about, what was written)
    is_own: bool
    is_waiting: bool  # for an answer, or for another one
    answers: list[AnswerShown]
    form: AnswerForm | None = None  # for whoever may answer
    is_saved: bool = False  # an answer, just now


@dataclass(frozen=True, slots=True)
class CheckInPanel:
    """The region `_check_in.html`. Without a form the reader learns only of when."""

    rep_id: int
    rep: str
    readers: str  # who read the words, besides the rep, as a sentence
    week: date
    is_own: bool
    when: str  # of the last save; empty without one
    stands: str = ""  # for a leader: whether it is answered
    said: CheckInShown | None = None
    form: CheckInForm | None = None
    seen: str = ""
    meanwhile: list[tuple[str, str]] | None = None  # what somebody else wrote
    meanwhile_by: str = ""
    is_saved: bool = False  # just now
    answers_before: Sequence[AnswerShown] = ()  # to the rep's own week before this one


@dataclass(frozen=True, slots=True)
class ListedCheckIn:
    """One check-in in the list of a team's: the words only for whom they are for."""

    rep: str
    url: str
    week_begins_on: date
    did: str  # of the leading activity, in that week
    when: str
    stands: str
    said: CheckInShown | None


def check_in_panel(week, user, *, may_log: bool, form=None, answering=None, **shown):
    """The panel. `form` and `answering` bring words back that did not save."""
    rep, is_own = week.rep, week.rep.user_id == user.pk
    facts = {
        "rep_id": rep.pk,
        "rep": rep.name,
        "readers": _readers(rep) if is_own else "",
        "week": week.monday,
        "is_own": is_own,
    }
    if not may_log:
        return CheckInPanel(**facts, **_that_and_when(rep, week, user))
    weeks = [week.monday, week.before] if is_own and week.is_now else [week.monday]
    own = CheckIn.objects.visible_to(user).filter(rep=rep, week__in=weeks)
    by_week = {row.week: row for row in own.with_answers()}
    check_in, before = by_week.get(week.monday), by_week.get(week.before)
    shown_form = form or _form(check_in, rep, week, user, is_own=is_own)
    return CheckInPanel(
        **facts,
        when=day_and_clock(check_in.checked_in_at, user.zone) if check_in else "",
        said=check_in_shown(check_in, user, form=answering) if check_in else None,
        form=shown_form,
        seen=check_in.version if check_in else "",
        answers_before=_answers(before, user) if before else (),
        **shown,
    )


def _readers(rep) -> str:
    """Whoever answers: the manager, and who stands in; or the one above."""
    people = [one for one in acting_for(rep.team) if one.pk != rep.user_id]
    words = ngettext("%(names)s reads these", "%(names)s read these", len(people))
    return words % {"names": all_of(people)} if people else ""


def check_in_shown(check_in, user, *, form=None, is_saved=False) -> CheckInShown:
    """`check_in` was loaded `with_answers`; `form` is an answer that did not save."""
    rep = check_in.rep
    is_own = rep.user_id == user.pk
    return CheckInShown(
        pk=check_in.pk,
        rep=rep.name,
        words=words_with_labels(check_in),
        is_own=is_own,
        is_waiting=check_in.waits,
        answers=_answers(check_in, user),
        form=None if is_own else form or AnswerForm(auto_id=f"id_{check_in.pk}_%s"),
        is_saved=is_saved,
    )


def _answers(check_in, user) -> list[AnswerShown]:
    return [
        AnswerShown(
            answer.words,
            name_in_place_of(
                answer.answered_by, answer.stood_in_for, reader=user, you=_("You")
            ),
            day_and_clock(answer.answered_at, user.zone),
        )
        for answer in check_in.answers.all()
    ]


def check_ins_listed(rows, user) -> list[ListedCheckIn]:
    """Rows of `without_words`, with the words of those this person may read."""
    weeks = user.organization.work_week
    mine = CheckIn.objects.visible_to(user).with_answers()
    readable = mine.in_bulk([row[0] for row in rows])
    return [
        ListedCheckIn(
            rep=name,
            url=f"{reverse('plans:my_week', args=[rep])}?week={week}",
            week_begins_on=weeks.begins_on(week),
            did=f"{leading}: {done}" if leading else "",
            when=day_and_clock(at, user.zone),
            stands=check_in_stands(waits, is_answered),
            said=check_in_shown(readable[pk], user) if pk in readable else None,
        )
        for pk, rep, name, week, leading, done, at, waits, is_answered in rows
    ]


def words_with_labels(check_in) -> list[tuple[str, str]]:
    """What was written, each under what it is about."""
    field = check_in._meta.get_field
    return [
        (capfirst(field(name).verbose_name), words)
        for name, words in check_in.words.items()
    ]


def _that_and_when(rep, week, user) -> dict[str, str]:
    known = CheckIn.objects.known_to(user).filter(rep=rep, week=week.monday)
    row = known.without_words().first()
    if row is None:
        return {"when": ""}
    *_whose, at, waits, is_answered = row
    when = day_and_clock(at, user.zone)
    return {"when": when, "stands": check_in_stands(waits, is_answered)}


def check_in_stands(waits: bool, is_answered: bool) -> str:
    """Whether it waits, without a word of it."""
    if waits:
        return _("Not answered yet.")
    return _("It is answered.") if is_answered else _("There is nothing to answer.")


def _form(check_in, rep, week, user, *, is_own: bool) -> CheckInForm:
    facts = dict(check_in.words) if check_in else {}
    if is_own:
        felt = Energy.objects.visible_to(user).filter(rep=rep, week=week.monday)
        facts["energy"] = felt.values_list("level", flat=True).first()
    return CheckInForm(initial=facts, of_rep=is_own)
