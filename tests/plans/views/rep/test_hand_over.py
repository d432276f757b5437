"""Handing over: who goes on with what, from which day, and what becomes of the rest."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from plans.models import Handover
from plans.tasks import carry_out_handovers
from reps.models import Absence, DealFacts, Quota
from tests.factories.plans import PlanFactory
from tests.factories.reps import (
    NOON,
    AbsenceFactory,
    DealFactory,
    QuarterFactory,
    QuotaFactory,
    RepFactory,
    StandInFactory,
    TeamFactory,
)
from tests.forms import form_in
from tests.pages import one_line, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("thursday_of_week_6")]

TODAY = NOON.date()
CHRISTMAS = date(2026, 12, 24)


@pytest.fixture
def quarter(rep):
    return QuarterFactory(organization=rep.organization)


@pytest.fixture
def deals(rep, quarter):
    """Two open ones of Theo's, and one he won."""
    QuotaFactory(rep=rep, quarter=quarter, amount=182_000)  # 2,000 a day
    DealFactory(owner=rep, account="Won", amount=31_000, won_on=date(2026, 10, 20))
    return [
        DealFactory(owner=rep, account="Large", amount=40_000),
        DealFactory(owner=rep, account="Small", amount=9_000),
    ]


@pytest.fixture
def mina(rep):
    return RepFactory(team=rep.team, name="Mina")


def address(rep):
    return reverse("plans:hand_over", args=[rep.pk])


def hand_over(client, rep, user=None, **said):
    client.force_login(user or rep.team.manager)
    url = address(rep)
    return client.post(url, form_in(client.get(url), url) | said)


def owners(deals):
    for deal in deals:
        deal.refresh_from_db()
    return [deal.owner.name for deal in deals]


def test_whoever_leaves_today_hands_their_deals_over_and_owes_no_more(
    client, rep, deals, mina
):
    small = deals[1]
    answer = hand_over(
        client,
        rep,
        kind="leaves",
        all_to=mina.pk,
        words="Large waits for a call on Monday.",
        **{f"deal-{small.pk}": 0},
    )
    assert answer.status_code == 302
    rep.refresh_from_db()
    assert rep.left_on == date(2026, 11, 11)
    assert owners(deals) == ["Mina", "Theo Lindqvist"]
    # 38 of 91 days were owed, and stay owed.
    assert Quota.objects.get().owed == 76_000
    change = DealFacts.objects.of(deals[0]).last()
    assert (change.owner, change.changed_by) == (mina, rep.team.manager)
    assert change.why == "Handed over: they left."

    shown = words(client.get(answer.url).text)
    assert "the last day is 11 November 2026" in shown
    assert "Large Mina" in shown
    assert "Without a seller, until somebody takes them" in shown
    assert "Large waits for a call on Monday." in shown
    assert "$76,000 is owed for Q4 2026, up to 11 November." in shown


def test_whoever_left_has_a_page_that_says_so_and_asks_for_nothing(
    client, rep, deals, mina
):
    hand_over(client, rep, kind="leaves", all_to=mina.pk)
    for user in (rep.user, rep.team.manager):
        client.force_login(user)
        shown = words(client.get(reverse("plans:rep_detail", args=[rep.pk])).text)
        assert "The last day in West was 11 November 2026." in shown
        assert "$31,000 of $76,000" in shown
        assert "a week over the" not in shown
        assert "Still to book" not in shown
        assert "Days away" not in shown
    assert rep.name not in words(client.get(address(mina)).text)


def test_a_day_to_come_is_kept_and_done_by_the_clock(client, rep, deals, mina):
    answer = hand_over(
        client, rep, kind="leaves", all_to=mina.pk, from_on=CHRISTMAS.isoformat()
    )
    assert owners(deals) == ["Theo Lindqvist"] * 2
    assert "Not done yet" in client.get(answer.url).text
    region = client.get(
        reverse("plans:rep_plan", args=[rep.pk]), headers={"HX-Request": "true"}
    )
    assert "Handed over from 24 December" in words(region.text)
    client.force_login(rep.user)
    region = client.get(reverse("plans:rep_plan", args=[rep.pk]))
    assert "Handed over" not in words(region.text)

    carry_out_handovers()
    assert owners(deals) == ["Theo Lindqvist"] * 2
    with time_machine.travel(datetime(2026, 12, 24, 6, tzinfo=UTC), tick=False):
        carry_out_handovers()
        carry_out_handovers()
    assert owners(deals) == ["Mina"] * 2
    rep.refresh_from_db()
    assert rep.left_on == date(2026, 12, 23)
    assert [DealFacts.objects.of(deal).count() for deal in deals] == [2, 2]


def test_a_deal_won_meanwhile_stays_whose_it_was(client, rep, deals, mina):
    hand_over(client, rep, kind="leaves", all_to=mina.pk, from_on=CHRISTMAS.isoformat())
    said = {"by": rep.user, "on": TODAY, "at": NOON, "reason": "Signed."}
    deals[0].move_to(deals[0].stage, "won", **said)
    with time_machine.travel(datetime(2026, 12, 24, 6, tzinfo=UTC), tick=False):
        carry_out_handovers()
    assert owners(deals) == ["Theo Lindqvist", "Mina"]


