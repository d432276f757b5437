"""The organization's own facts, changed by its admin."""

from datetime import time
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories.reps import OrganizationFactory
from tests.forms import form_in

pytestmark = pytest.mark.django_db


def post(client, **changes):
    facts = {
        "name": "Harbor Analytics",
        "currency": "eur",
        "time_zone": "Europe/Riga",
        "working_days": [1, 2, 3, 4, 6],
        "holiday_calendar": "LV",
        "check_in_day": "4",
        "check_in_at": "14:30",
        "quiet_from": "18:00",
        "quiet_to": "08:30",
        "answer_within_days": "3",
        "starting_average_deal": "€19,500.50",
        "starting_win_rate": "27.5",
        "starting_demo_rate": "60 %",
        "starting_cycle_days": "30",
    }
    url = reverse("reps:edit_organization")
    sent = form_in(client.get(reverse("reps:set_up"), {"edit": ""}), url)
    return client.post(url, sent | facts | changes)


def test_it_keeps_what_was_typed(admin_client, organization):
    assert post(admin_client).status_code == 302

    organization.refresh_from_db()
    assert organization.currency == "EUR"
    assert organization.time_zone == "Europe/Riga"
    assert organization.working_days == [1, 2, 3, 4, 6]
    assert organization.holiday_calendar == "LV"
    assert (organization.check_in_day, organization.check_in_at) == (4, time(14, 30))
    assert organization.quiet_from == time(18)
    assert organization.starting_average_deal == Decimal("19500.50")
    assert organization.starting_win_rate == Decimal("0.275")
    assert organization.starting_demo_rate == Decimal("0.6")


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("currency", "EU1", "Use three letters"),
        ("time_zone", "Europe/Rigga", "Choose a time zone from the list"),
        ("working_days", [], "Choose at least one day"),
        ("holiday_calendar", "Utopia", "no calendar of holidays called"),
        ("check_in_day", "8", "Choose a day of the week."),
        ("starting_average_deal", "a lot", "Use an amount in figures"),
        ("starting_average_deal", "0", "more than nothing"),
        ("starting_average_deal", "1e999999999", "Use an amount in figures"),
        ("starting_win_rate", "0", "Use a percentage up to 100"),
        ("starting_win_rate", "101", "Use a percentage up to 100"),
        ("starting_demo_rate", "half", "Use a percentage up to 100"),
        ("starting_cycle_days", "0", "Use 1 or more."),
        ("name", "", "Write something here."),
    ],
)
def test_it_says_why_at_the_field(admin_client, organization, field, typed, words):
    response = post(admin_client, **{field: typed})

    assert response.status_code == 422
    assert words in "".join(response.context["form"].errors[field])
    assert "19,500.50" in response.text or field == "starting_average_deal"
    organization.refresh_from_db()
    assert organization.currency == "USD"


def test_it_refuses_the_name_of_another_organization(admin_client):
    OrganizationFactory(name="Larkspur")

    response = post(admin_client, name="Larkspur")

    assert response.context["form"].errors == {
        "name": ["Another organization has this name."]
    }


@pytest.mark.parametrize("days", ["0", "11", "", "two"])
def test_a_check_in_waits_for_one_to_ten_working_days(admin_client, organization, days):
    answer = post(admin_client, answer_within_days=days)
    assert answer.status_code == 422
    assert 'name="answer_within_days"' in answer.text
    organization.refresh_from_db()
    assert organization.answer_within_days == 2

    assert post(admin_client, answer_within_days="10").status_code == 302
    assert "10 working days" in admin_client.get(reverse("reps:set_up")).text
