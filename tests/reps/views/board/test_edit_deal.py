"""The facts of a deal, changed; by two at once, nobody's words are lost."""

import pytest
from django.urls import reverse

from reps.models import Deal, DealFacts, StandIn
from tests.factories.reps import (
    RepFactory,
)
from tests.forms import form_in
from tests.pages import one_line, page_for

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6"),
]


def opened(client, deal, user=None):
    """What the form held when it was opened, as the browser would send it back."""
    client.force_login(user or deal.owner.user)
    page = client.get(deal.get_absolute_url() + "?edit=1")
    return form_in(page, reverse("reps:edit_deal", args=[deal.pk]))


def save(client, deal, sent, user=None, **changes):
    client.force_login(user or deal.owner.user)
    url = reverse("reps:edit_deal", args=[deal.pk])
    return client.post(url, sent | changes)


def facts(deal):
    deal.refresh_from_db()
    return deal.account, deal.product, deal.amount


def test_it_keeps_what_was_changed(client, deal):
    held = opened(client, deal)
    response = save(
        client, deal, held, amount="$21,000", expected_close_on="2026-12-04"
    )

    assert response.headers["Location"] == deal.get_absolute_url()
    assert facts(deal) == ("Quill & Co", "Basic", 21_000)
    assert deal.expected_close_on.isoformat() == "2026-12-04"
    assert "Quill &amp; Co is saved." in client.get(deal.get_absolute_url()).text


def test_what_comes_next_is_kept_with_its_day(client, deal):
    held = opened(client, deal)
    save(client, deal, held, next_step="Site visit", next_step_on="2026-11-18")

    deal.refresh_from_db()
    assert (deal.next_step, str(deal.next_step_on)) == ("Site visit", "2026-11-18")
    page = client.get(deal.get_absolute_url()).text
    assert "Wed 18 Nov, Site visit" in one_line(page)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"next_step": "Site visit"}, "Say on which day."),
        ({"next_step_on": "2026-11-18"}, "Say what happens on that day."),
        ({"next_step": "Visit", "next_step_on": "soon"}, "Write a day"),
    ],
)
def test_a_step_and_its_day_go_together(client, deal, sent, said):
    response = save(client, deal, opened(client, deal), **sent)

    assert response.status_code == 422
    assert said in response.text
    deal.refresh_from_db()
    assert (deal.next_step, deal.next_step_on) == ("", None)


def test_what_is_wrong_is_said_and_the_words_are_kept(client, deal):
    held = opened(client, deal)
    response = save(client, deal, held, account="", product="Larger", amount="x")

    assert response.status_code == 422
    assert "Say which account it is." in response.text
    assert "Use an amount in figures" in response.text
    assert 'value="Larger"' in response.text
    assert "<h1>Quill &amp; Co</h1>" in response.text
    assert facts(deal) == ("Quill & Co", "Basic", 17_000)


def test_a_deal_may_be_worth_nothing_and_not_less(client, deal):
    held = opened(client, deal)
    assert (
        "Use an amount of zero or more." in save(client, deal, held, amount="-1").text
    )
    assert save(client, deal, held, amount="0").status_code == 302


def test_an_amount_somebody_gives_is_no_estimate_any_more(client, deal):
    Deal.objects.update(amount_is_estimate=True)
    save(client, deal, opened(client, deal), product="Larger")
    deal.refresh_from_db()
    assert deal.amount_is_estimate

    save(client, deal, opened(client, deal), amount="18,000")
    deal.refresh_from_db()
    assert not deal.amount_is_estimate


def test_an_estimate_that_is_right_can_be_said_to_be(client, deal):
    assert "amount_is_certain" not in opened(client, deal)
    Deal.objects.update(amount_is_estimate=True)

    save(client, deal, opened(client, deal), amount_is_certain="on")

    assert facts(deal)[2] == 17_000
    assert not deal.amount_is_estimate


def test_a_deal_without_an_account_may_stay_so(client, deal):
    Deal.objects.update(account="")
    held = opened(client, deal)
    assert save(client, deal, held, amount="9,000").status_code == 302


# Two at once


def test_two_who_change_different_facts_both_succeed(client, deal):
    manager = deal.owner.team.manager
    mine, theirs = opened(client, deal), opened(client, deal, manager)

    assert save(client, deal, mine, amount="20,000").status_code == 302
    assert save(client, deal, theirs, manager, product="Larger").status_code == 302
    assert facts(deal) == ("Quill & Co", "Larger", 20_000)


def test_the_second_to_change_the_same_fact_sees_both_and_keeps_theirs(client, deal):
    manager = deal.owner.team.manager
    mine, theirs = opened(client, deal), opened(client, deal, manager)
    save(client, deal, mine, amount="20,000")

    response = save(client, deal, theirs, manager, amount="25,000", product="Larger")

    assert response.status_code == 409
    assert "Saved by somebody else meanwhile: $20,000. Yours is kept here." in (
        response.text
    )
    assert 'name="amount" value="25,000"' in one_line(response.text)
    assert 'name="initial-amount" value="$20,000"' in one_line(response.text)
    assert 'value="Larger"' in response.text
    assert facts(deal) == ("Quill & Co", "Basic", 20_000)


def test_who_has_seen_both_may_save_theirs(client, deal):
    held = opened(client, deal)
    Deal.objects.update(amount=20_000)

    seen = held | {"initial-amount": "20,000"}

    assert save(client, deal, seen, amount="25,000").status_code == 302
    assert facts(deal)[2] == 25_000


def test_two_who_say_the_same_agree(client, deal):
    held = opened(client, deal)
    Deal.objects.update(amount=20_000)

    assert save(client, deal, held, amount="20,000").status_code == 302


def test_without_what_it_was_nothing_is_overwritten(client, deal):
    bare = {"account": "Another", "product": "Basic", "amount": "17,000"}

    assert save(client, deal, bare).status_code == 409
    assert facts(deal)[0] == "Quill & Co"


# Who may


def test_nobody_but_the_owner_and_their_manager_may(client, deal, bystander):
    held = opened(client, deal)

    assert save(client, deal, held, bystander, amount="1").status_code == 404
    assert facts(deal)[2] == 17_000


def test_nothing_else_can_be_written(client, deal):
    stage, owner = deal.stage_id, deal.owner_id
    other = RepFactory(team=deal.owner.team)
    save(
        client,
        deal,
        opened(client, deal),
        outcome="won",
        owner=other.pk,
        in_stage_since="2020-01-01",
    )

    deal.refresh_from_db()
    assert (deal.outcome, deal.stage_id, deal.owner_id) == ("open", stage, owner)
    assert deal.in_stage_since == deal.opened_on


def test_it_only_answers_to_a_post(client, deal):
    client.force_login(deal.owner.user)

    url = reverse("reps:edit_deal", args=[deal.pk])
    assert client.get(url).status_code == 405


def test_who_stands_in_puts_it_right_and_the_history_says_so(client, deal, noor):
    held = opened(client, deal, noor)
    assert save(client, deal, held, noor, amount="$21,000").status_code == 302
    row = DealFacts.objects.of(deal).last()
    assert (row.changed_by, row.stood_in_for) == (noor, deal.owner.team.manager)
    StandIn.objects.all().delete()  # it stays true when nobody stands in any more
    page = page_for(client, deal.owner.user, deal.get_absolute_url())
    assert "Noor Haddad, standing in for Erin Castellano," in page


def test_of_the_owner_it_says_nothing_of_the_kind(client, deal, noor):
    save(client, deal, opened(client, deal), amount="$21,000")
    assert set(DealFacts.objects.values_list("stood_in_for", flat=True)) == {None}
