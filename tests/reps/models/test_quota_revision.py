"""The ledger of a quota: written whoever sets it, and by whatever way."""

from datetime import date
from decimal import Decimal
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from reps.models import Quota, QuotaRevision
from reps.models.who_and_why import say_who_and_why
from tests.factories.reps import (
    NOON,
    Q4_STARTS_ON,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

WHY = "Two of her accounts went to Theo."
NOVEMBER = date(2026, 11, 9)  # 35 of 91 days are gone


@pytest.fixture
def quota():
    """2,000 a day, in 91 days from 5 October."""
    return QuotaFactory(amount=182_000)


def rows(quota, *fields):
    rows = QuotaRevision.objects.of([quota])
    return list(rows.values_list("number", "amount", *fields))


def set_to(quota, amount, **said):
    facts = {"rep": quota.rep, "quarter": quota.quarter, "ramp": quota.ramp}
    row = Quota(organization=quota.organization, amount=Decimal(amount), **facts)
    Quota.objects.set_quotas(
        quota.organization, [row], **{"at": NOON, "why": WHY} | said
    )
    say_who_and_why()  # as at the beginning of another transaction
    return Quota.objects.with_booked().get(pk=quota.pk)


def test_its_first_row_is_what_it_was_set_to(quota):
    assert rows(quota, "ramp", "starts_on", "holds_from", "changed_by", "why") == [
        (1, 182_000, 1, None, None, None, "")
    ]


def test_a_change_is_a_row_with_who_when_and_why(quota):
    admin = UserFactory(organization=quota.organization, is_admin=True)
    set_to(quota, 17_000, by=admin)
    last = QuotaRevision.objects.get(number=2)
    assert (last.amount, last.changed_by, last.why) == (17_000, admin, WHY)
    assert last.recorded_at == NOON


def test_nothing_owed_is_a_revision_and_the_quota_stays(quota):
    assert set_to(quota, 0).owed == 0
    assert rows(quota) == [(1, 182_000), (2, 0)]
    with pytest.raises(ProtectedError):
        quota.delete()


def test_nothing_owed_by_whoever_has_no_quota_is_no_row(quota):
    hana = RepFactory(organization=quota.organization)
    none = Quota(
        organization=quota.organization, rep=hana, quarter=quota.quarter, amount=0
    )
    Quota.objects.set_quotas(quota.organization, [none], at=NOON)
    assert Quota.objects.get() == quota


def test_nothing_changed_is_no_row(quota):
    set_to(quota, 182_000, why="")
    quota.save()
    assert rows(quota) == [(1, 182_000)]


@pytest.mark.parametrize(
    "change",
    [
        lambda quota: Quota.objects.filter(pk=quota.pk).update(amount=17_000),
        lambda quota: Quota.objects.bulk_update([quota], ["amount"]),
        lambda quota: quota.save(),
        lambda quota: connection.cursor().execute(
            "UPDATE reps_quota SET amount = 17000 WHERE id = %s", [quota.pk]
        ),
    ],
    ids=["update", "bulk_update", "save", "raw SQL"],
)
@pytest.mark.parametrize("why", [WHY, ""])
def test_there_is_no_way_round_it(change, why):
    begun = QuarterFactory(starts_on=date(2001, 1, 1), ends_on=date(2001, 3, 31))
    quota = QuotaFactory(quarter=begun, organization=begun.organization, amount=200_000)
    quota.amount = 17_000
    say_who_and_why(why=why)
    if not why:
        with pytest.raises(IntegrityError, match="say why"), transaction.atomic():
            change(quota)
        assert rows(quota) == [(1, 200_000)]
        return
    change(quota)
    assert rows(quota, "why") == [(1, 200_000, ""), (2, 17_000, WHY)]


def test_it_has_begun_where_the_organization_is():
    """On 4 October at 15:00 in Greenwich it is the 5th in Auckland."""
    quota = QuotaFactory(organization__time_zone="Pacific/Auckland")
    early = NOON.replace(month=10, day=4, hour=10)
    set_to(quota, 150_000, why="", at=early)
    with pytest.raises(IntegrityError, match="say why"), transaction.atomic():
        set_to(quota, 140_000, why="", at=early.replace(hour=15))


def test_a_quota_stays_its_reps_and_its_quarters(quota):
    other = RepFactory(organization=quota.organization)
    with pytest.raises(DatabaseError, match="stays its rep's"), transaction.atomic():
        Quota.objects.filter(pk=quota.pk).update(rep=other)


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE reps_quotarevision SET amount = 1",
        "DELETE FROM reps_quotarevision",
    ],
)
@pytest.mark.usefixtures("as_owner")
def test_its_rows_are_never_edited(quota, attempt):
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        connection.cursor().execute(attempt)


