"""A row beside what is here: what it changes, and what stays as people have it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from reps.domain.crm_export import DealRow
from reps.domain.ours_and_theirs import (
    MAY_BE_EMPTY,
    UNDECIDED,
    Choices,
    Hands,
    differences,
    key_of,
    weigh,
)
from reps.domain.transitions import Outcome, Place

ENGAGING, CONTRACT = 1, 2
HERE = Place(ENGAGING)
LATER = date(2027, 1, 8)
TAKE_DAY = Choices(take={"closed_on:A1"})
TAKE_OPENING = Choices(take={"opened_on:A1"})
TAKE, ERASE = Choices(take_all=True), Choices(erase=True)
ALL = (*MAY_BE_EMPTY, "amount")


@dataclass(frozen=True)
class Ours:
    """Open, of 5 October, worth 480 and not by estimate."""

    owner_id: int = 7
    account: str = "Larkspur"
    product: str = "Pilot"
    amount: Decimal = Decimal(480)
    amount_is_estimate: bool = False
    opened_on: date | None = date(2026, 10, 5)
    expected_close_on: date | None = date(2026, 12, 20)
    closed_on: date | None = None
    lead_source: str = "Webinar"
    lost_reason: str = ""
    place: Place = HERE


OPEN = Ours()
WON = replace(OPEN, closed_on=date(2026, 11, 2), place=Place(CONTRACT, Outcome.WON))
ROW = DealRow(
    number="A1",
    seller="Theo",
    account="Larkspur",
    product="Pilot",
    stage="Engaging",
    outcome=Outcome.OPEN,
    amount=Decimal(480),
    amount_is_estimate=False,
    opened_on=date(2026, 10, 5),
    closed_on=None,
    expected_close_on=date(2026, 12, 20),
    lead_source="Webinar",
)
ROW_WON = replace(
    ROW,
    stage="Contract",
    outcome=Outcome.WON,
    closed_on=date(2026, 11, 2),
    expected_close_on=None,
)
ESTIMATE = replace(ROW, amount=Decimal(900), amount_is_estimate=True)
AVERAGE = replace(ESTIMATE, amount_is_average=True)
NOTHING = replace(
    AVERAGE,
    account="",
    product="",
    opened_on=None,
    expected_close_on=None,
    lead_source="",
)


def change(row, ours, choices=UNDECIDED, hands=None, owner=7, **there):
    """What the row changes; weighed where it is said what people have done."""
    row = replace(row, **there)
    stage = CONTRACT if row.stage == "Contract" else ENGAGING
    place = Place(stage, row.outcome)
    if row.outcome != Outcome.OPEN and row.outcome == ours.place.outcome:
        place = ours.place
    found = differences(row, ours, owner, place, choices)
    if hands:
        weigh(found, hands, choices)
    return found


def stays(found):
    return [
        (one.name, one.theirs, one.may_take)
        for one in found.odds.values()
        if not one.is_taken
    ]


@pytest.mark.parametrize(("row", "ours"), [(ROW, OPEN), (ROW_WON, WON)])
def test_what_says_the_same_changes_nothing(row, ours):
    assert not change(row, ours)
    assert not change(row, ours, ERASE)


@pytest.mark.parametrize(
    ("there", "changed"),
    [
        ({"owner": 8}, {"owner_id": 8}),
        ({"account": "Quill"}, {"account": "Quill"}),
        ({"product": "Rollout"}, {"product": "Rollout"}),
        ({"amount": Decimal(510)}, {"amount": 510}),
        ({"opened_on": date(2026, 10, 6)}, {"opened_on": date(2026, 10, 6)}),
        ({"expected_close_on": LATER}, {"expected_close_on": LATER}),
        ({"lead_source": "Fair"}, {"lead_source": "Fair"}),
        ({"lost_reason": "Price"}, {"lost_reason": "Price"}),
    ],
)
def test_what_it_says_otherwise_is_changed(there, changed):
    found = change(ROW, OPEN, **there)
    assert (found.facts, found.place) == (changed, None)


def test_where_it_stands_changes_with_its_last_day():
    found = change(ROW_WON, OPEN)
    assert (found.facts, found.place) == ({}, Place(CONTRACT, Outcome.WON))
    assert found.closed_on == date(2026, 11, 2)
    later = change(ROW_WON, WON, closed_on=date(2026, 11, 3))
    assert (later.facts, later.place) == ({"closed_on": date(2026, 11, 3)}, None)
    assert later.closed_on == date(2026, 11, 3)


@pytest.mark.parametrize("choices", [UNDECIDED, ERASE])
def test_a_column_that_is_not_there_takes_nothing_away(choices):
    assert not change(NOTHING, OPEN, choices)


def test_an_empty_cell_takes_away_only_where_that_is_wanted():
    row = replace(NOTHING, empty=frozenset(ALL))
    assert not change(row, OPEN)
    assert change(row, OPEN, ERASE).facts == {
        "account": "",
        "product": "",
        "opened_on": None,
        "expected_close_on": None,
        "lead_source": "",
        "amount": 900,  # what the average is
        "amount_is_estimate": True,
    }
    assert stays(change(row, OPEN, ERASE, Hands({"account", "amount"}))) == [
        ("amount", None, True),
        ("account", None, True),
    ]
    # Once more, and another average by now.
    without = replace(
        OPEN,
        account="",
        product="",
        opened_on=None,
        expected_close_on=None,
        lead_source="",
        amount=Decimal(800),
        amount_is_estimate=True,
    )
    assert not change(row, without, ERASE)


@pytest.mark.parametrize(
    ("there", "ours", "choices", "account"),
    [
        # The title stood for the account from the first: it is spelled otherwise now.
        ({}, {"account": "Pilott", "product": ""}, UNDECIDED, "Pilot"),
        # The deal had both, and this file has no accounts.
        ({}, {}, UNDECIDED, None),
        ({}, {}, ERASE, None),
        # It has accounts, and none in this row.
        ({"empty": {"account"}}, {"product": ""}, UNDECIDED, None),
        ({"empty": {"account"}}, {"product": ""}, ERASE, "Pilot"),
        ({"empty": {"account"}}, {"account": ""}, UNDECIDED, "Pilot"),
        ({}, {"account": ""}, UNDECIDED, "Pilot"),
    ],
)
def test_a_title_takes_no_accounts_place(there, ours, choices, account):
    row = replace(ROW, account="Pilot", product="", account_is_title=True, **there)
    assert change(row, replace(OPEN, **ours), choices).facts.get("account") == account


@pytest.mark.parametrize(
    ("row", "is_estimate", "changed"),
    [
        (ROW, True, {"amount_is_estimate": False}),
        (ESTIMATE, True, {"amount": 900}),
        (ESTIMATE, False, {}),
        (AVERAGE, True, {}),
        (AVERAGE, False, {}),
    ],
)
def test_an_estimate_takes_no_amounts_place(row, is_estimate, changed):
    ours = replace(OPEN, amount_is_estimate=is_estimate)
    assert change(row, ours).facts == changed


@pytest.mark.parametrize("name", ["owner_id", "account", "amount", "opened_on"])
def test_what_people_said_stays_unless_the_files_is_taken(name):
    there = {"account": "Quill", "amount": Decimal(510), "owner": 8}
    there["opened_on"] = date(2026, 10, 6)
    theirs = {"owner_id": 8} | there
    del theirs["owner"]
    hands = Hands({name})
    found = change(ROW, OPEN, UNDECIDED, hands, **there)
    assert stays(found) == [(name, theirs.pop(name), True)]
    assert found.facts == theirs
    key = key_of(ROW, name)
    for choices in (TAKE, Choices(take={"A1"}), Choices(take={key})):
        taken = change(ROW, OPEN, choices, hands, **there)
        assert stays(taken) == []
        assert taken.odds[name].is_taken  # and can be left again
        assert taken.facts.keys() == {name, *theirs}
    for other in ("B", "stands:A1", f"{key}0"):
        assert stays(change(ROW, OPEN, Choices(take={other}), hands, **there))


def test_one_fact_is_named_by_its_deal():
    assert key_of(ROW, "owner_id") == key_of(ROW, "owner") == "owner:A1"


def test_where_people_moved_it_stays():
    found = change(ROW_WON, OPEN, UNDECIDED, Hands(place=True))
    assert stays(found) == [("stands", Place(CONTRACT, Outcome.WON), True)]
    assert not found
    assert found.closed_on is None
    assert change(ROW_WON, OPEN, TAKE, Hands(place=True)).place


def test_a_file_opens_nothing_by_itself():
    row = replace(ROW, expected_close_on=LATER)
    found = change(row, WON, UNDECIDED, Hands())
    assert stays(found) == [("stands", HERE, True)]
    assert not found  # nor is anything expected of it
    taken = change(row, WON, TAKE, Hands())
    assert taken.place == HERE
    assert taken.closed_on is None
    assert taken.facts == {"expected_close_on": LATER}


@pytest.mark.parametrize("choices", [UNDECIDED, TAKE])
def test_what_a_cancellation_rests_on_cannot_be_taken(choices):
    hands = Hands(was_cancelled=True)
    there = {"closed_on": date(2026, 11, 3), "amount": Decimal(1), "account": "Quill"}
    found = change(ROW_WON, WON, choices, hands, **there)
    assert stays(found) == [
        ("amount", 1, False),
        ("closed_on", date(2026, 11, 3), False),
    ]
    assert found.facts == {"account": "Quill"}
    assert stays(change(ROW, WON, choices, hands)) == [("stands", HERE, False)]


EARLY = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("row", "ours", "choices", "hands", "facts", "kept"),
    [
        # The file gives no opening, and ours cannot be.
        ({"opened_on": None}, OPEN, UNDECIDED, Hands(), {"opened_on": None}, []),
        ({"opened_on": None}, WON, UNDECIDED, Hands(), ..., []),
        # Somebody here gave the opening.
        ({"opened_on": None}, OPEN, UNDECIDED, Hands({"opened_on"}), {}, ["stands"]),
        ({"opened_on": None}, WON, UNDECIDED, Hands({"opened_on"}), {}, ["closed_on"]),
        ({"opened_on": None}, WON, TAKE, Hands({"opened_on"}), ..., []),
        ({"opened_on": None}, WON, TAKE_DAY, Hands({"opened_on"}), ..., []),
        ({"opened_on": None}, OPEN, TAKE_OPENING, Hands({"opened_on"}), ..., []),
        # The file opens it earlier too, and somebody here gave the opening.
        ({"opened_on": EARLY}, OPEN, UNDECIDED, Hands({"opened_on"}), {}, [...]),
    ],
)
def test_none_closes_before_it_opens(row, ours, choices, hands, facts, kept):
    found = change(ROW_WON, ours, choices, hands, closed_on=EARLY, **row)
    if facts is ...:
        facts = {"opened_on": None}
        facts |= {"closed_on": EARLY} if ours is WON else {}
    if kept == [...]:
        kept = ["opened_on", "stands"]
    assert (found.facts, [name for name, *_ in stays(found)]) == (facts, kept)


@pytest.mark.parametrize("was_cancelled", [True, False])
def test_nor_does_it_open_after_a_last_day_of_ours(was_cancelled):
    late = {"opened_on": date(2026, 11, 5), "closed_on": date(2026, 11, 9)}
    hands = Hands({"closed_on"}, was_cancelled=was_cancelled)
    found = change(ROW_WON, WON, UNDECIDED, hands, **late)
    may_take = not was_cancelled
    assert stays(found) == [
        ("closed_on", date(2026, 11, 9), may_take),
        ("opened_on", date(2026, 11, 5), may_take),
    ]
