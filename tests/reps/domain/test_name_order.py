"""The order of people's names."""

from reps.domain.name_order import name_order


def test_accents_and_case_do_not_send_a_name_to_the_end():
    names = ["Zane", "émile", "Ängel", "Anna", "Emil"]
    assert sorted(names, key=name_order) == ["Ängel", "Anna", "Emil", "émile", "Zane"]


def test_names_that_differ_in_an_accent_alone_keep_one_order():
    assert sorted(["José", "Jose"], key=name_order) == ["Jose", "José"]
