"""The ledger of a deal's facts: written whoever changes a deal, and by whatever way."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from reps.models import Deal, DealFacts
from reps.models.who_and_why import say_who_and_why
from tests.factories.reps import (
    NOON,
    DealFactory,
    RepFactory,
    StageFactory,
    close_deals,
)

pytestmark = pytest.mark.django_db
FACTS = ("account", "amount", "expected_close_on", "closed_on")


@pytest.fixture
def deal():
    return DealFactory(account="Quill & Co", amount=23_000)


def rows(deal, *fields):
    return list(DealFacts.objects.of(deal).values_list("number", "kind", *fields))


def test_its_first_row_is_what_it_was_opened_with(deal):
    (row,) = DealFacts.objects.of(deal)
    assert (row.number, row.kind, row.recorded_at) == (1, "opened", NOON)
    assert (row.owner, row.account, row.amount) == (deal.owner, "Quill & Co", 23_000)
    assert row.changed_by == deal.owner.user


def test_a_change_is_a_row_with_who_and_when(deal):
    deal.correct({"amount": 99_000}, by=deal.owner.user, at=NOON)
    assert rows(deal, "amount") == [(1, "opened", 23_000), (2, "changed", 99_000)]
    last = DealFacts.objects.of(deal).last()
    assert (last.changed_by, last.why, last.recorded_at) == (deal.owner.user, "", NOON)


@pytest.mark.parametrize(
    "change",
    [
        lambda deal: Deal.objects.filter(pk=deal.pk).update(amount=99_000),
        lambda deal: Deal.objects.bulk_update([deal], ["amount"]),
        lambda deal: deal.save(),
        lambda deal: Deal.objects.bulk_create(
            [deal],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["amount"],
        ),
        lambda deal: connection.cursor().execute(
            "UPDATE reps_deal SET amount = 99000 WHERE id = %s", [deal.pk]
        ),
    ],
    ids=["update", "bulk_update", "save", "upsert", "raw SQL"],
)
def test_there_is_no_way_round_it(deal, change):
    deal.amount = 99_000
    change(deal)
    assert rows(deal, "amount") == [(1, "opened", 23_000), (2, "changed", 99_000)]


def test_many_at_once_have_a_row_each():
    deals = [DealFactory(amount=n) for n in (1, 2, 3)]
    Deal.objects.update(amount=5)
    assert [rows(deal, "amount")[-1] for deal in deals] == [(2, "changed", 5)] * 3


def test_a_move_is_no_fact_but_the_day_it_closes_on_is(deal):
    said = {"by": deal.owner.user, "at": NOON, "on": date(2026, 11, 12)}
    deal.move_to(deal.stage, "lost", reason="They built it themselves.", **said)
    assert rows(deal, "closed_on", "why") == [
        (1, "opened", None, "as the test says"),
        (2, "changed", date(2026, 11, 12), "They built it themselves."),
    ]


def test_nothing_changed_is_no_row(deal):
    deal.save()
    assert len(rows(deal)) == 1


def forgotten():
    """As at the beginning of another transaction."""
    say_who_and_why()


def test_a_closed_deal_changes_with_a_reason_only(deal):
    won = DealFactory(won_on=date(2026, 11, 10))
    forgotten()
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        Deal.objects.filter(pk=won.pk).update(amount=99_000)
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        won.correct({"amount": 99_000}, by=won.owner.user, at=NOON)
    won.correct(
        {"amount": 99_000}, by=won.owner.user, at=NOON, why="The contract says."
    )
    assert rows(won, "amount", "why")[-1] == (
        3,
        "changed",
        99_000,
        "The contract says.",
    )


def test_an_owner_is_a_fact_too(deal):
    other = RepFactory(organization=deal.organization)
    Deal.objects.filter(pk=deal.pk).update(owner=other)
    assert rows(deal, "owner")[-1] == (2, "changed", other.pk)


@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE reps_dealfacts SET amount = 1",
        "DELETE FROM reps_dealfacts",
    ],
)
def test_its_rows_are_never_edited(deal, attempt):
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        connection.cursor().execute(attempt)


@pytest.mark.usefixtures("as_owner")
def test_one_from_before_is_written_down_as_found_before_its_first_change(deal):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reps_dealfacts DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM reps_dealfacts")
        cursor.execute("ALTER TABLE reps_dealfacts ENABLE TRIGGER USER")
    Deal.objects.filter(pk=deal.pk).update(amount=99_000)
    assert rows(deal, "amount") == [(1, "found", 23_000), (2, "changed", 99_000)]


EVERY = {"owner_id", "account", "amount", "opened_on"}  # nothing more was typed


def said(deal, **typed):
    return DealFacts.objects.said_by_people([deal], **typed)[deal.pk]


def test_whoever_typed_a_deal_said_its_facts_but_what_they_left_empty(deal):
    assert said(deal) == EVERY
    guess = DealFactory(amount_is_estimate=True)
    assert said(guess) == EVERY - {"amount"}


def test_whoever_changes_a_fact_last_said_it(deal):
    say_who_and_why(why="HubSpot")
    Deal.objects.filter(pk=deal.pk).update(account="Quill", product="Pilot")
    assert said(deal) == EVERY - {"account"}
    deal.correct({"product": ""}, by=deal.owner.user, at=NOON)
    assert said(deal) == EVERY - {"account"} | {"product"}


def test_an_amount_called_certain_is_said_and_an_estimate_is_not(deal):
    say_who_and_why(why="HubSpot")
    Deal.objects.filter(pk=deal.pk).update(amount=1, amount_is_estimate=True)
    assert said(deal) == EVERY - {"amount"}
    deal.correct({"amount_is_estimate": False}, by=deal.owner.user, at=NOON)
    assert said(deal) == EVERY


def test_of_what_was_there_before_the_ledger_it_is_told_whether_it_was_typed():
    rep = RepFactory()
    close_deals(rep, StageFactory(organization=rep.organization), won=1)
    deal = Deal.objects.get()
    assert said(deal) == set()
    assert said(deal, typed={deal.pk}) >= {"owner_id", "amount", "closed_on"}
