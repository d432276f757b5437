"""A quarter's table of quotas."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.reps import (
    DealFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    TeamFactory,
    revise,
)
from tests.pages import words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


def rows(client, quarter, **query):
    page = client.get(reverse("reps:quotas", args=[quarter.pk]), query)
    return {row.rep.name: row for row in page.context["rows"]}


def typed(row):
    """What stands in the row's cells."""
    return [field.value() for field in row.form]


def test_it_shows_what_is_owed_booked_and_attained(admin_client, quarter, grace):
    facts = {"organization": quarter.organization}
    QuotaFactory(rep=grace, quarter=quarter, ramp="0.5", **facts)
    DealFactory(owner=grace, amount=25_000, won_on=date(2026, 11, 2), **facts)

    row = rows(admin_client, quarter)["Grace Mbeki"]

    assert typed(row) == ["$200,000", "50%", date(2026, 10, 5)]
    assert (row.owed, row.booked, row.attainment) == (100_000, 25_000, 0.25)


def test_it_has_a_row_for_whoever_sells_in_the_quarter(admin_client, quarter, grace):
    facts = {"organization": quarter.organization, "team": grace.team}
    RepFactory(name="Left before", left_on=date(2026, 10, 4), **facts)
    RepFactory(name="Left in it", left_on=date(2026, 10, 5), **facts)
    RepFactory(name="Joins in it", joined_on=date(2026, 12, 7), **facts)
    RepFactory(name="Joins after", joined_on=date(2027, 1, 4), **facts)
    owing = RepFactory(name="Left, and owes", left_on=date(2026, 1, 1), **facts)
    QuotaFactory(rep=owing, quarter=quarter)

    told = rows(admin_client, quarter)

    assert list(told) == ["Grace Mbeki", "Joins in it", "Left in it", "Left, and owes"]
    assert typed(told["Joins in it"]) == [None, "100%", date(2026, 12, 7)]


def test_its_rows_stand_by_team_and_then_by_name(admin_client, quarter):
    facts = {"organization": quarter.organization}
    west = TeamFactory(name="West", **facts)
    RepFactory(name="Zane", team=west, **facts)
    RepFactory(name="Ängel", team=west, **facts)
    RepFactory(name="Theo", team=TeamFactory(name="North", **facts), **facts)

    assert list(rows(admin_client, quarter)) == ["Theo", "Ängel", "Zane"]


def test_copying_fills_the_gaps_from_the_quarter_before(admin_client, quarter, grace):
    facts = {"organization": quarter.organization}
    before = QuarterFactory(
        name="Q3 2026", starts_on=date(2026, 7, 6), ends_on=date(2026, 10, 4), **facts
    )
    theo = RepFactory(name="Theo Lindqvist", **facts)
    QuotaFactory(rep=grace, quarter=before, amount=180_000, ramp="0.5", **facts)
    QuotaFactory(rep=theo, quarter=before, amount=150_000, **facts)
    QuotaFactory(rep=theo, quarter=quarter, amount=160_000, **facts)

    assert typed(rows(admin_client, quarter)["Grace Mbeki"])[0] is None
    told = rows(admin_client, quarter, copy="")

    assert typed(told["Grace Mbeki"]) == ["$180,000", "50%", date(2026, 10, 5)]
    assert typed(told["Theo Lindqvist"])[0] == "$160,000"
    assert quarter.quotas.count() == 1


def test_a_quota_that_ended_on_a_day_is_no_gap(admin_client, quarter, grace):
    """Grace left: what was hers is not proposed once more."""
    facts = {"rep": grace, "organization": quarter.organization}
    days = {"starts_on": date(2026, 7, 6), "ends_on": date(2026, 10, 4)}
    before = QuarterFactory(organization=quarter.organization, name="Q3 2026", **days)
    QuotaFactory(quarter=before, amount=180_000, **facts)
    ended = QuotaFactory(quarter=quarter, amount=200_000, **facts)
    revise(ended, 0, holds_from=date(2026, 11, 9))

    assert "Copy from" not in admin_client.get(page_of(quarter)).text
    told = rows(admin_client, quarter, copy="")["Grace Mbeki"]
    assert typed(told)[0] is None


def test_it_tells_what_each_quota_was_and_became(admin, admin_client, quarter, grace):
    quota = QuotaFactory(rep=grace, quarter=quarter, organization=quarter.organization)
    assert "revisions" not in admin_client.get(page_of(quarter)).text
    said = {"why": "Hired in May.", "holds_from": date(2026, 11, 9)}
    revise(quota, 150_000, by=admin, **said)
    revise(quota, 0, why="Imported")

    told = words(admin_client.get(page_of(quarter)).text)

    assert "3 revisions" in told
    assert "$150,000, now nothing owed For the whole quarter" in told
    assert "12 Nov 2026, 12:00 · An import" in told
    assert "$200,000, now $150,000 From 9 Nov 2026 on Hired in May." in told
    assert "12 Nov 2026, 12:00 · Ada Keeper" in told


def page_of(quarter):
    return reverse("reps:quotas", args=[quarter.pk])


def test_nothing_owed_is_an_empty_cell(admin_client, quarter, grace):
    QuotaFactory(rep=grace, quarter=quarter, amount=0)
    assert typed(rows(admin_client, quarter)["Grace Mbeki"])[0] is None


@pytest.mark.parametrize("count", [1, 9])
def test_their_revisions_cost_one_query_more(
    admin, admin_client, quarter, count, django_assert_num_queries
):
    for quota in QuotaFactory.create_batch(count, quarter=quarter):
        revise(quota, 1_000, by=admin, holds_from=date(2026, 11, 9))
    with django_assert_num_queries(9):
        admin_client.get(page_of(quarter))


@pytest.mark.parametrize("count", [1, 9])
def test_it_costs_the_same_however_many_sell(
    admin_client, quarter, count, django_assert_num_queries
):
    QuotaFactory.create_batch(count, quarter=quarter)

    # session, user, quarter, reps with their teams, quotas with booked, the quarter
    # before, organization; and the masthead
    with django_assert_num_queries(8):
        admin_client.get(reverse("reps:quotas", args=[quarter.pk]))
