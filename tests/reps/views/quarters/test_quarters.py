"""The list of quarters, and the next one proposed."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from tests.factories.reps import QuarterFactory, QuotaFactory
from tests.markup import one_line

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def thursday_of_week_6():
    with time_machine.travel(datetime(2026, 11, 12, 12, tzinfo=UTC), tick=False):
        yield


def proposal(client):
    return client.get(reverse("reps:quarters")).context["form"].initial


def test_it_says_which_one_it_is_now_and_how_many_owe(keeper, organization):
    QuotaFactory(organization=organization)

    page = one_line(keeper.get(reverse("reps:quarters")).text)

    assert "5 October 2026 – 3 January 2027 · 13 weeks · 1 quota" in page
    assert page.count("Now</span>") == 1


def test_the_first_to_add_is_the_calendars(keeper):
    assert proposal(keeper) == {
        "name": "Q4 2026",
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2026, 12, 31),
    }


def test_the_next_follows_the_last(keeper, organization):
    QuarterFactory(organization=organization)  # 13 weeks, to 3 January

    assert proposal(keeper) == {
        "name": "Q1 2027",
        "starts_on": date(2027, 1, 4),
        "ends_on": date(2027, 4, 4),
    }


@pytest.mark.parametrize("count", [1, 9])
def test_it_costs_the_same_however_many_quarters(
    keeper, organization, count, django_assert_num_queries
):
    for year in range(2001, 2001 + count):
        QuarterFactory(
            organization=organization,
            name=f"Q1 {year}",
            starts_on=date(year, 1, 1),
            ends_on=date(year, 3, 31),
        )

    # session, user, organization, the latest quarter, quarters;
    # and the masthead
    with django_assert_num_queries(6):
        keeper.get(reverse("reps:quarters"))
