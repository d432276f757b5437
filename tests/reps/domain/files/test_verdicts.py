"""Which of several ways fits all cells, when to ask, and what is against it."""

import pytest

from reps.domain.files.verdicts import (
    Family,
    Option,
    Question,
    Seen,
    Settled,
    Ways,
    decide,
    merged,
    pattern_of,
)

# Ways of reading a word, in each of which a capital letter is its own or no letter.
WAYS = Ways(
    each=("left", "right", "far right"),
    families=(Family("left", (0,)), Family("rightish", (1, 2))),
    read=lambda text, way: (text, way),
)
ALL = (0, 0, 0)
LEFT = (0, None, None)
RIGHT = (None, 0, None)
FAR_RIGHT = (None, None, 0)
DOUBTFUL = (0, 1, 1)


def cells(name, count=1):
    return Seen(name, count, [count])


def test_ways_that_agree_have_one_number():
    assert pattern_of([1.5, 1500, None, 1.5]) == (0, 1, None, 0)


def test_cells_of_several_sorts_are_told_by_their_first_rows():
    late, early = Seen("late", 9, [7, 8, 9, 10, 11]), Seen("early", 2, [1, 12])
    assert merged([late, early]) == Seen("early", 11, [1, 7, 8, 9, 10])


@pytest.mark.parametrize(
    ("sorts", "verdict"),
    [
        ({}, None),
        ({ALL: cells("any")}, Settled("left", ())),
        ({ALL: cells("any"), RIGHT: cells("r")}, Settled("right", ())),
        ({DOUBTFUL: cells("d", 99), LEFT: cells("l")}, Settled("left", ())),
        ({DOUBTFUL: cells("d", 99), RIGHT: cells("r")}, Settled("right", ())),
        # Nothing is doubtful: most decide, and of a family all are read.
        (
            {LEFT: cells("l"), RIGHT: cells("r", 2)},
            Settled("rightish", (cells("l"),)),
        ),
        (
            {LEFT: cells("l", 5), RIGHT: cells("r", 2), FAR_RIGHT: cells("f", 2)},
            Settled("left", (cells("r", 2), cells("f", 2))),
        ),
        ({RIGHT: cells("r"), FAR_RIGHT: cells("f")}, Settled("rightish", ())),
    ],
)
def test_what_fits_all_cells_or_most_is_settled(sorts, verdict):
    assert decide(sorts, WAYS) == verdict


def test_what_two_ways_read_differently_is_asked_with_one_example():
    d = cells("d")
    options = (
        Option("left", "d", ("d", "left"), ()),
        Option("right", "d", ("d", "right"), ()),
    )
    assert decide({ALL: cells("any", 9), DOUBTFUL: d}, WAYS) == Question(options)


def test_as_many_for_as_against_is_asked_with_an_example_of_each():
    left, right = cells("l"), cells("r")
    assert decide({LEFT: left, RIGHT: right}, WAYS) == Question(
        (
            Option("left", "l", ("l", "left"), (right,)),
            Option("rightish", "r", ("r", "rightish"), (left,)),
        )
    )


def test_where_cells_contradict_each_other_what_is_doubtful_is_asked():
    left, right, doubtful = cells("l"), cells("r", 99), cells("d")
    verdict = decide({LEFT: left, RIGHT: right, DOUBTFUL: doubtful}, WAYS)
    assert verdict == Question(
        (
            Option("rightish", "d", ("d", "rightish"), (left,)),
            Option("left", "d", ("d", "left"), (right,)),
        )
    )
