"""What a rep does to stay well: the rep's own to write, private unless shared."""

import pytest
from django.urls import reverse

from plans.models import Commitment
from tests.factories.plans import CommitmentFactory, agree
from tests.factories.reps import NOON

pytestmark = pytest.mark.django_db

SAID = {"words": "Canary class", "when": "Tuesdays, 18:30"}


def post(browser, plan, **changes):
    url = reverse("plans:add_commitment", args=[plan.pk])
    return browser.post(url, SAID | changes)


def test_it_is_the_reps_own_and_private(as_, plan, theo):
    browser = as_(theo)
    answer = post(browser, plan)

    assert answer.status_code == 302
    assert answer.url == f"{plan.get_absolute_url()}#commitments"
    kept = Commitment.objects.get()
    assert (kept.words, kept.when, kept.is_shared) == (*SAID.values(), False)
    assert (kept.plan, kept.rep) == (plan, plan.rep)
    page = browser.get(answer.url).text
    assert "Canary class" in page
    assert "Private unless you share it" in page


def test_it_can_be_shared_from_the_start(as_, plan, theo, erin):
    post(as_(theo), plan, is_shared="on")
    assert "Canary class" in as_(erin).get(plan.get_absolute_url()).text


def test_htmx_is_sent_to_the_page_as_well(as_, plan, theo):
    assert post(as_(theo, htmx=True), plan).status_code == 302
    assert Commitment.objects.exists()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"words": ""}, "Write something here."),
        ({"words": "x" * 81}, "at most 80 letters"),
        ({"when": "x" * 61}, "at most 60 letters"),
    ],
)
def test_it_says_at_the_field_why_not_and_keeps_the_words(
    as_, plan, theo, changes, reason
):
    answer = post(as_(theo), plan, **changes)
    assert answer.status_code == 422
    assert reason in answer.text
    kept = SAID | changes
    assert f'value="{kept["when"]}"' in answer.text
    assert not Commitment.objects.exists()


def test_on_an_active_plan_the_page_around_it_is_the_signed_one(as_, plan, theo):
    agree(plan)
    answer = post(as_(theo), plan, words="")
    assert answer.status_code == 422
    assert "Suggest a change" in answer.text
    assert post(as_(theo), plan).url == f"{plan.get_absolute_url()}#commitments"


def test_six_are_plenty(as_, plan, theo):
    of = {"organization": plan.organization}
    for number in range(6):
        CommitmentFactory(plan=plan, words=f"{number}", **of)
    answer = post(as_(theo), plan)
    assert answer.status_code == 422
    assert "Six are plenty. Take one out first." in answer.text
    assert 'value="Canary class"' in answer.text
    assert Commitment.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_sent_twenty_times_at_once_it_is_there_once(as_, plan, theo, at_once):
    browsers = [as_(theo) for _ in range(20)]
    answers = at_once(*(lambda b=b: post(b, plan) for b in browsers))
    assert {answer.status_code for answer in answers} == {302}
    assert Commitment.objects.count() == 1


def test_not_even_the_manager_adds_one(as_, plan, erin):
    assert post(as_(erin), plan).status_code == 404


def test_nobody_else_finds_it(as_, plan, bystander):
    assert post(as_(bystander), plan).status_code == 404
    assert not Commitment.objects.exists()


def test_a_closed_plan_takes_none(as_, plan, theo):
    plan.close(on=NOON.date(), came_of_it="")
    assert post(as_(theo), plan).status_code == 404


def test_looking_changes_nothing(as_, plan, theo):
    url = reverse("plans:add_commitment", args=[plan.pk])
    assert as_(theo).get(url).status_code == 405
