"""Every rule of an export, on deals of our own invention."""

from datetime import date
from decimal import Decimal

import pytest

from reps.domain import crm_export
from reps.domain.csv_table import Complaint, Wrong
from reps.domain.transitions import Outcome
from tests.factories.exports import (
    ENGAGING,
    LOST,
    PROSPECT,
    accounts,
    pipeline,
    products,
    teams,
)


def read(*deals):
    complaints = []
    found = crm_export.read_deals(
        pipeline(*deals),
        complaints,
        sellers=crm_export.read_sellers(teams(), complaints),
        prices=crm_export.read_prices(products(), complaints),
        accounts=crm_export.read_accounts(accounts(), complaints),
        stages=["Prospecting", "Engaging"],
    )
    return found, complaints


def only_deal(**cells):
    (deal,), complaints = read(cells)
    assert complaints == []
    return deal


def complaints_of(*deals):
    _found, complaints = read(*deals)
    return [
        (found.line, found.wrong, found.value, found.against) for found in complaints
    ]


def test_a_won_deal_stands_in_the_last_stage():
    deal = only_deal()
    assert (deal.stage, deal.outcome) == ("Engaging", Outcome.WON)
    assert (deal.amount, deal.amount_is_estimate) == (480, False)
    assert (deal.opened_on, deal.closed_on) == (date(2026, 7, 6), date(2026, 8, 14))


def test_names_are_spelled_as_in_their_own_files():
    deal = only_deal(
        sales_agent="ines  CALDER", product="raingauge", account=" BluefinBoats"
    )
    assert (deal.seller, deal.product, deal.account) == (
        "Ines Calder",
        "Rain Gauge",
        "Bluefin Boats",
    )


def test_an_account_may_be_missing():
    assert only_deal(account="").account == ""


def test_an_account_may_be_one_that_the_accounts_file_does_not_have():
    deal = only_deal(account="Quay Nine")
    assert crm_export.accounts_not_listed([deal], {"bluefinboats": ""}) == ["Quay Nine"]


def test_a_prospect_has_no_dates():
    deal = only_deal(**PROSPECT)
    assert (deal.stage, deal.outcome) == ("Prospecting", Outcome.OPEN)
    assert (deal.opened_on, deal.closed_on, deal.days) == (None, None, ())


def test_an_open_deal_has_no_close_whatever_the_file_hopes():
    assert only_deal(**ENGAGING | {"close_date": "2026-12-01"}).closed_on is None


@pytest.mark.parametrize(
    ("cells", "amount", "is_estimate"),
    [
        (ENGAGING, 500, True),
        (PROSPECT, 500, True),
        (LOST, 500, True),  # an export writes 0 on what it lost
        (LOST | {"close_value": ""}, 500, True),
        (ENGAGING | {"close_value": "450"}, 450, False),
        (LOST | {"close_value": "450"}, 450, False),
        (LOST | {"close_value": "450", "product": "Barometer"}, 450, False),
        ({"close_value": "0"}, 0, False),  # given away is still won
        ({"product": "Barometer"}, 480, False),
    ],
)
def test_open_and_lost_deals_without_a_value_take_the_list_price(
    cells, amount, is_estimate
):
    deal = only_deal(**cells)
    assert (deal.amount, deal.amount_is_estimate) == (amount, is_estimate)


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ({"opportunity_id": ""}, (2, Wrong.EMPTY, "opportunity_id", "")),
        ({"sales_agent": "Nobody"}, (2, Wrong.UNKNOWN_AGENT, "Nobody", "")),
        ({"sales_agent": ""}, (2, Wrong.UNKNOWN_AGENT, "", "")),
        ({"close_date": ""}, (2, Wrong.CLOSED_WITHOUT_DATE, "Won", "")),
        (LOST | {"close_date": ""}, (2, Wrong.CLOSED_WITHOUT_DATE, "Lost", "")),
        ({"close_date": "soon"}, (2, Wrong.NOT_A_DATE, "soon", "")),
        (
            {"close_date": "2026-07-05"},
            (2, Wrong.CLOSED_BEFORE_OPENED, "2026-07-05", "2026-07-06"),
        ),
        ({"close_value": "lots"}, (2, Wrong.NOT_A_NUMBER, "lots", "")),
        ({"close_value": "150.000"}, (2, Wrong.MAYBE_THOUSANDS, "150.000", "150000")),
        ({"close_value": ""}, (2, Wrong.WON_WITHOUT_VALUE, "", "")),
        ({"product": "x" * 121}, (2, Wrong.TOO_LONG, "product", "")),
        (
            ENGAGING | {"product": "Barometer"},
            (2, Wrong.NO_LIST_PRICE, "Barometer", ""),
        ),
        (
            {"deal_stage": "Parked"},
            (2, Wrong.UNKNOWN_STAGE, "Parked", "Prospecting, Engaging, Won, Lost"),
        ),
    ],
)
def test_a_bad_line_is_one_complaint(cells, complaint):
    assert complaints_of(cells) == [complaint]


