"""Whom a rep is compared with, on counts one can add up in one's head."""

from itertools import product

import pytest

from reps.domain.segment import Size, Taken, group_taken

NOBODY = []


@pytest.mark.parametrize(
    ("closed", "is_enough"),
    [
        ([10, 10, 10], True),
        ([10, 10, 9], False),  # 29 deals
        ([28, 1, 1], True),  # hardly anybody's but one's own, yet three people's
        ([15, 15], False),  # two people
        ([15, 15, 0], False),  # the third closed nothing
        ([15, 15, 0, 1], True),
        ([100], False),
        ([30, 30, 30], True),
        (NOBODY, False),
    ],
)
def test_thirty_deals_of_three_people_are_enough(closed, is_enough):
    assert Size.of(closed).is_enough is is_enough


@pytest.mark.parametrize(
    ("in_team", "elsewhere", "taken"),
    [
        ([10, 10, 10], [50, 50, 50], Taken.SEGMENT_IN_TEAM),  # the nearest first
        ([10, 10, 10], NOBODY, Taken.SEGMENT_IN_TEAM),
        ([20], [5, 5], Taken.SEGMENT),  # together they are enough
        ([10, 10, 9], [1], Taken.SEGMENT),
        (NOBODY, [10, 10, 10], Taken.SEGMENT),
        ([10, 10, 9], NOBODY, Taken.TEAM),
        ([29], [50], Taken.TEAM),  # two people
        (NOBODY, NOBODY, Taken.TEAM),
    ],
)
def test_the_first_group_that_is_large_enough_is_taken(in_team, elsewhere, taken):
    sizes = {"in_team": Size.of(in_team), "everywhere": Size.of(in_team + elsewhere)}

    assert group_taken(**sizes) == taken


def test_with_more_deals_it_never_falls_back_further():
    order = [Taken.TEAM, Taken.SEGMENT, Taken.SEGMENT_IN_TEAM]

    def place(in_team, elsewhere):
        sizes = {
            "in_team": Size.of(in_team),
            "everywhere": Size.of(in_team + elsewhere),
        }
        return order.index(group_taken(**sizes))

    for one, two, three, four in product((0, 1, 9, 10, 15, 30), repeat=4):
        here, there = [one, two, three], [four]
        assert place(here, there) <= place([one + 1, two, three], there)
        assert place(here, there) <= place([*here, 1], there)
        assert place(here, there) == place(here[::-1], there)
