"""A deal of a closed quarter: who may still do what, told before it is saved."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from tests.factories.reps import DealFactory, QuarterFactory
from tests.forms import form_in
from tests.pages import one_line

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]

IN_Q3 = date(2026, 9, 30)
ERIN_CAN = "Erin Castellano can do that, with a reason."
BOOKS_IT = "30 September 2026 books it in Q3 2026, which is closed."


@pytest.fixture(autouse=True)
def quarters(rep):
    """Q3 closed on 14 October."""
    of = {"organization": rep.organization, "made_at": datetime(2026, 7, 6, tzinfo=UTC)}
    days = {"starts_on": date(2026, 7, 6), "ends_on": date(2026, 10, 4)}
    return QuarterFactory(name="Q3 2026", **days, **of), QuarterFactory(**of)


@pytest.fixture
def ready(rep, stages):
    """In the last stage, to be won."""
    facts = {"owner": rep, "account": "Quill & Co", "amount": 23_000}
    return DealFactory(stage=stages[-1], opened_on=date(2026, 8, 3), **facts)


@pytest.fixture
def won(ready):
    """Won in Q3, when it was open."""
    at = datetime(2026, 10, 1, 9, tzinfo=UTC)
    ready.move_to(ready.stage, "won", by=ready.owner.user, on=IN_Q3, at=at)
    return ready


@pytest.fixture
def as_rep(client, rep):
    client.force_login(rep.user)
    return client


@pytest.fixture
def as_manager(client, rep):
    client.force_login(rep.team.manager)
    return client


def page(client, deal, query=""):
    return client.get(deal.get_absolute_url() + query)


def move(client, deal, to, **sent):
    seen = deal.moves.latest("number").number
    url = reverse("reps:move_deal", args=[deal.pk])
    answer = client.post(url, {"to": to, "seen": seen} | sent)
    deal.refresh_from_db()
    return answer


def answered(client, deal, asked, **sent):
    """What the gate sends, with the words somebody wrote into it."""
    url = reverse("reps:move_deal", args=[deal.pk])
    answer = client.post(url, form_in(asked, url) | sent)
    deal.refresh_from_db()
    return answer


def put_right(client, deal, **changes):
    """As the form sends it, whether or not the page shows one."""
    facts = {"account": deal.account, "product": "", "amount": deal.amount}
    facts |= {"closed_on": deal.closed_on, "why": "The contract says so."}
    facts |= {f"initial-{name}": value for name, value in facts.items()} | changes
    answer = client.post(reverse("reps:edit_deal", args=[deal.pk]), facts)
    deal.refresh_from_db()
    return answer


# To win or lose it on a day of the closed quarter


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("won", BOOKS_IT),
        ("lost", "30 September 2026 is in Q3 2026, which is closed."),
    ],
)
def test_a_rep_who_chooses_such_a_day_is_told_who_can(as_rep, ready, to, words):
    refused = move(as_rep, ready, to, day="2026-09-30", reason="They built it.")
    assert refused.status_code == 422
    assert f"{words} {ERIN_CAN}" in one_line(refused.text)
    assert ready.outcome == "open"


def test_the_manager_is_told_and_says_why(as_manager, ready):
    asked = move(as_manager, ready, "won", day="2026-09-30")
    assert asked.status_code == 422
    assert BOOKS_IT in asked.text
    again = answered(as_manager, ready, asked, to="won", reason=" ")
    assert "Say why: the quarter is closed" in again.text
    assert ready.outcome == "open"

    answered(as_manager, ready, again, to="won", reason="He was ill on the 30th.")
    assert (ready.outcome, ready.closed_on) == ("won", IN_Q3)
    assert "He was ill on the 30th." in page(as_manager, ready).text


# A win that is there


def test_a_rep_finds_no_way_to_reopen_it_but_who_can_help(as_rep, won):
    shown = one_line(page(as_rep, won).text)
    assert "It is booked in Q3 2026, which is closed, so it is not reopened." in shown
    assert "If the customer cancelled, take that off." in shown
    assert f"If the win was a mistake, it is taken back. {ERIN_CAN}" in shown
    assert "Reopen in" not in shown

    refused = move(as_rep, won, won.stage_id, reason="They called again.")
    assert refused.status_code == 422
    assert "so it is not reopened" in refused.text
    refused = move(as_rep, won, "taken_back", reason="They called again.")
    assert "the manager of its owner can do that" in refused.text
    assert (won.outcome, won.closed_on) == ("won", IN_Q3)


def test_the_manager_takes_a_mistaken_win_back(as_manager, won):
    asked = move(as_manager, won, "taken_back")
    assert asked.status_code == 422
    assert "what it booked on 30 September 2026 goes." in one_line(asked.text)
    assert "That is in Q3 2026, which is closed." in one_line(asked.text)
    assert won.outcome == "won"

    words = {"to": "taken_back", "reason": "It was another account’s contract."}
    answered(as_manager, won, asked, **words)
    assert (won.outcome, won.closed_on) == ("open", None)
    shown = one_line(page(as_manager, won).text)
    assert "The win was a mistake, and is taken back" in shown
    assert "It was another account’s contract." in shown


def test_a_rep_takes_one_of_an_open_quarter_back(as_rep, ready):
    move(as_rep, ready, "won")
    asked = move(as_rep, ready, "taken_back")
    assert "which is closed" not in asked.text
    answered(as_rep, ready, asked, to="taken_back", reason="Wrong deal.")
    assert ready.outcome == "open"


def test_a_lost_deal_comes_back_all_the_same(as_rep, ready):
    at = datetime(2026, 10, 1, 9, tzinfo=UTC)
    said = {"by": ready.owner.user, "on": IN_Q3, "at": at, "reason": "No budget."}
    ready.move_to(ready.stage, "lost", **said)
    assert "Reopen in Proposal" in page(as_rep, ready).text
    move(as_rep, ready, ready.stage_id, reason="They called again.")
    assert ready.outcome == "open"


# Its facts


def test_a_rep_sees_who_puts_it_right_and_no_form(as_rep, won):
    shown = one_line(page(as_rep, won, "?edit=1").text)
    words = "Erin Castellano can put it right, with a reason."
    assert f"It counts in Q3 2026, which is closed. {words}" in shown
    assert reverse("reps:edit_deal", args=[won.pk]) not in shown

    refused = put_right(as_rep, won, amount="99,000")
    assert refused.status_code == 422
    assert ERIN_CAN in "".join(refused.context["form"].errors["amount"])
    assert won.amount == 23_000


def test_it_names_who_stands_in_too(as_rep, won, noor):
    words = "Erin Castellano or Noor Haddad can put it right, with a reason."
    assert words in one_line(page(as_rep, won, "?edit=1").text)


def test_it_names_the_one_above_where_the_manager_cannot(as_rep, won, leader):
    type(leader).objects.filter(pk=won.owner.team.manager_id).update(is_active=False)
    words = "Lena Ortiz can put it right, with a reason."
    assert words in one_line(page(as_rep, won, "?edit=1").text)


def test_the_manager_is_told_and_puts_it_right(as_manager, won):
    shown = one_line(page(as_manager, won, "?edit=1").text)
    assert "It counts in Q3 2026, which is closed." in shown
    assert "What it was closed with stays beside what you put right." in shown

    assert put_right(as_manager, won, amount="24,000").status_code == 302
    assert won.amount == 24_000


def test_out_of_a_closed_quarter_is_asked_about_once(as_manager, won):
    moved = {"closed_on": "2026-10-06"}
    asked = put_right(as_manager, won, **moved)
    words = "6 October 2026 books it in Q4 2026. It leaves Q3 2026, which is closed."
    assert words in one_line(asked.text)
    assert won.closed_on == IN_Q3

    put_right(as_manager, won, **moved, in_quarter="on")
    assert won.closed_on == date(2026, 10, 6)


def test_nor_is_a_closing_day_moved_into_one_by_a_rep(as_rep, ready):
    move(as_rep, ready, "won")
    refused = put_right(as_rep, ready, closed_on="2026-09-30")
    assert f"{BOOKS_IT} {ERIN_CAN}" in one_line(refused.text)
    assert ready.closed_on == date(2026, 11, 12)


# What was cancelled


def cancel(client, deal, **typed):
    url = reverse("reps:cancel_deal", args=[deal.pk])
    sent = form_in(page(client, deal, "?cancel=1"), url)
    return client.post(url, sent | {"words": "They went bankrupt."} | typed)


def test_a_cancellation_comes_off_a_closed_quarter_by_the_manager(as_rep, rep, won):
    refused = cancel(as_rep, won, cancelled_on="2026-10-02")
    words = f"It comes off in Q3 2026, which is closed. {ERIN_CAN}"
    assert words in one_line(refused.text)

    as_rep.force_login(rep.team.manager)
    asked = cancel(as_rep, won, cancelled_on="2026-10-02")
    assert "It comes off in Q3 2026, which is closed." in one_line(asked.text)
    assert not won.cancellations.exists()
    cancel(as_rep, won, cancelled_on="2026-10-02", in_quarter="on")
    row = won.cancellations.get()

    as_rep.force_login(rep.user)
    url = reverse("reps:take_back_cancellation", args=[won.pk, row.pk])
    refused = as_rep.post(url, {"words": "It was another customer."})
    assert refused.status_code == 422
    assert f"It came off in Q3 2026, which is closed. {ERIN_CAN}" in refused.text


def test_in_an_open_quarter_it_comes_off_as_ever(as_rep, won):
    assert cancel(as_rep, won, cancelled_on="2026-11-10").status_code == 302
    assert won.cancellations.exists()


def test_an_owner_without_a_manager_is_told_that_too(as_rep, ready, rep):
    rep.team.manager = None
    rep.team.save()
    refused = move(as_rep, ready, "won", day="2026-09-30")
    assert "Whoever manages their team can do that" in refused.text
