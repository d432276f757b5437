"""A week's target: less for days away, nothing for a week away."""

import pytest

from plans.domain.week_target import week_target


@pytest.mark.parametrize(
    ("agreed", "days_away", "asked"),
    [
        (3, 0, 3),  # a full week
        (3, 1, 2),  # 2.4
        (3, 4, 1),  # 0.6: a day at work is not nothing
        (1, 1, 1),
        (25, 2, 15),
        (3, 5, 0),  # a week away
        (3, 7, 0),
    ],
)
def test_of_five_working_days(agreed, days_away, asked):
    assert week_target(agreed, working_days=5, days_away=days_away) == asked


def test_an_organization_without_working_days_asks_nothing():
    assert week_target(3, working_days=0, days_away=0) == 0
