"""Which quarter a name means, where years begin in different months."""

from datetime import date

import pytest

from reps.domain.files.days import Order
from reps.domain.files.quarters_meant import Calendar, OurQuarter, quarter_meant
from reps.domain.quarter import Span

TODAY = date(2026, 11, 12)
JANUARY_2026 = Span(date(2026, 1, 1), date(2026, 3, 31))
APRIL_2025 = Span(date(2025, 4, 1), date(2025, 6, 30))
APRIL_2026 = Span(date(2026, 4, 1), date(2026, 6, 30))
JULY_2026 = Span(date(2026, 7, 1), date(2026, 9, 30))
OCTOBER_2026 = Span(date(2026, 10, 1), date(2026, 12, 31))
THIRTEEN_WEEKS = Span(date(2026, 10, 5), date(2027, 1, 3))


def meant(word, *, first_month=1, order=Order.YEAR_FIRST, **ours):
    own = [OurQuarter(name.replace("_", " "), span) for name, span in ours.items()]
    found = quarter_meant(word, Calendar(own, first_month, TODAY), order)
    return list(found.spans), found.is_sure


@pytest.mark.parametrize("word", ["Q1 2026", "FY26 Q1", "2026-Q1", "T1 2026"])
def test_in_a_year_from_january_there_is_but_one(word):
    assert meant(word) == ([JANUARY_2026], True)


def test_a_fiscal_year_is_called_by_the_year_it_ends_in():
    assert meant("FY26 Q1", first_month=4) == ([APRIL_2025], True)
    assert meant("Q1 2025/26", first_month=4) == ([APRIL_2025], True)
    assert meant("Q4 FY26", first_month=4) == ([JANUARY_2026], True)


def test_a_year_that_may_be_the_calendars_is_asked_about():
    either = [APRIL_2025, APRIL_2026, JANUARY_2026]
    assert meant("Q1 2026", first_month=4) == (either, False)


def test_quarters_of_no_calendar_are_not_proposed():
    """A year from February has none that begins in January."""
    february = Span(date(2025, 2, 1), date(2025, 4, 30))
    later = Span(date(2026, 2, 1), date(2026, 4, 30))
    assert meant("Q1 2026", first_month=2) == ([february, later], False)


def test_ours_are_known_by_their_names():
    assert meant("spring-26", first_month=4, Spring_26=APRIL_2026) == (
        [APRIL_2026],
        True,
    )


def test_as_ours_are_called_theirs_are_read():
    """Somebody here calls a year by that in which it begins, or by the calendar's."""
    begins = {"Q1_FY26": APRIL_2026}
    assert meant("FY26 Q2", first_month=4, **begins) == ([JULY_2026], True)
    calendars = {"Q2_2026": APRIL_2026}
    assert meant("2026 Q3", first_month=4, **calendars) == ([JULY_2026], True)


def test_ours_that_are_called_in_two_ways_decide_nothing():
    ours = {"Q1_FY26": APRIL_2026, "Q2_FY27": JULY_2026}
    spans, is_sure = meant("FY26 Q3", first_month=4, **ours)
    assert not is_sure
    assert spans[0] == Span(date(2025, 10, 1), date(2025, 12, 31))
    assert OCTOBER_2026 in spans


def test_thirteen_weeks_are_the_quarter_they_are_called():
    assert meant("Q4 2026", Autumn=THIRTEEN_WEEKS) == ([THIRTEEN_WEEKS], True)


def test_what_runs_into_one_of_ours_is_not_made():
    """The calendar's first quarter of 2027 shares three days with ours."""
    assert meant("Q1 2027", Autumn=THIRTEEN_WEEKS) == ([], False)
    assert meant("2027-01-15", Autumn=THIRTEEN_WEEKS) == ([], False)


def test_without_a_year_it_is_one_of_about_now():
    assert meant("Q4") == (
        [
            OCTOBER_2026,
            Span(date(2027, 10, 1), date(2027, 12, 31)),
            Span(date(2025, 10, 1), date(2025, 12, 31)),
        ],
        False,
    )
    spans, _sure = meant("Q1", first_month=4)
    assert spans[0] == APRIL_2026


@pytest.mark.parametrize(
    ("word", "order"),
    [
        ("2026-04-01", Order.YEAR_FIRST),
        ("01/04/2026", Order.DAY_FIRST),
        ("04/01/2026", Order.MONTH_FIRST),
        ("46113", Order.YEAR_FIRST),
    ],
)
def test_a_day_means_the_quarter_that_holds_it(word, order):
    assert meant(word, order=order) == ([APRIL_2026], True)
    assert meant(word, order=order, Spring=APRIL_2026) == ([APRIL_2026], True)


def test_what_is_no_quarter_means_none():
    assert meant("House account") == ([], False)
