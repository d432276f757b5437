"""A segment by another name."""

import pytest
from django.urls import reverse

from tests.factories.reps import SegmentFactory
from tests.forms import form_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def general(organization):
    return SegmentFactory(organization=organization)


def opened(client, segment):
    url = reverse("reps:edit_segment", args=[segment.pk])
    page = client.get(reverse("reps:segments"), {"edit": segment.pk})
    return url, form_in(page, url)


def post(client, segment, name):
    url, sent = opened(client, segment)
    return client.post(url, sent | {"name": name})


def test_it_stays_the_default_under_its_new_name(admin_client, general):
    assert post(admin_client, general, "Mid-market").status_code == 302

    general.refresh_from_db()
    assert (general.name, general.is_default) == ("Mid-market", True)


def test_it_refuses_the_name_of_another(admin_client, general):
    SegmentFactory(organization=general.organization, name="Enterprise")
    response = post(admin_client, general, "Enterprise")

    assert response.status_code == 422
    assert "There is a segment of this name already." in response.text
    assert "Change General" in response.text


def test_the_words_for_one_that_is_gone_are_kept(admin_client, general):
    gone = SegmentFactory(organization=general.organization, name="Enterprise")
    url, sent = opened(admin_client, gone)
    gone.remove()

    response = admin_client.post(url, sent | {"name": "Large accounts"})

    assert response.status_code == 404
    assert 'value="Large accounts"' in response.text
    assert "Somebody else removed it meanwhile." in response.text
