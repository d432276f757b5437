"""The second name under what lies on the table: now it holds."""

from datetime import date
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from plans.models import Plan, Signature
from reps.models import StandIn
from tests.factories.plans import MetricFactory, PlanFactory, StrategyFactory, agree
from tests.factories.reps import NOON, QuarterFactory, StandInFactory
from tests.pages import one_line

pytestmark = pytest.mark.django_db


def propose(browser, plan, reason=""):
    url = reverse("plans:propose_plan", args=[plan.pk])
    assert browser.post(url, {"reason": reason}).status_code == 302
    return plan.proposals.latest("number").number


def post(browser, plan, number):
    return browser.post(
        reverse("plans:sign_plan", args=[plan.pk]), {"proposal": number}
    )


def state(plan):
    return Plan.objects.values_list("status", "turn").get(pk=plan.pk)


@pytest.mark.parametrize("htmx", [True, False])
def test_both_names_make_it_revision_1(as_, plan, erin, theo, htmx):
    number = propose(as_(erin), plan)
    browser = as_(theo, htmx=htmx)
    answer = post(browser, plan, number)

    assert (answer.status_code, answer.url) == (302, plan.get_absolute_url())
    assert state(plan) == ("active", "")
    page = browser.get(answer.url).text
    assert "Signed by both. This is what you work by now." in page
    assert "Revision 1, signed by both" in page
    for said in ("“I will do these things.”", "“I will be in your corner.”"):
        assert said in page


def test_the_manager_signs_what_the_rep_proposed(as_, plan, erin, theo):
    number = propose(as_(theo), plan)
    assert (
        "Sign: I will be in your corner" in as_(erin).get(plan.get_absolute_url()).text
    )
    post(as_(erin), plan, number)
    assert state(plan) == ("active", "")
    names = (
        plan.in_force().signatures.order_by("pk").values_list("side", "signer__name")
    )
    assert list(names) == [("rep", "Theo Lindqvist"), ("manager", "Erin Castellano")]


def test_whoever_proposed_does_not_sign_for_the_other(as_, plan, erin):
    browser = as_(erin)
    assert post(browser, plan, propose(browser, plan)).status_code == 404
    assert state(plan) == ("proposed", "rep")


def test_what_is_signed_is_what_was_proposed(as_, plan, erin, theo):
    number = propose(as_(erin), plan)
    Plan.objects.update(goal_low=1_000)
    page = as_(theo).get(plan.get_absolute_url()).text
    assert "By now the page above says otherwise:" in page
    assert "Goal, at least: $150,000 → $1,000" in page
    post(as_(theo), plan, number)
    assert plan.in_force().content["goal_low"] == "150000"


@pytest.mark.parametrize("junk", ["", "abc", "-1", "9" * 5000, "2"])
def test_what_does_not_lie_there_is_not_signed(as_, plan, erin, theo, junk):
    propose(as_(erin), plan)
    browser = as_(theo)
    answer = post(browser, plan, junk)
    assert state(plan) == ("proposed", "rep")
    assert "Something else lies on the table by now." in browser.get(answer.url).text


def test_an_offer_that_was_withdrawn_meanwhile_is_not_signed(as_, plan, erin, theo):
    browser = as_(erin)
    first = propose(browser, plan)
    Plan.objects.update(goal_low=160_000)
    propose(browser, plan, "More is in it")
    post(as_(theo), plan, first)
    assert state(plan) == ("proposed", "rep")
    assert plan.in_force() is None


def test_a_change_that_both_sign_is_the_next_revision(as_, plan, erin, theo):
    agree(plan)
    Plan.objects.update(goal_low=140_000)
    number = propose(as_(theo), plan, "Larkspur slipped")
    browser = as_(erin)
    post(browser, plan, number)
    page = one_line(browser.get(plan.get_absolute_url()).text)
    assert "Revision 2, signed by both" in page
    assert "$140,000 – $200,000" in page
    assert "Goal, at least: $150,000 → $140,000" in page


