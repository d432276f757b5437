"""Whatever is refused is found: marked, tied to why, and told in our voice."""

import pytest
import time_machine
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.cache import cache
from django.urls import reverse

from tests.access.matrix import DOORS
from tests.access.refusals import DJANGOS_OWN, complaints, is_refusal, untied
from tests.access.typed import BUTTONS, FIELDS, WRONG, answers
from tests.access.walk import session_of
from tests.access.world import World
from tests.factories.reps import NOON

pytestmark = pytest.mark.django_db

TAKE_POSTS = {name for name, door in DOORS.items() if "POST" in door.verbs}


@pytest.fixture
def world():
    session_of.cache_clear()
    cache.clear()  # of how often somebody tried to sign in
    with time_machine.travel(NOON, tick=False):
        yield World("Xanadu")


def test_every_form_is_swept():
    known = FIELDS.keys() | BUTTONS
    assert TAKE_POSTS - known == set(), "new: say what is typed there (typed.py)"
    assert known - TAKE_POSTS == set(), "gone: take it out of typed.py"


@pytest.mark.parametrize("name", FIELDS)
def test_a_refused_field_is_tied_to_why_in_our_voice(world, name):
    refused, told = 0, set()
    for way, answer in answers(world, name):
        said = (way, answer.status_code)
        assert answer.status_code < 500, said
        loose = untied(answer.text) if is_refusal(answer) else []
        assert loose == [], said
        refused += is_refusal(answer)
        told |= {*complaints(answer)}
    assert refused, "nothing was wrong with any of it"
    assert told
    assert [words for words in told if DJANGOS_OWN.search(words)] == []


HTMX = [
    name
    for name in FIELDS
    if name.startswith(("plans:log_a", "plans:rec", "plans:ans"))
]


@pytest.mark.parametrize("name", [*HTMX, "reps:move_deal", "plans:add_absence"])
def test_a_region_that_comes_back_ties_it_too(world, name):
    refusals = [a for _, a in answers(world, name, htmx=True) if is_refusal(a)]
    assert refusals
    assert [loose for answer in refusals for loose in untied(answer.text)] == []


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
