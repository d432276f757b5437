import pytest

from reps.templatetags.deal_marks import criteria_squares


def test_each_criterion_is_a_square_the_met_ones_first_and_green():
    svg = criteria_squares(2, 3)
    looks = [part.split('"')[1] for part in svg.split("<rect ")[1:]]
    assert looks == ["g-done", "g-done", "g-hollow"]
    assert 'width="33"' in svg


@pytest.mark.parametrize("asked", [0, 9])
def test_nothing_and_too_many_are_left_to_the_numbers(asked):
    assert criteria_squares(0, asked) == ""
