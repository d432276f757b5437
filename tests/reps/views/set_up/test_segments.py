"""The list of segments."""

import pytest
from django.urls import reverse

from tests.factories.reps import RepFactory, SegmentFactory
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(admin_client):
    """`page()`: what it says."""
    return lambda **query: admin_client.get(reverse("reps:segments"), query)


def test_it_says_who_is_in_each(page, organization):
    small = SegmentFactory(organization=organization, name="Small business")
    RepFactory(organization=organization)
    RepFactory.create_batch(2, organization=organization, segment=small)
    SegmentFactory(name="Strange")

    said = words(page().text)

    assert "General Newcomers start here 1 rep Edit : General" in said
    assert "Small business 2 reps Edit : Small business" in said
    assert "Let newcomers start here : Small business" in said
    assert "Strange" not in said


def test_it_asks_before_one_is_removed_that_nobody_is_in(page, organization):
    empty = SegmentFactory(organization=organization, name="Enterprise")
    held = SegmentFactory(organization=organization, name="Small business")
    RepFactory(organization=organization, segment=held)
    act = reverse("reps:remove_segment", args=[empty.pk])
    assert act not in page().text
    assert f'href="?remove={held.pk}"' not in page().text

    asked = page(remove=empty.pk).text

    assert f'action="{act}"' in asked
    assert "Remove Enterprise? Nobody is in it." in words(asked)
    assert page(remove=held.pk).status_code == 404


@pytest.mark.parametrize("many", [1, 4])
def test_it_costs_the_same_however_many(
    page, organization, many, django_assert_num_queries
):
    for number in range(many):
        segment = SegmentFactory(organization=organization, name=f"Segment {number}")
        RepFactory(organization=organization, segment=segment)

    # session, admin, organization; segments with their people; masthead
    with django_assert_num_queries(5):
        page()
