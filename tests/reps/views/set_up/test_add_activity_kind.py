"""An activity more to log."""

import pytest
from django.urls import reverse

from reps.models import ActivityKind
from tests.factories.reps import ActivityKindFactory

pytestmark = pytest.mark.django_db


def post(client, name):
    return client.post(reverse("reps:add_activity_kind"), {"name": name})


def test_the_first_leads_and_the_next_do_not(admin_client):
    assert post(admin_client, "Demos held").status_code == 302
    post(admin_client, "Calls")

    facts = ActivityKind.objects.order_by("order").values_list("name", "is_leading")
    assert list(facts) == [("Demos held", True), ("Calls", False)]


def test_it_refuses_a_name_twice_and_keeps_the_words(admin_client, organization):
    ActivityKindFactory(organization=organization, name="Calls", is_retired=False)
    response = post(admin_client, "Calls")

    assert response.status_code == 422
    assert "There is an activity of this name already." in response.text
    assert 'value="Calls"' in response.text