def test_a_deal_may_close_on_the_day_it_opened():
    assert complaints_of({"close_date": "2026-07-06"}) == []


def test_the_same_number_twice_names_the_first_line():
    assert complaints_of({}, {"opportunity_id": "B"}, {}, {}) == [
        (4, Wrong.TWICE, "A1", "2"),
        (5, Wrong.TWICE, "A1", "2"),
    ]


def test_every_reason_of_every_line_is_heard():
    assert [
        complaint[:2]
        for complaint in complaints_of(
            {"sales_agent": "Nobody", "close_date": "", "close_value": "lots"},
            {"opportunity_id": "B", "deal_stage": "Parked"},
        )
    ] == [
        (2, Wrong.UNKNOWN_AGENT),
        (2, Wrong.CLOSED_WITHOUT_DATE),
        (2, Wrong.NOT_A_NUMBER),
        (3, Wrong.UNKNOWN_STAGE),
    ]


def test_nobody_works_for_two_managers():
    complaints = []
    rows = [("Ann", "Ben", "North"), ("ann", "BEN", "north"), ("Ann", "Cy", "North")]
    crm_export.read_sellers(teams(*rows), complaints)
    assert complaints == [Complaint("teams.csv", 4, Wrong.TWO_MANAGERS, "Ann", "Ben")]


def test_a_seller_has_a_name_and_a_manager_and_perhaps_an_office():
    complaints = []
    crm_export.read_sellers(teams(("Ann", "", ""), ("", "Ben", "")), complaints)
    assert [(found.line, found.value) for found in complaints] == [
        (2, "manager"),
        (3, "sales_agent"),
    ]


def test_a_product_has_one_price():
    complaints = []
    rows = [
        ("Tide Clock", "5"),
        ("tideclock", "5.00"),
        ("Tide Clock", "6"),
        ("Sun", ""),
    ]
    prices = crm_export.read_prices(products(*rows), complaints)
    assert prices == {"tideclock": ("Tide Clock", Decimal(5))}
    assert complaints == [
        Complaint("products.csv", 4, Wrong.TWO_PRICES, "Tide Clock", "5.00"),
        Complaint("products.csv", 5, Wrong.EMPTY, "sales_price"),
    ]


@pytest.mark.parametrize(
    ("to", "newest"),
    [
        (date(2026, 11, 23), date(2026, 11, 27)),  # a Monday: that week's Friday
        (date(2026, 11, 29), date(2026, 11, 27)),  # a Sunday, of the same week
        (date(2026, 11, 30), date(2026, 12, 4)),
        (date(2026, 8, 12), date(2026, 8, 14)),  # where it is already
        (date(2026, 8, 9), date(2026, 8, 7)),  # back in time
    ],
)
def test_all_dates_move_by_the_same_whole_weeks(to, newest):
    deals, _complaints = read(
        {}, {"opportunity_id": "B"} | ENGAGING, {"opportunity_id": "C"} | PROSPECT
    )
    won, engaging, prospect = crm_export.moved_in_time(deals, to)
    assert won.closed_on == newest
    assert won.closed_on - won.opened_on == date(2026, 8, 14) - date(2026, 7, 6)
    assert engaging.opened_on == won.opened_on
    assert prospect.days == ()


def test_the_newest_date_may_be_the_day_a_deal_was_opened():
    deals, _complaints = read(ENGAGING, {"opportunity_id": "B"} | PROSPECT)
    moved, _prospect = crm_export.moved_in_time(deals, date(2026, 11, 25))
    assert moved.opened_on == date(2026, 11, 23)


def test_without_dates_nothing_moves():
    deals, _complaints = read(PROSPECT)
    assert crm_export.moved_in_time(deals, date(2026, 11, 23)) == deals
