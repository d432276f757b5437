"""Rows become deals as they say, or complaints that say why not."""

from datetime import date
from decimal import Decimal

import pytest

from reps.domain.files.days import NoDay, Order
from reps.domain.files.deal_rows import (
    Aside,
    DealMatching,
    LeftOut,
    NoDeal,
    owner_of,
    read_deals,
)
from reps.domain.files.fields import Fact
from reps.domain.files.grid import Row
from reps.domain.files.numbers import NoNumber, Signs
from reps.domain.files.values import Owner, Standing
from reps.domain.transitions import Outcome

FACTS = (
    Fact.KEY,
    Fact.OWNER,
    Fact.ACCOUNT,
    Fact.TITLE,
    Fact.STAGE,
    Fact.OUTCOME,
    Fact.AMOUNT,
    Fact.OPENED_ON,
    Fact.CLOSE_ON,
    Fact.LEAD_SOURCE,
    Fact.LOST_REASON,
)
WON = {
    Fact.KEY: "7",
    Fact.OWNER: "Lindqvist, Theo",
    Fact.ACCOUNT: "Larkspur",
    Fact.STAGE: "Closed Won",
    Fact.AMOUNT: "12.500,50",
    Fact.OPENED_ON: "01/09/2026",
    Fact.CLOSE_ON: "02/11/2026",
}
OPEN = WON | {Fact.KEY: "8", Fact.STAGE: "Demo", Fact.CLOSE_ON: "20/12/2026"}


def read(*rows, without=(), besides=(), aside=None):
    """The deals of these rows, and the complaints about them."""
    facts = [fact for fact in (*FACTS, *besides) if fact not in without]
    matching = DealMatching(
        columns={fact: place for place, fact in enumerate(facts)},
        signs={Fact.AMOUNT: Signs(",", ".")},
        orders=dict.fromkeys((Fact.OPENED_ON, Fact.CLOSE_ON), Order.DAY_FIRST),
        sellers={Owner("Lindqvist, Theo"): "Theo Lindqvist", Owner("House"): ""},
        standings={
            "Closed Won": Standing(outcome=Outcome.WON),
            "Lost at demo": Standing(stage=1, outcome=Outcome.LOST),
            "Demo": Standing(stage=1),
            "Abandoned": Standing(outcome=Outcome.LOST),
        },
        stages={1: "Solution shown", 2: "Contract"},
        estimate=Decimal(9_000),
        today=date(2026, 11, 12),
    )
    complaints = []
    deals = read_deals(
        (
            Row(number, tuple(row.get(fact, "") for fact in facts))
            for number, row in enumerate(rows, start=2)
        ),
        matching,
        complaints,
        aside,
    )
    return list(deals), [(one.row, one.column, one.wrong) for one in complaints]


def test_a_row_says_a_deal():
    (deal,), complaints = read(WON)
    assert complaints == []
    assert (deal.number, deal.seller) == ("7", "Theo Lindqvist")
    assert (deal.stage, deal.outcome) == ("Contract", Outcome.WON)
    assert (deal.amount, deal.amount_is_estimate) == (Decimal("12500.50"), False)
    assert (deal.opened_on, deal.closed_on) == (date(2026, 9, 1), date(2026, 11, 2))
    assert deal.expected_close_on is None


def test_of_an_open_deal_the_close_date_is_a_hope():
    (deal,), _ = read(OPEN)
    assert (deal.stage, deal.outcome) == ("Solution shown", Outcome.OPEN)
    assert (deal.closed_on, deal.expected_close_on) == (None, date(2026, 12, 20))


