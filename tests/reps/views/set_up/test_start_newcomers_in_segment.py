"""The segment that newcomers come into."""

import pytest
from django.urls import reverse

from reps.models import Segment
from tests.factories.reps import RepFactory, SegmentFactory

pytestmark = pytest.mark.django_db


def test_newcomers_start_in_it_and_everybody_else_stays(admin_client, organization):
    general = RepFactory(organization=organization).segment
    enterprise = SegmentFactory(organization=organization, name="Enterprise")
    strange = RepFactory().segment
    url = reverse("reps:start_newcomers_in_segment", args=[enterprise.pk])
    assert url in admin_client.get(reverse("reps:segments")).text

    said = admin_client.post(url, follow=True).text

    assert "Newcomers start in Enterprise now." in said
    assert url not in said
    assert set(Segment.objects.filter(is_default=True)) == {enterprise, strange}
    assert Segment.objects.default_of(organization) == enterprise
    assert general.reps.count() == 1
