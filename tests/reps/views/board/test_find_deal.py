"""A deal is found by account or product, among those one sees."""

import pytest
from django.urls import reverse

from tests.factories.reps import DealFactory, OrganizationFactory, RepFactory
from tests.pages import page_for, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]

HTMX = {"HX-Request": "true"}


def found(client, user, looked_for):
    client.force_login(user)
    query = {"words": looked_for}
    return words(client.get(reverse("reps:find_deal"), query, headers=HTMX).text)


def test_by_a_part_of_account_or_product_in_any_case(client, rep, deal):
    DealFactory(owner=rep, stage=deal.stage, account="Larkspur", product="Pro")

    assert (
        found(client, rep.user, "quill")
        == "1 deal Quill &amp; Co $17,000 Qualified · Basic"
    )
    assert "Larkspur" in found(client, rep.user, "PRO")
    assert found(client, rep.user, " ") == ""


def test_open_ones_come_first_and_what_became_of_the_others_is_said(client, rep, deal):
    DealFactory(
        owner=rep, stage=deal.stage, account="Quill North", won_on=deal.opened_on
    )

    shown = found(client, rep.user, "quill")

    assert shown.index("Quill &amp; Co") < shown.index("Quill North $19,000 Won")


def test_so_many_are_cut_short_and_none_is_said(client, rep, deal):
    for _ in range(9):
        DealFactory(owner=rep, stage=deal.stage, account="Harbour Mill")

    shown = found(client, rep.user, "harbour")
    assert "The first 8: another word finds fewer." in shown
    assert shown.count("Harbour Mill") == 8
    assert "No deal has “100%” in its account or product." in found(
        client, rep.user, "100%"
    )


def test_only_what_one_sees_is_found(client, rep, deal):
    peer = RepFactory(organization=rep.organization, team=rep.team)
    stranger = RepFactory(organization=OrganizationFactory())

    for other in (peer.user, stranger.user):
        assert "No deal" in found(client, other, "Quill")
    assert "Qualified · Theo" in found(client, rep.team.manager, "Quill")


def test_without_scripts_it_is_a_page(client, rep, deal):
    shown = page_for(client, rep.user, reverse("reps:find_deal") + "?words=quill")

    assert "<h1>Find a deal</h1>" in shown
    assert 'value="quill"' in shown
    assert deal.get_absolute_url() in shown
