from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from reps.domain.pacing import UsualWeek
from reps.models.activity_weeks import ActivityWeeks, Week
from reps.templatetags.week_chart import (
    BASE,
    HIGHEST,
    week_chart,
    week_count,
    week_name,
)


def chart(counts, usual=None):
    first = date(2026, 8, 17)
    weeks = [
        Week(
            begins_on=first + timedelta(weeks=number),
            done=done,
            is_away=False,
            is_now=number == len(counts) - 1,
        )
        for number, done in enumerate(counts)
    ]
    usual = usual and UsualWeek(Decimal(usual), 8)
    return week_chart(
        ActivityWeeks(kind=None, done=0, usual=usual, due=Decimal(0), weeks=weeks)
    )


def test_columns_share_the_width_and_stand_on_one_base():
    columns = chart([1, 2, 4, 0]).columns

    assert [column.middle for column in columns] == [
        "12.50%",
        "37.50%",
        "62.50%",
        "87.50%",
    ]
    assert {column.width for column in columns} == {"15.00%"}
    assert all(column.top + column.height == BASE for column in columns)


def test_the_highest_column_fills_the_height_and_the_others_follow():
    heights = [column.height for column in chart([1, 2, 4, 0, None]).columns]

    assert heights == [HIGHEST // 4, HIGHEST // 2, HIGHEST, 0, 0]


@pytest.mark.parametrize(
    ("usual", "at"),
    [
        (None, None),
        (0, None),  # the line would lie on the base
        ("2", BASE - HIGHEST // 2),
        ("8", BASE - HIGHEST),  # a usual week higher than any that is shown
    ],
)
def test_the_line_of_the_usual_week(usual, at):
    assert chart([4], usual=usual).usual_at == at


def test_a_chart_of_nothing_has_no_columns_to_see():
    assert [column.height for column in chart([None, 0]).columns] == [0, 0]


def test_every_third_week_has_its_date_and_so_has_this_one():
    words_with_labels = [column.is_labelled for column in chart([0] * 13).columns]

    assert words_with_labels == [True, False, False] * 4 + [True]


@pytest.mark.parametrize(
    ("done", "is_away", "words"),
    [
        (3, False, "3"),
        (0, False, "0"),
        (None, False, "nothing logged yet"),
        (0, True, "away"),
        (None, True, "away"),
        (2, True, "2, away"),
    ],
)
def test_a_week_says_what_was_done_or_why_there_is_nothing_to_count(
    done, is_away, words
):
    week = Week(date(2026, 8, 17), done=done, is_away=is_away, is_now=False)

    assert week_count(week) == words


def test_a_week_is_called_by_its_monday_until_it_is_this_one():
    week = Week(date(2026, 8, 17), done=0, is_away=False, is_now=False)

    assert week_name(week) == "17 Aug"
    assert week_name(replace(week, is_now=True)) == "this week"
