"""Attainment as CSV, checked against a few lines of plain Python over the same file."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from itertools import product

import pytest
from django.core.management import CommandError, call_command

from reps.models import ClosedAttainment, Quarter
from tests.factories.exports import (
    CRM,
    LOST,
    needs_the_export,
    pipeline,
    quotas,
    real_files,
    written,
)
from tests.factories.reps import (
    NOON,
    DealFactory,
    OrganizationFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOON)


def attainment(organization="Calder & Lind", *options):
    out = StringIO()
    arguments = [f"--organization={organization}", "--format=csv", *options]
    call_command("attainment", *arguments, stdout=out)
    return out.getvalue().splitlines()


def bring(*arguments):
    call_command(
        "import_deals",
        *arguments,
        "--organization=Calder & Lind",
        stdout=StringIO(),
        stderr=StringIO(),
    )


def test_it_prints_every_rep_and_quarter_with_deals_or_a_quota(tmp_path):
    sheet = quotas(
        ("Ines Calder", "2026-07-01", "900"), ("Jun Park", "2026-10-01", "70.50")
    )
    files = written(
        tmp_path,
        {},
        {"opportunity_id": "B", "close_date": "2026-09-30", "close_value": "20.25"},
        {"opportunity_id": "C", "close_date": "2026-10-01", "close_value": "1000"},
        LOST | {"opportunity_id": "D", "sales_agent": "Petra Lind"},
        quotas=sheet,
    )
    bring(*files)
    assert attainment() == [
        "rep,quarter_starts_on,quota,booked,attainment",
        "Ines Calder,2026-07-01,900,500.25,0.5558",
        "Ines Calder,2026-10-01,,1000,",
        "Jun Park,2026-10-01,70.50,0,0.0000",
        "Petra Lind,2026-07-01,,0,",
    ]


def test_the_quota_is_what_is_owed_after_ramp_and_late_start():
    quarter = QuarterFactory()  # 13 weeks from 5 October
    rep = RepFactory(organization=quarter.organization, name="Nia Cole")
    QuotaFactory(
        rep=rep,
        quarter=quarter,
        amount=91_000,
        ramp=Decimal("0.5"),
        starts_on=date(2026, 11, 2),  # 63 of 91 days are left
    )
    DealFactory(
        organization=quarter.organization,
        owner=rep,
        amount=7_875,
        won_on=date(2026, 11, 9),
    )
    assert attainment(quarter.organization.name)[1:] == [
        "Nia Cole,2026-10-05,31500,7875,0.2500"
    ]


def test_a_quota_of_nothing_has_no_attainment():
    quota = QuotaFactory(amount=0, rep__name="Nia Cole")
    assert attainment(quota.organization.name)[1:] == ["Nia Cole,2026-10-05,0,0,"]


def test_a_name_is_not_a_formula():
    quota = QuotaFactory(amount=5, rep__name="=HYPERLINK(1)")
    assert attainment(quota.organization.name)[1].startswith("'=HYPERLINK(1),")


def test_other_organizations_are_left_out():
    DealFactory(won_on=date(2026, 11, 9))
    nobody = OrganizationFactory()
    assert len(attainment(nobody.name)) == 1


def test_an_organization_that_is_not_there_is_named():
    with pytest.raises(CommandError, match="no organization “Nobody”"):
        attainment("Nobody")


@pytest.mark.parametrize("reps", [1, 12])
def test_it_costs_the_same_however_many_reps(reps, django_assert_num_queries):
    organization = OrganizationFactory()
    QuotaFactory.create_batch(reps, organization=organization)
    # Whether tables are up to date, in two; organization, quotas with their quarters,
    # won, cancelled, reps, quarters.
    with django_assert_num_queries(8):
        attainment(organization.name)


def quarter_of(day):
    """Quarters since the year 0."""
    return int(day[:4]) * 4 + (int(day[5:7]) - 1) // 3


def in_plain_python(file, growth):
    """The same table from the CSV alone."""
    booked, quarters = {}, set()
    for row in csv.DictReader(file):
        days = row["engage_date"], row["close_date"]
        quarters |= {quarter_of(day) for day in days if day}
        if row["close_date"]:
            place = row["sales_agent"], quarter_of(row["close_date"])
            won = row["close_value"] if row["deal_stage"] == "Won" else 0
            booked[place] = booked.get(place, 0) + Decimal(won)
    expected = {}
    for rep, quarter in product({rep for rep, _ in booked}, quarters):
        amount = booked.get((rep, quarter), 0)
        quota = booked.get((rep, quarter - 1), 0) * growth
        if quota or (rep, quarter) in booked:
            starts_on = str(date(quarter // 4, quarter % 4 * 3 + 1, 1))
            ratio = f"{amount / quota:.4f}" if quota else ""
            expected[rep, starts_on] = (quota or None, amount, ratio)
    return expected


def printed():
    return {
        (row["rep"], row["quarter_starts_on"]): (
            Decimal(row["quota"]) if row["quota"] else None,
            Decimal(row["booked"]),
            row["attainment"],
        )
        for row in csv.DictReader(attainment())
    }


def test_it_equals_a_few_lines_of_plain_python(tmp_path):
    deals = [
        {"opportunity_id": "A", "close_date": "2026-07-31"},
        {"opportunity_id": "B", "close_date": "2026-10-31", "close_value": "333"},
        {"opportunity_id": "C", "sales_agent": "Jun Park"},
        LOST | {"opportunity_id": "D", "sales_agent": "Petra Lind"},
    ]
    bring(*written(tmp_path, *deals), "--quota-growth=1.1")
    assert printed() == in_plain_python(pipeline(*deals).lines, Decimal("1.1"))


@needs_the_export
def test_the_real_export_equals_a_few_lines_of_plain_python():
    bring(*real_files(), "--quota-growth=1.1")
    with (CRM / "sales_pipeline.csv").open(encoding="utf-8-sig", newline="") as file:
        expected = in_plain_python(file, Decimal("1.1"))
    assert printed() == expected
    assert len(expected) == 120  # 30 reps sold in each of four quarters


def test_what_a_quarter_was_closed_with_stands_beside_what_it_is():
    made_at = datetime(2026, 7, 6, tzinfo=UTC)
    days = {"starts_on": date(2026, 7, 6), "ends_on": date(2026, 10, 4)}
    quarter = QuarterFactory(name="Q3 2026", made_at=made_at, **days)
    rep = RepFactory(organization=quarter.organization, name="Nia Cole")
    deal = DealFactory(owner=rep, amount=23_000, opened_on=quarter.starts_on)
    at = datetime(2026, 10, 1, 9, tzinfo=UTC)
    deal.move_to(deal.stage, "won", by=rep.user, on=quarter.ends_on, at=at)
    Quarter.objects.close_due(NOON)
    ClosedAttainment.objects.keep_missing(NOON)
    changes = {"amount": Decimal(25_000)}
    deal.correct(changes, by=rep.team.manager, at=NOON, why="The contract.")

    name = quarter.organization.name
    assert attainment(name)[1:] == ["Nia Cole,2026-07-06,,25000,"]
    assert attainment(name, "--as-closed") == [
        "rep,quarter_starts_on,quota,booked,attainment,quota_as_closed,booked_as_closed",
        "Nia Cole,2026-07-06,,25000,,0,23000",
    ]
