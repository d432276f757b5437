"""A quarter's name and days, with its quotas inside."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.reps import QuarterFactory, QuotaFactory
from tests.forms import form_in

pytestmark = pytest.mark.django_db


def post(client, quarter, **changes):
    url = reverse("reps:edit_quarter", args=[quarter.pk])
    sent = form_in(client.get(reverse("reps:quarters"), {"edit": quarter.pk}), url)
    return client.post(url, sent | changes)


def quota(quarter, **facts):
    return QuotaFactory(quarter=quarter, **facts)


def test_it_saves_the_name_and_the_days(admin_client, quarter):
    assert (
        post(admin_client, quarter, name="Autumn", ends_on="2026-12-31").status_code
        == 302
    )

    quarter.refresh_from_db()
    assert (quarter.name, quarter.ends_on) == ("Autumn", date(2026, 12, 31))


def test_quotas_of_the_whole_quarter_move_with_its_first_day(admin_client, quarter):
    whole = quota(quarter)
    later = quota(quarter, starts_on=date(2026, 11, 2))

    assert post(admin_client, quarter, starts_on="2026-10-01").status_code == 302

    whole.refresh_from_db()
    later.refresh_from_db()
    assert whole.starts_on == date(2026, 10, 1)
    assert later.starts_on == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("days", "field"),
    [
        (("2026-11-09", "2027-01-31"), "starts_on"),
        (("2026-10-05", "2026-11-01"), "ends_on"),
    ],
)
def test_it_refuses_to_leave_a_quota_outside(admin_client, quarter, days, field):
    late = quota(quarter, starts_on=date(2026, 11, 2))
    response = post(admin_client, quarter, starts_on=days[0], ends_on=days[1])

    assert response.status_code == 422
    words = f"A quota would start outside: {late.rep.name}'s on 2 November 2026."
    assert response.context["form"].errors[field][0].startswith(words)
    quarter.refresh_from_db()
    assert quarter.starts_on == date(2026, 10, 5)


@pytest.mark.parametrize("last", ["2026-10-05", "2026-10-04", "2025-01-01"])
def test_the_last_day_comes_after_the_first(admin_client, quarter, last):
    response = post(admin_client, quarter, ends_on=last)

    assert response.status_code == 422
    said = {"ends_on": ["The last day must come after the first."]}
    assert response.context["form"].errors == said
    assert f'value="{last}"' in response.text


def test_it_refuses_the_days_of_another(admin_client, quarter):
    QuarterFactory(
        organization=quarter.organization,
        name="Q1 2027",
        starts_on=date(2027, 1, 4),
        ends_on=date(2027, 4, 4),
    )
    response = post(admin_client, quarter, ends_on="2027-01-10")

    assert response.status_code == 422
    assert "Another quarter already has these days." in response.text
