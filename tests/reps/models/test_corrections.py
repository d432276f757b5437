"""What changed in a quarter since it closed, from the ledgers."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from reps.domain.transitions import Place
from reps.models import ClosedAttainment, Deal, Quarter, Quota
from reps.models.corrections import corrections_of
from reps.models.past_quarters import past_quarters
from tests.factories.reps import DealFactory, QuarterFactory, RepFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 9, 30)
BEFORE = datetime(2026, 10, 1, 9, tzinfo=UTC)
AFTER = datetime(2026, 11, 3, 9, tzinfo=UTC)


@pytest.fixture
def quarter(rep):
    of = {"organization": rep.organization, "made_at": datetime(2026, 7, 6, tzinfo=UTC)}
    days = {"starts_on": date(2026, 7, 6), "ends_on": date(2026, 10, 4)}
    return QuarterFactory(name="Q3 2026", **days, **of)


@pytest.fixture
def win(rep):
    def won(amount, *, on=DAY, at=BEFORE):
        deal = DealFactory(owner=rep, amount=amount, opened_on=date(2026, 7, 6))
        by = {"by": rep.user, "at": at, "reason": "Signed"}
        deal.move_to(deal.stage, "won", on=on, **by)
        return deal

    return won


def owe(rep, quarter, amount, at):
    facts = {"organization": quarter.organization, "rep": rep, "quarter": quarter}
    quota = Quota(amount=amount, **facts)
    Quota.objects.set_quotas(
        quarter.organization, [quota], at=at, why="It was agreed so.", by=rep.user
    )


def close(quarter):
    Quarter.objects.close_due(AFTER)
    ClosedAttainment.objects.keep_missing(AFTER)


def record(rep, quarter):
    return past_quarters(rep, [quarter], limit=1)[0]


def test_each_change_is_told_with_who_and_why(rep, quarter, win):
    owe(rep, quarter, 200_000, BEFORE)
    deal, out, mistaken, cancelled = win(23_000), win(4_000), win(5_000), win(6_000)
    untouched = win(1_000)
    untouched.correct({"amount": Decimal(2_000)}, by=rep.user, at=BEFORE, why="Early.")
    close(quarter)
    assert record(rep, quarter).as_closed is None

    erin = {"by": rep.team.manager, "at": AFTER}
    deal.correct({"amount": Decimal(24_000)}, why="The contract.", **erin)
    out.correct({"closed_on": date(2026, 10, 6)}, why="Signed late.", **erin)
    mistaken.move_to(
        mistaken.stage, on=DAY, taking_back=True, reason="Wrong one.", **erin
    )
    cancelled.cancel(Decimal(1_000), on=DAY, words="Gone.", **erin)
    owe(rep, quarter, 150_000, AFTER)

    found = corrections_of(rep, quarter)
    assert {(one.deal, one.fact, one.was, one.now, one.why) for one in found} == {
        (deal, "amount", 23_000, 24_000, "The contract."),
        (out, "closed_on", DAY, date(2026, 10, 6), "Signed late."),
        (mistaken, "closed_on", DAY, None, "Wrong one."),
        (cancelled, "cancelled", None, 1_000, "Gone."),
        (None, "quota", 200_000, 150_000, "It was agreed so."),
    }
    assert {one.by for one in found} == {rep.team.manager, rep.user}

    now = record(rep, quarter)
    assert (now.owed, now.booked) == (150_000, 31_000)
    assert (now.as_closed.owed, now.as_closed.booked) == (200_000, 40_000)
    assert now.as_closed.attainment == Decimal("0.2")


def test_of_one_that_is_not_closed_there_are_none(rep, quarter, win):
    deal = win(23_000)
    deal.correct({"amount": Decimal(9)}, by=rep.user, at=BEFORE, why="A slip.")
    assert corrections_of(rep, quarter) == []
    assert record(rep, quarter).closed is None


def test_a_win_that_was_somebody_elses_is_told(rep, quarter, win):
    peer = RepFactory(team=rep.team)
    deal = win(23_000)
    close(quarter)
    erin = {"by": rep.team.manager, "at": AFTER}
    deal.correct({"owner": peer}, why="She sold it.", **erin)
    (one,) = corrections_of(peer, quarter)
    assert (one.deal, one.fact, one.was, one.now) == (deal, "owner", rep, peer)
    assert record(peer, quarter).as_closed.booked == 0
    assert record(rep, quarter).as_closed.booked == 23_000
    assert corrections_of(rep, quarter) == [one]  # they miss it, and read why


def test_a_win_that_an_import_brought_in_since_is_told(rep, quarter, win):
    won = win(23_000)
    close(quarter)
    late = Deal(
        organization=rep.organization,
        owner=rep,
        amount=12_000,
        opened_on=DAY,
        source="crm",
        source_key="late",
    )
    arrival = (late, Place(won.stage_id, "won"), DAY)
    facts = {"stages": [won.stage_id], "source": "Late papers.", "at": AFTER}
    Deal.objects.import_all([arrival], **facts)
    (one,) = corrections_of(rep, quarter)
    assert (one.deal, one.fact, one.was, one.now) == (late, "closed_on", None, DAY)
    assert (one.by, one.why) == (None, "Late papers.")


def test_what_changed_before_it_was_somebodys_is_told_of_who_had_it(rep, quarter, win):
    peer = RepFactory(team=rep.team)
    deal = win(23_000)
    close(quarter)
    erin = {"by": rep.team.manager, "at": AFTER}
    deal.correct({"amount": Decimal(24_000)}, why="The contract.", **erin)
    deal.correct({"owner": peer}, why="She sold it.", **erin)
    deal.correct({"amount": Decimal(25_000)}, why="A licence more.", **erin)
    facts = [[one.fact for one in corrections_of(of, quarter)] for of in (rep, peer)]
    assert facts == [["amount", "owner"], ["owner", "amount"]]