@pytest.mark.parametrize(
    ("row", "outcome", "stage"),
    [
        ({Fact.STAGE: "Demo", Fact.OUTCOME: "Perdido"}, Outcome.LOST, "Solution shown"),
        ({Fact.STAGE: "Lost at demo"}, Outcome.LOST, "Solution shown"),
        ({Fact.STAGE: "", Fact.OUTCOME: "gewonnen"}, Outcome.WON, "Contract"),
        ({Fact.STAGE: "", Fact.OUTCOME: "Demo"}, Outcome.OPEN, "Solution shown"),
        (
            {Fact.STAGE: "Demo", Fact.OUTCOME: "Abandoned"},
            Outcome.LOST,
            "Solution shown",
        ),
        ({Fact.STAGE: "", Fact.OUTCOME: ""}, Outcome.OPEN, "Solution shown"),
    ],
)
def test_stage_and_status_together_say_where_it_stands(row, outcome, stage):
    (deal,), complaints = read(WON | row)
    assert (deal.outcome, deal.stage, complaints) == (outcome, stage, [])


def test_without_an_amount_it_is_an_estimate_unless_it_is_won():
    for nothing in ("", "0", "0,00", "$-", "n/a"):
        (deal,), _ = read(OPEN | {Fact.AMOUNT: nothing})
        assert (deal.amount, deal.amount_is_estimate) == (9_000, True)
    (deal,), _ = read(WON | {Fact.AMOUNT: "0"})
    assert (deal.amount, deal.amount_is_estimate) == (0, False)
    for nothing in ("", "-"):
        assert read(WON | {Fact.AMOUNT: nothing}) == (
            [],
            [(2, 7, NoDeal.WON_WITHOUT_AMOUNT)],
        )


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ({Fact.KEY: "4.15087E+18"}, 1, NoDeal.NUMBER_CUT_SHORT),
        ({Fact.KEY: "4,15087e+18"}, 1, NoDeal.NUMBER_CUT_SHORT),
        ({Fact.OWNER: ""}, 2, NoDeal.EMPTY),
        ({Fact.ACCOUNT: "L" * 121}, 3, NoDeal.TOO_LONG),
        ({Fact.OUTCOME: "Lost"}, 6, NoDeal.OUTCOME_UNCLEAR),
        ({Fact.AMOUNT: "1.2k"}, 7, NoNumber.CUT_SHORT),
        ({Fact.AMOUNT: "20 %"}, 7, NoNumber.NOT_A_NUMBER),
        ({Fact.AMOUNT: "-5"}, 7, NoDeal.LESS_THAN_ZERO),
        ({Fact.AMOUNT: "2000000000000"}, 7, NoDeal.TOO_LARGE),
        ({Fact.OPENED_ON: "31/02/2026"}, 8, NoDay.NO_SUCH_DAY),
        ({Fact.CLOSE_ON: ""}, 9, NoDeal.CLOSED_WITHOUT_DAY),
        ({Fact.CLOSE_ON: "-"}, 9, NoDeal.CLOSED_WITHOUT_DAY),
        ({Fact.CLOSE_ON: "31/11/2026"}, 9, NoDay.NO_SUCH_DAY),
        ({Fact.CLOSE_ON: "31/08/2026"}, 9, NoDeal.CLOSED_BEFORE_OPENED),
        ({Fact.CLOSE_ON: "14/11/2026"}, 9, NoDeal.STILL_TO_COME),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_the_next_is_read(row, column, why):
    deals, complaints = read(WON | row, OPEN)
    assert [deal.number for deal in deals] == ["8"]
    assert complaints == [(2, column, why)]


def test_a_closing_day_is_wrong_where_it_stands():
    matching = DealMatching(
        columns={Fact.OWNER: 0, Fact.OUTCOME: 1, Fact.WON_ON: 2, Fact.LOST_ON: 3},
        signs={},
        orders={},
        sellers={Owner("Theo"): "Theo Lindqvist"},
        standings={},
        stages={1: "Demo"},
        estimate=Decimal(9_000),
        today=date(2026, 11, 12),
    )
    complaints = []
    rows = [
        Row(2, ("Theo", "Lost", "", "")),
        Row(3, ("Theo", "Lost", "", "2026-11-20")),
    ]
    assert list(read_deals(rows, matching, complaints)) == []
    assert [(one.row, one.column, one.wrong) for one in complaints] == [
        (2, 4, NoDeal.CLOSED_WITHOUT_DAY),
        (3, 4, NoDeal.STILL_TO_COME),
    ]


