"""The summary of a handover, to read and to print: for whoever runs the old team."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import Handover
from tests.factories.reps import NOON, DealFactory, RepFactory, TeamFactory
from tests.pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("thursday_of_week_6")]


@pytest.fixture
def handed(rep, leader):
    """Theo went to East; Mina goes on with the larger of two deals."""
    mina = RepFactory(team=rep.team, name="Mina")
    large = DealFactory(owner=rep, account="Large", amount=40_000)
    DealFactory(owner=rep, account="Small", amount=9_000)
    east = TeamFactory(organization=rep.organization, name="East")
    facts = {"kind": "moves", "to_team": east, "from_on": date(2026, 11, 12)}
    return Handover.objects.write_down(
        rep, deals={large.pk: mina}, by=leader, at=NOON, **facts
    )


def test_it_says_who_goes_on_with_what(client, handed, leader):
    client.force_login(leader)
    shown = words(client.get(handed.get_absolute_url()).text)
    assert "Goes from West to East on 12 November 2026. Done on" in shown
    assert "Who goes on with what $40,000" in shown
    assert "Large Mina" in shown
    assert "Stays as it is $9,000 Small , $9,000" in shown
    assert "each team owes it for the days they were in it" in shown
    assert f"Written down by {leader.name} on 12 November 2026." in shown


def test_the_old_teams_manager_reads_it_the_new_ones_does_not(client, handed, rep):
    url = reverse("plans:handover", args=[handed.pk])
    for user, status in [
        (handed.team.manager, 200),
        (handed.to_team.manager, 404),
        (rep.user, 404),
    ]:
        client.force_login(user)
        assert client.get(url).status_code == status
