"""The customer cancelled: said on the deal's page, taken off, and taken back again."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from reps.models import Cancellation
from tests.factories.reps import NOON, DealFactory, QuarterFactory, QuotaFactory
from tests.forms import form_in
from tests.pages import one_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("thursday_of_week_6")]


@pytest.fixture
def won(rep, stages):
    of = {"organization": rep.organization}
    days = {"starts_on": date(2026, 7, 6), "ends_on": date(2026, 10, 4)}
    QuarterFactory(name="Q3 2026", **days, **of)
    QuotaFactory(rep=rep, quarter=QuarterFactory(**of))
    facts = {"account": "Quill & Co", "amount": 23_000, "opened_on": date(2026, 8, 3)}
    return DealFactory(owner=rep, stage=stages[-1], won_on=date(2026, 9, 30), **facts)


def address(deal):
    return reverse("reps:cancel_deal", args=[deal.pk])


def page(client, deal, query=""):
    return client.get(deal.get_absolute_url() + query)


def cancel(client, deal, user=None, **changes):
    client.force_login(user or deal.owner.user)
    sent = form_in(page(client, deal, "?cancel=1"), address(deal)) | changes
    return client.post(address(deal), sent)


@pytest.mark.parametrize("whose", ["rep", "manager"])
def test_all_of_it_today_unless_something_else_is_said(client, won, whose):
    user = won.owner.user if whose == "rep" else won.owner.team.manager
    answer = cancel(client, won, user, words="Their budget is gone.")
    assert answer.status_code == 302
    row = Cancellation.objects.get()
    assert (row.amount, row.cancelled_on) == (23_000, NOON.date())
    assert (row.cancelled_by, row.words) == (user, "Their budget is gone.")


def test_a_part_of_it_on_another_day_stands_on_the_deals_page(client, won):
    facts = {"amount": "8,000", "cancelled_on": "2026-11-03"}
    cancel(client, won, **facts, words="Half the seats are not needed.")
    shown = one_line(page(client, won).text)
    assert "$8,000 of Quill &amp; Co is cancelled." in shown
    assert "<b>$8,000</b>, off on 3 November 2026." in shown
    assert "The customer cancelled $8,000" in shown  # in the timeline
    assert "Half the seats are not needed." in shown
    assert "Won on 30 Sep 2026" in shown
    assert "Cancelled in part, $15,000 is left" in shown
    left = form_in(page(client, won, "?cancel=1"), address(won))
    assert left["amount"] == "$15,000"


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("amount", "23,001", "No more than $23,000 of it is left."),
        ("amount", "0", "Say how much was called off."),
        ("amount", "", "Say how much was called off."),
        ("cancelled_on", "2026-09-29", "It was won on 30 September 2026"),
        ("cancelled_on", "2026-11-13", "That day is still to come."),
        ("cancelled_on", "yesterday", "Write a day of the calendar"),
        ("words", "", "Say what happened, in a sentence."),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_kept(client, won, name, typed, words):
    sent = {"words": "Their budget is gone."} | {name: typed}
    refused = cancel(client, won, **sent)
    assert refused.status_code == 422
    assert words in refused.text
    assert form_in(refused, address(won))[name] == typed
    assert not Cancellation.objects.exists()


def test_it_comes_off_wherever_it_says_booked(client, won, rep):
    facts = {"amount": "8,000", "cancelled_on": "2026-11-03"}
    cancel(client, won, **facts, words="Half the seats are not needed.")
    DealFactory(owner=rep, stage=won.stage, amount=30_000, won_on=date(2026, 11, 2))
    quarters = rep.organization.quarters
    third, fourth = quarters.order_by("starts_on")

    shown = one_line(client.get(reverse("plans:rep_detail", args=[rep.pk])).text)
    assert "$22,000 booked of $200,000" in shown
    assert "$23k" in shown  # Q3, as it was won
    listed = reverse("reps:deal_list") + f"?rep={rep.pk}&show=won&quarter="
    shown = one_line(client.get(f"{listed}{fourth.pk}").text)
    assert "1 deal, $30,000. Less what was cancelled, $22,000 is booked." in shown
    assert "Cancelled in Q4 2026" in shown
    shown = one_line(client.get(f"{listed}{third.pk}").text)
    assert "$8,000 of it cancelled" in shown
    assert "Less what was cancelled" not in shown

    client.force_login(rep.team.manager)
    assert "$22k" in client.get(reverse("plans:team_board")).text


def test_an_open_deal_has_nothing_to_cancel(client, rep, stages):
    deal = DealFactory(owner=rep, stage=stages[0])
    client.force_login(rep.user)
    assert address(deal) not in page(client, deal, "?cancel=1").text
    assert client.post(address(deal), {"amount": "1"}).status_code == 404


def test_before_it_is_reopened_the_cancellation_is_taken_back(client, won, rep):
    won.cancel(Decimal(1), on=NOON.date(), words="One seat.", by=rep.user, at=NOON)
    client.force_login(rep.user)
    url = reverse("reps:move_deal", args=[won.pk])
    sent = {"to": won.stage.pk, "seen": 2, "reason": "They are back."}
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert "Something of it was cancelled. Take that back first" in refused.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount": "7,999"}, "$8,000 of it was cancelled"),
        ({"closed_on": "2026-11-04"}, "Some of it was cancelled on 3 November 2026"),
    ],
)
def test_it_is_not_put_right_to_less_than_was_cancelled(client, won, changes, words):
    facts = {"amount": "8,000", "cancelled_on": "2026-11-03"}
    cancel(client, won, **facts, words="Half the seats are not needed.")
    url = reverse("reps:edit_deal", args=[won.pk])
    held = form_in(page(client, won, "?edit=1"), url)
    sent = held | changes | {"why": "So it says.", "in_quarter": "on"}
    refused = client.post(url, sent)
    assert refused.status_code == 422
    assert words in refused.text


def test_the_leader_above_reads_it_and_cancels_nothing(client, won, leader):
    client.force_login(leader)
    shown = page(client, won, "?cancel=1").text
    assert "Did the customer cancel?" in shown
    assert address(won) not in shown


def test_who_stands_in_cancels_and_takes_back_in_the_managers_place(client, won, noor):
    assert cancel(client, won, noor, words="Gone.").status_code == 302
    row = Cancellation.objects.get()
    url = reverse("reps:take_back_cancellation", args=[won.pk, row.pk])
    assert client.post(url, {"words": "A mistake."}).status_code == 302
    manager = won.owner.team.manager.pk
    told = Cancellation.objects.values_list("cancelled_by", "stood_in_for")
    assert list(told) == [(noor.pk, manager)] * 2
    shown = one_line(page(client, won).text)
    assert shown.count("Noor Haddad, standing in for Erin Castellano") == 2
