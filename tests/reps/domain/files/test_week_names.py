"""The numbers that people give to weeks, and which weeks those are."""

from datetime import date

import pytest

from reps.domain.files.week_names import BEFORE_A_DAY, NamedWeek, named_week
from reps.domain.work_week import MONDAY, SATURDAY, SUNDAY, WorkWeek


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("2026-W14", NamedWeek(2026, 14, is_iso=True)),
        ("2026W14", NamedWeek(2026, 14, is_iso=True)),
        ("2026-W14-1", NamedWeek(2026, 14, is_iso=True)),
        ("W14 2026", NamedWeek(2026, 14)),
        ("Week 14, 2026", NamedWeek(2026, 14)),
        ("KW 14/2026", NamedWeek(2026, 14)),
        ("14. KW 2026", NamedWeek(2026, 14)),
        ("14/2026", NamedWeek(2026, 14)),
        ("202614", NamedWeek(2026, 14)),
        ("Semana 14 de 2026", NamedWeek(2026, 14)),
        ("2026年第14週", NamedWeek(2026, 14)),
        ("Week 14", NamedWeek(None, 14)),
        ("CW14", NamedWeek(None, 14)),
        ("14", NamedWeek(None, 14)),
        ("2026-04-01", None),
        ("46113", None),
        ("2026", None),
        ("Q1 2026", None),
        ("14.5", None),
    ],
)
def test_a_week_and_its_year(text, week):
    found = named_week(text)
    assert (found, found and found.is_iso) == (week, week and week.is_iso)


# https://en.wikipedia.org/wiki/ISO_week_date; Excel: WEEKNUM(…, 1), WEEKNUM(…, 16).
@pytest.mark.parametrize(
    ("first_day", "week", "monday"),
    [
        (MONDAY, NamedWeek(2026, 1), date(2025, 12, 29)),
        (MONDAY, NamedWeek(2026, 14), date(2026, 3, 30)),
        (MONDAY, NamedWeek(2026, 53), date(2026, 12, 28)),
        (MONDAY, NamedWeek(2027, 53), None),
        (MONDAY, NamedWeek(2027, 1), date(2027, 1, 4)),
        (SUNDAY, NamedWeek(2026, 14), date(2026, 3, 30)),  # from 29 March
        (SUNDAY, NamedWeek(2027, 1), date(2026, 12, 28)),  # from 27 December
        (SUNDAY, NamedWeek(2027, 2), date(2027, 1, 4)),
        (SUNDAY, NamedWeek(2027, 53), date(2027, 12, 27)),
        (SUNDAY, NamedWeek(2027, 54), None),
        (SATURDAY, NamedWeek(2027, 2), date(2027, 1, 4)),
        (SUNDAY, NamedWeek(2027, 1, is_iso=True), date(2027, 1, 4)),
        (MONDAY, NamedWeek(2026, 0), None),
        (SUNDAY, NamedWeek(2026, 0), None),
        (SUNDAY, NamedWeek(None, 14), None),
    ],
)
def test_it_is_counted_as_weeks_are_there(first_day, week, monday):
    weeks = WorkWeek(frozenset({1, 2, 3, 4, 5}), first_day)
    assert week.monday(weeks) == monday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Week of 2026-03-30", "2026-03-30"),
        ("w/c 30/03/2026", "30/03/2026"),
        ("Semaine du 30 mars 2026", "30 mars 2026"),
        ("2026-03-30", "2026-03-30"),
    ],
)
def test_what_stands_before_the_first_day_of_a_week(text, day):
    assert BEFORE_A_DAY.sub("", text) == day
