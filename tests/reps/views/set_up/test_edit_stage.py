"""A stage's name, weight and usual days."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories.reps import StageFactory
from tests.forms import form_in
from tests.pages import one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(organization):
    return StageFactory(organization=organization, name="Discovery", order=3)


def post(client, stage, **changes):
    url = reverse("reps:edit_stage", args=[stage.pk])
    sent = form_in(client.get(reverse("reps:stages"), {"edit": stage.pk}), url)
    return client.post(url, sent | changes)


def test_it_saves_the_stage_and_leaves_its_place(admin_client, stage):
    assert (
        post(admin_client, stage, name="Need known", weight="12.5").status_code == 302
    )

    stage.refresh_from_db()
    assert (stage.name, float(stage.weight)) == ("Need known", 0.125)
    assert (stage.order, stage.is_opportunity) == (3, True)


def test_the_weight_is_shown_as_it_is_typed(admin_client, stage):
    page = one_line(admin_client.get(reverse("reps:stages"), {"edit": stage.pk}).text)
    assert 'name="weight" value="30%"' in page


def test_it_shows_the_words_again_when_they_do_not_do(admin_client, stage):
    response = post(admin_client, stage, name="", weight="many")

    assert response.status_code == 422
    assert 'value="many"' in response.text
    assert "Change Discovery" in response.text


def test_of_a_weight_with_two_readings_it_asks_which(admin_client, stage):
    """0.9 was taken for 1% once."""
    asked = post(admin_client, stage, weight="0.9")

    assert asked.status_code == 422
    assert "Do you mean 0.9% or 90%?" in asked.text
    choice = 'type="radio" name="weight-meant" value="90%"'
    assert choice in one_line(asked.text)
    stage.refresh_from_db()
    assert stage.weight == Decimal("0.3")

    meant = {"weight": "0.9", "weight-meant": "90%"}
    assert post(admin_client, stage, **meant).status_code == 302
    stage.refresh_from_db()
    assert stage.weight == Decimal("0.9")
