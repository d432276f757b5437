"""The list of activities."""

import pytest
from django.urls import reverse

from tests.factories.reps import ActivityKindFactory

pytestmark = pytest.mark.django_db


def test_the_leading_one_is_first_and_the_retired_stand_apart(
    admin_client, organization
):
    def kind(name, **facts):
        return ActivityKindFactory(organization=organization, name=name, **facts)

    calls = kind("Calls", is_leading=False, order=1)
    demos = kind("Demos held", order=2)
    fax = kind("Fax sent", is_leading=False, is_retired=True)
    ActivityKindFactory(name="Strange")

    context = admin_client.get(reverse("reps:activity_kinds")).context

    assert context["kinds"] == [demos, calls]
    assert context["retired"] == [fax]


def test_the_leading_one_offers_no_retiring(admin_client, organization):
    demos = ActivityKindFactory(organization=organization)

    page = admin_client.get(reverse("reps:activity_kinds")).text

    assert reverse("reps:retire_activity_kind", args=[demos.pk]) not in page
