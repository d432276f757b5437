"""What an organization is given before an export goes into it, and what it keeps."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection, transaction

from reps.imports.organization import organization_for_import
from reps.imports.refusal import Refused
from reps.models import ActivityKind, Deal, Organization, Quarter, Stage
from tests.factories.exports import ENGAGING, PROSPECT, bring
from tests.factories.imports import bring_deals
from tests.factories.reps import (
    NOON,
    OrganizationFactory,
    QuarterFactory,
    RepFactory,
    StageFactory,
)

pytestmark = pytest.mark.django_db


def board():
    places = Deal.objects.values_list("source_key", "stage__name", "outcome")
    return set(places)


def test_it_makes_the_organization_with_stages_and_activities():
    bring({})
    stages = Stage.objects.in_order().values_list(
        "name", "is_opportunity", "weight", "usual_days"
    )
    assert list(stages) == [
        ("Prospecting", False, 0, 14),
        ("Engaging", True, Decimal("0.30"), 45),
    ]
    assert ActivityKind.objects.get(is_leading=True).name == "Demos held"


def test_it_adds_to_an_organization_that_has_stages_of_its_own():
    organization = OrganizationFactory(name="Calder & Lind")
    StageFactory(organization=organization, name="Engaging", order=1)
    StageFactory(organization=organization, name="Contract", order=2)
    bring({}, ENGAGING | {"opportunity_id": "B"})
    assert board() == {("A1", "Contract", "won"), ("B", "Engaging", "open")}
    assert Organization.objects.count() == 1
    assert Stage.objects.count() == 2


def test_a_stage_the_organization_does_not_have_is_refused():
    organization = OrganizationFactory(name="Calder & Lind")
    StageFactory(organization=organization, name="Contract")
    with pytest.raises(Refused) as refused:
        bring(ENGAGING)
    assert refused.value.lines == [
        'deals.csv, line 2: unknown stage "Engaging"; known are Contract, Won, Lost'
    ]


def spans():
    return [
        (quarter.name, quarter.starts_on, quarter.ends_on)
        for quarter in Quarter.objects.order_by("starts_on")
    ]


def test_it_makes_the_calendar_quarters_of_all_dates_and_of_today():
    bring({"engage_date": "2025-12-31", "close_date": "2026-08-14"})
    assert spans() == [
        ("Q4 2025", date(2025, 10, 1), date(2025, 12, 31)),
        ("Q3 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("Q4 2026", date(2026, 10, 1), date(2026, 12, 31)),
    ]


def test_they_are_those_of_its_own_fiscal_year():
    OrganizationFactory(name="Calder & Lind", first_month=2)
    bring({"engage_date": "2025-12-31", "close_date": "2026-08-14"})
    assert spans() == [
        ("Q4 FY26", date(2025, 11, 1), date(2026, 1, 31)),
        ("Q3 FY27", date(2026, 8, 1), date(2026, 10, 31)),
        ("Q4 FY27", date(2026, 11, 1), date(2027, 1, 31)),
    ]


def test_moved_dates_bring_their_own_quarters():
    bring({}, shift_to=date(2026, 11, 11))
    dates = Deal.objects.values_list("opened_on", "closed_on")
    assert dates.get() == (date(2026, 10, 5), date(2026, 11, 13))
    assert [name for name, *_days in spans()] == ["Q4 2026"]


def test_it_leaves_the_organizations_own_quarters_and_does_not_overlap_them():
    organization = OrganizationFactory(name="Calder & Lind")
    QuarterFactory(organization=organization)  # 5 October to 3 January
    summary = bring(
        {"engage_date": "2026-10-01", "close_date": "2026-10-06"},
        PROSPECT | {"opportunity_id": "B"},
    )
    assert spans() == [("Q4 2026", date(2026, 10, 5), date(2027, 1, 3))]
    assert summary.days_between_quarters == [date(2026, 10, 1)]


def test_a_fiscal_quarter_may_have_the_name_already():
    organization = OrganizationFactory(name="Calder & Lind")
    QuarterFactory(
        organization=organization,
        name="Q3 2026",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 3, 31),
    )
    bring({})
    assert "Q3 2026 (2026-07-01)" in [name for name, *_days in spans()]


@pytest.mark.django_db(transaction=True)
def test_a_deal_is_added_while_an_import_is_under_way(at_once):
    stage = StageFactory()
    rep = RepFactory(organization=stage.organization)

    def add():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        facts = {"owner": rep, "account": "Typed", "amount": 1, "key": uuid4()}
        said = {"by": rep.user, "on": NOON.date(), "at": NOON}
        Deal.objects.open_deal(stage=stage, **facts, **said)

    with transaction.atomic():
        organization_for_import(stage.organization.name)
        bring_deals(rep, {})
        at_once(add)
    assert Deal.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_imports_come_one_after_the_other(at_once):
    name = OrganizationFactory().name
    ended = []

    def import_something():
        with transaction.atomic():
            organization_for_import(name)
            ended.append("first" if not ended else "second")
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.2)")
            ended.append("end")

    at_once(import_something, import_something)
    assert ended == ["first", "end", "second", "end"]
