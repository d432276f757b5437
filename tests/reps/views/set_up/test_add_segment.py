"""A segment more."""

import pytest
from django.urls import reverse

from reps.models import Segment
from tests.factories.reps import SegmentFactory

pytestmark = pytest.mark.django_db


def post(client, name):
    return client.post(reverse("reps:add_segment"), {"name": name}, follow=True)


def test_the_second_is_what_makes_people_differ(admin_client, organization):
    SegmentFactory(organization=organization)

    page = post(admin_client, "Enterprise").text

    assert "Enterprise is added. Say under People who sells to it." in page
    organization.refresh_from_db()
    assert organization.has_segments
    assert not Segment.objects.get(name="Enterprise").is_default


def test_the_first_is_where_newcomers_start(admin_client, organization):
    post(admin_client, "Enterprise")

    organization.refresh_from_db()
    assert not organization.has_segments
    assert Segment.objects.get().is_default


def test_it_refuses_a_name_that_is_there_in_another_spelling(
    admin_client, organization
):
    SegmentFactory(organization=organization, name="Small business")
    response = post(admin_client, "small  Business ")

    assert response.status_code == 422
    assert "There is a segment of this name already." in response.text
    assert Segment.objects.count() == 2
