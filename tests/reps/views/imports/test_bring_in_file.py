"""Have it brought in, as it was shown."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_worker_is_to_bring_it_in_without_the_bad_rows_somebody_saw(browser, brought):
    url = reverse("reps:bring_in_file", args=[brought.pk])

    answer = browser.post(url, {"without_bad_rows": "yes"})

    brought.refresh_from_db()
    assert answer.url == brought.get_absolute_url()
    assert (brought.job, brought.leaves_bad_rows_out) == ("bring_in", True)


def test_all_of_it_is_brought_where_no_row_is_bad(browser, brought):
    browser.post(reverse("reps:bring_in_file", args=[brought.pk]))

    brought.refresh_from_db()
    assert (brought.job, brought.leaves_bad_rows_out) == ("bring_in", False)


def test_what_is_not_ready_is_not_brought_in(browser, brought):
    brought.end_job(state="asks")

    url = reverse("reps:bring_in_file", args=[brought.pk])
    answer = browser.post(url, follow=True)

    brought.refresh_from_db()
    assert brought.job == ""
    assert "It is at another step by now." in answer.text
