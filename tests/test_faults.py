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


def test_it_counts_each_row_once():
    told = rows(a="sent", b="skipped", c="dead")
    balance = Balance.of(told, letters(A))
    assert balance == Balance(owed=3, sent=1, skipped=1, dead=1)


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
    balance = Balance.of(rows(a=state), letters(*arrived))
    assert balance.lost == 1


def test_it_counts_every_letter_beyond_the_first():
    balance = Balance.of(rows(a="sent", b="sent"), letters(A, B, A, A))
    assert (balance.duplicated, balance.renamed) == (2, 0)


def test_it_sees_that_a_second_letter_has_another_id():
    arrivals = [*letters(A), Arrival("<new>", A)]
    balance = Balance.of(rows(a="sent"), arrivals)
    assert (balance.duplicated, balance.renamed) == (1, 1)


def test_it_sees_letters_that_nobody_is_owed():
    balance = Balance.of(rows(a="sent", b="skipped"), letters(A, B, C))
    assert balance.unasked == 2


def test_it_sees_a_second_row_for_one_person():
    balance = Balance.of(rows(a="sent") * 2, letters(A))
    assert (balance.owed, balance.doubled) == (1, 1)


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
        (Balance(renamed=1), 2, ["kills: 1 under another Message-ID"]),
        (Balance(unasked=1), 2, ["kills: 1 that nobody asked for"]),
        (Balance(doubled=1), 2, ["kills: 1 rows too many"]),
    ],
)
def test_it_puts_up_with_letters_in_flight_and_nothing_else(balance, in_flight, says):
    assert Finding("kills", balance, in_flight=in_flight).wrong() == says


@pytest.mark.parametrize(("duplicated", "complaints"), [(0, 1), (1, 0), (99, 0)])
def test_the_negative_control_must_show_duplicates(duplicated, complaints):
    balance = Balance(owed=9, sent=9, duplicated=duplicated)
    control = Finding("control", balance, must_duplicate=True)
    assert len(control.wrong()) == complaints


def test_a_day_ago_and_an_hour_from_now_are_always_this_week_somewhere():
    for half_hours in range(7 * 48):
        now = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(minutes=30 * half_hours)
        zone = zone_in_mid_week(now)
        age = age_of_week(now, zone)
        assert DAY < a_day_and_more(now, zone) < age <= 7 * DAY - timedelta(hours=1)
