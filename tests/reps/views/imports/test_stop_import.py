"""Ask a worker to stop."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_worker_is_asked_and_the_page_says_so(browser, brought):
    brought.end_job(job="bring_in")

    url = reverse("reps:stop_import", args=[brought.pk])
    page = browser.post(url, follow=True).text

    assert brought.progress.is_asked_to_stop()
    assert "Stopping …" in page
    assert "Stop</button>" not in page
