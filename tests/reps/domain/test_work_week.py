"""Weeks stand around their Monday, in the quarter that holds their first day.

A Sunday-to-Thursday team's Sunday is the first day of the week it begins; where the
first day changes, no day is in two weeks, and none in no week.
"""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reps.domain.quarter import ONE_DAY, ONE_WEEK, Span, following_quarter, quarter_of
from reps.domain.work_week import (
    FIRST_DAYS,
    MONDAY,
    SATURDAY,
    SUNDAY,
    WorkWeek,
    monday_on_or_before,
)

MONDAY_TO_FRIDAY = frozenset(range(1, 6))
SUNDAY_TO_THURSDAY = frozenset({7, 1, 2, 3, 4})
Q3 = Span(date(2026, 7, 1), date(2026, 9, 30))
Q4 = Span(date(2026, 10, 1), date(2026, 12, 31))
THIRTEEN_WEEKS = Span(date(2026, 10, 5), date(2027, 1, 3))
WEEK = date(2026, 11, 9)  # Monday to Sunday: 9 to 15 November

days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
months = st.integers(1, 12)
first_days = st.sampled_from(FIRST_DAYS)


def beginning(first_day, *earlier, weekdays=MONDAY_TO_FRIDAY):
    return WorkWeek(weekdays, first_day, earlier)


def weeks_in(span, first_day=MONDAY):
    return beginning(first_day).weeks_of(span.starts_on, span.ends_on)


def number_in(span, day, first_day=MONDAY):
    return beginning(first_day).week_number(day, span.starts_on, span.ends_on)


@pytest.mark.parametrize(
    ("first_day", "first", "last"),
    [
        (MONDAY, date(2026, 11, 9), date(2026, 11, 15)),
        (SUNDAY, date(2026, 11, 8), date(2026, 11, 14)),
        (SATURDAY, date(2026, 11, 7), date(2026, 11, 13)),
    ],
)
def test_a_weeks_days_stand_around_its_monday(first_day, first, last):
    weeks = beginning(first_day)
    assert weeks.days_of(WEEK) == Span(first, last)
    for day, week in (
        (first - ONE_DAY, WEEK - ONE_WEEK),
        (first, WEEK),
        (WEEK, WEEK),
        (last, WEEK),
        (last + ONE_DAY, WEEK + ONE_WEEK),
    ):
        assert weeks.monday_of(day) == week


@pytest.mark.parametrize(
    ("first_day", "weekdays", "worked"),
    [
        (MONDAY, MONDAY_TO_FRIDAY, [9, 10, 11, 12, 13]),
        (SUNDAY, SUNDAY_TO_THURSDAY, [8, 9, 10, 11, 12]),
        (MONDAY, SUNDAY_TO_THURSDAY, [9, 10, 11, 12, 15]),
        (SATURDAY, frozenset({6, 7, 1, 2, 3}), [7, 8, 9, 10, 11]),
    ],
)
def test_it_is_worked_on_its_own_days(first_day, weekdays, worked):
    weeks = beginning(first_day, weekdays=weekdays)
    assert [day.day for day in weeks.working_days_of(WEEK)] == worked


@pytest.mark.parametrize(
    ("span", "first_day", "weeks", "first", "last"),
    [
        (Q4, MONDAY, 13, date(2026, 10, 5), date(2026, 12, 28)),  # from a Thursday
        (Q3, MONDAY, 13, date(2026, 7, 6), date(2026, 9, 28)),
        (THIRTEEN_WEEKS, MONDAY, 13, date(2026, 10, 5), date(2026, 12, 28)),
        # 90 days from a Tuesday: only twelve Mondays
        (quarter_of(date(2030, 1, 1)), MONDAY, 12, date(2030, 1, 7), date(2030, 3, 25)),
        # 92 days from a Monday: fourteen
        (
            quarter_of(date(2029, 10, 1)),
            MONDAY,
            14,
            date(2029, 10, 1),
            date(2029, 12, 31),
        ),
        # Sundays from 4 October to 27 December
        (Q4, SUNDAY, 13, date(2026, 10, 5), date(2026, 12, 28)),
        # its Monday is the first day, but the Sunday before is the other quarter's
        (THIRTEEN_WEEKS, SUNDAY, 13, date(2026, 10, 12), date(2027, 1, 4)),
        # 92 days from a Monday: 13 Sundays, from 7 October to 30 December
        (
            quarter_of(date(2029, 10, 1)),
            SUNDAY,
            13,
            date(2029, 10, 8),
            date(2029, 12, 31),
        ),
        # Saturdays from 3 October to 26 December
        (Q4, SATURDAY, 13, date(2026, 10, 5), date(2026, 12, 28)),
    ],
)
def test_a_quarters_weeks_are_those_whose_first_day_it_holds(
    span, first_day, weeks, first, last
):
    mondays = weeks_in(span, first_day)
    assert (len(mondays), mondays[0], mondays[-1]) == (weeks, first, last)


