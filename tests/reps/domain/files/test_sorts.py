"""What one cell may be, seen at a glance."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.files.days import NoDay, day_readings
from reps.domain.files.numbers import NOTATIONS, NoNumber, written
from reps.domain.files.sorts import sort_like, sort_of
from reps.domain.files.verdicts import pattern_of

TODAY = date(2026, 11, 30)
# As a Japanese keyboard writes it.
WIDE = "".join(chr(ord(sign) + 0xFEE0) for sign in "2026-11-23")


def test_sorts_that_are_equal_are_one():
    assert sort_of("1.5", TODAY) is sort_of("27.25", TODAY)
    assert sort_of("Acme", TODAY) is sort_of(True, TODAY) is sort_like()


def test_what_came_as_a_number_or_day_is_one_and_shows_no_way_of_writing():
    number, day = sort_of(Decimal("1.5"), TODAY), sort_of(date(2026, 11, 23), TODAY)
    assert number.is_number
    assert number.number is None
    assert day.is_day
    assert day.day is None
    assert sort_of(date(1900, 1, 1), TODAY).no_day is NoDay.FAR_OFF


@pytest.mark.parametrize(
    "text",
    [
        "006A91B75842265B1F5",
        "Acme renewal 2026-11-23",
        "12 and 13",
        "Q5",
        "v2 (beta)",
        "(v2)",
        "Größe 12",
        "@ 5",
        "1E99",
        "23/11/2026 29:59",
    ],
)
def test_prose_is_neither_number_nor_day(text):
    sort = sort_of(text, TODAY)
    assert [sort.is_number, sort.is_day, sort.is_e_mail] == [False] * 3


@pytest.mark.parametrize(
    "text",
    [
        "Mon Nov 23 2026 10:00:00 GMT+0100 (Central European Standard Time)",
        "segunda-feira, 23 de novembro de 2026",
        "2026年11月23日(月) 10:00",
        "le 23 novembre 2026 à 10h00",
        WIDE,
        "11/23/2026, 10:00 AM",
        "01/01/2026",
    ],
)
def test_it_sees_the_days_that_can_be_read(text):
    assert sort_of(text, TODAY).is_day


@given(
    st.text("0123456789.,' -()$€kE+", max_size=12)
    | st.text("0123456789/.- :tamNov年月日", max_size=14)
    | st.text(max_size=20)
)
def test_a_cell_is_at_a_glance_what_can_be_read_in_it(text):
    cell = text.strip()
    sort, number = sort_of(cell, TODAY), written(cell)
    if isinstance(number, NoNumber):
        assert sort.number is None
    else:
        assert sort.number == pattern_of([number.meaning(w) for w in NOTATIONS.each])
    days = [d if isinstance(d, date) else None for d in day_readings(cell, TODAY)]
    assert sort.day == (pattern_of(days) if any(days) else None)
