"""What is asked of the way in which a file's columns are written."""

from datetime import date
from decimal import Decimal

import pytest

from reps.domain.files.fields import Fact, Kind
from reps.domain.files.grid import Row
from reps.domain.files.questions import Asks
from reps.imports.answers import Answers
from reps.imports.column_questions import cells_of, column_questions, signs_of
from reps.imports.look_at_file import look_at_file

TODAY = date(2026, 11, 12)


def looked_at(*lines, kind=Kind.QUOTA_GRID, **said):
    written, answers = "\n".join(lines).encode(), Answers(**said)
    return look_at_file(lambda: [written], answers, kinds=[kind], today=TODAY), answers


def asked(*lines, **said):
    questions = column_questions(*looked_at(*lines, **said), "USD")
    return [(one.asks, one.about) for one in questions]


EITHER = "Rep;Q1 2027;Q2 2027;Q3 2027", "Theo;1.500;2.500;3.500"


def test_a_grid_that_can_be_read_in_two_ways_is_asked_about_once():
    assert asked(*EITHER) == [(Asks.NUMBERS, "Q1 2027")]


@pytest.mark.parametrize("header", ["Q1 2027", "Q3 2027"])
def test_and_answered_once(header):
    said = {"numbers": {header: ","}}
    assert asked(*EITHER, **said) == []
    look, answers = looked_at(*EITHER, **said)
    assert {signs_of(look, answers, place).decimal for place in (1, 2, 3)} == {","}


def test_one_of_its_columns_may_tell_of_all():
    lines = EITHER[0], "Theo;1.500;2.500,50;3.500"
    assert asked(*lines) == []
    look, answers = looked_at(*lines)
    assert {signs_of(look, answers, place).decimal for place in (1, 2, 3)} == {","}


def test_a_day_in_a_week_or_a_quarter_is_asked_about_as_any_other():
    counts = "Rep,Week,Activity,Count", "Theo,02/11/2026,Calls,4"
    week = Kind.ACTIVITY_COUNTS
    assert asked(*counts, kind=week) == [(Asks.DAYS, "Week")]
    assert asked(*counts, kind=week, days={"Week": "dmy"}) == []
    assert asked(counts[0], "Theo,2026-W45,Calls,4", kind=week) == []


def test_words_that_are_too_many_to_be_matched_are_asked_about():
    lines = [f"Theo,2026-W45,Call no. {number},1" for number in range(1_100)]
    assert asked("Rep,Week,Activity,Count", *lines, kind=Kind.ACTIVITY_COUNTS) == [
        (Asks.TOO_MANY_VALUES, "Activity")
    ]


def test_a_share_is_written_as_the_amounts_are():
    """Of itself 0,500 may be five hundred."""
    lines = "Rep;Quarter;Quota;Ramp", "Theo;Q1 2027;1.500,50;0,500"
    look, answers = looked_at(*lines, kind=Kind.QUOTAS)
    cells = cells_of(look, answers, TODAY, [])
    row = Row(2, ("Theo", "Q1 2027", "1.500,50", "0,500"))
    assert cells.figure(row, look.columns[Fact.RAMP]) == Decimal("0.5")
    assert cells.amount(row, look.columns[Fact.AMOUNT]) == Decimal("1500.50")