def test_it_may_be_tomorrow_already_where_somebody_sells():
    (deal,), complaints = read(WON | {Fact.CLOSE_ON: "13/11/2026"})
    assert (deal.closed_on, complaints) == (date(2026, 11, 13), [])


def test_one_number_is_one_deal():
    deals, complaints = read(WON, WON)
    assert len(deals) == 1
    assert complaints == [(3, 1, NoDeal.TWICE)]


def test_without_numbers_it_is_known_again_by_what_does_not_change():
    first, _ = read(WON, WON, OPEN, without=[Fact.KEY])
    later = WON | {Fact.AMOUNT: "99"}
    again, _ = read(WON, later, OPEN, without=[Fact.KEY])
    other, _ = read(WON | {Fact.OPENED_ON: "02/09/2026"}, without=[Fact.KEY])

    assert [deal.number for deal in first] == [deal.number for deal in again]
    assert len({deal.number for deal in [*first, *other]}) == 4


def test_where_it_came_from_and_why_it_was_lost_are_kept_as_they_are():
    words = {Fact.LEAD_SOURCE: "Fair, Lisbon", Fact.LOST_REASON: "Price\ntoo high"}
    (deal,), _ = read(WON | words)
    assert (deal.lead_source, deal.lost_reason) == tuple(words.values())
    assert read(WON | {Fact.LOST_REASON: "x" * 1001})[1] == [(2, 11, NoDeal.TOO_LONG)]


def test_whether_an_amount_is_an_estimate_a_column_may_say():
    both = {"besides": [Fact.IS_ESTIMATE]}
    guessed = {Fact.IS_ESTIMATE: "yes"}
    (deal, rated), complaints = read(WON | guessed, OPEN | guessed, **both)
    assert (deal.amount, deal.amount_is_estimate) == (Decimal("12500.50"), True)
    assert (rated.amount_is_average, complaints) == (False, [])
    # Then nothing is what it is worth, and not what an export leaves out.
    (free,), _ = read(OPEN | {Fact.AMOUNT: "0"}, **both)
    assert (free.amount, free.amount_is_estimate) == (0, False)
    (unknown,), _ = read(OPEN | {Fact.AMOUNT: ""}, **both)
    assert (unknown.amount, unknown.amount_is_estimate) == (9_000, True)
    perhaps = WON | {Fact.IS_ESTIMATE: "perhaps"}
    assert read(perhaps, **both) == ([], [(2, 12, NoDeal.NOT_YES_OR_NO)])


def test_when_a_closed_deal_was_expected_to_close_is_kept_where_it_has_a_column():
    said = WON | {Fact.EXPECTED_CLOSE_ON: "2026-12-20"}
    (deal,), _ = read(said, besides=[Fact.EXPECTED_CLOSE_ON])
    assert deal.closed_on == date(2026, 11, 2)
    assert deal.expected_close_on == date(2026, 12, 20)


def test_what_was_cancelled_of_a_win_is_of_its_days():
    said = WON | {Fact.CANCELLED_ON: "2026-11-09: 500; 2026-11-03: 12000.50"}
    (deal,), complaints = read(said, besides=[Fact.CANCELLED_ON])
    assert deal.cancelled == (
        (date(2026, 11, 3), Decimal("12000.50")),
        (date(2026, 11, 9), Decimal(500)),
    )
    assert complaints == []
    assert deal.days[2:] == (date(2026, 11, 3), date(2026, 11, 9))


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (WON | {Fact.CANCELLED_ON: "500.00"}, NoDeal.CANCELLED_UNCLEAR),
        (WON | {Fact.CANCELLED_ON: "2026-11-03: 12500.51"}, NoDeal.CANCELLED_TOO_MUCH),
        (OPEN | {Fact.CANCELLED_ON: "2026-11-03: 1"}, NoDeal.CANCELLED_TOO_MUCH),
        (WON | {Fact.CANCELLED_ON: "2026-11-01: 1"}, NoDeal.CANCELLED_ANOTHER_DAY),
        (WON | {Fact.CANCELLED_ON: "2026-11-14: 1"}, NoDeal.CANCELLED_ANOTHER_DAY),
    ],
)
def test_no_more_than_was_won_and_not_before(row, why):
    assert read(row, besides=[Fact.CANCELLED_ON]) == ([], [(2, 12, why)])


