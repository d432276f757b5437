"""What customers called off: taken off once, on its own day, and never too much."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from reps.domain.transitions import NotYet
from reps.models import Cancellation, Deal
from reps.models.cancellation import called_off_in
from tests.factories.reps import NOON, DealFactory, RepFactory

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
WHOLE_YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def won(rep):
    facts = {"amount": 41_000, "opened_on": date(2026, 7, 6)}
    return DealFactory(owner=rep, won_on=date(2026, 9, 1), **facts)


def cancel(deal, amount, on=TODAY, words="Their budget is gone."):
    by = deal.owner.user
    return deal.cancel(Decimal(amount), on=on, words=words, by=by, at=NOON)


def called_off(reps, first, last):
    """By rep."""
    rows = called_off_in([rep.pk for rep in reps], [], first, last)
    return {row.deal__owner: row.total for row in rows}


def test_it_comes_off_its_own_day_for_whoever_won_it(rep, won):
    other = RepFactory(team=rep.team)
    cancel(won, 11_000, on=date(2026, 11, 3))
    assert called_off([rep, other], *WHOLE_YEAR) == {rep.pk: 11_000}
    assert called_off([rep, other], date(2026, 11, 4), TODAY) == {}
    assert won.left_to_cancel() == 30_000
    won.refresh_from_db()
    assert (won.outcome, won.closed_on) == ("won", date(2026, 9, 1))


def test_one_that_was_a_mistake_is_taken_back_by_a_row_of_its_own(rep, won):
    wrong = cancel(won, 41_000, on=date(2026, 11, 3))
    wrong.take_back(words="It was the other Quill.", by=rep.user, at=NOON)
    assert called_off([rep], *WHOLE_YEAR) == {rep.pk: 0}
    assert won.left_to_cancel() == 41_000
    assert list(Cancellation.objects.still_so()) == []
    cancel(won, 41_000)
    assert Cancellation.objects.still_so().total() == 41_000


@pytest.mark.parametrize(
    ("amount", "on"),
    [(41_001, TODAY), (0, TODAY), (-1, TODAY), (1, date(2026, 8, 31))],
    ids=["more than there is", "nothing", "less than nothing", "before it was won"],
)
def test_what_cannot_be_called_off_is_refused_by_the_database(won, amount, on):
    with pytest.raises(IntegrityError):
        cancel(won, amount, on)


def test_no_more_than_is_left(won):
    cancel(won, 40_000)
    with pytest.raises(IntegrityError, match="is left of deal"):
        cancel(won, 1_001)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_the_second_finds_what_the_first_left(won, at_once):
    def act():
        try:
            return cancel(won, 30_000).amount
        except IntegrityError:
            return None

    assert sorted(at_once(act, act), key=str) == [30_000, None]
    assert Cancellation.objects.total() == 30_000


@pytest.mark.parametrize("outcome", ["open", "lost"])
def test_only_what_was_won_is_called_off(rep, outcome):
    deal = DealFactory(owner=rep, lost_on=TODAY if outcome == "lost" else None)
    with pytest.raises(IntegrityError, match="is left of deal"):
        cancel(deal, 1)


@pytest.mark.parametrize(
    "changes",
    [{"amount": 10_999}, {"closed_on": date(2026, 11, 4)}],
    ids=["worth less than that", "won after that"],
)
def test_a_deal_keeps_what_was_called_off_of_it(rep, won, changes):
    cancel(won, 11_000, on=date(2026, 11, 3))
    with pytest.raises(IntegrityError, match="is left of deal"), transaction.atomic():
        won.correct(changes, by=rep.user, at=NOON, why="The contract says so.")
    won.refresh_from_db()
    won.correct({"amount": 11_000}, by=rep.user, at=NOON, why="It does.")


def test_a_win_that_was_called_off_is_not_reopened(rep, won):
    cancel(won, 1_000)
    with pytest.raises(NotYet, match="called_off"):
        won.move_to(won.stage, by=rep.user, on=TODAY, at=NOON, reason="Once more.")
    with pytest.raises(IntegrityError, match="is left of deal"), transaction.atomic():
        Deal.objects.filter(pk=won.pk).update(outcome="open", closed_on=None)


@pytest.mark.usefixtures("as_owner")
@pytest.mark.parametrize(
    "words",
    [
        "UPDATE reps_cancellation SET amount = 1",
        "DELETE FROM reps_cancellation",
        """INSERT INTO reps_cancellation (organization_id, deal_id, cancelled_on,
        amount, words, takes_back_id, recorded_at) SELECT organization_id, deal_id,
        cancelled_on, -amount / 2, 'Half.', id, recorded_at FROM reps_cancellation""",
    ],
    ids=["changed", "removed", "taken back in part"],
)
def test_a_row_stays_as_it_is(won, words):
    cancel(won, 11_000)
    refused = pytest.raises(IntegrityError, match=r"never edited|as it stands")
    with refused, transaction.atomic():
        connection.cursor().execute(words)
    assert Cancellation.objects.get().amount == 11_000
