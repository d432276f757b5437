from datetime import date
from decimal import Decimal

import pytest

from reps.models import Quarter, Quota
from reps.models.past_quarters import past_quarters
from reps.models.track_record import track_records
from tests.factories.reps import (
    NOON,
    DealFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 12)


@pytest.fixture
def third(rep):
    return QuarterFactory(
        organization=rep.organization,
        name="Q3 2026",
        starts_on=date(2026, 7, 6),
        ends_on=date(2026, 10, 4),
    )


@pytest.fixture
def fourth(rep):
    return QuarterFactory(organization=rep.organization)


def won(rep, day, amount=1_000, **facts):
    return DealFactory(
        owner=rep,
        amount=Decimal(amount),
        opened_on=date(2026, 7, 6),
        won_on=day,
        **facts,
    )


def cancelled(rep, *, won_on, on, amount=41_000):
    deal = won(rep, won_on, amount)
    by = rep.user
    deal.cancel(deal.amount, on=on, words="Their budget is gone.", by=by, at=NOON)
    return deal


def records(rep, limit=6):
    quarters = list(Quarter.objects.begun_by(TODAY))
    return past_quarters(rep, quarters, limit=limit)


def test_the_latest_quarter_comes_first_with_what_was_owed_and_booked(
    rep, third, fourth
):
    QuotaFactory(rep=rep, quarter=third, amount=4_000)
    won(rep, third.starts_on)
    won(rep, third.ends_on)
    won(rep, fourth.starts_on)

    latest, before = records(rep)

    assert (latest.quarter, latest.quota, latest.booked) == (fourth, None, 1_000)
    assert (before.quarter, before.owed, before.booked) == (third, 4_000, 2_000)
    assert before.attainment == Decimal("0.5")
    assert latest.attainment is None


def test_a_cancellation_comes_off_on_its_own_day_and_not_where_it_was_won(
    rep, third, fourth
):
    deal = cancelled(rep, won_on=date(2026, 9, 1), on=date(2026, 11, 3))

    latest, before = records(rep)

    (told,) = latest.called_off
    assert (told.cancellation.deal, told.won_in) == (deal, third)
    assert (latest.cancelled, latest.booked) == (41_000, -41_000)
    assert (before.cancelled, before.booked) == (0, 41_000)


def test_a_cancellation_names_a_quarter_that_is_not_listed_any_more(rep, third, fourth):
    cancelled(rep, won_on=date(2026, 9, 1), on=date(2026, 11, 3))

    (only,) = records(rep, limit=1)

    assert only.called_off[0].won_in == third


def test_a_cancelled_deal_of_before_the_first_quarter_was_booked_in_none(rep, fourth):
    cancelled(rep, won_on=date(2026, 7, 7), on=date(2026, 11, 3))

    assert records(rep)[0].called_off[0].won_in is None


def test_a_quarter_in_which_nothing_was_owed_or_sold_is_empty(rep, third, fourth):
    won(rep, date(2026, 11, 3))

    assert [record.is_empty for record in records(rep)] == [False, True]


def test_nobody_elses_deals_are_booked(rep, fourth):
    peer = RepFactory(team=rep.team)
    won(peer, date(2026, 11, 3))

    assert records(rep)[0].booked == 0


def test_the_standing_is_the_one_on_the_team_board(rep, fourth):
    QuotaFactory(
        rep=rep, quarter=fourth, ramp=Decimal("0.5"), starts_on=date(2026, 11, 2)
    )
    won(rep, date(2026, 11, 3))

    assert records(rep)[0].standing(as_of=TODAY) == on_the_board(rep, fourth)


def on_the_board(rep, quarter):
    board = track_records(
        [rep],
        quarter=quarter,
        quarters=[quarter],
        leading=None,
        today=TODAY,
        work_week=rep.organization.work_week,
    )
    return board[rep.pk].standing


def test_each_day_of_a_quarter_owes_what_held_on_it(rep, fourth):
    QuotaFactory(rep=rep, quarter=fourth, amount=182_000)  # 2,000 a day
    halved = Quota(
        organization=rep.organization, rep=rep, quarter=fourth, amount=91_000
    )
    facts = {"at": NOON, "why": "Two accounts went to Theo."}
    Quota.objects.set_quotas(
        rep.organization, [halved], holds_from=date(2026, 11, 9), **facts
    )

    standing = records(rep)[0].standing(as_of=TODAY)

    # 35 days to 8 November; 4 more to today, 56 more to the quarter's end.
    assert standing.expected == 35 * 2_000 + 4 * 1_000
    assert standing.quota == 35 * 2_000 + 56 * 1_000
    assert standing == on_the_board(rep, fourth)


def test_there_may_be_no_quarter_yet(rep):
    assert records(rep) == []


@pytest.mark.parametrize("many", [1, 5])
def test_it_costs_the_same_however_many_deals(
    rep, third, fourth, many, django_assert_num_queries
):
    for _ in range(many):
        cancelled(rep, won_on=date(2026, 9, 1), on=date(2026, 11, 3))
    quarters = [fourth, third]

    with django_assert_num_queries(3):  # quotas, won, cancelled
        past_quarters(rep, quarters, limit=6)
