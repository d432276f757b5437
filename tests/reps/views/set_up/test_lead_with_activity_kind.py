"""The one activity that leads to opportunities."""

import pytest
from django.urls import reverse

from reps.models import ActivityKind
from tests.factories.reps import ActivityKindFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_retired", [False, True])
def test_it_leads_instead_of_the_other(admin_client, organization, is_retired):
    ActivityKindFactory(organization=organization)
    calls = ActivityKindFactory(
        organization=organization,
        name="Calls",
        is_leading=False,
        is_retired=is_retired,
    )
    strange = ActivityKindFactory()

    url = reverse("reps:lead_with_activity_kind", args=[calls.pk])
    assert admin_client.post(url).status_code == 302

    leading = ActivityKind.objects.filter(is_leading=True, is_retired=False)
    assert set(leading) == {calls, strange}
