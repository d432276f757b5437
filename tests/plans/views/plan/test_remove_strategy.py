"""A strategy taken off the page, if it still says what was read."""

import pytest
from django.urls import reverse

from tests.factories.reps import NOON

pytestmark = pytest.mark.django_db

READ = {
    "was_words": "Prospect before anything else",
    "was_source": "Near misses",
    "was_owner": "rep",
}


@pytest.fixture
def strategy(plan):
    return plan.strategies.get()


def post(browser, strategy, **changes):
    url = reverse("plans:remove_strategy", args=[strategy.pk])
    return browser.post(url, READ | changes)


@pytest.mark.parametrize("htmx", [True, False])
def test_it_is_off_the_page(as_, plan, theo, strategy, htmx):
    browser = as_(theo, htmx=htmx)
    answer = post(browser, strategy)
    assert answer.status_code == 302
    assert answer.url == f"{plan.get_absolute_url()}#strategies"
    page = browser.get(answer.url).text
    assert "“Prospect before anything else” is off the page." in page
    assert not plan.strategies.exists()


def test_twice_it_is_off_the_page_once(as_, erin, strategy):
    browser = as_(erin)
    assert [post(browser, strategy).status_code for _ in range(2)] == [302, 404]


def test_words_that_nobody_has_read_stay(as_, plan, erin, strategy):
    strategy.write(
        was={"words": strategy.words},
        words="Theo has just rewritten it",
    )
    answer = post(as_(erin), strategy)
    assert answer.status_code == 409
    assert "It says now: “Theo has just rewritten it, Near misses" in answer.text
    assert plan.strategies.exists()


def test_what_was_proposed_with_it_still_tells_it(as_, plan, erin, theo, strategy):
    browser = as_(erin)
    browser.post(reverse("plans:propose_plan", args=[plan.pk]))
    post(browser, strategy)
    told = plan.proposals.get().content["strategies"]
    assert [row["words"] for row in told.values()] == ["Prospect before anything else"]
    page = as_(theo).get(plan.get_absolute_url()).text
    assert "Strategy taken out: “Prospect before anything else, Near misses" in page


def test_nobody_else_finds_it(as_, plan, bystander, strategy):
    assert post(as_(bystander), strategy).status_code == 404
    assert plan.strategies.exists()


def test_on_a_closed_plan_it_stays(as_, plan, erin, strategy):
    plan.close(on=NOON.date(), came_of_it="")
    assert post(as_(erin), strategy).status_code == 404


def test_looking_changes_nothing(as_, erin, strategy):
    url = reverse("plans:remove_strategy", args=[strategy.pk])
    assert as_(erin).get(url).status_code == 405
