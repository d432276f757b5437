"""The list of quarters, and the next one proposed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from reps.models import ClosedAttainment, Quarter, Quota
from tests.factories.reps import NOON, DealFactory, QuarterFactory, QuotaFactory
from tests.pages import one_line

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


def proposal(client):
    return client.get(reverse("reps:quarters")).context["form"].initial


def test_it_says_which_one_it_is_now_and_how_many_owe(admin_client, organization):
    QuotaFactory(organization=organization)

    page = one_line(admin_client.get(reverse("reps:quarters")).text)

    assert "5 October 2026 – 3 January 2027 · 13 weeks · 1 quota" in page
    assert page.count("Now</span>") == 1


def test_the_first_to_add_is_the_calendars(admin_client):
    assert proposal(admin_client) == {
        "name": "Q4 2026",
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2026, 12, 31),
    }


def test_the_next_follows_the_last(admin_client, organization):
    QuarterFactory(organization=organization)  # 13 weeks, to 3 January

    assert proposal(admin_client) == {
        "name": "Q1 2027",
        "starts_on": date(2027, 1, 4),
        "ends_on": date(2027, 4, 4),
    }


def test_they_are_proposed_in_the_organizations_own_year(admin_client, organization):
    organization.first_month = 2
    organization.save()
    assert proposal(admin_client) == {
        "name": "Q4 FY27",
        "starts_on": date(2026, 11, 1),
        "ends_on": date(2027, 1, 31),
    }
    days = {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 4, 30)}
    QuarterFactory(organization=organization, name="Q1 FY27", **days)
    assert proposal(admin_client) == {
        "name": "Q2 FY27",
        "starts_on": date(2026, 5, 1),
        "ends_on": date(2026, 7, 31),
    }


def test_who_owes_nothing_any_more_is_not_counted(admin_client, organization):
    quota = QuotaFactory(organization=organization, amount=0)
    QuotaFactory(organization=organization, quarter=quota.quarter)

    page = one_line(admin_client.get(reverse("reps:quarters")).text)

    assert "· 1 quota" in page


@pytest.mark.parametrize("count", [1, 9])
def test_it_costs_the_same_however_many_quarters(
    admin_client, organization, count, django_assert_num_queries
):
    for year in range(2001, 2001 + count):
        QuarterFactory(
            organization=organization,
            name=f"Q1 {year}",
            starts_on=date(year, 1, 1),
            ends_on=date(year, 3, 31),
        )

    # session, user, organization, the latest quarter, quarters, when they were closed,
    # and with what; and the masthead
    with django_assert_num_queries(8):
        admin_client.get(reverse("reps:quarters"))


def test_one_that_was_closed_says_with_what_and_what_it_is_now(
    admin_client, third, grace
):
    at = datetime(2026, 10, 1, 9, tzinfo=UTC)
    of = {"organization": third.organization, "rep": grace, "quarter": third}
    said = {"at": at, "why": "Agreed."}
    quota = Quota(amount=100_000, **of)
    Quota.objects.set_quotas(third.organization, [quota], **said)
    deal = DealFactory(owner=grace, amount=23_000, opened_on=third.starts_on)
    deal.move_to(deal.stage, "won", by=grace.user, on=third.ends_on, at=at)
    Quarter.objects.close_due(NOON)
    ClosedAttainment.objects.keep_missing(NOON)
    page = reverse("reps:quarters")
    shown = one_line(admin_client.get(page).text)
    assert "As closed: $23,000 of $100,000, 23%." in shown
    assert "booked of" not in shown

    changes = {"amount": Decimal(25_000)}
    deal.correct(changes, by=grace.team.manager, at=NOON, why="The contract.")
    shown = one_line(admin_client.get(page).text)
    words = "$25,000 booked of $100,000, 25%. As closed: $23,000 of $100,000, 23%."
    assert words in shown


@pytest.mark.parametrize(("first_day", "weeks"), [(1, 14), (7, 13), (6, 13)])
def test_a_quarter_has_the_weeks_whose_first_day_it_holds(
    admin_client, organization, first_day, weeks
):
    organization.first_day_of_week = first_day
    organization.save()
    days = {"starts_on": date(2029, 10, 1), "ends_on": date(2029, 12, 31)}
    QuarterFactory(organization=organization, name="Q4 2029", **days)

    page = one_line(admin_client.get(reverse("reps:quarters")).text)

    assert f"1 October 2029 – 31 December 2029 · {weeks} weeks" in page
