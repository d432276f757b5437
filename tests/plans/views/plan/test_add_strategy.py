"""One more way to the goal, written by either of the two."""

import pytest
from django.urls import reverse

from tests.factories.plans import StrategyFactory
from tests.factories.reps import NOON

pytestmark = pytest.mark.django_db

SAID = {"words": "Reopen near misses", "source": "Last year’s", "owner": "both"}


def post(browser, plan, **changes):
    return browser.post(reverse("plans:add_strategy", args=[plan.pk]), SAID | changes)


def said(plan):
    return list(plan.strategies.values_list("words", "source", "owner"))


def test_it_goes_on_the_page(as_, plan, theo):
    browser = as_(theo)
    answer = post(browser, plan)

    assert answer.status_code == 302
    assert answer.url == f"{plan.get_absolute_url()}#strategies"
    assert said(plan)[-1] == ("Reopen near misses", "Last year’s", "both")
    assert "“Reopen near misses” is on the page." in browser.get(answer.url).text


def test_htmx_is_sent_to_the_page_as_well(as_, plan, erin):
    assert post(as_(erin, htmx=True), plan).status_code == 302
    assert len(said(plan)) == 2


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"words": ""}, "Write something here."),
        ({"words": "x" * 121}, "at most 120 letters"),
        ({"source": "x" * 121}, "at most 120 letters"),
        ({"owner": "nobody"}, "Choose one of the list."),
    ],
)
def test_it_says_at_the_field_why_not_and_keeps_the_words(
    as_, plan, erin, changes, reason
):
    answer = post(as_(erin), plan, **changes)

    assert answer.status_code == 422
    assert reason in answer.text
    kept = SAID | changes
    assert not kept["words"] or f'value="{kept["words"]}"' in answer.text
    assert f'value="{kept["source"]}"' in answer.text
    assert len(said(plan)) == 1


def test_a_page_holds_four(as_, plan, erin):
    for number in range(3):
        StrategyFactory(plan=plan, words=f"{number}")
    answer = post(as_(erin), plan)
    assert answer.status_code == 422
    assert "Four strategies are what one page holds." in answer.text
    assert 'value="Reopen near misses"' in answer.text
    assert len(said(plan)) == 4


@pytest.mark.django_db(transaction=True)
def test_sent_twenty_times_at_once_it_is_there_once(as_, plan, erin, at_once):
    browsers = [as_(erin) for _ in range(20)]
    answers = at_once(*(lambda b=b: post(b, plan) for b in browsers))
    assert {answer.status_code for answer in answers} == {302}
    assert len(said(plan)) == 2


@pytest.mark.django_db(transaction=True)
def test_several_at_once_are_never_more_than_four(as_, plan, erin, at_once):
    browsers = {f"Way {number}": as_(erin) for number in range(6)}
    at_once(*(lambda w=w, b=b: post(b, plan, words=w) for w, b in browsers.items()))
    assert len(said(plan)) == 4


def test_on_an_active_plan_it_goes_back_to_the_change(as_, plan, erin):
    plan.status = "active"
    plan.save()
    assert post(as_(erin), plan).url == f"{plan.get_absolute_url()}?change=1#strategies"


def test_nobody_else_finds_it(as_, plan, bystander):
    assert post(as_(bystander), plan).status_code == 404
    assert len(said(plan)) == 1


def test_a_closed_plan_takes_none(as_, plan, erin):
    plan.close(on=NOON.date(), came_of_it="")
    assert post(as_(erin), plan).status_code == 404


def test_looking_changes_nothing(as_, plan, erin):
    url = reverse("plans:add_strategy", args=[plan.pk])
    assert as_(erin).get(url).status_code == 405
