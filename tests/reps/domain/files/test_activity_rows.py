"""Rows become counts of a week, or complaints that say why not."""

from datetime import date

import pytest

from reps.domain.files.activity_rows import (
    MOST,
    ActivityMatching,
    LeftOut,
    NoActivity,
    OfWeek,
    counts_said,
)
from reps.domain.files.days import NoDay, Order
from reps.domain.files.fields import Fact
from reps.domain.files.grid import Row
from reps.domain.files.numbers import NoNumber, Signs
from reps.domain.files.row_cells import Cells, NoFigure
from reps.domain.files.values import Owner
from reps.domain.work_week import MONDAY, SATURDAY, SUNDAY, WorkWeek

TODAY = date(2026, 11, 12)  # a Thursday
WEEK = date(2026, 11, 2)
BY_WEEK = (Fact.OWNER, Fact.WEEK, Fact.YEAR, Fact.ACTIVITY, Fact.COUNT)
BY_DAY = (Fact.OWNER, Fact.DAY, Fact.ACTIVITY, Fact.COUNT)
LOG = (Fact.KEY, Fact.OWNER, Fact.DAY, Fact.ACTIVITY, Fact.IS_DONE)


class Read:
    """What came of some rows: counts, complaints, and what was left out."""

    def __init__(self, columns, *rows, first_day=MONDAY):
        cells = Cells(
            columns={fact: place for place, fact in enumerate(columns)},
            signs={len(columns) - 1: Signs(".", ",")},
            orders=dict.fromkeys((Fact.DAY, Fact.WEEK), Order.DAY_FIRST),
            today=TODAY,
        )
        matching = ActivityMatching(
            sellers={Owner("Theo"): "rep:1", Owner("House"): ""},
            kinds={"Call": "calls", "Dial": "calls", "Demo": "demos", "Lunch": ""},
            weeks_are=WorkWeek(frozenset({1, 2, 3, 4, 5}), first_day),
            today=TODAY,
        )
        self.left_out = []
        said = counts_said(
            [Row(number, row) for number, row in enumerate(rows, start=2)],
            cells,
            matching,
            lambda *left: self.left_out.append(left),
        )
        self.counts = {of: (one.row, one.count, one.rows) for of, one in said.items()}
        self.wrong = [
            (one.row, one.column, one.wrong, one.value) for one in cells.complaints
        ]


def calls(week=WEEK):
    return OfWeek("rep:1", "calls", week)


def test_a_count_of_a_week():
    read = Read(BY_WEEK, ("Theo", "2026-W45", "", "Call", "12"))
    assert read.counts == {calls(): (2, 12, 1)}
    assert read.wrong == read.left_out == []


@pytest.mark.parametrize(
    ("week", "year"),
    [
        ("Week 45", "2026"),
        ("45", "2026"),
        ("KW 45/2026", ""),
        ("202645", ""),
        ("02/11/2026", ""),
        ("08/11/2026", ""),
        ("Week of 2 November 2026", ""),
        ("46328", ""),
    ],
)
def test_a_week_by_its_number_or_by_a_day_in_it(week, year):
    read = Read(BY_WEEK, ("Theo", week, year, "Call", "12"))
    assert (read.counts, read.wrong) == ({calls(): (2, 12, 1)}, [])


@pytest.mark.parametrize(
    ("first_day", "day", "week"),
    [
        (MONDAY, "08/11/2026", WEEK),
        (SUNDAY, "08/11/2026", date(2026, 11, 9)),
        (SUNDAY, "07/11/2026", WEEK),
        (SATURDAY, "07/11/2026", date(2026, 11, 9)),
    ],
)
def test_a_day_is_in_the_week_that_the_organization_has(first_day, day, week):
    read = Read(BY_DAY, ("Theo", day, "Call", "3"), first_day=first_day)
    assert list(read.counts) == [calls(week)]


def test_days_and_words_of_one_meaning_are_counted_together():
    read = Read(
        BY_DAY,
        ("Theo", "02/11/2026", "Call", "3"),
        ("Theo", "04/11/2026", "Dial", "4"),
        ("Theo", "04/11/2026", "Demo", "1"),
        ("Theo", "09/11/2026", "Call", "0"),
    )
    assert read.counts == {
        calls(): (2, 7, 2),
        OfWeek("rep:1", "demos", WEEK): (4, 1, 1),
        calls(date(2026, 11, 9)): (5, 0, 1),
    }


