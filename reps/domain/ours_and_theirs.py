"""What a row of a file changes about a deal that is here, and what stays as it is.

Field by field: what people moved or corrected here stays, and is listed beside the
file's, unless the file's is taken. A file opens no closed deal again by itself. An
empty cell takes nothing away, unless that is wanted; a column that is not there never
does. Nor does an estimate take the place of an amount that somebody gave.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol

from reps.domain.crm_export import DealRow
from reps.domain.transitions import Outcome, Place

STANDS = "stands"  # where a deal stands, among the names of its facts
WORDS = ("lead_source", "lost_reason")  # which nobody writes here, and nothing counts
MAY_BE_EMPTY = ("account", "product", "opened_on", "expected_close_on", *WORDS)


class Ours(Protocol):
    """A deal that is here."""

    account: str
    product: str
    amount: Decimal
    amount_is_estimate: bool
    opened_on: date | None
    expected_close_on: date | None
    closed_on: date | None
    lead_source: str
    lost_reason: str

    @property
    def place(self) -> Place | None: ...


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person has decided about a file and what is here.

    `take` are the keys of what the file's counts of, whatever people did here: of a
    deal's number all, and else one fact (`key_of`). `take_all` says that it always
    does. `erase`: an empty cell takes away what is known. `same_as` gives a deal's
    number the id of the deal here that it is, or 0 where it is none that it looks like.
    """

    take_all: bool = False
    take: Collection[str] = frozenset()
    erase: bool = False
    same_as: Mapping[str, int] = field(default_factory=dict)

    def takes(self, row: DealRow, name: str) -> bool:
        if self.take_all or row.number in self.take:
            return True
        return key_of(row, name) in self.take


UNDECIDED = Choices()


def key_of(row: DealRow, name: str) -> str:
    """What names one fact of a deal, or where it stands: such as amount:A1."""
    return f"{name.removesuffix('_id')}:{row.number}"


@dataclass(frozen=True, slots=True)
class Hands:
    """What people have had their hands on: facts by their names, where it stands."""

    facts: Collection[str] = frozenset()
    place: bool = False
    was_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class AtOdds:
    """A fact, or `STANDS`, of which people here have said otherwise than the file.

    It stays unless it `is_taken` from the file. `theirs` is None where they take it
    away. What a cancellation rests on cannot be taken from a file.
    """

    name: str
    theirs: object
    may_take: bool = True
    is_taken: bool = False


@dataclass(slots=True)
class Change:
    """What a row changes: facts by their names, and the place, None if that stays."""

    ours: Ours
    row: DealRow
    facts: dict[str, object]
    place: Place | None
    odds: dict[str, AtOdds] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.facts or self.place)

    @property
    def opens(self) -> bool:
        """Whether the row would open what is closed here."""
        return is_closed(self.ours) and self.row.outcome == Outcome.OPEN

    @property
    def closed_on(self) -> date | None:
        """The last day that it has afterwards."""
        if self.place:
            return self.row.closed_on
        closed_on = self.facts.get("closed_on", self.ours.closed_on)
        assert closed_on is None or isinstance(closed_on, date)
        return closed_on

    def settle(self, name: str, *, may_take: bool, is_taken: bool) -> None:
        """Have this stay as it is here, unless it is taken from the file."""
        if name == STANDS:
            theirs: object = self.place
        else:
            theirs = self.facts[name] or None
        if name == "amount" and self.facts.get("amount_is_estimate"):
            theirs = None
        self.odds[name] = AtOdds(name, theirs, may_take, is_taken)
        if is_taken:
            return
        if name == STANDS:
            self.place = None
        else:
            del self.facts[name]
        if name == "amount":
            self.facts.pop("amount_is_estimate", None)


def is_closed(ours: Ours) -> bool:
    return ours.closed_on is not None


def differences(
    row: DealRow, ours: Ours, owner: int, place: Place, choices: Choices
) -> Change:
    """What the row says otherwise than is known here, whoever said that.

    `owner` and `place` are the row's, by their ids here.
    """
    said: dict[str, object] = {"owner_id": owner}
    said |= _amount(row, ours, choices)
    said |= {
        name: getattr(row, name)
        for name in MAY_BE_EMPTY
        if _says(row, ours, name, choices)
    }
    change = Change(ours, row, {}, place if place != ours.place else None)
    if row.closed_on and not change.place:
        said["closed_on"] = row.closed_on
    change.facts = {
        name: new for name, new in said.items() if getattr(ours, name) != new
    }
    return change


def weigh(change: Change, hands: Hands, choices: Choices) -> None:
    """Have stay what people have said or done, unless the file's is taken."""

    def settle(name: str, may_take: bool = True) -> None:
        is_taken = may_take and choices.takes(change.row, name)
        change.settle(name, may_take=may_take, is_taken=is_taken)

    if change.place and (hands.was_cancelled or hands.place or change.opens):
        settle(STANDS, may_take=not hands.was_cancelled)
    if change.opens and not change.place:
        change.facts.pop("expected_close_on", None)  # of what stays closed
    for name in list(change.facts):
        rests_on_it = hands.was_cancelled and name in ("amount", "closed_on")
        if rests_on_it or name in hands.facts:
            settle(name, may_take=not rests_on_it)
    if not _closes_before_it_opens(change):
        return
    if "opened_on" in change.facts:  # theirs, and it is closed on a day of ours
        may_take = not hands.was_cancelled
        change.settle("opened_on", may_take=may_take, is_taken=False)
    elif "opened_on" in hands.facts and not choices.takes(change.row, "opened_on"):
        settle(STANDS if change.place else "closed_on")
    if _closes_before_it_opens(change):  # the file gives no other, and that cannot be
        change.facts["opened_on"] = None


def _closes_before_it_opens(change: Change) -> bool:
    opened_on = change.facts.get("opened_on", change.ours.opened_on)
    closed_on = change.closed_on
    if not isinstance(opened_on, date) or closed_on is None:
        return False
    return closed_on < opened_on


def _says(row: DealRow, ours: Ours, name: str, choices: Choices) -> bool:
    """Whether the row says this of the deal, or takes it away."""
    known = getattr(ours, name)
    if name in row.empty:
        return choices.erase or not known
    if name == "account" and row.account_is_title:
        return not (known and ours.product)  # what has both has its title there
    return bool(getattr(row, name))


def _amount(row: DealRow, ours: Ours, choices: Choices) -> dict[str, object]:
    """An estimate takes no amount's place, and an average not even an estimate's."""
    if row.amount_is_estimate and not ours.amount_is_estimate:
        if not (choices.erase and "amount" in row.empty):
            return {}
    elif row.amount_is_average:
        return {}
    return {"amount": row.amount, "amount_is_estimate": row.amount_is_estimate}
