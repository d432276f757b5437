from datetime import date, timedelta
from decimal import Decimal

import pytest

from reps.domain.transitions import Place
from reps.models import Deal
from reps.models.open_deals import open_deals_of
from tests.factories.reps import NOON, DealFactory, RepFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 12)


def deal(rep, stage, amount=1_000, **facts):
    return DealFactory(owner=rep, stage=stage, amount=Decimal(amount), **facts)


def imported(rep, stage, opened_on):
    new = Deal(
        organization=rep.organization,
        owner=rep,
        amount=1_000,
        opened_on=opened_on,
        source="crm",
        source_key="1",
    )
    move = new.moved(
        Place(stage.pk), stages=[stage.pk], by=None, on=TODAY, at=NOON, importing="crm"
    )
    new.save()
    move.deal = new
    move.save()
    return new


def deals(rep):
    return open_deals_of(rep, today=TODAY)


def test_opportunities_and_earlier_deals_stand_apart_largest_first(
    rep, early, counting
):
    small, large = deal(rep, counting, 5_000), deal(rep, counting, 9_000)
    first = deal(rep, early, 99_000)
    deal(rep, counting, won_on=TODAY)
    deal(RepFactory(organization=rep.organization), counting)

    listed = deals(rep)

    assert [row.deal for row in listed.opportunities] == [large, small]
    assert [row.deal for row in listed.earlier] == [first]
    assert (listed.pipeline, listed.count) == (14_000, 3)


@pytest.mark.parametrize(
    ("limit", "opportunities", "earlier"), [(1, 1, 0), (2, 2, 0), (3, 2, 1), (9, 2, 2)]
)
def test_the_first_few_are_opportunities_before_earlier_ones(
    rep, early, counting, limit, opportunities, earlier
):
    for stage in (early, early, counting, counting):
        deal(rep, stage)

    few = deals(rep).first(limit)

    assert (len(few.opportunities), len(few.earlier)) == (opportunities, earlier)


def test_a_deal_has_an_age_and_the_days_in_its_stage(rep, early, counting):
    moved = deal(rep, early, opened_on=TODAY - timedelta(days=48))
    twenty_ago = TODAY - timedelta(days=20)
    moved.move_to(counting, by=rep.user, on=twenty_ago, at=NOON)

    (row,) = deals(rep).opportunities

    assert (row.age, row.here) == (48, 20)


def test_closing_and_reopening_does_not_move_it_to_another_stage(rep, counting):
    opened_on = TODAY - timedelta(days=30)
    back = deal(rep, counting, opened_on=opened_on, lost_on=TODAY - timedelta(days=9))
    back.move_to(counting, by=rep.user, on=TODAY, at=NOON, reason="they called again")

    (row,) = deals(rep).opportunities

    assert row.here == 30


@pytest.mark.parametrize(
    ("opened_on", "age"), [(TODAY - timedelta(days=7), 7), (None, None)]
)
def test_an_import_does_not_say_since_when_a_deal_stands_there(
    rep, counting, opened_on, age
):
    imported(rep, counting, opened_on)

    (row,) = deals(rep).opportunities

    assert (row.age, row.here) == (age, None)


def test_a_deal_opened_on_somebody_elses_tomorrow_is_no_days_old(rep, counting):
    deal(rep, counting, opened_on=TODAY + timedelta(days=1))

    assert deals(rep).opportunities[0].age == 0


@pytest.mark.parametrize("many", [1, 9])
def test_it_is_one_query_however_many(rep, counting, many, django_assert_num_queries):
    for _ in range(many):
        deal(rep, counting)

    with django_assert_num_queries(1):
        assert [row.deal.stage.usual_days for row in deals(rep).opportunities]
