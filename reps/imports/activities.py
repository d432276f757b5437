"""What each activity of a file is here: one of ours, or one that comes with it.

By name, and with those that are no longer logged: what was done of them is history that
a file may well speak of. Only whoever keeps what the organization counts adds to it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reps.domain.csv_table import key
from reps.domain.files.fields import Fact
from reps.domain.files.questions import NEW_ACTIVITY, Asks, WordMatch
from reps.domain.files.spelling import one_spelling
from reps.domain.files.systems import System
from reps.domain.files.values import match_names
from reps.imports.answers import Answers
from reps.imports.file_kind import BroughtIn, Scope
from reps.imports.look_at_file import FileLook, words_in
from reps.models import ActivityKind, Organization

LEAVE_OUT = ""


def kinds_of(tenant: Organization) -> list[ActivityKind]:
    """Those that people log today, the leading one first, and then those of before."""
    kinds = tenant.activity_kinds
    return [*kinds.counted(), *kinds.retired()]


def activity_choices(scope: Scope) -> list[tuple[str, str]]:
    """Ours, a new one where this person may add it, and none."""
    retired = _("%(name)s (no longer logged)")
    ours = [
        (kind.name, retired % {"name": kind.name} if kind.is_retired else kind.name)
        for kind in kinds_of(scope.organization)
    ]
    new = [(NEW_ACTIVITY, _("A new activity of this name"))] if _may_add(scope) else []
    return [*ours, *new, (LEAVE_OUT, _("Leave these rows out"))]


def activity_matches(
    look: FileLook, answers: Answers, scope: Scope, kinds: Sequence[ActivityKind]
) -> list[WordMatch]:
    """What each of their activities is, as ours are called.

    In what was downloaded here they are named to the letter: any other is a new one,
    where it may be added.
    """
    has_words = Fact.ACTIVITY in look.columns
    words = words_in(look, Fact.ACTIVITY) if has_words else None
    if words is None:
        return []  # or too many to be activities, which is asked with the columns
    names = {kind.pk: kind.name for kind in kinds}
    known = {key(kind.name): kind.name for kind in kinds}
    known |= {str(kind.pk): kind.name for kind in kinds} | {LEAVE_OUT: LEAVE_OUT}
    if _may_add(scope):
        known[NEW_ACTIVITY] = NEW_ACTIVITY
    is_ours = look.system is System.SECOND_WIND
    found = []
    for match in match_names(words, names):
        fits, is_settled = tuple(names[one] for one in match.ours), match.is_settled
        if is_ours and match.theirs not in fits and _may_add(scope):
            fits, is_settled = (NEW_ACTIVITY,), True
        answer = answers.activities.get(match.theirs)
        said = None if answer is None else known.get(key(answer))
        if said == NEW_ACTIVITY and is_settled:
            said = None  # it was new when that was said, and may be ours by now
        found.append(
            WordMatch(Asks.ACTIVITY, match.theirs, match.rows, fits, is_settled, said)
        )
    return found


def keys_of(
    matches: Iterable[WordMatch], kinds: Iterable[ActivityKind]
) -> dict[str, str]:
    """The key of each word's activity: "" where it is left out.

    Ours have their ids; of a new one all spellings have one.
    """
    keys = {kind.name: str(kind.pk) for kind in kinds}
    keys |= {LEAVE_OUT: LEAVE_OUT}
    return {
        match.theirs: _new_key(match.theirs)
        if match.answer == NEW_ACTIVITY
        else keys[match.answer]
        for match in matches
        if match.answer is not None
    }


def bring_kinds(
    tenant: Organization,
    keys: Mapping[str, str],
    known: Iterable[ActivityKind],
    speaking: Collection[str],
    came: BroughtIn,
) -> dict[str, ActivityKind]:
    """Every activity by the key that the file's rows have, the new ones made.

    Only those of which a row speaks (`speaking`, by key): none comes for bad rows.
    """
    kinds = {str(kind.pk): kind for kind in known}
    added = []
    for word, one in keys.items():
        if one in speaking and one not in kinds:
            kinds[one] = ActivityKind(organization=tenant, name=word)
            ActivityKind.objects.put_last(kinds[one])
            added.append(kinds[one])
    if added:
        came.made["activitykind"] = [kind.pk for kind in added]
        words = ngettext(
            "%(count)d activity is new: %(names)s.",
            "%(count)d activities are new: %(names)s.",
            len(added),
        )
        names = ", ".join(kind.name for kind in added)
        came.said.append(words % {"count": len(added), "names": names})
    return kinds


def _may_add(scope: Scope) -> bool:
    """Whether it is read for the whole organization: what it counts is its admins'."""
    return scope.teams is None


def _new_key(word: str) -> str:
    return f"{NEW_ACTIVITY} {one_spelling(word)}"
