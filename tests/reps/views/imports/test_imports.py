"""What one may bring, and what was brought before."""

import pytest
from django.urls import reverse

from tests.factories.imports import FileImportFactory

pytestmark = pytest.mark.django_db


def test_an_admin_may_bring_everything_and_sees_every_file(admin_client, brought):
    page = admin_client.get(reverse("reps:imports")).text

    for kind in ("people", "quotas", "deals", "activity", "products"):
        assert reverse("reps:add_import", args=[kind]) in page
    assert brought.get_absolute_url() in page


def test_a_manager_may_bring_deals_and_activity_and_sees_own_files(
    browser, brought, organization, admin
):
    theirs = FileImportFactory(organization=organization, by=admin)

    page = browser.get(reverse("reps:imports")).text

    assert reverse("reps:add_import", args=["activity"]) in page
    assert reverse("reps:add_import", args=["people"]) not in page
    assert brought.get_absolute_url() in page
    assert theirs.get_absolute_url() not in page


def test_older_files_stand_on_the_next_page(admin_client, organization, admin):
    FileImportFactory.create_batch(26, organization=organization, by=admin)

    first = admin_client.get(reverse("reps:imports")).text
    second = admin_client.get(reverse("reps:imports"), {"page": 2}).text

    assert first.count("deals.csv") == 25
    assert second.count("deals.csv") == 1
