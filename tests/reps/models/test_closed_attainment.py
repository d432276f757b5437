"""As closed: what the ledgers said before the instant, whenever it is worked out."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from reps.models import ClosedAttainment, Deal, Quarter, Quota, Rep
from reps.models.who_and_why import say_who_and_why
from tests.factories.reps import (
    DealFactory,
    QuarterFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 7, 6), date(2026, 10, 4)  # 91 days
BEFORE = datetime(2026, 10, 1, 9, tzinfo=UTC)
CLOSES_AT = datetime(2026, 10, 15, tzinfo=UTC)
AFTER = datetime(2026, 10, 20, 9, tzinfo=UTC)
IN_Q3, LATER_IN_Q3 = date(2026, 8, 14), date(2026, 9, 30)


@pytest.fixture
def quarter(rep):
    of = {"organization": rep.organization, "made_at": datetime(2026, 7, 6, tzinfo=UTC)}
    return QuarterFactory(name="Q3 2026", starts_on=FIRST, ends_on=LAST, **of)


@pytest.fixture
def stage(rep):
    return StageFactory(organization=rep.organization)


@pytest.fixture
def win(rep, stage):
    def won(amount, *, on=IN_Q3, at=BEFORE, owner=rep):
        facts = {"owner": owner, "stage": stage, "amount": amount}
        by = {"by": owner.user, "at": at, "reason": "as the test says"}
        deal = Deal.objects.open_deal(on=FIRST, **facts, **by)
        deal.move_to(stage, "won", on=on, **by)
        return deal

    return won


@pytest.fixture
def owes(rep, quarter):
    def set_quota(amount, *, at=BEFORE, why="At its beginning.", who=rep):
        quota = Quota(
            organization=quarter.organization, rep=who, quarter=quarter, amount=amount
        )
        Quota.objects.set_quotas(quarter.organization, [quota], at=at, why=why)

    return set_quota


def change_team(rep, team, *, at, since=None, why="The territory moved."):
    with transaction.atomic():
        say_who_and_why(why=why, at=at, since=since)
        Rep.objects.filter(pk=rep.pk).update(team=team)


def closed(at=AFTER):
    """By rep and team: owed, booked, cancelled, days."""
    Quarter.objects.close_due(at)
    ClosedAttainment.objects.keep_missing(at)
    return {
        (row.rep_name, row.team_name): (
            round(row.owed, 2),
            row.booked,
            row.cancelled,
            row.days_in_team,
        )
        for row in ClosedAttainment.objects.all()
    }


def test_it_keeps_owed_booked_and_days_with_the_names_of_then(
    rep, leader, quarter, win, owes
):
    owes(200_000)
    win(23_000)
    assert closed() == {("Theo Lindqvist", "West"): (200_000, 23_000, 0, 91)}
    row = ClosedAttainment.objects.get()
    kept = (row.above_name, row.quarter_name, row.quarter_starts_on)
    assert kept == ("Sales", "Q3 2026", FIRST)


def test_what_was_written_down_after_it_counts_for_nothing(rep, quarter, win, owes):
    owes(200_000)
    deal, mistaken, cancelled = win(23_000), win(5_000), win(40_000)
    manager = {"by": rep.team.manager, "at": AFTER}
    deal.correct({"amount": Decimal(99_000)}, why="The contract.", **manager)
    mistaken.move_to(
        mistaken.stage, taking_back=True, on=LAST, reason="Wrong one.", **manager
    )
    cancelled.cancel(Decimal(1_000), on=LAST, words="Gone.", **manager)
    win(7_000, at=AFTER, on=date(2026, 10, 6)).correct(
        {"closed_on": LATER_IN_Q3}, why="Signed before.", **manager
    )
    owes(17_000, at=AFTER, why="To make the miss go away.")

    # Nobody ran the task in time.
    late = closed(AFTER + timedelta(weeks=1))
    assert late == {("Theo Lindqvist", "West"): (200_000, 68_000, 0, 91)}


def test_credit_is_of_the_team_of_the_day_and_the_quota_of_its_days(
    rep, quarter, win, owes
):
    owes(91_000)
    east = TeamFactory(name="East", organization=rep.organization)
    win(10_000, on=IN_Q3)
    change_team(rep, east, at=BEFORE, since=date(2026, 9, 1))
    win(20_000, on=LATER_IN_Q3)
    north = TeamFactory(name="North", organization=rep.organization)
    change_team(rep, north, at=AFTER, since=FIRST)  # said too late to count
    assert closed() == {
        ("Theo Lindqvist", "West"): (57_000, 10_000, 0, 57),
        ("Theo Lindqvist", "East"): (34_000, 20_000, 0, 34),
    }


def test_a_cancellation_comes_off_whoever_had_the_win(rep, quarter, win):
    earlier = win(40_000, on=FIRST)
    said = {"by": rep.user, "at": BEFORE}
    earlier.cancel(Decimal(15_000), on=LATER_IN_Q3, words="Half of it.", **said)
    mistaken = earlier.cancel(Decimal(1_000), on=LATER_IN_Q3, words="More.", **said)
    mistaken.take_back(words="It was another.", **said)
    assert closed() == {("Theo Lindqvist", "West"): (0, 25_000, 15_000, 91)}


def test_a_loss_and_what_is_open_book_nothing(rep, quarter, stage):
    said = {"by": rep.user, "at": BEFORE, "reason": "No budget."}
    lost = Deal.objects.open_deal(
        owner=rep, stage=stage, amount=9_000, on=FIRST, **said
    )
    lost.move_to(stage, "lost", on=IN_Q3, **said)
    DealFactory(owner=rep, stage=stage)
    assert closed() == {("Theo Lindqvist", "West"): (0, 0, 0, 91)}


def test_days_are_those_on_which_somebody_sold(rep, quarter):
    Rep.objects.filter(pk=rep.pk).update(joined_on=date(2026, 9, 5))
    RepFactory(team=rep.team, left_on=date(2026, 7, 1))
    assert closed() == {("Theo Lindqvist", "West"): (0, 0, 0, 30)}


def test_closed_again_it_has_rows_anew_and_the_first_ones_stay(rep, quarter, win):
    win(23_000)
    closed()
    admin = UserFactory(organization=rep.organization, is_admin=True)
    quarter.reopen(by=admin, why="A win was forgotten.", at=AFTER)
    win(5_000, at=AFTER + timedelta(hours=1))
    closed(AFTER + timedelta(days=30))

    rows = ClosedAttainment.objects.order_by("closing__number")
    assert list(rows.values_list("closing__number", "booked")) == [
        (1, 23_000),
        (3, 28_000),
    ]
    last = ClosedAttainment.objects.last_of([quarter.pk])
    assert [row.booked for row in last] == [28_000]


@pytest.mark.usefixtures("as_owner")
def test_a_row_stays_as_it_is(rep, quarter, win):
    win(23_000)
    closed()
    for words in ("UPDATE {} SET booked = 1", "DELETE FROM {}"):
        refused = pytest.raises(IntegrityError, match="never edited")
        with refused, transaction.atomic():
            connection.cursor().execute(words.format("reps_closedattainment"))
    assert ClosedAttainment.objects.get().booked == 23_000


def test_a_win_taken_back_after_what_was_cancelled_of_it_counts_for_nothing(
    rep, quarter, win
):
    east = TeamFactory(name="East", organization=rep.organization)
    change_team(rep, east, at=BEFORE, since=date(2026, 9, 1))
    deal, said = win(40_000), {"by": rep.user, "at": BEFORE}
    cancelled = deal.cancel(Decimal(1_000), on=IN_Q3, words="Some of it.", **said)
    cancelled.take_back(words="None of it was sold.", **said)
    deal.move_to(
        deal.stage, taking_back=True, on=IN_Q3, reason="None of it was sold.", **said
    )
    assert closed() == {
        ("Theo Lindqvist", "West"): (0, 0, 0, 57),
        ("Theo Lindqvist", "East"): (0, 0, 0, 34),
    }
