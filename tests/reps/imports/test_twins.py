"""A row that looks like a deal typed here by hand: the same one, or another?"""

from datetime import date
from decimal import Decimal

import pytest

from reps.models import Deal, DealFacts
from tests.factories.deal_rows import place, row, won
from tests.factories.reps import (
    DealFactory,
    OrganizationFactory,
    RepFactory,
    StageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    """Where Theo and Mira sell, over two stages."""
    office = OrganizationFactory()
    StageFactory(organization=office, name="Prospecting", order=1)
    StageFactory(organization=office, name="Engaging", order=2)
    for name in ("Theo", "Mira"):
        RepFactory(organization=office, name=name)
    return office


def typed(office, *, stage=1, owner="Theo", **facts):
    """A deal that somebody typed, of 21,000."""
    usual = {"account": "quill &  co", "product": "Rollout", "amount": Decimal(21_000)}
    owner = office.reps.get(name=owner)
    stage = office.stages.get(order=stage)
    return DealFactory(organization=office, owner=owner, stage=stage, **usual | facts)


def pairs(placed):
    return [(row.number, deal) for row, deal in placed.twins]


def tally(placed):
    return placed.added, placed.changed, placed.same


@pytest.mark.parametrize("theirs", [row(), won(), row(amount=Decimal(19_100))])
def test_neither_added_nor_changed_until_somebody_says(office, theirs):
    deal = typed(office)
    placed = place(office, theirs, row("B", account="Larkspur"))
    assert pairs(placed) == [("A1", deal)]
    assert tally(placed) == (1, 0, 0)
    assert not Deal.objects.filter(source_key="A1").exists()
    deal.refresh_from_db()
    assert (deal.source, deal.amount) == ("", 21_000)


@pytest.mark.parametrize(
    "facts",
    [
        {"account": "Quill"},
        {"amount": Decimal(17_999)},
        {"amount": Decimal(22_001)},
        {"owner": "Mira"},
        {"won_on": date(2026, 11, 2)},
        {"source": "Pipedrive", "source_key": "7"},
    ],
)
def test_what_does_not_look_like_it_is_another(office, facts):
    typed(office, **facts)
    assert tally(place(office, row())) == (1, 0, 0)


def test_a_deal_of_no_account_looks_like_none(office):
    typed(office, account="")
    assert tally(place(office, row(account=""))) == (1, 0, 0)


def test_what_was_closed_before_the_other_opened_is_another(office):
    typed(office, opened_on=date(2026, 11, 3))
    assert tally(place(office, won())) == (1, 0, 0)


@pytest.mark.parametrize("whose", ["theirs", "ours"])
def test_an_amount_nobody_gave_tells_nothing_apart(office, whose):
    deal = typed(office, amount=Decimal(50_000), amount_is_estimate=whose == "ours")
    theirs = row(amount_is_estimate=whose == "theirs")
    assert pairs(place(office, theirs)) == [("A1", deal)]


def test_another_is_added(office):
    typed(office)
    assert tally(place(office, row(), same_as={"A1": 0})) == (1, 0, 0)
    assert tally(place(office, row())) == (0, 0, 1)


def test_the_same_is_the_files_from_now_on_and_what_was_typed_stays(office):
    deal = typed(office, product="", stage=2, opened_on=date(2026, 10, 8))
    placed = place(office, row(), same_as={"A1": deal.pk})
    assert tally(placed) == (0, 1, 0)
    *facts, stands = sorted(placed.kept, key=lambda one: one.field == "stands")
    assert [(one.field, one.theirs) for one in facts] == [
        ("amount", 20_000),
        ("account", "Quill & Co"),
        ("opened_on", date(2026, 10, 5)),
    ]
    assert (stands.ours.stage, stands.theirs.stage) == ("Engaging", "Prospecting")
    deal.refresh_from_db()
    assert (deal.source, deal.source_key) == ("HubSpot", "A1")
    assert (deal.account, deal.amount) == ("quill &  co", 21_000)
    assert deal.product == "Pilot"  # nobody had typed one
    assert deal.moves.count() == 1

    # Known by its number from now on: nobody is asked again.
    again = place(office, row())
    assert (pairs(again), tally(again), len(again.kept)) == ([], (0, 0, 1), 4)


def test_where_the_files_is_taken_it_moves_the_typed_deal_too(office):
    deal = typed(office)
    placed = place(office, won(), same_as={"A1": deal.pk}, take_all=True)
    assert tally(placed) == (0, 1, 0)
    assert all(one.is_taken for one in placed.kept)
    deal.refresh_from_db()
    assert (deal.outcome, deal.amount, deal.account) == ("won", 20_000, "Quill & Co")
    assert [move.kind for move in deal.moves.order_by("number")] == [
        "opened",
        "imported",
    ]


def test_it_is_the_files_even_where_nothing_else_differs(office):
    facts = {"account": "Quill & Co", "product": "Pilot", "amount": Decimal(20_000)}
    deal = typed(office, **facts)
    before = DealFacts.objects.count()
    assert tally(place(office, row(), same_as={"A1": deal.pk})) == (0, 1, 0)
    deal.refresh_from_db()
    assert deal.source_key == "A1"
    assert DealFacts.objects.count() == before


def test_one_that_was_won_since_can_still_be_the_same(office):
    deal = typed(office, won_on=date(2026, 11, 3))
    placed = place(office, row(), same_as={"A1": deal.pk})
    assert tally(placed) == (0, 1, 0)
    deal.refresh_from_db()
    assert (deal.source_key, deal.outcome) == ("A1", "won")


def test_two_rows_are_not_one_deal(office):
    deal = typed(office)
    same = {"A1": deal.pk, "B": deal.pk}
    placed = place(office, row(), row("B"), row("C"), same_as=same)
    assert pairs(placed) == [("B", deal)]
    assert tally(placed) == (1, 1, 0)  # C is like nothing that is left


def test_what_is_not_here_to_be_taken_is_none(office):
    elsewhere = DealFactory(account="Quill & Co", amount=Decimal(20_000))
    theirs = typed(office, owner="Mira")
    teams = [office.reps.get(name="Theo").team_id]
    for deal, facts in ((elsewhere, {}), (theirs, {"teams": teams})):
        number = f"A{deal.pk}"
        placed = place(office, row(number), same_as={number: deal.pk}, **facts)
        assert tally(placed) == (1, 0, 0)
        deal.refresh_from_db()
        assert deal.source == ""
