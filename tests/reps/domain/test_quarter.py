"""Quarters follow without a gap, and are named by the year they end in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.quarter import (
    Span,
    following_quarter,
    last_four_quarters,
    quarter_name,
    quarter_of,
)

Q3 = Span(date(2026, 7, 1), date(2026, 9, 30))
Q4 = Span(date(2026, 10, 1), date(2026, 12, 31))
THIRTEEN_WEEKS = Span(date(2026, 10, 5), date(2027, 1, 3))

days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
months = st.integers(1, 12)


def test_a_span_holds_both_its_ends():
    assert Q4.days == 92
    assert Q4.starts_on in Q4
    assert Q4.ends_on in Q4
    assert date(2026, 9, 30) not in Q4
    assert date(2027, 1, 1) not in Q4


def test_a_span_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="2026-01-01 is before 2026-01-02"):
        Span(date(2026, 1, 2), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "first_month", "starts_on", "ends_on", "name"),
    [
        (date(2026, 11, 12), 1, Q4.starts_on, Q4.ends_on, "Q4 2026"),
        (date(2028, 2, 29), 1, date(2028, 1, 1), date(2028, 3, 31), "Q1 2028"),
        # a year from April is named for the spring it ends in
        (date(2026, 4, 1), 4, date(2026, 4, 1), date(2026, 6, 30), "Q1 FY27"),
        (date(2027, 3, 31), 4, date(2027, 1, 1), date(2027, 3, 31), "Q4 FY27"),
        # a year from February has a quarter across New Year
        (date(2027, 1, 15), 2, date(2026, 11, 1), date(2027, 1, 31), "Q4 FY27"),
        (date(2026, 12, 31), 12, date(2026, 12, 1), date(2027, 2, 28), "Q1 FY27"),
    ],
)
def test_a_day_has_a_fiscal_quarter_and_a_name(
    day, first_month, starts_on, ends_on, name
):
    quarter = quarter_of(day, first_month)
    assert quarter == Span(starts_on, ends_on)
    assert quarter_name(quarter, first_month) == name


def test_thirteen_weeks_are_named_by_their_middle_day():
    assert quarter_name(THIRTEEN_WEEKS) == "Q4 2026"
    assert quarter_name(following_quarter(THIRTEEN_WEEKS)) == "Q1 2027"
    middle_on_15_october = Span(date(2026, 8, 31), date(2026, 11, 29))
    assert quarter_name(middle_on_15_october) == "Q4 2026"


@pytest.mark.parametrize(
    ("quarter", "following"),
    [
        (Q3, Q4),
        (Q4, Span(date(2027, 1, 1), date(2027, 3, 31))),
        # 91 days, and yet three whole months
        (
            Span(date(2026, 4, 1), date(2026, 6, 30)),
            Q3,
        ),
        (THIRTEEN_WEEKS, Span(date(2027, 1, 4), date(2027, 4, 4))),
        # it begins on a first of the month, but ends in the middle of one
        (
            Span(date(2026, 6, 1), date(2026, 8, 30)),
            Span(date(2026, 8, 31), date(2026, 11, 29)),
        ),
        # it ends with a month, but does not begin with one
        (
            Span(date(2026, 6, 2), date(2026, 8, 31)),
            Span(date(2026, 9, 1), date(2026, 11, 30)),
        ),
    ],
)
def test_months_are_followed_by_months_and_weeks_by_weeks(quarter, following):
    assert following_quarter(quarter) == following


THREE_YEARS = [
    quarter_of(date(year, month, 1))
    for year in (2025, 2026, 2027)
    for month in (1, 4, 7, 10)
]


def test_the_last_four_quarters_are_four_finished_ones_and_this_one_to_date():
    today = date(2026, 11, 12)
    window = Span(date(2025, 10, 1), today)
    assert last_four_quarters(THREE_YEARS, today) == window
    assert last_four_quarters(reversed(THREE_YEARS), today) == window


@pytest.mark.parametrize(
    ("today", "starts_on"),
    [
        (date(2024, 12, 31), None),  # before the first one
        (date(2025, 1, 1), date(2025, 1, 1)),  # in it
        (date(2025, 4, 1), date(2025, 1, 1)),  # one finished
        (date(2026, 1, 1), date(2025, 1, 1)),
        (date(2026, 3, 31), date(2025, 1, 1)),  # not finished on its last day
        (date(2026, 4, 1), date(2025, 4, 1)),
    ],
)
def test_a_young_organization_has_as_many_quarters_as_it_has(today, starts_on):
    expected = starts_on and Span(starts_on, today)
    assert last_four_quarters(THREE_YEARS, today) == expected


@given(days, months)
def test_a_fiscal_year_has_four_quarters_of_one_name(day, first_month):
    quarter = quarter_of(day, first_month)
    names = []
    for _ in range(8):
        names.append(quarter_name(quarter, first_month))
        quarter = following_quarter(quarter)
    years = "FY" if first_month > 1 else ""
    number, year = int(names[0][1]), int(names[0][3:].removeprefix(years))
    counted = [divmod(year * 4 + number - 1 + n, 4) for n in range(8)]
    assert names == [f"Q{rest + 1} {_year(year, years)}" for year, rest in counted]


def _year(year, fiscal):
    return f"FY{year % 100:02}" if fiscal else year


def test_the_first_quarter_of_a_fiscal_year_is_followed_by_its_second():
    first = quarter_of(date(2026, 2, 1), 2)
    second = following_quarter(first)
    assert [quarter_name(quarter, 2) for quarter in (first, second)] == [
        "Q1 FY27",
        "Q2 FY27",
    ]
