"""A segment that nobody is in."""

from datetime import date

import pytest
from django.urls import reverse

from reps.models import Segment
from tests.factories.reps import RepFactory, SegmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def enterprise(organization):
    return SegmentFactory(organization=organization, name="Enterprise")


def post(client, segment):
    url = reverse("reps:remove_segment", args=[segment.pk])
    return client.post(url, follow=True).text


def test_with_it_goes_what_made_people_differ(admin_client, organization, enterprise):
    assert "Enterprise is removed." in post(admin_client, enterprise)

    organization.refresh_from_db()
    assert not organization.has_segments
    assert Segment.objects.get().is_default


def test_one_with_people_stays_though_they_left(admin_client, enterprise):
    RepFactory(segment=enterprise, left_on=date(2020, 1, 1))

    said = post(admin_client, enterprise)

    assert "Enterprise has people, so it stays." in said
    assert Segment.objects.filter(pk=enterprise.pk).exists()


def test_the_one_newcomers_start_in_stays(admin_client, organization, enterprise):
    general = SegmentFactory(organization=organization)

    assert "Newcomers start in General, so it stays." in post(admin_client, general)
    assert Segment.objects.count() == 2
