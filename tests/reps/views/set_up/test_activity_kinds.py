"""The list of activities."""

import pytest
from django.urls import reverse

from tests.factories.reps import ActivityKindFactory
from tests.pages import words

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


def test_it_asks_before_one_is_retired_and_says_how_it_comes_back(
    admin_client, organization
):
    of = {"organization": organization}
    calls = ActivityKindFactory(name="Calls", is_leading=False, **of)
    leading = ActivityKindFactory(**of)
    here = reverse("reps:activity_kinds")
    act = reverse("reps:retire_activity_kind", args=[calls.pk])
    assert act not in admin_client.get(here).text

    asked = admin_client.get(here, {"retire": calls.pk}).text

    assert f'action="{act}"' in asked
    assert "Retire Calls? Nobody logs it any more" in words(asked)
    assert "You can bring it back at any time" in words(asked)
    calls.refresh_from_db()
    assert not calls.is_retired
    assert admin_client.get(here, {"retire": leading.pk}).status_code == 404
