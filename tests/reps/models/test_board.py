"""A board: which cards come first, how one reads on, and what a lane comes to."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from reps.models import Deal, MetCriterion, Quarter, Stage
from reps.models.board import CARDS_AT_ONCE, LanePosition, Total, lanes, totals
from tests.factories.reps import (
    NOON,
    DealFactory,
    ExitCriterionFactory,
    QuarterFactory,
    RepFactory,
    StageFactory,
)

pytestmark = pytest.mark.django_db

TODAY = NOON.date()


@pytest.fixture
def stage(rep):
    return StageFactory(organization=rep.organization, order=1, name="Qualified")


def deal(rep, stage, **facts):
    return DealFactory(owner=rep, stage=stage, **facts)


def since_unknown(deal):
    """As an import leaves a deal that it first saw where it stands."""
    Deal.objects.filter(pk=deal.pk).update(in_stage_since=None)
    return deal


def of(rep, **facts):
    return lanes(
        Stage.objects.visible_to(rep.user), Deal.objects.visible_to(rep.user), **facts
    )


def read_on(rep):
    """The cards of the one lane, page by page."""
    pages, after = [], None
    while True:
        (lane,) = of(rep, after=after)
        pages.append([card.pk for card in lane.cards])
        if not lane.has_more:
            return pages
        after = {lane.stage.pk: lane.last}


def test_a_card_is_a_deal_in_plain_values(rep, stage):
    made = deal(
        rep,
        stage,
        account="Quill & Co",
        amount=Decimal("17000.50"),
        amount_is_estimate=True,
        opened_on=date(2026, 11, 2),
        expected_close_on=date(2026, 12, 4),
    )
    for _ in range(2):
        ExitCriterionFactory(organization=rep.organization, stage=stage)
    made.meet(stage.exit_criteria.first(), by=rep.user, at=NOON)

    (lane,) = of(rep)

    (card,) = lane.cards
    assert (lane.stage, lane.asked, lane.has_more) == (stage, 2, False)
    assert (card.pk, card.account, card.owner_id) == (made.pk, "Quill & Co", rep.pk)
    assert (card.amount, card.is_estimate) == (Decimal("17000.50"), True)
    assert (card.since, card.expected_close_on) == (
        date(2026, 11, 2),
        date(2026, 12, 4),
    )
    assert card.met == 1


def test_a_retired_criterion_is_neither_asked_nor_met(rep, stage):
    criterion = ExitCriterionFactory(
        organization=rep.organization, stage=stage, is_retired=True
    )
    MetCriterion.objects.create(
        organization=rep.organization,
        deal=deal(rep, stage),
        criterion=criterion,
        met_by=rep.user,
        met_at=NOON,
    )

    (lane,) = of(rep)

    assert (lane.asked, lane.cards[0].met) == (0, 0)


def test_what_earlier_stages_asked_does_not_count_here(rep, stage):
    proposal = StageFactory(organization=rep.organization, order=2)
    criterion = ExitCriterionFactory(organization=rep.organization, stage=stage)
    ExitCriterionFactory(organization=rep.organization, stage=proposal)
    moved = deal(rep, stage)
    moved.meet(criterion, by=rep.user, at=NOON)
    moved.move_to(proposal, by=rep.user, on=TODAY, at=NOON)

    _, lane = of(rep)

    assert (lane.asked, lane.cards[0].met) == (1, 0)


def test_the_longest_here_comes_first_and_unknown_last(rep, stage):
    unknown = since_unknown(deal(rep, stage))
    young = deal(rep, stage, opened_on=date(2026, 11, 9))
    old = deal(rep, stage, opened_on=date(2026, 9, 1))

    (lane,) = of(rep)

    assert [card.pk for card in lane.cards] == [old.pk, young.pk, unknown.pk]


def test_lanes_come_in_the_boards_order_empty_ones_too(rep, stage):
    last = StageFactory(organization=rep.organization, order=3)
    middle = StageFactory(organization=rep.organization, order=2)
    deal(rep, last)

    assert [(lane.stage, len(lane.cards)) for lane in of(rep)] == [
        (stage, 0),
        (middle, 0),
        (last, 1),
    ]


def test_closed_deals_and_those_of_strangers_are_not_on_it(rep, stage):
    deal(rep, stage, won_on=TODAY)
    deal(RepFactory(organization=rep.organization), stage)

    assert of(rep)[0].cards == []


def test_one_reads_on_and_sees_every_card_once(rep, stage):
    """Ties of a day, and cards of which nobody knows the day, across two ends."""
    for number in range(CARDS_AT_ONCE + 3):
        deal(rep, stage, opened_on=TODAY - timedelta(days=number // 4))
    for _ in range(CARDS_AT_ONCE + 2):
        since_unknown(deal(rep, stage))

    pages = read_on(rep)

    assert [len(page) for page in pages] == [30, 30, 5]
    assert len({pk for page in pages for pk in page}) == 65


def test_a_mark_survives_an_address():
    for mark in (LanePosition(date(2026, 11, 2), 7), LanePosition(None, 7)):
        assert LanePosition.read(str(mark)) == mark


@pytest.mark.parametrize("written", ["", "7", "_", "yesterday_7", "2026-11-02_x"])
def test_what_is_no_mark_is_refused(written):
    with pytest.raises(ValueError, match=r"."):
        LanePosition.read(written)


def test_it_is_one_query_however_many_deals(rep, stage, django_assert_num_queries):
    for number in range(40):
        deal(rep, stage, opened_on=TODAY - timedelta(days=number))

    with django_assert_num_queries(1):
        (lane,) = of(rep)
    assert lane.has_more


# What lanes come to


def sums(rep):
    return totals(
        Deal.objects.visible_to(rep.user),
        Quarter.objects.visible_to(rep.user),
        today=TODAY,
    )


def test_open_deals_are_summed_by_stage(rep, stage):
    proposal = StageFactory(organization=rep.organization, order=2)
    for amount in (1_000, 2_000):
        deal(rep, stage, amount=amount)
    deal(rep, proposal, amount=4_000)

    found = sums(rep)

    assert found.of(stage.pk) == Total(2, Decimal(3_000))
    assert found.of(proposal.pk) == Total(1, Decimal(4_000))
    assert found.of(0) == Total()
    assert found.all_open == Total(3, Decimal(7_000))


def test_only_this_quarters_closed_deals_are_finished(rep, stage):
    quarter = QuarterFactory(organization=rep.organization)
    other = QuarterFactory()  # another organization's says nothing here
    assert other.organization != quarter.organization
    opened = {"opened_on": date(2026, 9, 1)}
    deal(rep, stage, amount=1_000, won_on=quarter.starts_on, **opened)
    deal(rep, stage, amount=500, won_on=quarter.starts_on - timedelta(1), **opened)
    deal(rep, stage, amount=2_000, lost_on=TODAY, **opened)
    deal(rep, stage, amount=4_000, lost_on=TODAY, **opened)

    found = sums(rep)

    assert found.won == Total(1, Decimal(1_000))
    assert found.lost == Total(2, Decimal(6_000))


def test_between_quarters_nothing_is_finished(rep, stage):
    deal(rep, stage, won_on=TODAY)

    assert sums(rep).won == Total()
