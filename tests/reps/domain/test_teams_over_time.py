"""Which team somebody was in, from the changes as they were written down."""

from datetime import date

import pytest

from reps.domain.quarter import Span
from reps.domain.teams_over_time import Stretch, days_within, stretches, team_on

WEST, EAST, NORTH = 1, 2, 3
OCT, NOV, DEC = date(2026, 10, 5), date(2026, 11, 2), date(2026, 12, 7)
QUARTER = Span(date(2026, 10, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ([], [Stretch(WEST)]),
        ([(EAST, NOV)], [Stretch(WEST), Stretch(EAST, NOV)]),
        # What is written down later holds, whatever was said of the days after.
        ([(EAST, NOV), (NORTH, OCT)], [Stretch(WEST), Stretch(NORTH, OCT)]),
        ([(EAST, NOV), (NORTH, NOV)], [Stretch(WEST), Stretch(NORTH, NOV)]),
        # Back on the day they went: they never did.
        ([(EAST, NOV), (WEST, NOV)], [Stretch(WEST)]),
        (
            [(EAST, OCT), (WEST, DEC)],
            [Stretch(WEST), Stretch(EAST, OCT), Stretch(WEST, DEC)],
        ),
    ],
)
def test_the_last_word_holds_from_its_day_on(changes, found):
    assert stretches(WEST, changes) == found


def test_a_day_belongs_to_the_team_of_that_day():
    found = stretches(WEST, [(EAST, NOV)])
    days = (date(2026, 11, 1), NOV, date(2027, 1, 1))
    assert [team_on(day, found) for day in days] == [WEST, EAST, EAST]


def test_the_days_in_a_quarter_are_shared_out_without_a_gap():
    found = stretches(WEST, [(EAST, NOV), (WEST, DEC)])
    assert list(days_within(found, QUARTER)) == [
        (WEST, Span(date(2026, 10, 1), date(2026, 11, 1))),
        (EAST, Span(NOV, date(2026, 12, 6))),
        (WEST, Span(DEC, date(2026, 12, 31))),
    ]
    assert list(days_within(stretches(WEST, [(EAST, NOV)]), Span(DEC, DEC))) == [
        (EAST, Span(DEC, DEC))
    ]
