"""A cancellation that was a mistake is taken back with a word; both stay in history."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories.reps import NOON, DealFactory
from tests.forms import form_in
from tests.pages import one_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("thursday_of_week_6")]


@pytest.fixture
def cancelled(rep, stages):
    facts = {"account": "Quill & Co", "amount": 23_000, "opened_on": date(2026, 8, 3)}
    won_on = date(2026, 9, 30)
    deal = DealFactory(owner=rep, stage=stages[-1], won_on=won_on, **facts)
    said = {"words": "Their budget is gone.", "by": rep.user, "at": NOON}
    return deal.cancel(deal.amount, on=NOON.date(), **said)


def test_it_counts_as_before_and_both_stay_in_history(client, rep, cancelled):
    deal = cancelled.deal
    client.force_login(rep.user)
    page = client.get(f"{deal.get_absolute_url()}?mistaken={cancelled.pk}")
    url = reverse("reps:take_back_cancellation", args=[deal.pk, cancelled.pk])
    assert form_in(page, url) == {"words": ""}

    refused = client.post(url, {"words": " "})
    assert refused.status_code == 422
    assert "Say why it was a mistake, in a sentence." in refused.text

    client.post(url, {"words": "It was the other Quill."})
    assert deal.left_to_cancel() == 23_000
    shown = one_line(client.get(deal.get_absolute_url()).text)
    assert "The customer cancelled $23,000" in shown
    assert "The cancellation of $23,000 was a mistake" in shown
    assert "It was the other Quill." in shown
    assert client.post(url, {"words": "Twice."}).status_code == 404
