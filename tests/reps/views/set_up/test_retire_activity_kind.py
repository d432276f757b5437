"""An activity logged no longer, or again."""

import pytest
from django.urls import reverse

from tests.factories.reps import ActivityKindFactory

pytestmark = pytest.mark.django_db


def post(client, kind, **facts):
    url = reverse("reps:retire_activity_kind", args=[kind.pk])
    response = client.post(url, facts, follow=True)
    kind.refresh_from_db()
    return response


def test_it_is_retired_and_brought_back(admin_client, organization):
    calls = ActivityKindFactory(
        organization=organization, name="Calls", is_leading=False
    )

    assert "Calls is no longer logged." in post(admin_client, calls).text
    assert calls.is_retired

    post(admin_client, calls)  # a double click retires it once
    assert calls.is_retired

    assert "Calls is logged again." in post(admin_client, calls, back="1").text
    assert not calls.is_retired


def test_the_leading_one_is_not_retired(admin_client, organization):
    demos = ActivityKindFactory(organization=organization)

    assert "Make another one the leading one first" in post(admin_client, demos).text
    assert not demos.is_retired
