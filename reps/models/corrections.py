"""What was put right about a rep's quarter after it had closed: by whom, and why.

Read from the ledgers, and only where a figure differs from what it was closed with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from reps.models.cancellation import Cancellation
from reps.models.closed_attainment import ClosedAttainment
from reps.models.deal import Deal
from reps.models.deal_facts import DealFacts
from reps.models.quarter import Quarter
from reps.models.quota_revision import QuotaRevision
from reps.models.rep import Rep
from reps.models.stage_move import StageMove
from reps.models.user import User


@dataclass(frozen=True, slots=True)
class Correction:
    """One of them. `fact` is what changed: a deal's `amount`, `closed_on` or `owner`,
    what of it is `cancelled`, or the `quota`, whose `deal` is None.
    """

    fact: str
    was: Any
    now: Any
    deal: Deal | None
    by: User | None
    why: str
    at: datetime


def corrections_of(rep: Rep, quarter: Quarter) -> list[Correction]:
    """What changed in a quarter since it last closed, the first of it first."""
    closed = ClosedAttainment.objects.last_of([quarter.pk]).filter(rep=rep).first()
    if closed is None:
        return []
    since = closed.closing.took_effect_at
    found = [
        *_of_deals(rep, quarter, since),
        *_of_cancellations(rep, quarter, since),
        *_of_quota(rep, quarter, since),
    ]
    return sorted(found, key=attrgetter("at"))


def _of_deals(rep, quarter, since) -> Iterator[Correction]:
    """Of those that are or were theirs, and were ever won: what changed while so."""
    facts = DealFacts.objects.filter(organization=rep.organization_id)
    changed = facts.filter(recorded_at__gte=since).values("deal")
    theirs = facts.filter(owner=rep, deal__in=changed).values("deal")
    won = StageMove.objects.filter(deal__in=theirs, outcome=Deal.Outcome.WON)
    deals = Deal.objects.in_bulk(set(won.values_list("deal", flat=True)))
    rows = facts.filter(deal__in=deals)
    rows = rows.select_related("changed_by", "owner").order_by("deal", "number")
    for pk, of in groupby(rows, key=attrgetter("deal_id")):
        for was, now in pairwise([None, *of]):
            both = [row for row in (was, now) if row]
            days = {row.closed_on for row in both} - {None}
            counts = any(day in quarter.span for day in days)
            is_theirs = any(row.owner_id == rep.pk for row in both)
            if now.recorded_at < since or not counts or not is_theirs:
                continue
            if was is None:  # it came in closed, from elsewhere
                told = (deals[pk], now.changed_by, now.why, now.recorded_at)
                yield Correction("closed_on", None, now.closed_on, *told)
                continue
            for fact in ("closed_on", "amount", "owner"):
                before, after = getattr(was, fact), getattr(now, fact)
                if before != after:
                    told = (deals[pk], now.changed_by, now.why, now.recorded_at)
                    yield Correction(fact, before, after, *told)


def _of_cancellations(rep, quarter, since) -> Iterator[Correction]:
    rows = Cancellation.objects.filter(deal__owner=rep, recorded_at__gte=since)
    rows = rows.between(quarter.starts_on, quarter.ends_on)
    for row in rows.select_related("deal", "cancelled_by"):
        told = (row.deal, row.cancelled_by, row.words, row.recorded_at)
        yield Correction("cancelled", None, row.amount, *told)


def _of_quota(rep, quarter, since) -> Iterator[Correction]:
    rows = QuotaRevision.objects.filter(quota__rep=rep, quota__quarter=quarter)
    rows = [None, *rows.select_related("changed_by").order_by("number")]
    for was, now in pairwise(rows):
        if now.recorded_at >= since:
            told = (None, now.changed_by, now.why, now.recorded_at)
            yield Correction("quota", was and was.amount, now.amount, *told)
