"""The day on which a deal is won or lost: its owner's, and one that may be chosen."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from reps.models import Deal, DealFacts
from reps.models.who_and_why import say_who_and_why
from tests.factories.reps import DealFactory, QuarterFactory, RepFactory
from tests.forms import form_in
from tests.pages import one_line

pytestmark = pytest.mark.django_db

MORNING_AFTER = datetime(2026, 10, 5, 8, tzinfo=UTC)  # the first day of Q4
LAST_OF_Q3 = "2026-10-04"


@pytest.fixture
def quarters(rep):
    of = {"organization": rep.organization}
    return [
        QuarterFactory(
            name="Q3", starts_on=date(2026, 7, 6), ends_on=date(2026, 10, 4), **of
        ),
        QuarterFactory(name="Q4", **of),
    ]


@pytest.fixture
def ready(rep, stages, quarters):
    """In the last stage, to be won."""
    facts = {"owner": rep, "account": "Quill & Co", "amount": 23_000}
    return DealFactory(stage=stages[-1], opened_on=date(2026, 8, 3), **facts)


def close(client, deal, to, *, user=None, seen=1, **sent):
    client.force_login(user or deal.owner.user)
    url = reverse("reps:move_deal", args=[deal.pk])
    answer = client.post(url, {"to": to, "seen": seen} | sent)
    deal.refresh_from_db()
    return answer


@time_machine.travel(MORNING_AFTER, tick=False)
def test_won_on_the_quarters_last_day_and_clicked_the_next_morning(client, ready):
    asked = close(client, ready, "won", day=LAST_OF_Q3)
    shown = one_line(asked.text)

    assert asked.status_code == 422
    assert "Won on 4 October 2026?" in shown
    assert "4 October 2026 books it in Q3." in shown
    assert ready.outcome == "open"

    sent = form_in(asked, reverse("reps:move_deal", args=[ready.pk]))
    assert (sent["day"], sent["sure_of"]) == (LAST_OF_Q3, LAST_OF_Q3)
    close(client, ready, "won", **{k: v for k, v in sent.items() if k != "to"})
    assert (ready.outcome, ready.closed_on) == ("won", date(2026, 10, 4))
    last = ready.moves.latest("number")
    assert (last.moved_on, last.recorded_at) == (date(2026, 10, 4), MORNING_AFTER)


@time_machine.travel(MORNING_AFTER, tick=False)
def test_whoever_is_sure_of_one_day_is_asked_about_another(client, ready):
    asked = close(client, ready, "won", day="2026-09-30", sure_of=LAST_OF_Q3)
    assert "30 September 2026 books it in Q3." in asked.text
    assert ready.outcome == "open"


@time_machine.travel(MORNING_AFTER, tick=False)
def test_lost_last_quarter_asks_for_the_cause_too_and_keeps_the_day(client, ready):
    asked = close(client, ready, "lost", day=LAST_OF_Q3, sure_of=LAST_OF_Q3)
    assert "What was the cause?" in asked.text
    sent = form_in(asked, reverse("reps:move_deal", args=[ready.pk]))
    assert (sent["day"], sent["sure_of"]) == (LAST_OF_Q3, LAST_OF_Q3)

    sent |= {"to": "lost", "reason": "They built it themselves."}
    close(client, ready, **sent)
    assert (ready.outcome, ready.closed_on) == ("lost", date(2026, 10, 4))


@time_machine.travel(MORNING_AFTER, tick=False)
@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-08-02", "It was opened on 3 August 2026"),
        ("2026-10-06", "That day is still to come."),
        ("tomorrow", "Write a day of the calendar"),
    ],
)
def test_a_day_that_cannot_be_is_said_and_kept(client, ready, day, words):
    refused = close(client, ready, "won", day=day)
    assert refused.status_code == 422
    assert words in refused.text
    assert f'name="day" value="{day}"' in one_line(refused.text)
    assert ready.outcome == "open"


@pytest.mark.parametrize("whose", ["rep", "manager"])
def test_the_day_is_the_owners_whoever_clicks_and_from_where(
    client, rep, stages, quarters, whose
):
    """Two people win deals of one rep in the same minute, one in Auckland."""
    rep.user.time_zone = "America/Los_Angeles"
    rep.user.save()
    rep.team.manager.time_zone = "Pacific/Auckland"
    rep.team.manager.save()
    deal = DealFactory(owner=rep, stage=stages[-1], opened_on=date(2026, 8, 3))
    user = rep.user if whose == "rep" else rep.team.manager
    with time_machine.travel(datetime(2026, 11, 12, 2, tzinfo=UTC), tick=False):
        assert close(client, deal, "won", user=user).status_code == 302
    assert deal.closed_on == date(2026, 11, 11)
    assert deal.moves.latest("number").moved_on == date(2026, 11, 11)


# A deal that is closed is put right


@pytest.fixture
def won(rep, stages, quarters):
    facts = {"owner": rep, "account": "Quill & Co", "amount": 23_000}
    days = {"opened_on": date(2026, 8, 3), "won_on": date(2026, 9, 30)}
    return DealFactory(stage=stages[-1], **facts, **days)


def put_right(client, deal, **changes):
    client.force_login(deal.owner.user)
    url = reverse("reps:edit_deal", args=[deal.pk])
    held = form_in(client.get(deal.get_absolute_url() + "?edit=1"), url)
    answer = client.post(url, held | changes)
    deal.refresh_from_db()
    return answer


@pytest.mark.usefixtures("thursday_of_week_6")
def test_an_amount_is_put_right_with_a_reason_only_and_both_stand_in_history(
    client, won
):
    refused = put_right(client, won, amount="99,000")
    assert refused.status_code == 422
    assert "Say why: it is closed, and others go by it." in refused.text
    assert won.amount == 23_000

    put_right(client, won, amount="99,000", why="The signed contract says so.")
    assert won.amount == 99_000
    shown = one_line(client.get(won.get_absolute_url()).text)
    assert "Put right" in shown
    assert "Amount: $23,000, now $99,000" in shown
    assert "The signed contract says so." in shown
    assert DealFacts.objects.of(won).last().changed_by == won.owner.user


@pytest.mark.usefixtures("thursday_of_week_6")
def test_a_closing_day_in_another_quarter_is_asked_about_once(client, won):
    moved = {"closed_on": "2026-10-06", "why": "Signed on the 6th."}
    asked = put_right(client, won, **moved)
    assert asked.status_code == 422
    assert "6 October 2026 books it in Q4." in asked.text
    assert "Yes, that is the day" in asked.text

    put_right(client, won, **moved, in_quarter="on")
    assert won.closed_on == date(2026, 10, 6)
    assert "Closed: 30 Sep 2026, now 6 Oct 2026" in one_line(
        client.get(won.get_absolute_url()).text
    )


@pytest.mark.usefixtures("thursday_of_week_6")
@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "Say on which day it was closed."),
        ("2026-08-01", "It was opened on 3 August 2026"),
        ("2026-11-13", "That day is still to come."),
    ],
)
def test_a_closing_day_that_cannot_be_is_said_at_the_field(client, won, day, words):
    refused = put_right(client, won, closed_on=day, why="A slip.")
    assert refused.status_code == 422
    assert words in refused.text
    assert won.closed_on == date(2026, 9, 30)


@pytest.mark.usefixtures("thursday_of_week_6")
def test_an_open_deal_changes_without_a_word_and_has_its_line(client, rep, stages):
    deal = DealFactory(owner=rep, stage=stages[0], expected_close_on=date(2026, 12, 1))
    assert put_right(client, deal, expected_close_on="2026-12-18").status_code == 302
    shown = one_line(client.get(deal.get_absolute_url()).text)
    assert "Changed" in shown
    assert "Expected close: 1 Dec 2026, now 18 Dec 2026" in shown


@pytest.mark.usefixtures("thursday_of_week_6")
def test_who_changed_it_from_outside_is_said_as_that(client, rep, stages):
    deal = DealFactory(owner=rep, stage=stages[0], product="")
    other = RepFactory(team=rep.team)
    say_who_and_why()
    Deal.objects.filter(pk=deal.pk).update(owner=other)
    client.force_login(rep.team.manager)
    shown = one_line(client.get(deal.get_absolute_url()).text)
    assert f"Owner: {rep.name}, now {other.name}" in shown
    assert "Outside the app" in shown