@pytest.mark.parametrize(
    ("day", "by_monday", "by_sunday", "by_saturday"),
    [
        (date(2026, 10, 1), None, None, None),  # Thursday: the third quarter's week
        (date(2026, 10, 3), None, None, 1),
        (date(2026, 10, 4), None, 1, 1),
        (date(2026, 10, 5), 1, 1, 1),
        (date(2026, 10, 10), 1, 1, 2),
        (date(2026, 10, 11), 1, 2, 2),
        (date(2026, 11, 12), 6, 6, 6),
        (date(2026, 11, 15), 6, 7, 7),
        (date(2026, 12, 28), 13, 13, 13),
        (date(2027, 1, 1), 13, 13, 13),  # after the quarter, in its last week
        (date(2027, 1, 2), 13, 13, None),
        (date(2027, 1, 3), 13, None, None),
        (date(2027, 1, 4), None, None, None),
    ],
)
def test_a_day_has_the_number_of_its_week(day, by_monday, by_sunday, by_saturday):
    assert number_in(Q4, day, MONDAY) == by_monday
    assert number_in(Q4, day, SUNDAY) == by_sunday
    assert number_in(Q4, day, SATURDAY) == by_saturday


def test_the_days_before_the_first_week_end_the_earlier_quarters_last_week():
    assert number_in(Q3, date(2026, 10, 1)) == 13


def test_a_few_days_without_a_first_day_have_no_weeks():
    assert weeks_in(Span(date(2026, 10, 6), date(2026, 10, 8))) == ()


CHANGES = [
    # from, to, the week before the change, the week of the change
    (MONDAY, SUNDAY, (9, 14), (15, 21)),  # six days
    (MONDAY, SATURDAY, (9, 13), (14, 20)),  # five
    (SUNDAY, MONDAY, (8, 15), (16, 22)),  # eight
    (SATURDAY, MONDAY, (7, 15), (16, 22)),  # nine
    (SUNDAY, SATURDAY, (8, 13), (14, 20)),
    (SATURDAY, SUNDAY, (7, 14), (15, 21)),
]


@pytest.mark.parametrize(("was", "becomes", "before", "of_it"), CHANGES)
def test_the_week_before_a_change_ends_where_the_next_begins(
    was, becomes, before, of_it
):
    weeks = beginning(becomes, (was, WEEK + ONE_WEEK))
    for week, (first, last) in ((WEEK, before), (WEEK + ONE_WEEK, of_it)):
        span = weeks.days_of(week)
        assert (span.starts_on.day, span.ends_on.day) == (first, last)
        for day in range(first, last + 1):
            assert weeks.monday_of(date(2026, 11, day)) == week
    # The weeks before keep their days.
    assert weeks.days_of(WEEK - ONE_WEEK) == beginning(was).days_of(WEEK - ONE_WEEK)


@pytest.mark.parametrize(
    ("weeks", "weekday", "day"),
    [
        (beginning(MONDAY), 5, 13),
        (beginning(MONDAY), 7, 15),
        (beginning(SUNDAY), 7, 8),
        (beginning(SATURDAY), 6, 7),
        # cut off: its last day
        (beginning(SUNDAY, (MONDAY, WEEK + ONE_WEEK)), 7, 14),
        (beginning(SATURDAY, (MONDAY, WEEK + ONE_WEEK)), 7, 13),
        # twice: the later one
        (beginning(MONDAY, (SUNDAY, WEEK + ONE_WEEK)), 7, 15),
    ],
)
def test_a_weekday_is_found_in_its_week(weeks, weekday, day):
    assert weeks.day_of(WEEK, weekday) == date(2026, 11, day)


@pytest.mark.parametrize(
    ("was", "becomes", "after", "week"),
    [
        (MONDAY, SUNDAY, date(2026, 11, 12), 16),  # from Sunday, 15 November
        (MONDAY, SUNDAY, date(2026, 11, 14), 16),
        # On the Sunday itself the week that begins with it would be under way.
        (MONDAY, SUNDAY, date(2026, 11, 15), 23),
        (MONDAY, SATURDAY, date(2026, 11, 13), 16),
        (MONDAY, SATURDAY, date(2026, 11, 14), 23),
        (SUNDAY, MONDAY, date(2026, 11, 14), 16),
        # This Sunday's own week began with it, and goes on to the next Sunday.
        (SUNDAY, MONDAY, date(2026, 11, 15), 23),
    ],
)
def test_it_changes_from_the_first_week_that_is_still_to_come(
    was, becomes, after, week
):
    changed = beginning(was).beginning_on(becomes, after=after)
    assert changed == beginning(becomes, (was, date(2026, 11, week)))
    assert changed.change_to_come(after) == date(2026, 11, week)
    assert changed.monday_of(after) == beginning(was).monday_of(after)
    assert changed.change_to_come(date(2026, 11, week)) is None


