"""An activity in other words."""

import pytest
from django.urls import reverse

from tests.factories.reps import ActivityKindFactory
from tests.forms import form_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def demos(organization):
    return ActivityKindFactory(organization=organization)


def post(client, kind, name):
    url = reverse("reps:edit_activity_kind", args=[kind.pk])
    page = client.get(reverse("reps:activity_kinds"), {"edit": kind.pk})
    return client.post(url, form_in(page, url) | {"name": name})


def test_it_keeps_leading_under_its_new_name(admin_client, demos):
    assert post(admin_client, demos, "Demos given").status_code == 302

    demos.refresh_from_db()
    assert (demos.name, demos.is_leading) == ("Demos given", True)


def test_it_refuses_the_name_of_another(admin_client, demos):
    ActivityKindFactory(organization=demos.organization, name="Calls", is_leading=False)
    response = post(admin_client, demos, "Calls")

    assert response.status_code == 422
    assert "There is an activity of this name already." in response.text
    assert "Change Demos held" in response.text
