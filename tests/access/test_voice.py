"""What is refused is said in our voice: no form speaks Django's."""

import re

import pytest
import time_machine
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.cache import cache
from django.urls import reverse

from tests.access.test_refused import untied
from tests.access.typed import FIELDS, WRONG, answers
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
    cache.clear()  # of how often somebody tried to sign in
    with time_machine.travel(NOON, tick=False):
        yield World("Xanadu")


def complaints(answer) -> list[str]:
    return [
        element.words
        for element in elements_of(answer.text)
        if {"field-error", "banner"} & set(element.classes)
    ]


@pytest.mark.parametrize("name", FIELDS)
def test_it_is_refused_in_our_voice(world, name):
    said = {words for _, answer in answers(world, name) for words in complaints(answer)}
    assert said
    assert [words for words in said if DJANGOS_OWN.search(words)] == []


@pytest.mark.parametrize("typed", WRONG.values(), ids=WRONG)
def test_so_is_a_password_from_a_mailed_link(world, client, typed):
    person = world.people["rep"]
    key = default_token_generator.make_token(person)
    link = [user_pk_to_url_str(person), key]
    page = client.get(reverse("account_reset_password_from_key", args=link)).url

    answer = client.post(page, {"password1": typed, "password2": "another"})

    said = complaints(answer)
    assert said
    assert [words for words in said if DJANGOS_OWN.search(words)] == []
    assert untied(answer.text) == []
