"""A closed quarter is opened again with a reason."""

import pytest
from django.urls import reverse

from tests.forms import form_in
from tests.pages import one_line

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


def page(client, **query):
    return client.get(reverse("reps:quarters"), query)


def reopen(client, quarter, **typed):
    url = reverse("reps:reopen_quarter", args=[quarter.pk])
    sent = form_in(page(client, reopen=quarter.pk), url)
    return client.post(url, sent | typed)


def test_the_page_says_when_each_closes_and_which_is_closed(
    admin_client, third, quarter
):
    shown = one_line(page(admin_client).text)
    assert "closed on 14 October 2026" in shown
    assert "closes on 13 January 2027" in shown
    assert shown.count("Reopen<span") == 1


def test_reopened_with_a_reason_it_says_by_whom_and_until_when(admin_client, third):
    assert (
        reopen(admin_client, third, why="Two wins were forgotten.").status_code == 302
    )

    shown = one_line(page(admin_client).text)
    assert "Q3 2026 is open again." in shown
    assert "open again, closes on 22 November 2026" in shown
    assert "Closed by itself on 14 October 2026" in shown
    assert "Reopened by Ada Keeper on 12 November 2026: “Two wins were" in shown


def test_without_a_reason_it_stays_closed_and_says_so_at_the_field(admin_client, third):
    refused = reopen(admin_client, third, why=" ")
    assert refused.status_code == 422
    assert "Say why: others go by what it was closed with." in refused.text
    assert not third.closings.exists()


def test_an_open_one_is_not_reopened(admin_client, quarter):
    url = reverse("reps:reopen_quarter", args=[quarter.pk])
    assert admin_client.post(url, {"why": "To see."}).status_code == 302
    assert not quarter.closings.exists()
