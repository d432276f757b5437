"""What differs between two revisions, field by field and row by row."""

import pytest

from plans.domain.changes import Change, changes, flat

BEFORE = {
    "objective": "A bounce-back quarter.",
    "goal_low": "150000",
    "strategies": {"11": {"words": "Call first"}, "12": {"words": "Near misses"}},
    "metrics": {"7": {"name": "Demos held", "weekly": 3}},
    "booked": "38000",
    "figures": {"win_rate": "0.3", "open_deals": "12"},
}


def after(**told):
    return BEFORE | told


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, []),
        ({"booked": "57000"}, []),  # what was won since is nobody's change
        ({"goal_low": "140000"}, [Change("goal_low", "150000", "140000")]),
        (
            {"figures": {"win_rate": "0.28", "open_deals": "12"}},
            [Change("figures.win_rate", "0.3", "0.28")],
        ),
        (  # the first of two is taken out: the other one is the same as before
            {"strategies": {"12": {"words": "Near misses"}}},
            [Change("strategies.11", {"words": "Call first"}, None)],
        ),
        (
            {"strategies": BEFORE["strategies"] | {"13": {"words": "Ask Ben"}}},
            [Change("strategies.13", None, {"words": "Ask Ben"})],
        ),
        (
            {"metrics": {"7": {"name": "Demos held", "weekly": 4}}},
            [
                Change(
                    "metrics.7",
                    {"name": "Demos held", "weekly": 3},
                    {"name": "Demos held", "weekly": 4},
                )
            ],
        ),
        ({"metrics": {}}, [Change("metrics.7", BEFORE["metrics"]["7"], None)]),
        ({"backup_plan": "Fern"}, [Change("backup_plan", None, "Fern")]),
    ],
)
def test_each_change_says_what_it_was_and_what_it_is(told, expected):
    assert changes(BEFORE, after(**told)) == expected


def test_they_come_in_the_order_of_the_later_one_and_what_is_gone_comes_last():
    later = {"objective": "Other", "goal_low": "1", "backup_plan": "Fern"}
    assert [change.what for change in changes(BEFORE, later)] == [
        "objective",
        "goal_low",
        "backup_plan",
        "strategies.11",
        "strategies.12",
        "metrics.7",
        "figures.win_rate",
        "figures.open_deals",
    ]


def test_undone_it_is_the_same_the_other_way_round():
    later = after(goal_low="140000", metrics={})
    there = {(c.what, str(c.before), str(c.after)) for c in changes(BEFORE, later)}
    back = {(c.what, str(c.after), str(c.before)) for c in changes(later, BEFORE)}
    assert there == back


def test_neither_of_the_two_is_changed_by_comparing():
    later = after(goal_low="140000")
    changes(BEFORE, later)
    assert (BEFORE["booked"], later["booked"]) == ("38000", "38000")


def test_rows_are_told_apart_by_their_keys():
    assert flat({"goal_low": "1", "metrics": {"7": "x", "8": "y"}}) == {
        "goal_low": "1",
        "metrics.7": "x",
        "metrics.8": "y",
    }
