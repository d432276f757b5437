"""Whatever is refused is found: marked, and tied to the words that say why."""

import pytest
import time_machine
from django.core.cache import cache

from tests.access.matrix import DOORS
from tests.access.typed import BUTTONS, FIELDS, answers
from tests.access.walk import session_of
from tests.access.world import World
from tests.elements import elements_of
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
def test_a_refused_field_is_tied_to_why(world, name):
    refused = 0
    for way, answer in answers(world, name):
        said = (way, answer.status_code)
        assert answer.status_code < 500, said
        loose = untied(answer.text) if is_refusal(answer) else []
        assert loose == [], said
        refused += is_refusal(answer)
    assert refused, "nothing was wrong with any of it"


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


def is_refusal(answer) -> bool:
    return answer.status_code in {409, 422} or (
        answer.status_code == 200 and 'class="field-error"' in answer.text
    )


def untied(html: str) -> list[str]:
    """Errors no field points to, and refused fields that point to none."""
    page = elements_of(html)
    by_id = {element.attrs["id"]: element for element in page if "id" in element.attrs}
    invalid = [one for one in page if one.attrs.get("aria-invalid") == "true"]
    whole = [one for one in page if "data-refused" in one.attrs]
    told = set()
    loose = [] if invalid or whole else ["nothing is marked"]
    for field in invalid:
        around = [one for one in field.within if one.tag == "fieldset"]
        ids = " ".join(
            one.attrs.get("aria-describedby", "") for one in [field, *around]
        ).split()
        here = [by_id[name] for name in ids if name in by_id]
        told |= {id(one) for one in here}
        if not any(one.words for one in here if has_error(page, one)):
            loose.append(f"{field.attrs.get('name')}: tied to no error")
    for error in page:
        if "field-error" in error.classes:
            places = [error, *error.within]
            tied = any(id(place) in told for place in places)
            if not tied and not any("data-refused" in one.attrs for one in places):
                loose.append(f"{error.words}: tied to no field")
    if invalid and not any("autofocus" in field.attrs for field in invalid):
        loose.append("none has the focus")
    return loose


def has_error(page, place) -> bool:
    """Whether it is one, or holds one."""
    return "field-error" in place.classes or any(
        "field-error" in one.classes and place in one.within for one in page
    )
