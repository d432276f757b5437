"""An admin closes the first checklist; once all is there it closes itself."""

from datetime import timedelta

import pytest
from django.urls import reverse

from reps.create_organization import create_organization
from tests.factories.reps import (
    NOON,
    ActivityEntryFactory,
    DealFactory,
    QuotaFactory,
    RepFactory,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]
CLOSE = reverse("reps:close_checklist")
SET_UP = reverse("reps:set_up")


@pytest.fixture
def organization():
    return create_organization("Harbor Analytics", today=NOON.date())


@pytest.fixture
def all_there(organization):
    rep = RepFactory(organization=organization)
    QuotaFactory(rep=rep, quarter=organization.quarters.first())
    DealFactory(owner=rep)
    ActivityEntryFactory(rep=rep)


def test_the_rest_comes_later(admin_client, organization):
    assert "I’ll do the rest later" in admin_client.get(SET_UP).text

    answer = admin_client.post(CLOSE, follow=True)

    assert "The list is closed." in answer.text
    assert 'id="checklist"' not in answer.text
    assert "Open it again" in answer.text
    organization.refresh_from_db()
    assert organization.checklist_closed_at == NOON


@pytest.mark.usefixtures("all_there")
def test_with_all_there_it_says_so_once(admin_client, htmx_admin_client):
    page = admin_client.get(SET_UP).text
    assert "Everything is there to start" in page
    assert f'hx-post="{CLOSE}" hx-trigger="load, submit"' in page

    region = htmx_admin_client.post(CLOSE)  # as the page does once it is read

    assert "Everything is there to start" in region.text
    assert "<form" not in region.text
    page = admin_client.get(SET_UP).text
    assert 'id="checklist"' not in page
    assert "Open it again" not in page


def test_closed_twice_it_is_closed_since_the_first_time(admin_client, organization):
    before = NOON - timedelta(days=1)
    organization.close_checklist(at=before)
    admin_client.post(CLOSE)
    organization.refresh_from_db()
    assert organization.checklist_closed_at == before


def test_whoever_is_no_admin_finds_nothing(client, organization):
    client.force_login(RepFactory(organization=organization).team.manager)
    assert client.post(CLOSE).status_code == 404
    organization.refresh_from_db()
    assert organization.checklist_closed_at is None
