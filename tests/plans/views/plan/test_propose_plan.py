"""The page put on the table, with the name of whoever puts it there."""

import pytest
from django.urls import reverse

from plans.models import Plan, Proposal, Signature
from tests.factories.plans import CommitmentFactory, agree
from tests.factories.reps import DealFactory
from tests.pages import one_line

pytestmark = pytest.mark.django_db


def post(browser, plan, reason=""):
    url = reverse("plans:propose_plan", args=[plan.pk])
    return browser.post(url, {"reason": reason})


def state(plan):
    return Plan.objects.values_list("status", "turn").get(pk=plan.pk)


@pytest.mark.parametrize("htmx", [True, False])
def test_it_is_on_the_table_with_a_name_and_the_other_has_the_turn(
    as_, plan, erin, theo, htmx
):
    browser = as_(erin, htmx=htmx)
    answer = post(browser, plan)

    assert (answer.status_code, answer.url) == (302, plan.get_absolute_url())
    assert state(plan) == ("proposed", "rep")
    signature = Signature.objects.get()
    assert (signature.signer, signature.side) == (erin, "manager")
    assert "Theo Lindqvist reads it next." in browser.get(answer.url).text
    page = as_(theo).get(answer.url).text
    assert "On the table, for you to sign" in page
    assert "Sign: I will do these things" in page


def test_the_rep_proposes_as_well(as_, plan, theo):
    browser = as_(theo)
    post(browser, plan)
    assert state(plan) == ("proposed", "manager")
    page = browser.get(plan.get_absolute_url()).text
    assert "Erin Castellano reads it next." in page


def test_what_is_frozen_is_the_page_with_the_figures_it_shows(as_, plan, erin):
    Plan.objects.update(win_rate="0.4", backup_plan="Fernwood")
    CommitmentFactory(plan=plan, is_shared=True)
    post(as_(erin), plan)
    told = Proposal.objects.get().content

    assert told["objective"] == "A bounce-back quarter."
    assert (told["goal_low"], told["goal_high"]) == ("150000", "200000")
    assert [row["words"] for row in told["strategies"].values()] == [
        "Prospect before anything else"
    ]
    # All but the override are the figures to start from; the weeks: test_measured.py.
    assert told["figures"] == {
        "average_deal": "10000",
        "win_rate": "0.4",
        "open_deals": "0",
        "demo_rate": "0.5",
        "demos_pending": "0",
        "effective_weeks": "2.1",
    }
    assert "Yoga" not in str(told)


def test_it_says_all_that_is_missing(as_, plan, erin):
    Plan.objects.update(objective="", goal_high=None)
    plan.strategies.all().delete()
    plan.metrics.all().delete()
    DealFactory(owner=plan.rep, amount=60_001)
    answer = post(as_(erin), plan)

    assert answer.status_code == 422
    for line in [
        "Say what this quarter is for: the objective.",
        "Give the goal both ends.",
        "Write down at least one strategy.",
        "Set at least one weekly target.",
        "One deal carries much of the goal: write the backup plan.",
    ]:
        assert line in answer.text
    assert state(plan) == ("draft", "")
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("amount", "backup", "status"),
    [
        (60_000, "", 302),  # 40 % of 150,000 is not above the limit
        (60_001, "", 422),
        (60_001, "Fernwood and Corbel, decided on 4 December", 302),
    ],
)
def test_above_40_percent_on_one_deal_it_names_what_else_there_is(
    as_, plan, erin, amount, backup, status
):
    Plan.objects.update(backup_plan=backup)
    DealFactory(owner=plan.rep, amount=amount)
    assert post(as_(erin), plan).status_code == status


def test_a_counter_proposal_says_why_and_hands_the_turn_over(as_, plan, erin, theo):
    post(as_(erin), plan)
    Plan.objects.update(goal_low=140_000)
    browser = as_(theo)

    answer = post(browser, plan)
    assert answer.status_code == 422
    field = answer.text.split('id="id_reason_error"')[1]
    assert "Say in a sentence what changed, and why." in field[:400]
    assert state(plan) == ("proposed", "rep")

    assert post(browser, plan, "Larkspur slipped to January").status_code == 302
    assert state(plan) == ("proposed", "manager")
    page = as_(erin).get(plan.get_absolute_url()).text
    assert "Larkspur slipped to January" in page
    assert "Goal, at least: $150,000 → $140,000" in page


def test_the_same_page_again_is_no_proposal(as_, plan, erin, theo):
    post(as_(erin), plan)
    answer = post(as_(theo), plan, "I think so too")
    assert answer.status_code == 422
    assert "Nothing is different from what lies on the table." in answer.text
    assert "I think so too" in answer.text
    assert Proposal.objects.count() == 1


def test_a_reason_too_long_stays_in_its_box(as_, plan, erin, theo):
    post(as_(erin), plan)
    Plan.objects.update(goal_low=140_000)
    answer = post(as_(theo), plan, "x" * 301)
    assert answer.status_code == 422
    assert "at most 300 letters" in answer.text
    assert "x" * 301 in answer.text


def test_a_change_of_an_active_plan_waits_beside_what_holds(as_, plan, erin, theo):
    agree(plan)
    Plan.objects.update(goal_low=140_000)
    post(as_(theo), plan, "Larkspur slipped")
    assert state(plan) == ("active", "manager")
    page = one_line(as_(erin).get(plan.get_absolute_url()).text)
    assert "Goal, at least: $150,000 → $140,000" in page
    assert "$150,000 – $200,000" in page  # until both have signed


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_one_proposal_with_one_name(as_, plan, erin, at_once):
    browsers = [as_(erin) for _ in range(20)]
    answers = at_once(*(lambda b=b: post(b, plan) for b in browsers))
    assert sorted(answer.status_code for answer in answers) == [302] + 19 * [422]
    assert (Proposal.objects.count(), Signature.objects.count()) == (1, 1)


def test_nobody_else_finds_it(as_, plan, bystander):
    assert post(as_(bystander), plan).status_code == 404
    assert not Proposal.objects.exists()


def test_a_closed_plan_is_proposed_no_more(as_, plan, erin):
    plan.close(on=plan.quarter.ends_on, came_of_it="")
    assert post(as_(erin), plan).status_code == 404


def test_looking_changes_nothing(as_, plan, erin):
    url = reverse("plans:propose_plan", args=[plan.pk])
    assert as_(erin).get(url).status_code == 405
