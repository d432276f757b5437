"""A field of a plan as it is typed, and as it is shown again."""

from decimal import Decimal

import pytest

from plans.forms.plan_field import (
    WRITABLE,
    PlanFieldForm,
    SavedForm,
    field_for,
    label_of,
    shown,
    target_field,
)
from plans.models import Plan
from reps.models import Organization, Rep


def plan():
    theo = Rep(organization=Organization(currency="USD"))
    return Plan(rep=theo, goal_low=Decimal(150_000), goal_high=Decimal(200_000))


def typed(name, value, **more):
    form = PlanFieldForm({"value": value, "was": ""} | more, name=name, plan=plan())
    assert form.wrong == ""
    return form.cleaned_data["value"]


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("objective", "  A bounce-back quarter. ", "A bounce-back quarter."),
        ("objective", "", ""),
        ("backup_plan", "Fern\r\nCorbel\rAsh", "Fern\nCorbel\nAsh"),
        ("goal_low", "$150,000", 150_000),
        ("goal_low", "", None),
        ("goal_high", "200000.50", Decimal("200000.50")),
        ("average_deal", "19 000", 19_000),
        ("win_rate", "30", Decimal("0.3")),
        ("win_rate", "33.33 %", Decimal("0.3333")),
        ("demo_rate", "100%", 1),
        ("open_deals", "0", 0),
        ("demos_pending", "", None),
        ("open_deals", "1.200", 1_200),  # of a count there is one reading
        ("effective_weeks", "4.6", Decimal("4.6")),
        ("effective_weeks", "4,6", Decimal("4.6")),
        ("effective_weeks", "0", 0),
    ],
)
def test_it_is_kept_as_it_was_meant(name, value, kept):
    assert typed(name, value) == kept


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("objective", "Words", "Words"),
        ("goal_low", Decimal("150000.00"), "$150,000"),
        ("goal_low", Decimal("150000.50"), "$150,000.50"),
        ("win_rate", Decimal("0.3000"), "30%"),
        ("win_rate", Decimal("0.3333"), "33.33%"),
        ("open_deals", 0, "0"),
        ("open_deals", 1200, "1,200"),
        ("effective_weeks", Decimal("5.0"), "5"),
        ("effective_weeks", Decimal("0.0"), "0"),
        ("effective_weeks", None, ""),
        ("win_rate", None, ""),
    ],
)
def test_it_is_shown_as_text_that_types_the_same_again(name, value, expected):
    text = shown(name, value, "USD")
    assert text == expected
    assert field_for(name, "USD").clean(text) == value


@pytest.mark.parametrize("name", WRITABLE)
def test_every_field_has_a_name_and_may_be_empty(name):
    assert label_of(name)[0].isupper()
    assert field_for(name, "USD").clean("") in {"", None}


@pytest.mark.parametrize(
    ("value", "measured", "kept"),
    [
        ("30", "30%", None),
        ("30.00 %", "30%", None),
        ("31", "30%", Decimal("0.31")),
        ("", "30%", None),
        ("30", "", Decimal("0.3")),
    ],
)
def test_what_was_measured_typed_again_is_no_override(value, measured, kept):
    assert typed("win_rate", value, measured=measured) == kept


def test_words_and_goals_are_nobodys_override():
    assert typed("objective", "Same", measured="Same") == "Same"
    assert typed("goal_low", "150,000", measured="150,000") == 150_000


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("goal_low", "200,000.01", "above the upper end"),
        ("goal_low", "200,000", ""),
        ("goal_high", "149,999.99", "below the lower end"),
        ("goal_high", "150,000", ""),
        ("goal_high", "", ""),
    ],
)
def test_the_goal_is_a_range_whichever_end_is_typed(name, value, wrong):
    form = PlanFieldForm({"value": value, "was": ""}, name=name, plan=plan())
    assert wrong in form.wrong
    assert bool(form.wrong) == bool(wrong)


def test_the_reason_is_the_values_before_that_of_an_old_page():
    form = SavedForm({"value": "x", "was": "y"}, field=target_field())
    assert form.wrong == "Use a whole number, such as 12."
    form = SavedForm({"value": "3", "was": "y"}, field=target_field())
    assert form.wrong == "Load the page again, then save this."
