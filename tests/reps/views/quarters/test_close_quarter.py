"""A quarter that was reopened is closed again before its days are over."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.forms import form_in
from tests.pages import one_line

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


def test_it_is_closed_again_at_once(admin_client, admin, third):
    third.reopen(by=admin, why="Two wins were forgotten.", at=timezone.now())
    url, page = reverse("reps:close_quarter", args=[third.pk]), reverse("reps:quarters")
    admin_client.post(url, form_in(admin_client.get(page), url))

    shown = one_line(admin_client.get(page).text)
    assert "Q3 2026 is closed." in shown
    assert "closed on 12 November 2026" in shown
    assert "Closed by Ada Keeper on 12 November 2026" in shown


def test_one_that_was_never_closed_is_not_closed_by_hand(admin_client, quarter):
    url = reverse("reps:close_quarter", args=[quarter.pk])
    assert admin_client.post(url).status_code == 302
    assert not quarter.closings.exists()
