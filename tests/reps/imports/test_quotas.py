"""Quotas for many at once: from a file, or by growth."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from reps.imports.refusal import Refused
from reps.models import Quarter, Quota, QuotaRevision, Rep
from tests.factories.exports import LOST, bring, quotas
from tests.factories.reps import (
    NOON,
    OrganizationFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
)

pytestmark = pytest.mark.django_db


def owed():
    rows = Quota.objects.values_list("rep__name", "quarter__name", "amount")
    return set(rows.order_by())


def test_quotas_come_from_a_file_and_bring_their_quarters():
    sheet = quotas(
        ("ines calder", "2026-07-01", "900"), ("Jun Park", "2027-01-01", "5")
    )
    assert bring({}, quotas=sheet).quotas.added == 2
    assert owed() == {("Ines Calder", "Q3 2026", 900), ("Jun Park", "Q1 2027", 5)}
    quota = Quota.objects.get(rep__name="Ines Calder")
    assert (quota.first_day, quota.ramp) == (date(2026, 7, 1), 1)


def test_a_quota_of_the_file_replaces_the_amount_that_stood():
    bring({}, quotas=quotas(("Ines Calder", "2026-07-01", "900")))
    Quota.objects.update(ramp="0.5")
    sheet = ("Ines Calder", "2026-07-01", "950"), ("Jun Park", "2026-07-01", "5")
    result = bring({}, quotas=quotas(*sheet)).quotas
    assert (result.added, result.changed, result.left) == (1, 1, 0)
    quota = Quota.objects.get(rep__name="Ines Calder")
    assert (quota.amount, quota.ramp) == (950, Decimal("0.5"))
    result = bring({}, quotas=quotas(*sheet)).quotas
    assert (result.added, result.changed, result.left) == (0, 0, 2)


def test_what_a_file_changed_says_so():
    for amount in ("900", "950"):
        bring({}, quotas=quotas(("Ines Calder", "2026-07-01", amount)))
    facts = ("number", "amount", "changed_by", "why")
    assert list(QuotaRevision.objects.values_list(*facts)) == [
        (1, 900, None, "Imported"),
        (2, 950, None, "Imported"),
    ]


def test_those_of_a_closed_quarter_stay_without_a_reason():
    organization = OrganizationFactory(name="Calder & Lind")
    ines = RepFactory(organization=organization, name="Ines Calder")
    third = QuarterFactory(
        organization=organization,
        name="Q3 2026",
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 9, 30),
        made_at=NOON - timedelta(days=100),
    )
    QuotaFactory(organization=organization, rep=ines, quarter=third, amount=900)
    sheet = quotas(("Ines Calder", "2026-07-01", "17"))

    left = bring({}, quotas=sheet).quotas
    assert (left.changed, left.left, left.closed) == (
        0,
        1,
        (("Ines Calder", "Q3 2026"),),
    )
    assert owed() == {("Ines Calder", "Q3 2026", 900)}

    assert bring({}, quotas=sheet, reason="Signed late.").quotas.changed == 1
    assert owed() == {("Ines Calder", "Q3 2026", 17)}
    assert QuotaRevision.objects.latest("number").why == "Signed late."


def test_growth_gives_nobody_a_quota_in_a_closed_quarter_without_a_reason():
    organization = OrganizationFactory(name="Calder & Lind")
    spans = {
        "Q2 2026": (date(2026, 4, 1), date(2026, 6, 30)),
        "Q3 2026": (date(2026, 7, 1), date(2026, 9, 30)),
    }
    for name, (first, last) in spans.items():
        QuarterFactory(
            organization=organization,
            name=name,
            starts_on=first,
            ends_on=last,
            made_at=NOON - timedelta(days=200),
        )
    won = {"engage_date": "2026-05-01", "close_date": "2026-05-20"}
    bring(won, reason="Brought in late.")
    grown = bring(won, quota_growth=Decimal(2)).quotas
    assert {quarter for _name, quarter in grown.closed} == {"Q3 2026"}
    assert not Quota.objects.filter(quarter__name="Q3 2026").exists()
    again = bring(won, quota_growth=Decimal(2), reason="Brought in late.").quotas
    assert (again.added, again.closed) == (1, ())


def test_a_quota_may_be_of_a_rep_the_export_does_not_name():
    organization = OrganizationFactory(name="Calder & Lind")
    RepFactory(organization=organization, name="Nia Cole")
    bring({}, quotas=quotas(("Nia Cole", "2026-07-01", "900")))
    assert owed() == {("Nia Cole", "Q3 2026", 900)}


def test_a_quota_of_a_day_on_which_no_quarter_starts_is_refused():
    sheet = quotas(("Ines Calder", "2026-07-06", "900"), ("Bo", "2026-07-01", "5"))
    with pytest.raises(Refused) as refused:
        bring({"sales_agent": "Cy"}, quotas=sheet)
    assert refused.value.lines == [
        'deals.csv, line 2: unknown agent "Cy"',
        'quotas.csv, line 3: unknown agent "Bo"',
        "quotas.csv, line 2: no quarter starts on 2026-07-06",
    ]


def test_quotas_grow_from_the_last_quarters_booked():
    result = bring(
        {"opportunity_id": "A", "close_date": "2026-07-31"},
        {"opportunity_id": "B", "close_date": "2026-09-30", "close_value": "20"},
        LOST | {"opportunity_id": "C", "sales_agent": "Jun Park"},
        quota_growth=Decimal("1.1"),
    ).quotas
    assert owed() == {("Ines Calder", "Q4 2026", 550)}
    assert (result.added, result.changed, result.left) == (1, 0, 0)
    assert result.partial == (("Q3 2026", "Q4 2026"),)  # it begins on 31 July


def test_a_whole_earlier_quarter_is_no_reason_to_warn():
    result = bring(
        {"close_date": "2026-07-06"},
        {"opportunity_id": "B", "close_date": "2026-10-01"},
        LOST
        | {
            "opportunity_id": "C",
            "engage_date": "2026-06-01",
            "close_date": "2026-06-30",
        },
        quota_growth=Decimal(1),
    ).quotas
    assert result.added == 1
    assert result.partial == ()


def test_growth_leaves_a_quota_that_stands():
    bring({"close_date": "2026-09-30"})
    quarter = Quarter.objects.get(name="Q4 2026")
    ines = Rep.objects.get(name="Ines Calder")
    organization = ines.organization
    QuotaFactory(organization=organization, rep=ines, quarter=quarter, amount=7)
    result = bring({"close_date": "2026-09-30"}, quota_growth=Decimal("1.1")).quotas
    assert (result.added, result.left) == (0, 1)
    assert owed() == {("Ines Calder", "Q4 2026", 7)}