def test_the_plan_ends_with_what_came_of_it(client, rep, deals, quarter):
    plan = PlanFactory(rep=rep, quarter=quarter)
    refused = hand_over(client, rep, kind="leaves")
    assert refused.status_code == 422
    assert "Nobody works by it any more: tick this, and say" in refused.text
    refused = hand_over(client, rep, kind="leaves", closes_plan="on", came_of_it=" ")
    assert "Say what came of it, in a sentence." in refused.text
    hand_over(client, rep, kind="leaves", closes_plan="on", came_of_it="Half of it.")
    plan.refresh_from_db()
    assert (plan.status, plan.came_of_it) == ("closed", "Half of it.")
    assert plan.closed_on == date(2026, 11, 11)


def test_to_another_team_deals_go_along_unless_somebody_else_goes_on(
    client, rep, leader, deals, mina
):
    west = rep.team
    east = TeamFactory(organization=rep.organization, name="East", above=west.above)
    answer = hand_over(
        client,
        rep,
        leader,
        kind="moves",
        to_team=east.pk,
        **{f"deal-{deals[1].pk}": mina.pk},
    )
    rep.refresh_from_db()
    assert rep.team == east
    assert owners(deals) == ["Theo Lindqvist", "Mina"]
    days = rep.memberships.order_by("ends_on").values_list("team__name", "starts_on")
    assert list(days) == [("West", None), ("East", TODAY)]
    # The old manager still reads what was handed over.
    client.force_login(west.manager)
    assert "Goes from West to East" in one_line(client.get(answer.url).text)
    # Whoever runs one team cannot send anybody elsewhere.
    client.force_login(west.manager)
    assert "to_team" not in form_in(client.get(address(mina)), address(mina))


def test_days_away_are_noted_around_those_that_were(client, rep, deals, mina):
    AbsenceFactory(rep=rep, starts_on=date(2026, 11, 16), ends_on=date(2026, 11, 17))
    refused = hand_over(client, rep, kind="away")
    assert "Say until which day they are away." in refused.text
    hand_over(client, rep, kind="away", until="2026-11-30", all_to=mina.pk)
    days = Absence.objects.filter(rep=rep).order_by("starts_on")
    assert list(days.values_list("starts_on", "ends_on")) == [
        (TODAY, date(2026, 11, 15)),
        (date(2026, 11, 16), date(2026, 11, 17)),
        (date(2026, 11, 18), date(2026, 11, 30)),
    ]
    rep.refresh_from_db()
    assert rep.left_on is None
    assert owners(deals) == ["Mina"] * 2


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"kind": "leaves", "from_on": "2026-11-11"}, "begins today or later"),
        ({"kind": "leaves", "from_on": ""}, "Say from which day"),
        ({"kind": ""}, "Choose one."),
        ({"kind": "away", "until": "2026-11-11"}, "comes before the first"),
        ({"kind": "leaves", "all_to": "99999999"}, "Choose one of the list."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_done(client, rep, deals, said, wrong):
    refused = hand_over(client, rep, words="Call Large.", **said)
    assert refused.status_code == 422
    assert wrong in refused.text
    assert form_in(refused, address(rep))["words"] == "Call Large."
    assert not Handover.objects.exists()


def test_nobody_leaves_before_they_came_or_a_second_time(client, rep, deals, mina):
    rep.joined_on = TODAY
    rep.save()
    refused = hand_over(client, rep, kind="leaves")
    assert "They joined on 12 November 2026: choose a later one." in refused.text
    rep.joined_on, rep.left_on = None, date(2026, 11, 1)
    rep.save()
    assert client.get(address(rep)).status_code == 404


def test_nobody_is_handed_anything_after_their_own_last_day(client, rep, deals, mina):
    hand_over(client, rep, kind="leaves", all_to=mina.pk, from_on=CHRISTMAS.isoformat())
    mina.left_on = date(2026, 12, 1)
    mina.save()
    with time_machine.travel(datetime(2026, 12, 24, 6, tzinfo=UTC), tick=False):
        carry_out_handovers()
    assert owners(deals) == ["Theo Lindqvist"] * 2


def test_who_stands_in_hands_nobody_over(client, rep, noor):
    """It ends quotas and moves people: the manager's, or the one above's to do."""
    client.force_login(noor)
    assert client.get(reverse("plans:hand_over", args=[rep.pk])).status_code == 404
    plan = client.get(reverse("plans:rep_plan", args=[rep.pk])).text
    assert reverse("plans:hand_over", args=[rep.pk]) not in plan


def test_nor_does_a_rep_who_stands_in_hand_themselves_over(client, rep):
    StandInFactory(manager=rep.team.manager, person=rep.user)
    client.force_login(rep.user)
    assert client.get(reverse("plans:hand_over", args=[rep.pk])).status_code == 404


def test_of_whoever_left_the_summary_is_on_their_page_and_the_deals_wait(
    client, rep, deals
):
    summary = hand_over(client, rep, kind="leaves").url
    assert "A recovery plan" not in client.get(summary).text

    page = client.get(reverse("plans:rep_detail", args=[rep.pk])).text
    beside = client.get(reverse("plans:rep_plan", args=[rep.pk])).text

    assert "Without a seller, until somebody takes them." in words(page)
    assert "of what is left to book" not in words(page)
    assert f'href="{summary}"' in beside
    assert "Handed over from 12 November" in words(beside)


def test_who_runs_one_team_reads_who_moves_people_between_two(client, rep):
    client.force_login(rep.team.manager)
    lede = "Who goes to another team is handed over by whoever runs both."
    assert lede in one_line(client.get(address(rep)).text)
    TeamFactory(organization=rep.organization, manager=rep.team.manager)
    assert lede not in one_line(client.get(address(rep)).text)
