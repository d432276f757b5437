"""The whiteboard's lanes: the first cards of every stage, and what each comes to.

The database hands all lanes over in one query, however many deals are open, as plain
values: no model is made of a card. In a lane the deal that has been there longest comes
first, since that is the one to look at; a deal of which an import does not say since
when it stands there comes last.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum, TextField, Value
from django.db.models.functions import Cast, JSONObject

from reps.models.deal import Deal
from reps.models.stage import ExitCriterion, Stage
from reps.models.stage_move import MetCriterion

CARDS_AT_ONCE = 30
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Card:
    """An open deal as the board shows it."""

    pk: int
    account: str
    amount: Decimal
    is_estimate: bool
    since: date | None  # in its stage; None: an import does not say
    expected_close_on: date | None
    next_step: str
    next_step_on: date | None
    owner_id: int
    met: int  # of what its stage asks for


@dataclass(frozen=True, slots=True)
class LanePosition:
    """How far down a lane somebody has read: up to this card."""

    since: date | None
    pk: int

    @classmethod
    def read(cls, written: str) -> "LanePosition":
        """From an address. Raises ValueError for anything that is no mark."""
        since, _, pk = written.partition("_")
        return cls(date.fromisoformat(since) if since else None, int(pk))

    def __str__(self):
        return f"{self.since or ''}_{self.pk}"

    @property
    def comes_before(self) -> Q:
        """Whether it comes before a deal, in the order of a lane."""
        later_in_list = Q(in_stage_since=self.since, pk__gt=self.pk)
        if self.since is None:
            return Q(in_stage_since=None, pk__gt=self.pk)
        since_later = Q(in_stage_since__gt=self.since) | Q(in_stage_since=None)
        return later_in_list | since_later


@dataclass(frozen=True, slots=True)
class Lane:
    """A stage with the first cards in it; `asked` is how many exit criteria it has."""

    stage: Stage
    asked: int
    cards: list[Card]
    has_more: bool

    @property
    def last(self) -> LanePosition:
        return LanePosition(self.cards[-1].since, self.cards[-1].pk)


@dataclass(frozen=True, slots=True)
class Total:
    """So many deals, and what they come to."""

    deals: int = 0
    amount: Decimal = ZERO

    def __add__(self, other: "Total") -> "Total":
        return Total(self.deals + other.deals, self.amount + other.amount)


@dataclass(frozen=True, slots=True)
class Totals:
    """What is open in each stage, by its id, and what was closed this quarter."""

    open: Mapping[int, Total]
    won: Total
    lost: Total

    def of(self, stage_id: int) -> Total:
        return self.open.get(stage_id, Total())

    @property
    def all_open(self) -> Total:
        return sum(self.open.values(), Total())


def lanes(
    stages, deals, *, after: Mapping[int, LanePosition] | None = None
) -> list[Lane]:
    """The lanes of these stages with the first open ones of these deals, in one query.

    `after` says, by the id of a stage, up to which card it was read before.
    """
    return lanes_of(with_first_cards(stages, deals, after=after))


def with_first_cards(stages, deals, *, after: Mapping[int, LanePosition] | None = None):
    """These stages as `lanes_of` takes them."""
    first = deals.still_open().filter(stage=OuterRef("pk"))
    for stage_id, mark in (after or {}).items():
        first = first.filter(~Q(stage=stage_id) | mark.comes_before)
    asked = ExitCriterion.objects.filter(stage=OuterRef("pk")).asked()
    met = MetCriterion.objects.filter(
        deal=OuterRef("pk"),
        criterion__stage=OuterRef("stage"),
        criterion__is_retired=False,
    )
    facts = JSONObject(
        pk="pk",
        account="account",
        amount=Cast("amount", TextField()),  # a number of JSON's would be a float
        is_estimate="amount_is_estimate",
        since="in_stage_since",
        expected_close_on="expected_close_on",
        next_step="next_step",
        next_step_on="next_step_on",
        owner_id="owner_id",
        met=ArraySubquery(met.values("pk")),
    )
    first = first.order_by(F("in_stage_since").asc(nulls_last=True), "pk")
    return stages.in_order().annotate(
        asked=ArraySubquery(asked.values("pk")),
        first=ArraySubquery(first.values(facts=facts)[: CARDS_AT_ONCE + 1]),
    )


def lanes_of(stages: Iterable[Stage]) -> list[Lane]:
    """A lane of each, once its first cards are loaded (`with_first_cards`)."""
    return [
        Lane(
            stage=stage,
            asked=len(stage.asked),
            cards=[_card(**facts) for facts in stage.first[:CARDS_AT_ONCE]],
            has_more=len(stage.first) > CARDS_AT_ONCE,
        )
        for stage in stages
    ]


def totals(deals, quarters, *, today: date) -> Totals:
    """What these deals come to, in one query: open ones, and this quarter's closed.

    `quarters` are those of the organization.
    """
    return totals_of(by_stage_and_outcome(deals, quarters, today=today))


def by_stage_and_outcome(deals, quarters, *, today: date):
    """The rows that `totals_of` takes."""
    quarter = quarters.filter(starts_on__lte=today, ends_on__gte=today)
    closed_in_it = Q(
        closed_on__gte=Subquery(quarter.values("starts_on")),
        closed_on__lte=Subquery(quarter.values("ends_on")),
    )
    # Each by an index of its own; the open ones are told without a look at the deals.
    each = {"count": Count("*"), "total": Sum("amount")}
    still_open = deals.still_open().order_by().values("stage")
    still_open = still_open.annotate(now=Value(Deal.Outcome.OPEN.value), **each)
    closed = deals.exclude(outcome=Deal.Outcome.OPEN).filter(closed_in_it)
    closed = closed.order_by().values("stage").annotate(now=F("outcome"), **each)
    columns = ("stage", "now", "count", "total")
    return still_open.values_list(*columns).union(
        closed.values_list(*columns), all=True
    )


def totals_of(rows: Iterable[tuple]) -> Totals:
    """What these come to (`by_stage_and_outcome`)."""
    found = defaultdict(dict)
    for stage, outcome, *total in rows:
        found[outcome][stage] = Total(*total)
    return Totals(
        open=found[Deal.Outcome.OPEN],
        won=sum(found[Deal.Outcome.WON].values(), Total()),
        lost=sum(found[Deal.Outcome.LOST].values(), Total()),
    )


def _card(*, amount, since, expected_close_on, next_step_on, met, **facts) -> Card:
    return Card(
        amount=Decimal(amount),
        since=since and date.fromisoformat(since),
        expected_close_on=expected_close_on and date.fromisoformat(expected_close_on),
        next_step_on=next_step_on and date.fromisoformat(next_step_on),
        met=len(met),
        **facts,
    )
