"""What a file says of people's weeks, put beside what they logged themselves.

A file's count sets what files say of a rep, a week and an activity: what is written is
the difference from how it stands. So the same file again adds nothing, and a newer one
corrects. Where somebody logged by hand since a file last spoke of it, or before any
did, their number stays, unless the file's is taken.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from reps.models import ActivityEntry, Rep

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class RepWeek:
    """One activity in one week of one rep, by their ids and its Monday."""

    rep: int
    kind: int
    week: date

    @property
    def key(self) -> str:
        """By which an answer says to take the file's count."""
        return f"{self.rep}:{self.kind}:{self.week}"


@dataclass(slots=True)
class Stands:
    """How many it is by now; whether a file spoke of it; what was tapped since."""

    done: int = 0
    by_files: bool = False
    tapped: int = 0

    def differs(self, count: int) -> bool:
        return self.done != count


@dataclass(frozen=True, slots=True)
class PlacedWeeks:
    """How each week stood before. `kept` are those where people's own number stays."""

    before: Mapping[RepWeek, Stands]
    kept: frozenset[RepWeek]


def place_activity(
    organization,
    counts: Mapping[RepWeek, int],
    *,
    by,
    at: datetime,
    file_import: int,
    takes: Callable[[RepWeek], bool],
) -> PlacedWeeks:
    """Write what makes each week what its count says. Call it in a transaction.

    `takes` says of which weeks the file's count is to replace people's own. Reps whose
    weeks change are held to the transaction's end: nobody taps meanwhile.
    """
    before = _how_it_stands(organization, counts)
    changing = {of.rep for of, count in counts.items() if before[of].differs(count)}
    if changing:
        held = Rep.objects.filter(organization=organization, pk__in=changing)
        list(held.order_by("pk").locked().values_list("pk"))
        theirs = [of for of in counts if of.rep in changing]
        before |= _how_it_stands(organization, theirs)
    kept, entries = set(), []
    for of, count in counts.items():
        stands = before[of]
        if not stands.differs(count):
            continue
        if stands.tapped and not takes(of):
            kept.add(of)
            continue
        entries.append(
            ActivityEntry(
                organization=organization,
                rep_id=of.rep,
                kind_id=of.kind,
                week=of.week,
                change=count - stands.done,
                key=uuid4(),
                logged_by=by,
                file_import_id=file_import,
                logged_at=at,
            )
        )
    ActivityEntry.objects.bulk_create(entries, batch_size=BATCH)
    return PlacedWeeks(before, frozenset(kept))


def _how_it_stands(organization, weeks: Iterable[RepWeek]) -> dict[RepWeek, Stands]:
    """What the ledger says of these weeks."""
    stands = {of: Stands() for of in weeks}
    if not stands:
        return stands
    days = [of.week for of in stands]
    entries = ActivityEntry.objects.filter(
        organization=organization,
        rep__in={of.rep for of in stands},
        week__range=(min(days), max(days)),
    )
    last: dict[RepWeek, int] = defaultdict(int)
    for rep, kind, week, done, entry in entries.said_by_files():
        of = RepWeek(rep, kind, week)
        if of in stands:
            stands[of].done, stands[of].by_files, last[of] = done, True, entry
    for rep, kind, week, entry, change in entries.tapped().iterator(BATCH):
        of = RepWeek(rep, kind, week)
        if of in stands:
            stands[of].done += change
            if entry > last[of]:
                stands[of].tapped += change
    return stands
