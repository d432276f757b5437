"""A quarter's name and days, with its quotas inside."""

from datetime import date

import pytest
from django.urls import reverse

from reps.models import Quota, QuotaRevision
from tests.factories.reps import NOON, QuarterFactory, QuotaFactory
from tests.forms import form_in
from tests.pages import words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]

WHY = "The contract year ends with December."


def post(client, quarter, **changes):
    url = reverse("reps:edit_quarter", args=[quarter.pk])
    sent = form_in(client.get(reverse("reps:quarters"), {"edit": quarter.pk}), url)
    return client.post(url, sent | changes)


def quota(quarter, **facts):
    return QuotaFactory(quarter=quarter, **facts)


def test_it_saves_the_name_and_the_days(admin_client, quarter):
    changed = {"name": "Autumn", "ends_on": "2026-12-31", "why": WHY}
    assert post(admin_client, quarter, **changed).status_code == 302

    quarter.refresh_from_db()
    assert (quarter.name, quarter.ends_on) == ("Autumn", date(2026, 12, 31))


def test_quotas_of_the_whole_quarter_move_with_its_first_day(admin_client, quarter):
    whole = quota(quarter)
    later = quota(quarter, starts_on=date(2026, 11, 2))

    earlier = {"starts_on": "2026-10-01", "why": WHY}
    assert post(admin_client, quarter, **earlier).status_code == 302

    moved = {quota.pk: quota for quota in Quota.objects.select_related("quarter")}
    assert moved[whole.pk].first_day == date(2026, 10, 1)
    assert moved[whole.pk].owed == 200_000
    assert moved[later.pk].first_day == date(2026, 11, 2)
    assert QuotaRevision.objects.count() == 2  # its quarter changed, not the quota


def test_a_finished_quarter_is_not_shortened_without_a_reason(
    admin_client, organization
):
    finished = QuarterFactory(
        organization=organization,
        name="Q3 2026",
        starts_on=date(2026, 7, 6),
        ends_on=date(2026, 10, 4),
    )
    refused = post(admin_client, finished, ends_on="2026-09-20")

    assert refused.status_code == 422
    said = {"why": ["Say why: it has begun, and figures go by its days."]}
    assert refused.context["form"].errors == said
    finished.refresh_from_db()
    assert finished.ends_on == date(2026, 10, 4)

    post(admin_client, finished, ends_on="2026-09-20", why=WHY)
    change = finished.days.get(number=2)
    assert (change.ends_on, change.why) == (date(2026, 9, 20), WHY)
    assert change.changed_by.name == "Ada Keeper"
    page = admin_client.get(reverse("reps:quarters"), {"edit": finished.pk})
    told = words(page.text)
    assert "6 Jul 2026 – 4 Oct 2026, now 6 Jul 2026 – 20 Sep 2026" in told
    assert WHY in told


def test_its_name_needs_no_reason(admin_client, quarter):
    assert post(admin_client, quarter, name="Autumn").status_code == 302
    assert quarter.days.count() == 1


def test_before_it_begins_its_days_need_none(admin_client, organization):
    later = QuarterFactory(
        organization=organization,
        name="Q1 2027",
        starts_on=date(2027, 1, 4),
        ends_on=date(2027, 4, 4),
    )
    assert post(admin_client, later, ends_on="2027-03-31").status_code == 302
    assert later.days.count() == 2
    # But to have begun by now is another matter.
    assert post(admin_client, later, starts_on="2026-11-01").status_code == 422


@pytest.mark.parametrize(
    ("days", "field"),
    [
        (("2026-11-09", "2027-01-31"), "starts_on"),
        (("2026-10-05", "2026-11-01"), "ends_on"),
    ],
)
def test_it_refuses_to_leave_a_quota_outside(admin_client, quarter, days, field):
    late = quota(quarter, starts_on=date(2026, 11, 2))
    response = post(admin_client, quarter, starts_on=days[0], ends_on=days[1], why=WHY)

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
    response = post(admin_client, quarter, ends_on="2027-01-10", why=WHY)

    assert response.status_code == 422
    assert "Another quarter already has these days." in response.text


def test_the_days_of_a_closed_quarter_stay(admin_client, third, time_machine):
    """An admin shortens a finished quarter by two weeks: its last wins fall out."""
    time_machine.move_to(NOON)
    changes = {"ends_on": "2026-09-20", "why": "To match finance."}
    refused = post(admin_client, third, **changes)
    assert refused.status_code == 422
    words = "It is closed, and its days stay. Reopen it first."
    assert words in refused.context["form"].errors["ends_on"]
    (at,) = post(admin_client, third, ends_on="2026-09-20").context["form"].errors
    assert at == "ends_on"  # whoever may not change them is not asked why
    third.refresh_from_db()
    assert third.ends_on == date(2026, 10, 4)

    assert post(admin_client, third, name="Autumn").status_code == 302
