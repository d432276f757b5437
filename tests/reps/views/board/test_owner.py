"""Whose deal it is: given to somebody else on its page, by whoever runs their team."""

from datetime import date

import pytest
from django.urls import reverse

from reps.models import DealFacts
from tests.factories.reps import DealFactory, RepFactory, TeamFactory
from tests.forms import form_in
from tests.pages import one_line, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("thursday_of_week_6")]


@pytest.fixture
def mina(rep):
    return RepFactory(team=rep.team, name="Mina")


def address(deal):
    return reverse("reps:edit_deal", args=[deal.pk])


def edit(client, deal, user, **changes):
    client.force_login(user)
    held = form_in(client.get(deal.get_absolute_url() + "?edit=1"), address(deal))
    answer = client.post(address(deal), held | changes)
    deal.refresh_from_db()
    return answer


def test_a_manager_gives_it_to_another_of_theirs(client, deal, rep, mina):
    RepFactory(
        organization=rep.organization,
        team=TeamFactory(organization=rep.organization),
        name="Elsewhere",
    )
    RepFactory(team=rep.team, name="Gone", left_on=date(2026, 11, 1))
    client.force_login(rep.team.manager)
    shown = client.get(deal.get_absolute_url() + "?edit=1")
    owners = shown.context["form"].fields["owner"].queryset
    assert [owner.name for owner in owners] == ["Mina", "Theo Lindqvist"]

    assert edit(client, deal, rep.team.manager, owner=mina.pk).status_code == 302
    assert deal.owner == mina
    told = one_line(client.get(deal.get_absolute_url()).text)
    assert "Owner: Theo Lindqvist, now Mina" in told


def test_a_rep_keeps_it(client, deal, rep, mina):
    client.force_login(rep.user)
    shown = client.get(deal.get_absolute_url() + "?edit=1")
    assert "owner" not in shown.context["form"].fields
    edit(client, deal, rep.user, owner=mina.pk)
    assert deal.owner == rep


def test_who_won_it_is_put_right_with_a_reason(client, rep, stages, mina):
    deal = DealFactory(owner=rep, stage=stages[-1], won_on=date(2026, 10, 20))
    manager = rep.team.manager
    assert edit(client, deal, manager, owner=mina.pk).status_code == 422
    assert deal.owner == rep
    edit(client, deal, manager, owner=mina.pk, why="Mina closed it.")
    assert deal.owner == mina
    assert DealFacts.objects.of(deal).last().why == "Mina closed it."


def test_two_who_give_it_away_at_once_are_told(client, deal, rep, mina):
    other = RepFactory(team=rep.team, name="Other")
    client.force_login(rep.team.manager)
    held = form_in(client.get(deal.get_absolute_url() + "?edit=1"), address(deal))
    edit(client, deal, rep.team.manager, owner=other.pk)
    answer = client.post(address(deal), held | {"owner": mina.pk})
    assert answer.status_code == 409
    assert "Saved by somebody else meanwhile: Other" in answer.text


# Without a seller


@pytest.fixture
def left(rep, deal, mina):
    rep.left_on = date(2026, 11, 1)
    rep.save()
    return rep


def test_a_managers_boards_say_which_deals_nobody_sells(client, left, deal, mina):
    DealFactory(owner=mina, account="Minas")
    client.force_login(left.team.manager)
    for page in ("reps:board", "plans:team_board"):
        shown = client.get(reverse(page))
        assert "1 open deal, $17,000, is without a seller." in shown.text
    assert "Theo Lindqvist, who left" in client.get(reverse("reps:board")).text
    listed = words(client.get(reverse("reps:deal_list") + "?show=unowned").text)
    assert "1 deal, $17,000" in listed
    assert "Quill &amp; Co" in listed or "Quill & Co" in listed
    assert "Minas" not in listed
    team = f"?team={left.team_id}&show=unowned"
    assert "1 deal, $17,000" in words(client.get(reverse("reps:deal_list") + team).text)

    edit(client, deal, left.team.manager, owner=mina.pk)
    for page in ("reps:board", "plans:team_board"):
        assert "without a seller" not in client.get(reverse(page)).text


def test_where_nobody_left_nothing_is_asked(client, deal, rep):
    client.force_login(rep.team.manager)
    shown = client.get(reverse("reps:deal_list"))
    assert "Without a seller" not in shown.text


def test_one_without_a_seller_says_so(client, deal, rep):
    rep.left_on = date(2026, 11, 1)
    rep.save()
    client.force_login(rep.team.manager)
    told = words(client.get(deal.get_absolute_url()).text)
    assert "Theo Lindqvist left: without a seller until somebody takes it" in told