def test_a_log_counts_what_was_done():
    read = Read(
        LOG,
        ("a", "Theo", "02/11/2026 09:30", "Call", "Completed"),
        ("b", "Theo", "02/11/2026", "Call", ""),
        ("c", "Theo", "03/11/2026", "Call", "Not Started"),
        ("d", "Theo", "13/11/2026", "Call", "Done"),
        ("a", "Theo", "02/11/2026", "Call", "Completed"),
    )
    assert read.counts == {calls(): (2, 2, 2)}
    assert read.wrong == []
    assert read.left_out == [
        (4, "Theo", LeftOut.NOT_DONE, "Not Started"),
        (5, "Theo", LeftOut.NOT_YET, "2026-11-13"),
        (6, "Theo", LeftOut.TWICE, "2"),
    ]


def test_what_was_left_out_is_named():
    read = Read(
        BY_WEEK,
        ("House", "2026-W45", "", "Call", "1"),
        ("Theo", "2026-W45", "", "Lunch", "1"),
        ("Theo", "2026-W45", "", "Call", ""),
        ("Theo", "2026-W46", "", "Call", "1"),
        ("Theo", "2026-W47", "", "Call", "1"),
    )
    assert read.counts == {calls(date(2026, 11, 9)): (5, 1, 1)}
    assert read.left_out == [
        (2, "House", LeftOut.OWNER, ""),
        (3, "Theo", LeftOut.ACTIVITY, "Lunch"),
        (4, "Theo", LeftOut.NOTHING, ""),
        (6, "Theo", LeftOut.NOT_YET, "2026-11-16"),
    ]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (("Theo", "KW 45", "", "Call", "1"), (2, 2, NoActivity.NO_YEAR, "KW 45")),
        (("Theo", "soon", "", "Call", "1"), (2, 2, NoActivity.NO_SUCH_WEEK, "soon")),
        (("Theo", "2027-W53", "", "Call", "1"), (2, 2, NoActivity.NO_SUCH_WEEK)),
        (("Theo", "31/11/2026", "", "Call", "1"), (2, 2, NoDay.NO_SUCH_DAY)),
        (("Theo", "", "", "Call", "1"), (2, 2, NoFigure.EMPTY, "week")),
        (("", "2026-W45", "", "Call", "1"), (2, 1, NoFigure.EMPTY, "owner")),
        (("Theo", "2026-W45", "", "", "1"), (2, 4, NoFigure.EMPTY, "activity")),
        (("Theo", "2026-W45", "", "Call", "2.5"), (2, 5, NoFigure.NOT_WHOLE, "2.5")),
        (("Theo", "2026-W45", "", "Call", "-2"), (2, 5, NoFigure.LESS_THAN_ZERO)),
        (("Theo", "2026-W45", "", "Call", "30001"), (2, 5, NoFigure.TOO_LARGE)),
        (("Theo", "2026-W45", "", "Call", "many"), (2, 5, NoNumber.NOT_A_NUMBER)),
    ],
)
def test_what_is_wrong_with_a_count_is_told_at_its_column(row, wrong):
    read = Read(BY_WEEK, row, ("Theo", "2026-W45", "", "Call", "3.0"))
    assert [found[: len(wrong)] for found in read.wrong] == [wrong]
    assert read.counts == {calls(): (3, 3, 1)}


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (("a", "Theo", "", "Call", ""), (2, 3, NoFigure.EMPTY, "day")),
        (("a", "Theo", "soon", "Call", ""), (2, 3, NoDay.NOT_A_DAY, "soon")),
        (
            ("a", "Theo", "02/11/2026", "Call", "perhaps"),
            (2, 5, NoActivity.DONE_UNCLEAR, "perhaps"),
        ),
    ],
)
def test_and_of_what_was_logged(row, wrong):
    read = Read(LOG, row)
    assert (read.counts, read.wrong) == ({}, [wrong])


def test_more_than_a_week_can_keep_stays_out():
    row = ("Theo", "2026-W45", "", "Call", "20000")
    read = Read(BY_WEEK, row, row)
    assert read.counts == {calls(): (2, 20_000, 1)}
    assert read.left_out == [(3, "Theo", LeftOut.TOO_MANY, "40000")]
    assert MOST < 2**15
