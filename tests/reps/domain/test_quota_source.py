"""Quotas of a file, and quotas by growth."""

from datetime import date
from decimal import Decimal

import pytest

from reps.domain.csv_table import Complaint, Wrong
from reps.domain.quarter import quarter_of
from reps.domain.quota_source import (
    QuotaRow,
    grown_quotas,
    is_partial,
    quarter_before,
    read_quotas,
)
from tests.factories.exports import quotas

Q1, Q2, Q3, Q4 = (quarter_of(date(2026, month, 1)) for month in (1, 4, 7, 10))
ANN, BEN = 1, 2


def test_quotas_are_by_the_key_of_the_name():
    complaints = []
    rows = read_quotas(
        quotas(("ann LEE", "2026-10-01", "90000")), complaints, reps={"annlee"}
    )
    assert rows == [QuotaRow(2, "annlee", date(2026, 10, 1), Decimal(90_000))]
    assert complaints == []


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (("Bo", "2026-10-01", "5"), (2, Wrong.UNKNOWN_AGENT, "Bo")),
        (("", "2026-10-01", "5"), (2, Wrong.EMPTY, "rep")),
        (("Ann", "", "5"), (2, Wrong.EMPTY, "quarter_starts_on")),
        (("Ann", "Q4", "5"), (2, Wrong.NOT_A_DATE, "Q4")),
        (("Ann", "2026-10-01", ""), (2, Wrong.EMPTY, "quota")),
        (("Ann", "2026-10-01", "-1"), (2, Wrong.LESS_THAN_ZERO, "-1")),
    ],
)
def test_a_bad_quota_is_one_complaint(row, complaint):
    complaints = []
    read_quotas(quotas(row), complaints, reps={"ann"})
    assert [(found.line, found.wrong, found.value) for found in complaints] == [
        complaint
    ]


def test_a_rep_has_one_quota_in_a_quarter():
    complaints = []
    rows = [("Ann", "2026-10-01", "5"), ("ANN", "2026-10-01", "6")]
    read_quotas(quotas(*rows), complaints, reps={"ann"})
    assert complaints == [
        Complaint("quotas.csv", 3, Wrong.TWICE, "ANN, 2026-10-01", "2")
    ]


def test_the_quarter_before_ends_on_the_eve():
    assert quarter_before(Q2, [Q1, Q2, Q4]) == Q1
    assert quarter_before(Q4, [Q1, Q2, Q4]) is None  # a gap


def test_a_quota_grows_from_what_was_booked_the_quarter_before():
    booked = {(ANN, Q1): Decimal("1000.05"), (ANN, Q2): Decimal(300)}
    assert grown_quotas(booked, [Q1, Q2, Q3], Decimal("1.1")) == {
        (ANN, Q2): Decimal("1100.06"),  # 1100.055, a half up
        (ANN, Q3): Decimal(330),
    }


def test_who_booked_nothing_has_no_quota():
    booked = {(ANN, Q1): Decimal(0), (BEN, Q2): Decimal(10)}
    assert grown_quotas(booked, [Q1, Q2, Q3], Decimal(2)) == {(BEN, Q3): Decimal(20)}


def test_growth_does_not_reach_over_a_gap():
    assert grown_quotas({(ANN, Q2): Decimal(10)}, [Q2, Q4], Decimal(2)) == {}


@pytest.mark.parametrize(
    ("first_close", "last_close", "partial"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), False),
        (date(2026, 4, 1), date(2026, 6, 30), False),  # exactly the quarter
        (date(2026, 4, 2), date(2026, 12, 31), True),  # begins a day in
        (date(2026, 6, 30), date(2026, 12, 31), True),
        (date(2026, 7, 1), date(2026, 12, 31), False),  # after it: nothing to grow
        (date(2026, 1, 1), date(2026, 6, 29), True),  # ends a day early
        (date(2026, 1, 1), date(2026, 4, 1), True),
    ],
)
def test_a_quarter_is_partial_when_the_deals_known_begin_or_end_inside_it(
    first_close, last_close, partial
):
    found = is_partial(Q2, first_close=first_close, last_close=last_close)
    assert found == partial
