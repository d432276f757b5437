"""Have an import taken back as a whole: by whoever brought it, or an admin."""

import pytest
from django.urls import reverse

from tests.factories.reps import NOON

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("client", ["browser", "admin_client"])
def test_a_worker_is_to_take_it_back(client, request, brought):
    brought.end_job(state="brought_in", brought_in_at=NOON)

    client = request.getfixturevalue(client)
    client.post(reverse("reps:take_back_import", args=[brought.pk]))

    brought.refresh_from_db()
    assert brought.job == "take_back"
    assert brought.taken_back_by is not None


def test_what_is_not_in_cannot_be_taken_back(browser, brought):
    browser.post(reverse("reps:take_back_import", args=[brought.pk]))

    brought.refresh_from_db()
    assert brought.job == ""
