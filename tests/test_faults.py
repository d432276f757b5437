"""The arithmetic of `make faults`: what it would have us believe rests on it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.faults.ledger import Arrival, Balance, Finding, Row
from tests.faults.people import a_day_and_more, age_of_week, zone_in_mid_week

DAY = timedelta(days=1)
A, B, C = "a@example.org", "b@example.org", "c@example.org"


def letters(*addresses):
    """One each, under an id that is the address's own."""
    return [Arrival(f"<{address}>", address) for address in addresses]


def rows(**states):
    return [Row(f"{name}@example.org", state) for name, state in states.items()]


def test_it_counts_each_person_once():
    told = rows(a="sent", b="skipped", c="dead")
    balance = Balance.of([A, B, C], told, letters(A))
    assert balance == Balance(owed=3, sent=1, skipped=1, dead=1)


@pytest.mark.parametrize("arrived", [[], [A]])  # a letter is no record of itself
def test_it_counts_as_lost_who_has_no_row_any_more(arrived):
    balance = Balance.of([A, B], rows(b="sent"), letters(*arrived, B))
    assert balance == Balance(owed=2, sent=1, lost=1, gone=1)


def test_it_owes_nothing_to_a_row_that_it_did_not_put_in():
    balance = Balance.of([A], rows(a="sent", b="sent"), letters(A, B))
    assert balance == Balance(owed=1, sent=1, unasked=1, doubled=1)


@pytest.mark.parametrize(
    ("state", "arrived"),
    [
        ("owed", []),  # never tried
        ("sending", []),  # in a dead worker's hands for ever
        ("sending", [A]),  # arrived, but would go out again some day
        ("sent", []),  # said to be sent
    ],
)
def test_it_counts_as_lost_what_is_not_over_or_never_arrived(state, arrived):
    balance = Balance.of([A], rows(a=state), letters(*arrived))
    assert balance == Balance(owed=1, lost=1)


def test_it_counts_every_letter_beyond_the_first():
    balance = Balance.of([A, B], rows(a="sent", b="sent"), letters(A, B, A, A))
    assert (balance.duplicated, balance.renamed) == (2, 0)


def test_it_sees_that_a_second_letter_has_another_id():
    arrivals = [*letters(A), Arrival("<new>", A)]
    balance = Balance.of([A], rows(a="sent"), arrivals)
    assert (balance.duplicated, balance.renamed) == (1, 1)


def test_it_sees_letters_that_nobody_is_owed():
    balance = Balance.of([A, B], rows(a="sent", b="skipped"), letters(A, B, C))
    assert balance.unasked == 2


def test_it_sees_a_second_row_for_one_person():
    balance = Balance.of([A], rows(a="sent") * 2, letters(A))
    assert (balance.owed, balance.sent, balance.doubled) == (1, 1, 1)


@pytest.mark.parametrize(
    ("balance", "in_flight", "says"),
    [
        (Balance(owed=2, sent=2, duplicated=2), 2, []),
        (
            Balance(owed=2, sent=2, duplicated=3),
            2,
            ["kills: 3 duplicated, 2 were in flight"],
        ),
        (Balance(owed=2, sent=1, lost=1), 2, ["kills: 1 lost"]),
        (
            Balance(owed=4, sent=1, lost=3, gone=2),
            2,
            ["kills: 3 lost, 2 of them without a row"],
        ),
        (Balance(renamed=1), 2, ["kills: 1 under another Message-ID"]),
        (Balance(unasked=1), 2, ["kills: 1 that nobody asked for"]),
        (Balance(doubled=1), 2, ["kills: 1 rows too many"]),
    ],
)
def test_it_puts_up_with_letters_in_flight_and_nothing_else(balance, in_flight, says):
    assert Finding("kills", balance, in_flight=in_flight).wrong() == says


@pytest.mark.parametrize(
    ("skipped", "dead", "says"),
    [
        (2, 3, []),
        (3, 3, ["beats: 3 skipped, not 2"]),
        (1, 3, ["beats: 1 skipped, not 2"]),  # someone was written to in vain
        (2, 4, ["beats: 4 given up, not 3"]),
        (2, 0, ["beats: 0 given up, not 3"]),  # tried for ever
    ],
)
def test_it_wants_as_many_without_a_letter_as_the_fault_has_said(skipped, dead, says):
    balance = Balance(owed=9, skipped=skipped, dead=dead)
    assert Finding("beats", balance, skips=2, gives_up=3).wrong() == says


def test_it_wants_nobody_without_a_letter_where_the_fault_says_nothing():
    balance = Balance(owed=9, sent=7, skipped=1, dead=1)
    says = ["beats: 1 skipped, not 0", "beats: 1 given up, not 0"]
    assert Finding("beats", balance).wrong() == says


@pytest.mark.parametrize(
    ("duplicated", "doubled", "says"),
    [
        (1, 1, []),
        (99, 99, []),
        (0, 1, ["control: none duplicated: then the others would see none either"]),
        (1, 0, ["control: none doubled: then the others would see none either"]),
    ],
)
def test_a_negative_control_must_show_what_it_is_there_for(duplicated, doubled, says):
    balance = Balance(owed=9, sent=9, duplicated=duplicated, doubled=doubled)
    control = Finding("control", balance, must_show=("duplicated", "doubled"))
    assert control.wrong() == says


def test_a_negative_control_may_show_nothing_else():
    balance = Balance(owed=9, sent=8, lost=1, duplicated=1, renamed=1)
    control = Finding("control", balance, must_show=("duplicated",))
    assert control.wrong() == ["control: 1 lost", "control: 1 under another Message-ID"]


def test_a_day_ago_and_an_hour_from_now_are_always_this_week_somewhere():
    for half_hours in range(7 * 48):
        now = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(minutes=30 * half_hours)
        zone = zone_in_mid_week(now)
        age = age_of_week(now, zone)
        assert DAY < a_day_and_more(now, zone) < age <= 7 * DAY - timedelta(hours=1)