def test_an_empty_cell_is_told_from_a_column_that_is_not_there():
    words = [Fact.LEAD_SOURCE, Fact.LOST_REASON]
    (won, _open), _ = read(WON, OPEN, without=words)
    assert (won.row, won.empty, won.account_is_title) == (2, set(), False)
    nothing = {Fact.ACCOUNT: "", Fact.AMOUNT: "", Fact.OPENED_ON: "", Fact.CLOSE_ON: ""}
    row = OPEN | nothing | {Fact.TITLE: "Pilot"}
    (empty,), _ = read(row)
    names = {"account", "amount", "opened_on", "expected_close_on"}
    names |= {"lead_source", "lost_reason"}
    assert (empty.empty, empty.account_is_title) == (names, True)
    without_these = [Fact.ACCOUNT, Fact.AMOUNT, Fact.OPENED_ON, *words]
    (without,), _ = read(row, without=without_these)
    assert (without.empty, without.account_is_title) == ({"expected_close_on"}, True)
    (zero,), _ = read(OPEN | {Fact.AMOUNT: "0"}, without=words)
    assert zero.empty == frozenset()
    dashes = {Fact.AMOUNT: "-", Fact.OPENED_ON: "n/a", Fact.ACCOUNT: "-"}
    (dashed,), _ = read(OPEN | dashes, without=words)
    assert (dashed.empty, dashed.account) == ({"amount", "opened_on"}, "-")


def test_whoever_is_left_out_is_with_a_word():
    aside = Aside()
    house = WON | {Fact.OWNER: "House", Fact.AMOUNT: "1.2k"}  # and no bad row for that
    (deal,), complaints = read(house, WON, aside=aside)
    assert (deal.row, complaints) == (3, [])  # nor is the number in the file twice
    assert aside.left_out == [LeftOut(2, "Larkspur", Owner("House"))]
    assert aside.numbers == {"7"}


def test_the_numbers_of_bad_rows_are_in_the_file_too():
    aside = Aside()
    read(WON | {Fact.AMOUNT: "1.2k"}, OPEN, aside=aside)
    assert (aside.numbers, aside.left_out) == ({"7"}, [])


def test_what_is_left_out_counts_among_its_equals():
    house = WON | {Fact.OWNER: "House"}
    aside = Aside()
    (first, second), _ = read(WON, WON, without=[Fact.KEY])
    (alone,), _ = read(house, WON, without=[Fact.KEY], aside=aside)
    assert alone.number == second.number
    assert aside.numbers == {first.number}


def test_a_title_stands_for_the_account_where_there_is_none():
    told = WON | {Fact.TITLE: "Pilot"}
    (with_both, without), _ = read(told, told | {Fact.KEY: "9", Fact.ACCOUNT: ""})
    assert (with_both.account, with_both.product) == ("Larkspur", "Pilot")
    assert (without.account, without.product) == ("Pilot", "")


def test_whose_a_row_is_stands_in_its_cells():
    row = Row(2, ("Theo", "theo@harbor.example"))
    columns = {Fact.OWNER: 0, Fact.OWNER_EMAIL: 1}
    assert owner_of(row, columns) == Owner("Theo", "theo@harbor.example")
    assert owner_of(row, {Fact.OWNER: 0}) == Owner("Theo")
