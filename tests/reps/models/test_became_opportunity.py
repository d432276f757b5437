"""On which day a deal became an opportunity: the database keeps it, whoever writes."""

from datetime import date

import pytest
from django.db import connection

from reps.domain.transitions import Place
from reps.models import Deal, Stage, StageMove
from tests.factories.reps import NOON, DealFactory, StageFactory

pytestmark = pytest.mark.django_db

MARCH, APRIL, MAY = date(2026, 3, 2), date(2026, 4, 6), date(2026, 5, 4)


def since(deal):
    return Deal.objects.values_list("became_opportunity_on", flat=True).get(pk=deal.pk)


def move(deal, stage, on, outcome="open"):
    said = {"by": deal.owner.user, "at": NOON, "reason": "as the test says"}
    deal.move_to(stage, outcome, on=on, **said)


def brought_in(rep, stage, *, opened_on, moved_on=APRIL):
    """As an import sees a deal for the first time."""
    facts = {"organization": rep.organization, "owner": rep, "amount": 1_000}
    deal = Deal(opened_on=opened_on, source="crm", source_key="7", **facts)
    arrival = (deal, Place(stage.pk), moved_on)
    Deal.objects.import_all([arrival], stages=[stage.pk], source="crm", at=NOON)
    return deal


def test_it_is_the_day_of_the_first_move_to_a_stage_that_counts(rep, early, counting):
    deal = DealFactory(owner=rep, stage=early, opened_on=MARCH)
    assert since(deal) is None

    move(deal, counting, APRIL)
    assert since(deal) == APRIL

    move(deal, early, MAY)
    move(deal, counting, MAY)
    assert since(deal) == APRIL


def test_a_deal_opened_so_far_along_became_one_that_day(rep, counting):
    assert since(DealFactory(owner=rep, stage=counting, opened_on=MARCH)) == MARCH


def test_a_win_counts_wherever_it_stood_and_a_loss_does_not(rep, early):
    won, lost = (DealFactory(owner=rep, stage=early, opened_on=MARCH) for _ in "12")
    move(won, early, APRIL, "won")
    move(lost, early, APRIL, "lost")

    assert (since(won), since(lost)) == (APRIL, None)


@pytest.mark.parametrize(("opened_on", "day"), [(MARCH, MARCH), (None, APRIL)])
def test_of_an_imported_deal_it_is_the_day_it_was_opened(rep, counting, opened_on, day):
    assert since(brought_in(rep, counting, opened_on=opened_on)) == day


def test_it_follows_the_opening_day_of_an_imported_deal(rep, counting):
    deal = brought_in(rep, counting, opened_on=None)

    deal.correct({"opened_on": MARCH}, by=None, at=NOON)

    assert since(deal) == MARCH


def test_it_does_not_follow_the_opening_day_of_one_that_moved(rep, early, counting):
    deal = DealFactory(owner=rep, stage=early, opened_on=MARCH)
    move(deal, counting, APRIL)

    deal.correct({"opened_on": date(2026, 1, 5)}, by=None, at=NOON)

    assert since(deal) == APRIL


def test_it_follows_from_which_stage_on_deals_count(rep):
    first, second = (
        StageFactory(organization=rep.organization, order=order, is_opportunity=True)
        for order in (1, 2)
    )
    stays = DealFactory(owner=rep, stage=first, opened_on=MARCH)
    moved = DealFactory(owner=rep, stage=first, opened_on=MARCH)
    move(moved, second, APRIL)

    Stage.objects.count_from(second)
    assert (since(stays), since(moved)) == (None, APRIL)

    Stage.objects.count_from(first)
    assert (since(stays), since(moved)) == (MARCH, MARCH)


def test_another_day_written_beside_the_moves_is_put_right(rep, counting):
    deal = DealFactory(owner=rep, stage=counting, opened_on=MARCH)

    Deal.objects.filter(pk=deal.pk).update(became_opportunity_on=MAY)
    assert since(deal) == MARCH

    deal.save()  # it was read before its first move had been written
    assert since(deal) == MARCH


def test_a_move_that_nobody_made_by_a_verb_dates_it_too(rep, early, counting):
    deal = DealFactory(owner=rep, stage=early, opened_on=MARCH)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reps_deal SET stage_id = %s WHERE id = %s", [counting.pk, deal.pk]
        )
    StageMove.objects.create(
        organization=deal.organization,
        deal=deal,
        number=2,
        kind="forward",
        from_stage=early,
        to_stage=counting,
        outcome="open",
        moved_on=APRIL,
        recorded_at=NOON,
        moved_by=rep.user,
    )

    assert since(deal) == APRIL
