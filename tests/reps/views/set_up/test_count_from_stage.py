"""From which stage on a deal counts as an opportunity."""

import pytest
from django.urls import reverse

from reps.models import Stage
from tests.factories.reps import StageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("client_of", ["admin_client", "htmx_admin_client"])
def test_it_counts_from_there_on_and_not_before(request, organization, client_of):
    client = request.getfixturevalue(client_of)
    for order in (1, 2, 3):
        StageFactory(organization=organization, order=order, is_opportunity=order > 2)
    strange = StageFactory(order=1, is_opportunity=False)

    url = reverse("reps:count_from_stage", args=[Stage.objects.get(name="Stage 2").pk])
    response = client.post(url)

    assert response.status_code == (302 if client_of == "admin_client" else 200)
    ours = Stage.objects.filter(organization=organization).order_by("order")
    assert [stage.is_opportunity for stage in ours] == [False, True, True]
    strange.refresh_from_db()
    assert not strange.is_opportunity
