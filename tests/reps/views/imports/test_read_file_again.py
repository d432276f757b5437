"""Have a file read once more, after it was stopped or failed."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_it_waits_for_a_worker_again_and_forgets_why_it_ended(browser, brought):
    brought.end_job(ended="stopped")

    browser.post(reverse("reps:read_file_again", args=[brought.pk]))

    brought.refresh_from_db()
    assert (brought.job, brought.ended) == ("read", "")


def test_what_a_worker_is_at_is_left_to_it(browser, brought):
    brought.end_job(job="bring_in")

    browser.post(reverse("reps:read_file_again", args=[brought.pk]))

    brought.refresh_from_db()
    assert brought.job == "bring_in"
