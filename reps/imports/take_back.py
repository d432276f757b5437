"""Take an import back as a whole, but for what people have worked on since.

The database does it (the migration `take_back_imports`): nobody else may remove a
ledger's rows. Here it is asked to, and what came of it is said in words.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import connection, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from reps.models import (
    ActivityEntry,
    ActivityKind,
    Deal,
    FileImport,
    Product,
    Quarter,
    Quota,
    Rep,
    Team,
    User,
)
from reps.models.import_lock import wait_for_import_lock
from reps.models.who_and_why import say_who_and_why


class NotTheLast(Exception):
    """Another import is in that came after this one; or this one is not in."""


class Fate(StrEnum):
    """What became of something that the import brought."""

    GONE = "gone"
    PUT_BACK = "put_back"
    WORKED_ON = "worked_on"
    CLOSED = "closed"
    IN_USE = "in_use"


WHY = {
    Fate.WORKED_ON: gettext_lazy("Somebody worked on it since."),
    Fate.CLOSED: gettext_lazy("It counts in a closed quarter."),
    Fate.IN_USE: gettext_lazy("Something else refers to it."),
}
GONE, PUT_BACK = Fate.GONE, Fate.PUT_BACK
SAID = {
    ("deal", GONE): ngettext_lazy(
        "%(count)d deal is gone.", "%(count)d deals are gone.", "count"
    ),
    ("deal", PUT_BACK): ngettext_lazy(
        "%(count)d deal is as it was before.",
        "%(count)d deals are as they were before.",
        "count",
    ),
    ("quota", GONE): ngettext_lazy(
        "%(count)d quota is gone.", "%(count)d quotas are gone.", "count"
    ),
    ("quota", PUT_BACK): ngettext_lazy(
        "%(count)d quota is as it was before.",
        "%(count)d quotas are as they were before.",
        "count",
    ),
    ("activity", GONE): ngettext_lazy(
        "%(count)d count of activity is gone.",
        "%(count)d counts of activity are gone.",
        "count",
    ),
    ("activitykind", GONE): ngettext_lazy(
        "%(count)d activity is counted no longer.",
        "%(count)d activities are counted no longer.",
        "count",
    ),
    ("rep", GONE): ngettext_lazy(
        "%(count)d rep is gone.", "%(count)d reps are gone.", "count"
    ),
    ("team", GONE): ngettext_lazy(
        "%(count)d team is gone.", "%(count)d teams are gone.", "count"
    ),
    ("user", GONE): ngettext_lazy(
        "%(count)d person is gone.", "%(count)d people are gone.", "count"
    ),
    ("product", GONE): ngettext_lazy(
        "%(count)d product is gone.", "%(count)d products are gone.", "count"
    ),
}


BESIDES = {
    FileImport.Kind.PEOPLE: gettext_lazy(
        "What it changed about people who were here before stays changed."
    ),
    FileImport.Kind.PRODUCTS: gettext_lazy("Prices that it changed stay changed."),
}


@dataclass(frozen=True, slots=True)
class Stay:
    """Something that stays as the import left it, and why."""

    what: str
    why: str


@dataclass(slots=True)
class TakenBack:
    """How much is gone, and how much is as it was before, by `deal`, `move`, `quota` …

    `stays` names the first of what stays, and `stays_count` is how many there are.
    """

    gone: dict[str, int] = field(default_factory=dict)
    put_back: dict[str, int] = field(default_factory=dict)
    stays_count: int = 0
    stays: list[Stay] = field(default_factory=list)
    besides: str = ""  # what no ledger knows how to put back

    @property
    def said(self) -> list[str]:
        """What is gone or as before, in sentences; and what is not."""
        counts = {GONE: self.gone, PUT_BACK: self.put_back}
        said = [
            words % {"count": counts[fate][what]}
            for (what, fate), words in SAID.items()
            if counts[fate].get(what)
        ]
        return [*said, self.besides] if self.besides else said


@transaction.atomic
def take_back(file_import: FileImport, *, by, at: datetime) -> TakenBack:
    """Undo what the file brought, and say what stays.

    Raises `NotTheLast`, and then nothing is changed.
    """
    organization = file_import.organization
    wait_for_import_lock(organization)
    if not file_import.is_last_in:
        raise NotTheLast
    why = _("Import of %(file)s taken back") % {"file": file_import.file_name}
    say_who_and_why(by=by, why=why, at=at, file_import=file_import.pk)
    closed = [
        f"[{quarter.starts_on},{quarter.ends_on}]"
        for quarter in Quarter.objects.closed_in(organization, at)
    ]
    taken = TakenBack()
    if file_import.result.get("changed"):
        taken.besides = str(BESIDES.get(file_import.kind, ""))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM reps_take_back_import(%s, %s, %s::datemultirange)",
            [organization.pk, file_import.pk, f"{{{','.join(closed)}}}"],
        )
        for what, fate, count, ids in cursor.fetchall():
            if count:
                _note(taken, what, Fate(fate), count, ids)
    file_import.refresh_from_db()
    return taken


def _note(taken: TakenBack, what: str, fate: Fate, count: int, ids: Collection[int]):
    if fate == GONE:
        taken.gone[what] = count
    elif fate == PUT_BACK:
        taken.put_back[what] = count
    else:
        taken.stays_count += count
        taken.stays += (Stay(name, str(WHY[fate])) for name in NAMES[what](ids))


def _deals(ids: Collection[int]) -> Iterable[str]:
    for deal in Deal.objects.filter(pk__in=ids).select_related("owner").order_by("pk"):
        yield f"{deal}, {deal.owner}"


def _quotas(ids: Collection[int]) -> Iterable[str]:
    quotas = Quota.objects.filter(pk__in=ids).select_related("rep", "quarter")
    return map(str, quotas.order_by("pk"))


def _activity(ids: Collection[int]) -> Iterable[str]:
    entries = ActivityEntry.objects.filter(pk__in=ids).select_related("rep", "kind")
    for entry in entries.order_by("pk"):
        week = date_format(entry.week)
        told = {"rep": entry.rep, "kind": entry.kind, "week": week}
        yield _("%(rep)s, %(kind)s in the week of %(week)s") % told


def _named(model) -> Callable[[Collection[int]], Iterable[str]]:
    def names(ids: Collection[int]) -> Iterable[str]:
        return map(str, model.objects.filter(pk__in=ids).order_by("pk"))

    return names


NAMES: Mapping[str, Callable[[Collection[int]], Iterable[str]]] = {
    "deal": _deals,
    "quota": _quotas,
    "rep": _named(Rep),
    "team": _named(Team),
    "user": _named(User),
    "product": _named(Product),
    "activity": _activity,
    "activitykind": _named(ActivityKind),
}
