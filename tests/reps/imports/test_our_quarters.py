"""Which of our quarters a word of theirs is, and how an answer names it."""

from datetime import date

import pytest

from reps.domain.files.days import Order
from reps.domain.quarter import Span
from reps.imports.our_quarters import OurQuarters
from tests.factories.reps import (
    NOON,
    Q4_ENDS_ON,
    Q4_STARTS_ON,
    OrganizationFactory,
    QuarterFactory,
)

pytestmark = pytest.mark.django_db

AUTUMN = Span(Q4_STARTS_ON, Q4_ENDS_ON)
SPRING_2027 = Span(date(2027, 4, 1), date(2027, 6, 30))


@pytest.fixture
def autumn():
    """Thirteen weeks, the only quarter of an office."""
    return QuarterFactory(
        organization=OrganizationFactory(),
        name="Autumn",
        starts_on=Q4_STARTS_ON,
        ends_on=Q4_ENDS_ON,
    )


@pytest.fixture
def ours(autumn):
    return OurQuarters(autumn.organization, NOON.date())


def answer(ours, word, **said):
    (match,) = ours.matches({word: 3}, Order.YEAR_FIRST, said)
    return match.answer


def test_one_of_ours_is_answered_by_its_id_and_a_new_one_by_its_first_day(ours, autumn):
    assert answer(ours, "autumn") == answer(ours, "Q4 2026") == str(autumn.pk)
    assert answer(ours, "Q2 2027") == "2027-04-01"


@pytest.mark.parametrize(
    ("said", "span"),
    [
        ("AUTUMN", AUTUMN),
        ("2026-11-12", AUTUMN),
        ("2027-05-05", SPRING_2027),
        ("", None),
    ],
)
def test_what_somebody_says_of_a_word_counts(ours, said, span):
    matches = ours.matches({"Q4": 3}, Order.YEAR_FIRST, {"Q4": said})
    assert ours.meant(matches) == {"Q4": span}


@pytest.mark.parametrize("said", ["Winter", "0", "2027-01-15", "2027-13-01"])
def test_what_is_none_of_ours_is_asked_again(ours, said):
    """The fifteenth of January is in a calendar's quarter that runs into Autumn."""
    assert answer(ours, "Q4", Q4=said) is None


def test_the_choices_are_ours_and_what_can_be_made_the_latest_first(ours, autumn):
    answers = [code for code, _words in ours.choices()]
    assert answers[-1] == ""
    assert answers[answers.index("2027-04-01") + 1] == str(autumn.pk)
    assert answers[answers.index(str(autumn.pk)) + 1] == "2026-07-01"
    assert not {"2027-01-01", "2026-10-01"} & set(answers)
    assert answers[0] == "2029-10-01"
    assert "2021-10-01" in answers


def test_every_answer_to_a_name_of_these_years_is_a_choice(ours):
    answers = {code for code, _words in ours.choices()}
    words = [
        f"Q{quarter} {year}" for year in range(2022, 2030) for quarter in range(1, 5)
    ]
    told = {answer(ours, word) for word in words} - {None}
    assert told <= answers
