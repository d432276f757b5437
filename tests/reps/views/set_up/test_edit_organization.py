"""The organization's own facts, changed by its admin."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse

from reps.models import Organization
from tests.factories.plans import PlanFactory
from tests.factories.reps import (
    MONDAY,
    NOON,
    ActivityEntryFactory,
    DealFactory,
    OrganizationFactory,
    QuarterFactory,
    QuotaFactory,
)
from tests.forms import form_in
from tests.pages import words

pytestmark = pytest.mark.django_db


def post(client, **changes):
    facts = {
        "name": "Harbor Analytics",
        "currency": "eur",
        "time_zone": "Europe/Riga",
        "working_days": [1, 2, 3, 4, 6],
        "holiday_calendar": "LV",
        "first_month": "2",
        "check_in_day": "4",
        "check_in_at": "14:30",
        "quiet_from": "18:00",
        "quiet_to": "08:30",
        "days_to_put_right": "15",
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
    assert organization.first_month == 2
    assert "Fiscal year begins in February" in words(
        admin_client.get(reverse("reps:set_up")).text
    )
    assert (organization.check_in_day, organization.check_in_at) == (4, time(14, 30))
    assert organization.quiet_from == time(18)
    assert organization.days_to_put_right == 15
    assert organization.starting_average_deal == Decimal("19500.50")
    assert organization.starting_win_rate == Decimal("0.275")
    assert organization.starting_demo_rate == Decimal("0.6")


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("currency", "EU1", "Use three letters"),
        ("time_zone", "Europe/Rigga", "Choose a time zone from the list"),
        ("working_days", [], "Choose at least one day"),
        ("holiday_calendar", "Utopia", "no calendar of holidays called"),
        ("check_in_day", "8", "Choose a day of the week."),
        ("first_month", "13", "Choose a month of the year."),
        ("days_to_put_right", "91", "Use 90 or less."),
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
def test_it_says_why_at_the_field(admin_client, organization, field, typed, why):
    response = post(admin_client, **{field: typed})

    assert response.status_code == 422
    assert why in "".join(response.context["form"].errors[field])
    assert "19,500.50" in response.text or field == "starting_average_deal"
    organization.refresh_from_db()
    assert organization.currency == "USD"


def test_it_refuses_the_name_of_another_organization(admin_client):
    OrganizationFactory(name="Larkspur")

    response = post(admin_client, name="Larkspur")

    assert response.context["form"].errors == {
        "name": ["Another organization has this name."]
    }


AMOUNTS = {
    "a deal": DealFactory,
    "a quota": QuotaFactory,
    "a goal": PlanFactory,
}


@pytest.mark.parametrize("make", AMOUNTS.values(), ids=AMOUNTS)
def test_the_currency_stays_once_an_amount_is_kept(admin_client, organization, make):
    make(organization=organization)

    response = post(admin_client)

    assert response.status_code == 422
    (said,) = response.context["form"].errors["currency"]
    assert said.startswith("Deals, quotas or goals are kept in USD")
    assert [*response.context["form"].errors] == ["currency"]
    organization.refresh_from_db()
    assert organization.currency == "USD"
    everything_else = {"currency": "USD", "starting_average_deal": "19500"}
    assert post(admin_client, **everything_else).status_code == 302


@pytest.mark.parametrize("make", AMOUNTS.values(), ids=AMOUNTS)
def test_no_other_way_changes_it_either(organization, make):
    make(organization=organization)
    with pytest.raises(IntegrityError, match="are kept in USD"):
        Organization.objects.update(currency="EUR")


def test_a_quarter_that_has_closed_stays_so_whatever_the_days_become(
    admin_client, organization
):
    quarter = QuarterFactory(
        organization=organization,
        starts_on=date(2026, 7, 6),
        ends_on=date(2026, 10, 4),
        made_at=datetime(2026, 7, 6, tzinfo=UTC),
    )
    with time_machine.travel(datetime(2026, 10, 15, 12, tzinfo=UTC), tick=False):
        post(admin_client, days_to_put_right="90")
    assert quarter.closings.get().kind == "closed"


# --- The first day of the week -------------------------------------------------------


def day_field(client):
    form = client.get(reverse("reps:set_up"), {"edit": ""}).context["form"]
    field = form["first_day_of_week"]
    return field.value(), [str(name) for _day, name in field.field.choices]


def kept(client):
    """What the page says of it beside the list."""
    shown = words(client.get(reverse("reps:set_up")).text)
    return shown[shown.index("Weeks begin on") : shown.index("Public holidays of")]


@pytest.mark.usefixtures("thursday_of_week_6")
def test_weeks_begin_on_another_day_at_once_while_nothing_is_logged(
    admin_client, organization
):
    assert day_field(admin_client) == (1, ["Monday", "Sunday", "Saturday"])
    facts = {"first_day_of_week": "7", "working_days": [7, 1, 2, 3, 4]}
    assert post(admin_client, **facts).status_code == 302

    organization.refresh_from_db()
    assert organization.work_week.begins_on(MONDAY) == date(2026, 11, 8)
    assert kept(admin_client) == "Weeks begin on Sunday "
    # The days of the week stand in its order.
    assert "Sun, Mon, Tue, Wed, Thu" in admin_client.get(reverse("reps:set_up")).text


@pytest.mark.usefixtures("thursday_of_week_6")
def test_once_something_is_logged_it_is_said_from_when_on(admin_client, organization):
    ActivityEntryFactory(organization=organization)
    assert day_field(admin_client) == (
        1,
        ["Monday", "Sunday, from 15 November on", "Saturday, from 14 November on"],
    )
    assert post(admin_client, first_day_of_week="7").status_code == 302

    organization.refresh_from_db()
    assert organization.work_week.begins_on(MONDAY) == MONDAY
    assert kept(admin_client) == ("Weeks begin on Monday; from 15 November on, Sunday ")
    value, names = day_field(admin_client)
    assert (value, names[:2]) == (7, ["Monday", "Sunday, from 15 November on"])
    # Saved once more with another fact, it is not put off.
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        assert post(admin_client, name="Harbor").status_code == 302
        assert "from 15 November on" in kept(admin_client)
    with time_machine.travel(NOON + timedelta(days=3), tick=False):
        assert kept(admin_client) == "Weeks begin on Sunday "


def test_a_day_on_which_no_week_begins_is_refused_in_words(admin_client, organization):
    response = post(admin_client, first_day_of_week="3")
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "first_day_of_week": ["Choose one of these three days."]
    }


def test_what_somebody_else_chose_meanwhile_is_not_written_over(
    admin_client, organization
):
    url = reverse("reps:edit_organization")
    sent = form_in(admin_client.get(reverse("reps:set_up"), {"edit": ""}), url)
    organization.begin_weeks_on(6, today=MONDAY)

    assert admin_client.post(url, sent | {"name": "Harbor"}).status_code == 302
    organization.refresh_from_db()
    assert (organization.name, organization.first_day_of_week) == ("Harbor", 6)

    response = admin_client.post(url, sent | {"first_day_of_week": "7"})
    assert response.status_code == 409
    said = response.context["form"].errors["first_day_of_week"]
    assert "Saved by somebody else meanwhile: Saturday" in said[0]


@pytest.mark.parametrize("days", ["0", "11", "", "two"])
def test_a_check_in_waits_for_one_to_ten_working_days(admin_client, organization, days):
    answer = post(admin_client, answer_within_days=days)
    assert answer.status_code == 422
    assert 'name="answer_within_days"' in answer.text
    organization.refresh_from_db()
    assert organization.answer_within_days == 2

    assert post(admin_client, answer_within_days="10").status_code == 302
    assert "10 working days" in admin_client.get(reverse("reps:set_up")).text
