"""Taken back before its day, a handover changes nothing, and can be written anew."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from plans.models import Handover
from plans.tasks import carry_out_handovers
from tests.factories.reps import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("thursday_of_week_6")]


@pytest.fixture
def waiting(rep):
    facts = {"kind": "leaves", "from_on": date(2026, 12, 24), "deals": {}}
    return Handover.objects.write_down(rep, by=rep.team.manager, at=NOON, **facts)


def test_it_does_not_happen_then(client, rep, waiting):
    client.force_login(rep.team.manager)
    hand_over = reverse("plans:hand_over", args=[rep.pk])
    # A second one is not written down beside it.
    assert client.get(hand_over).url == waiting.get_absolute_url()

    url = reverse("plans:drop_handover", args=[waiting.pk])
    said = client.get(client.post(url).url).text
    assert "The handover is taken back. Nothing changed." in said
    with time_machine.travel(datetime(2026, 12, 24, 6, tzinfo=UTC), tick=False):
        carry_out_handovers()
    rep.refresh_from_db()
    assert rep.left_on is None
    assert client.get(hand_over).status_code == 200
    again = client.get(client.post(url).url)
    assert "It was done already, or taken back." in again.text


def test_what_is_done_is_done(client, rep, waiting):
    with time_machine.travel(datetime(2026, 12, 24, 6, tzinfo=UTC), tick=False):
        carry_out_handovers()
    client.force_login(rep.team.manager)
    client.post(reverse("plans:drop_handover", args=[waiting.pk]))
    waiting.refresh_from_db()
    assert waiting.carried_out_at
    assert waiting.dropped_at is None
