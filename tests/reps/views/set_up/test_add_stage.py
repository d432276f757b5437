"""A column more, at the right of the board."""

from decimal import Decimal

import pytest
from django.urls import reverse

from reps.models import Stage
from tests.factories.reps import StageFactory

pytestmark = pytest.mark.django_db


def post(client, **changes):
    facts = {"name": "Proposal", "weight": "50", "usual_days": "12"}
    return client.post(reverse("reps:add_stage"), facts | changes)


def test_it_stands_at_the_right_and_counts_as_the_one_before(
    admin_client, organization
):
    StageFactory(organization=organization, order=4, is_opportunity=True)

    assert post(admin_client).status_code == 302

    stage = Stage.objects.get(name="Proposal")
    assert (stage.order, stage.weight, stage.usual_days) == (5, Decimal("0.5"), 12)
    assert stage.is_opportunity


def test_the_first_does_not_count_until_somebody_says_so(admin_client):
    post(admin_client)
    stage = Stage.objects.get()
    assert (stage.order, stage.is_opportunity) == (1, False)


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "Discovery", "There is a stage of this name already."),
        ("weight", "101%", "Use a percentage up to 100"),
        ("weight", "-1", "Use a percentage up to 100"),
        ("weight", "12.345", "no more than two digits"),
        ("weight", "33.33333", "no more than two digits"),
        ("usual_days", "0", "Use 1 or more."),
        ("usual_days", "99999", "Use 32767 or less."),
    ],
)
def test_it_says_why_at_the_field(admin_client, organization, field, typed, words):
    StageFactory(organization=organization, name="Discovery")
    response = post(admin_client, **{field: typed})

    assert response.status_code == 422
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert words in errors[field][0]
    assert f'value="{typed}"' in response.text
