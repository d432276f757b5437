"""Initials, and the squares of a weekly target."""

import pytest

from reps.templatetags.sales_marks import initials, pips, share_of


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Erin Castellano", "EC"),
        ("maría josé garcía lópez", "ML"),  # the first and the last
        ("Grace", "G"),
        ("  ", ""),
    ],
)
def test_initials_are_of_the_first_and_last_name(name, letters):
    assert initials(name) == letters


def looks(done, target):
    return [mark.look for mark in pips(done, target).marks]


def test_an_open_target_has_full_and_hollow_squares():
    assert looks(2, 3) == ["g-fill", "g-fill", "g-hollow"]


def test_a_met_target_is_green_and_so_is_what_goes_beyond_it():
    assert looks(3, 3) == ["g-done"] * 3
    assert looks(4, 3) == ["g-done"] * 4


def test_the_drawing_is_as_wide_as_its_squares():
    drawing = pips(1, 4)
    assert [mark.x for mark in drawing.marks] == [1, 16, 31, 46]
    assert drawing.width == 60


@pytest.mark.parametrize(("done", "target"), [(52, 75), (0, 0)])
def test_too_many_to_count_and_none_at_all_are_not_drawn_as_squares(done, target):
    assert pips(done, target) is None


@pytest.mark.parametrize(
    ("done", "target", "filled"),
    [(0, 75, 0), (52, 75, 69), (75, 75, 100), (90, 75, 100), (0, 0, 100), (-1, 75, 0)],
)
def test_share_of_stays_inside_the_bar(done, target, filled):
    assert share_of(done, target) == filled
