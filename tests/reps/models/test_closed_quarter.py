"""What may still happen to a deal that counts in a closed quarter, whichever verb."""

from datetime import UTC, date, datetime

import pytest

from reps.domain.transitions import Missing, NotYet
from reps.models.quarter_closing import QuarterIsClosed
from tests.factories.reps import (
    NOON,
    DealFactory,
    QuarterFactory,
    RepFactory,
    StageFactory,
    StandInFactory,
)

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
IN_Q3 = date(2026, 9, 30)


@pytest.fixture
def stage(rep):
    return StageFactory(organization=rep.organization)


@pytest.fixture(autouse=True)
def quarters(rep):
    """Q3 closed on 14 October, and it is 12 November."""
    of = {"organization": rep.organization, "made_at": datetime(2026, 7, 6, tzinfo=UTC)}
    days = {"starts_on": date(2026, 7, 6), "ends_on": date(2026, 10, 4)}
    return QuarterFactory(name="Q3 2026", **days, **of), QuarterFactory(**of)


def in_time(deal, outcome, on=IN_Q3):
    """Closed while its quarter was open."""
    said = {"by": deal.owner.user, "reason": "as the test says"}
    deal.move_to(
        deal.stage, outcome, on=on, at=datetime(2026, 10, 1, 9, tzinfo=UTC), **said
    )
    return deal


@pytest.fixture
def deal(rep, stage):
    return DealFactory(
        owner=rep, stage=stage, amount=23_000, opened_on=date(2026, 8, 3)
    )


@pytest.fixture
def won(deal):
    return in_time(deal, "won")


def missing(deal, *args, by, reason="It was a mistake", on=TODAY, **facts):
    """What the move still lacks; empty once it is made."""
    try:
        deal.move_to(*args, by=by, on=on, at=NOON, reason=reason, **facts)
    except NotYet as refused:
        return refused.missing
    return ""


@pytest.fixture
def people(rep):
    return {"rep": rep.user, "manager": rep.team.manager}


@pytest.mark.parametrize("who", ["rep", "manager"])
def test_a_win_in_a_closed_quarter_is_not_reopened(won, stage, people, who):
    """Won last quarter, reopened by mistake and won again: $23,000 moved to Q4."""
    assert missing(won, stage, by=people[who]) == Missing.WON_IN_CLOSED_QUARTER
    won.refresh_from_db()
    assert (won.outcome, won.closed_on) == ("won", IN_Q3)


def test_one_in_an_open_quarter_is_reopened_as_ever(deal, stage, people):
    in_time(deal, "won", on=date(2026, 10, 6))
    assert missing(deal, stage, by=people["rep"]) == ""
    assert deal.outcome == "open"


def test_a_mistaken_win_is_taken_back_by_the_manager_as_of_its_day(won, stage, people):
    taking_back = {"taking_back": True, "by": people["rep"]}
    assert missing(won, stage, **taking_back) == Missing.QUARTER_CLOSED

    taking_back["by"] = people["manager"]
    asked = missing(won, stage, reason="", **taking_back)
    assert asked == Missing.REASON_FOR_TAKING_BACK
    assert missing(won, stage, **taking_back) == ""

    move = won.moves.latest("number")
    assert (move.kind, move.moved_on, move.recorded_at) == ("taken_back", IN_Q3, NOON)
    won.refresh_from_db()
    assert (won.outcome, won.closed_on) == ("open", None)


def test_a_rep_takes_a_win_of_an_open_quarter_back(deal, stage, people):
    in_time(deal, "won", on=date(2026, 10, 6))
    assert missing(deal, stage, by=people["rep"], taking_back=True) == ""
    assert deal.moves.latest("number").moved_on == date(2026, 10, 6)


def test_only_a_win_is_taken_back(deal, stage, people):
    taking_back = {"taking_back": True, "by": people["manager"]}
    assert missing(deal, stage, **taking_back) == Missing.ALREADY_THERE
    in_time(deal, "lost", on=date(2026, 10, 6))
    assert missing(deal, stage, **taking_back) == Missing.NOT_WON


@pytest.mark.parametrize("outcome", ["won", "lost"])
def test_nobody_but_the_manager_books_a_closing_day_into_one(
    deal, stage, people, outcome
):
    asked = missing(deal, stage, outcome, by=people["rep"], on=IN_Q3)
    assert asked == Missing.QUARTER_CLOSED
    assert missing(deal, stage, outcome, by=people["manager"], on=IN_Q3) == ""
    assert deal.closed_on == IN_Q3


def test_the_manager_says_why(deal, stage, people):
    asked = missing(deal, stage, "won", by=people["manager"], on=IN_Q3, reason="")
    assert asked == Missing.REASON_FOR_CLOSED_QUARTER


def test_a_loss_comes_back_at_any_time(deal, stage, people):
    in_time(deal, "lost")
    assert missing(deal, stage, by=people["rep"]) == ""
    assert deal.outcome == "open"


@pytest.mark.parametrize(
    ("was", "changes"),
    [
        (IN_Q3, {"amount": 99_000}),
        (IN_Q3, {"account": "Another"}),
        (IN_Q3, {"closed_on": date(2026, 10, 6)}),
        (date(2026, 10, 6), {"closed_on": IN_Q3}),
    ],
    ids=["amount", "account", "out of it", "into it"],
)
def test_a_correction_is_the_managers(deal, people, was, changes):
    in_time(deal, "won", on=was)
    with pytest.raises(QuarterIsClosed, match="Q3 2026"):
        deal.correct(changes, by=people["rep"], at=NOON, why="A slip.")

    deal.correct(changes, by=people["manager"], at=NOON, why="A slip.")
    deal.refresh_from_db()
    assert {name: getattr(deal, name) for name in changes} == changes


def test_what_counts_in_an_open_quarter_the_rep_puts_right(deal, people):
    in_time(deal, "won", on=date(2026, 10, 6))
    deal.correct({"amount": 99_000}, by=people["rep"], at=NOON, why="A slip.")
    assert deal.amount == 99_000


def test_no_leader_above_and_no_other_manager_corrects(won, leader):
    with pytest.raises(QuarterIsClosed):
        won.correct({"amount": 1}, by=leader, at=NOON, why="A slip.")


def test_whoever_stands_in_for_the_manager_corrects_and_nobody_else(won, rep):
    noor = RepFactory(organization=rep.organization).user
    with pytest.raises(QuarterIsClosed):
        won.correct({"amount": 24_000}, by=noor, at=NOON, why="A slip.")

    StandInFactory(manager=rep.team.manager, person=noor)
    won.correct({"amount": 24_000}, by=noor, at=NOON, why="A slip.")
    won.refresh_from_db()
    assert won.amount == 24_000


def test_who_stands_in_does_not_correct_their_own(won, rep):
    StandInFactory(manager=rep.team.manager, person=rep.user)
    with pytest.raises(QuarterIsClosed):
        won.correct({"amount": 24_000}, by=rep.user, at=NOON, why="A slip.")