# --- What is owed then ---------------------------------------------------------------


def test_from_a_day_on_the_days_before_owe_what_they_did(quota):
    now = set_to(quota, 91_000, holds_from=NOVEMBER)
    assert now.owed == 35 * 2_000 + 56 * 1_000
    assert now.owed_by(date(2026, 11, 12)) == 74_000
    assert now.owed_between(date(2026, 11, 8), NOVEMBER) == 3_000
    standing = now.standing(as_of=date(2026, 11, 12), booked=Decimal(0))
    assert (standing.quota, standing.expected) == (126_000, 74_000)


def test_the_first_day_of_the_quarter_is_no_day_of_its_own(quota):
    set_to(quota, 91_000, holds_from=Q4_STARTS_ON)
    late = QuotaFactory(
        rep__team=quota.rep.team,
        organization=quota.organization,
        quarter=quota.quarter,
        starts_on=Q4_STARTS_ON,
    )
    assert rows(quota, "holds_from")[1:] == [(2, 91_000, None)]
    assert rows(late, "starts_on") == [(1, 200_000, None)]


def test_it_is_the_same_read_along_or_one_by_one(quota):
    set_to(quota, 91_000, holds_from=NOVEMBER)
    set_to(quota, 0, holds_from=date(2026, 12, 7))
    along = Quota.objects.with_earlier().get()
    assert along.in_force == Quota.objects.get().in_force
    assert along.owed == 35 * 2_000 + 28 * 1_000


@pytest.mark.parametrize("revised", [0, 3])
def test_many_are_read_in_one_query(quota, revised, django_assert_num_queries):
    quotas = [QuotaFactory(quarter=quota.quarter) for _ in range(3)]
    for one in quotas[:revised]:
        set_to(one, 91_000, holds_from=NOVEMBER)
    with django_assert_num_queries(1):
        for one in Quota.objects.with_booked():
            assert one.owed


# --- Those from before ---------------------------------------------------------------


def schema_editor():
    return SimpleNamespace(connection=connection)


@pytest.fixture
def from_before(quota):
    """Two quotas as they were, with a first day of the quarter of their own."""
    late = QuotaFactory(
        quarter=quota.quarter,
        ramp=Decimal("0.5"),
        starts_on=date(2026, 11, 19),
        amount=91_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("reps_quotarevision", "reps_quota"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM reps_quotarevision")
        Quota.objects.filter(pk=quota.pk).update(starts_on=Q4_STARTS_ON)
        for table in ("reps_quotarevision", "reps_quota"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return quota, late


@pytest.mark.usefixtures("as_owner")
def test_each_gets_its_first_row_and_owes_what_it_did(from_before):
    quota, late = from_before
    before = [quota.owed, late.owed]
    migration = import_module("reps.migrations.0022_quota_revisions_as_found")
    migration.write_down(None, schema_editor())
    migration.write_down(None, schema_editor())  # it was interrupted, and goes on
    assert rows(quota, "starts_on", "ramp") == [(1, 182_000, None, 1)]
    assert rows(late, "starts_on", "ramp") == [
        (1, 91_000, date(2026, 11, 19), Decimal("0.5"))
    ]
    now = [Quota.objects.get(pk=one.pk) for one in from_before]
    assert [one.owed for one in now] == before
    assert [one.starts_on for one in now] == [None, date(2026, 11, 19)]


@pytest.mark.usefixtures("as_owner")
def test_one_that_changes_before_that_is_written_down_first(from_before):
    quota, late = from_before
    set_to(quota, 17_000)
    assert rows(quota, "starts_on", "why") == [
        (1, 182_000, None, ""),
        (2, 17_000, None, WHY),
    ]
    late.amount = 90_000
    say_who_and_why(why=WHY)
    late.save()
    assert rows(late, "starts_on")[0] == (1, 91_000, date(2026, 11, 19))