def test_a_change_that_was_to_come_is_given_up_for_another():
    after = date(2026, 11, 12)
    to_sunday = beginning(MONDAY).beginning_on(SUNDAY, after=after)
    assert to_sunday.beginning_on(SUNDAY, after=after) == to_sunday
    assert to_sunday.beginning_on(MONDAY, after=after) == beginning(MONDAY)
    assert to_sunday.beginning_on(SATURDAY, after=after) == beginning(
        SATURDAY, (MONDAY, date(2026, 11, 16))
    )


@st.composite
def histories(draw):
    """An organization's weeks after some changes, and the day of the last one."""
    weeks, day = beginning(draw(first_days)), draw(days)
    for first_day in draw(st.lists(first_days, max_size=4)):
        weeks = weeks.beginning_on(first_day, after=day)
        day += draw(st.integers(0, 40)) * ONE_DAY
    return weeks, day


@given(histories())
def test_every_day_is_in_one_week_and_the_weeks_follow_without_a_gap(history):
    weeks, last = history
    first = monday_on_or_before(last) - 30 * ONE_WEEK
    mondays = [first + n * ONE_WEEK for n in range(35)]
    for week, following in pairwise(mondays):
        span = weeks.days_of(week)
        assert week in span
        assert span.ends_on + ONE_DAY == weeks.begins_on(following)
        assert 5 <= span.days <= 9
        for n in range(span.days):
            assert weeks.monday_of(span.starts_on + n * ONE_DAY) == week
    held = [weeks.days_of(week) for week in mondays]
    day = held[0].starts_on
    while day <= held[-1].ends_on:
        assert sum(day in span for span in held) == 1
        day += ONE_DAY


@given(histories(), first_days, st.lists(st.integers(0, 200), max_size=30))
def test_a_change_moves_nothing_that_was_logged(history, first_day, days_ago):
    """Each count stays in a week that holds the day it was logged on."""
    weeks, today = history
    logged = [today - ago * ONE_DAY for ago in days_ago]
    kept = [weeks.monday_of(day) for day in logged]
    changed = weeks.beginning_on(first_day, after=today)
    assert [changed.monday_of(day) for day in logged] == kept
    for day in logged:
        assert changed.begins_on(changed.monday_of(day)) == weeks.begins_on(
            weeks.monday_of(day)
        )


@given(histories(), days, st.integers(20, 120))
def test_each_week_is_in_one_of_two_quarters_that_follow(history, starts_on, length):
    weeks, _last = history
    middle = starts_on + length * ONE_DAY
    end = middle + length * ONE_DAY
    both = weeks.weeks_of(starts_on, middle) + weeks.weeks_of(middle + ONE_DAY, end)
    assert both == weeks.weeks_of(starts_on, end)
    assert all(starts_on <= weeks.begins_on(week) <= end for week in both)


@given(days, months, first_days)
def test_a_quarter_has_twelve_to_fourteen_weeks_and_no_week_is_lost(
    day, first_month, first_day
):
    quarter = quarter_of(day, first_month)
    following = following_quarter(quarter)
    assert day in quarter
    assert following == quarter_of(quarter.ends_on + timedelta(1), first_month)
    assert 12 <= len(weeks_in(quarter, first_day)) <= 14

    mondays = weeks_in(quarter, first_day) + weeks_in(following, first_day)
    steps = {later - earlier for earlier, later in pairwise(mondays)}
    assert steps == {timedelta(7)}


@given(days, st.integers(0, 120), first_days)
def test_a_day_is_in_the_week_its_number_says(starts_on, length, first_day):
    quarter = Span(starts_on, starts_on + timedelta(length))
    weeks, mondays = beginning(first_day), weeks_in(quarter, first_day)
    for ahead in range(-7, length + 8):
        day = starts_on + timedelta(ahead)
        number = number_in(quarter, day, first_day)
        if number is None:
            assert weeks.monday_of(day) not in mondays
        else:
            assert mondays[number - 1] == weeks.monday_of(day)


@given(days)
def test_weeks_from_monday_are_what_they_were(day):
    """To the digit: Monday to Sunday, by the calendar's own week."""
    weeks = beginning(MONDAY)
    monday = day - timedelta(day.weekday())
    assert weeks.monday_of(day) == weeks.begins_on(monday) == monday
    assert weeks.ends_on(monday) == monday + timedelta(6)