def test_one_plan_of_a_rep_runs_at_a_time(as_, plan, erin, theo):
    agree(plan)
    of = {"organization": plan.organization}
    following = QuarterFactory(
        name="Q1 2027", starts_on=date(2027, 1, 4), ends_on=date(2027, 4, 4), **of
    )
    later = PlanFactory(rep=plan.rep, quarter=following, **of)
    StrategyFactory(plan=later, **of)
    MetricFactory(plan=later, **of)
    number = propose(as_(erin), later)
    browser = as_(theo)
    answer = post(browser, later, number)
    page = browser.get(answer.url).text
    assert "The plan of another quarter is still running. Close that one first." in page
    assert state(later) == ("proposed", "rep")


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_one_signature(as_, plan, erin, theo, at_once):
    number = propose(as_(erin), plan)
    browsers = [as_(theo) for _ in range(20)]
    answers = at_once(*(lambda b=b: post(b, plan, number) for b in browsers))
    assert {answer.status_code for answer in answers} <= {302, 404}
    assert Signature.objects.filter(signer=theo).count() == 1
    assert plan.in_force().revision == 1


@pytest.mark.django_db(transaction=True)
def test_an_offer_that_is_being_replaced_is_not_signed(as_, plan, erin, theo):
    number = propose(as_(erin), plan)
    browser, answers = as_(theo), []

    def sign():
        try:
            answers.append(post(browser, plan, number).status_code)
        finally:
            connection.close()

    hand = Thread(target=sign)
    with transaction.atomic():
        content = plan.proposals.get().content | {"goal_low": "160000"}
        facts = {"reason": "More is in it", "at": NOON}
        plan.propose(content, by=erin, side="manager", **facts)
        hand.start()
        hand.join(0.5)
        assert hand.is_alive()  # it waits for the other offer to be there
    hand.join()

    assert answers == [302]
    assert state(plan) == ("proposed", "rep")
    assert plan.in_force() is None


def test_nobody_else_finds_it(as_, plan, erin, bystander):
    number = propose(as_(erin), plan)
    assert post(as_(bystander), plan, number).status_code == 404
    assert state(plan) == ("proposed", "rep")


def test_with_nothing_on_the_table_there_is_nothing_to_sign(as_, plan, theo):
    assert post(as_(theo), plan, 1).status_code == 404


def test_looking_changes_nothing(as_, plan, theo):
    url = reverse("plans:sign_plan", args=[plan.pk])
    assert as_(theo).get(url).status_code == 405


def test_who_stands_in_signs_and_it_stays_under_the_plan(as_, plan, theo, erin, noor):
    number = propose(as_(theo), plan)
    page = as_(noor).get(plan.get_absolute_url()).text
    assert "Sign: I will be in your corner" in page
    post(as_(noor), plan, number)
    assert state(plan) == ("active", "")
    signature = Signature.objects.get(side="manager")
    assert (signature.signer, signature.stood_in_for) == (noor, erin)

    StandIn.objects.all().delete()  # it stays true when nobody stands in any more
    name = "<b>Noor Haddad, standing in for Erin Castellano</b>"
    assert name in one_line(as_(theo).get(plan.get_absolute_url()).text)
    copy = as_(theo).get(reverse("plans:desk_copy", args=[plan.pk]))
    assert name in one_line(copy.text)


def test_who_stands_in_proposes_and_the_rep_reads_in_whose_place(as_, plan, theo, noor):
    propose(as_(noor), plan)
    page = one_line(as_(theo).get(plan.get_absolute_url()).text)
    assert "Noor Haddad, standing in for Erin Castellano proposed this" in page


def test_a_rep_who_stands_in_does_not_sign_for_both(as_, plan, theo, erin):
    StandInFactory(manager=erin, person=theo)
    number = propose(as_(theo), plan)
    assert state(plan) == ("proposed", "manager")
    assert post(as_(theo), plan, number).status_code == 404


def test_nobody_signs_both_sides_whatever_they_are_by_now(as_, plan, theo, erin):
    number = propose(as_(theo), plan)
    plan.rep.team.manager = theo
    plan.rep.team.save()
    answer = as_(theo).post(
        reverse("plans:sign_plan", args=[plan.pk]), {"proposal": number}, follow=True
    )
    assert "Your name stands under it already." in answer.text
    assert state(plan) == ("proposed", "manager")
    with pytest.raises(IntegrityError, match="signature_nobody_signs_both_sides"):
        plan.proposals.get().sign(by=theo, side="manager", at=NOON)


def test_whoever_reads_next_is_named_also_who_stands_in(as_, plan, theo, noor):
    url = reverse("plans:propose_plan", args=[plan.pk])
    page = as_(theo).post(url, follow=True).text
    assert "Erin Castellano or Noor Haddad reads it next." in page
