"""A name there is already, spelled another way: said kindly at its field."""

import pytest
from django.urls import reverse

from tests.elements import elements_of
from tests.factories.reps import (
    ActivityKindFactory,
    ExitCriterionFactory,
    OrganizationFactory,
    QuarterFactory,
    StageFactory,
    TeamFactory,
)
from tests.forms import form_in

pytestmark = pytest.mark.django_db

FORMS = {
    "add_team": (TeamFactory, "teams", "name", "There is a team of this name"),
    "add_stage": (StageFactory, "stages", "name", "There is a stage of this name"),
    "add_activity_kind": (
        ActivityKindFactory,
        "activity_kinds",
        "name",
        "There is an activity of this name",
    ),
    "add_quarter": (
        QuarterFactory,
        "quarters",
        "name",
        "There is a quarter of this name",
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_it_says_that_there_is_one_of_this_name(admin_client, organization, name):
    make, page, field, words = FORMS[name]
    make(organization=organization, name="Café Demo")
    url = reverse(f"reps:{name}")
    sent = form_in(admin_client.get(reverse(f"reps:{page}")), url)

    answer = admin_client.post(url, sent | {field: " CAFÉ  demo"})

    assert answer.status_code == 422
    assert words in errors_at(answer, f"id_{field}")


def test_a_stage_that_asks_for_it_already_says_so(admin_client, organization):
    known = ExitCriterionFactory(
        organization=organization,
        stage=StageFactory(organization=organization),
        words="We know who signs",
    )
    url = reverse("reps:add_exit_criterion", args=[known.stage_id])

    answer = admin_client.post(url, {"words": "we know  WHO signs"})

    assert answer.status_code == 422
    assert "This stage asks for that already" in answer.text


def test_an_organization_takes_no_others_name(admin_client):
    OrganizationFactory(name="Calder & Lind")
    url, page = reverse("reps:edit_organization"), reverse("reps:set_up")
    sent = form_in(admin_client.get(page, {"edit": 1}), url)

    answer = admin_client.post(url, sent | {"name": "calder & LIND"})

    assert answer.status_code == 422
    assert "Another organization has this name." in errors_at(answer, "id_name")


def errors_at(answer, field: str) -> str:
    """What is said under the field of this id."""
    page = elements_of(answer.text)
    return next(one.words for one in page if one.attrs.get("id") == f"{field}_error")
