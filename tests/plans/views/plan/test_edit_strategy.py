"""A strategy in other words, over those its writer saw."""

import pytest
from django.urls import reverse

from plans.models import Strategy
from tests.factories.reps import NOON

pytestmark = pytest.mark.django_db

SAYS = {
    "words": "Prospect before anything else",
    "source": "Near misses",
    "owner": "rep",
}


@pytest.fixture
def strategy(plan):
    return plan.strategies.get()


def post(browser, strategy, *, was=None, **changes):
    typed = {f"s{strategy.pk}-{name}": text for name, text in (SAYS | changes).items()}
    seen = {f"was_{name}": text for name, text in (SAYS | (was or {})).items()}
    return browser.post(
        reverse("plans:edit_strategy", args=[strategy.pk]), typed | seen
    )


def says(strategy):
    return Strategy.objects.values("words", "source", "owner").get(pk=strategy.pk)


def test_it_is_rewritten(as_, plan, theo, strategy):
    browser = as_(theo)
    answer = post(browser, strategy, words="Call first", owner="both")
    assert answer.status_code == 302
    assert answer.url == f"{plan.get_absolute_url()}#strategies"
    assert "“Call first” is saved." in browser.get(answer.url).text
    assert says(strategy) == SAYS | {"words": "Call first", "owner": "both"}


def test_htmx_is_sent_to_the_page_as_well(as_, erin, strategy):
    assert post(as_(erin, htmx=True), strategy, words="Call first").status_code == 302


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"words": ""}, "Write something here."),
        ({"source": "x" * 121}, "at most 120 letters"),
        ({"owner": "nobody"}, "Choose one of the list."),
    ],
)
def test_it_says_at_the_field_why_not_and_keeps_the_words(
    as_, erin, strategy, changes, reason
):
    typed = {"source": "Trade fairs"} | changes
    answer = post(as_(erin), strategy, **typed)
    assert answer.status_code == 422
    assert reason in answer.text
    assert f'value="{typed["source"]}"' in answer.text
    assert says(strategy) == SAYS


def test_the_second_of_two_gets_both_texts_and_keeps_the_own(as_, erin, theo, strategy):
    post(as_(erin), strategy, words="Erin’s way")
    browser = as_(theo)
    answer = post(browser, strategy, words="Theo’s way")

    assert answer.status_code == 409
    assert "It says now: “Erin’s way, Near misses, The rep”" in answer.text
    assert 'value="Theo’s way"' in answer.text
    assert 'name="was_words" value="Erin’s way"' in answer.text
    assert says(strategy)["words"] == "Erin’s way"

    # Having read it, Theo saves his over it.
    post(browser, strategy, words="Theo’s way", was={"words": "Erin’s way"})
    assert says(strategy)["words"] == "Theo’s way"


def test_the_same_twice_is_no_conflict(as_, erin, strategy):
    browser = as_(erin)
    for _ in range(2):
        assert post(browser, strategy, words="Call first").status_code == 302


@pytest.mark.parametrize("junk", ["", "a\0b", "x" * 500])
def test_what_nobody_wrote_is_a_conflict(as_, erin, strategy, junk):
    answer = post(as_(erin), strategy, words="Call first", was={"words": junk})
    assert answer.status_code == 409
    assert says(strategy) == SAYS


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_is_saved_and_one_is_told(
    as_, erin, theo, strategy, at_once
):
    browsers = {"Erin’s way": as_(erin), "Theo’s way": as_(theo)}
    answers = at_once(
        *(lambda w=w, b=b: post(b, strategy, words=w) for w, b in browsers.items())
    )
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    loser = next(answer for answer in answers if answer.status_code == 409)
    assert all(words in loser.text for words in browsers)


def test_nobody_else_finds_it(as_, bystander, strategy):
    assert post(as_(bystander), strategy, words="x").status_code == 404
    assert says(strategy) == SAYS


def test_on_a_closed_plan_it_stays_as_it_is(as_, plan, erin, strategy):
    plan.close(on=NOON.date(), came_of_it="")
    assert post(as_(erin), strategy, words="x").status_code == 404


def test_looking_changes_nothing(as_, erin, strategy):
    url = reverse("plans:edit_strategy", args=[strategy.pk])
    assert as_(erin).get(url).status_code == 405
