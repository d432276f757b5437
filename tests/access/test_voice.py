"""What is refused is said in our voice: no form speaks Django's."""

import re

import pytest
import time_machine

from tests.access.typed import FIELDS, answers
from tests.access.walk import session_of
from tests.access.world import World
from tests.elements import elements_of
from tests.factories.reps import NOON

pytestmark = pytest.mark.django_db

# Django's own sentences, of its forms, its models and its validators.
DJANGOS_OWN = re.compile(
    r"This field (is required|cannot be)|Enter a (valid|whole|number)|Select a valid"
    r"|Ensure (this|that)|Null characters|with this .* already exists|Enter a list"
    r"|is not a valid|is not one of the available|must be (either|unique)|Hidden field"
    r"|Constraint .* is violated"
)


@pytest.fixture
def world():
    session_of.cache_clear()
    with time_machine.travel(NOON, tick=False):
        yield World("Xanadu")


@pytest.mark.parametrize("name", FIELDS)
def test_it_is_refused_in_our_voice(world, name):
    said = {
        element.words
        for _, answer in answers(world, name)
        for element in elements_of(answer.text)
        if {"field-error", "banner"} & set(element.classes)
    }
    assert [words for words in said if DJANGOS_OWN.search(words)] == []
