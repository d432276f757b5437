"""So many of an activity a week: a target of one's own, or what the arithmetic asks."""

import pytest
from django.urls import reverse

from plans.models import Metric
from tests.factories.reps import ActivityKindFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demos(plan):
    return plan.metrics.get(kind__is_leading=True).kind


@pytest.fixture
def calls(plan):
    return plan.metrics.get(weekly_target=25).kind


def post(browser, plan, kind, value, *, was=""):
    url = reverse("plans:set_metric", args=[plan.pk, kind.pk])
    return browser.post(url, {"value": value, "was": was})


def targets(plan):
    """By activity: its own target, None for the arithmetic's."""
    return dict(plan.metrics.values_list("kind__name", "weekly_target"))


def test_it_sets_a_target_and_says_so(as_, plan, erin, calls):
    answer = post(as_(erin, htmx=True), plan, calls, "30", was="25")

    assert answer.status_code == 200
    assert f'id="saved-target-{calls.pk}"' in answer.text
    assert "Saved 12:00" in answer.text
    assert 'name="was" value="30"' in answer.text
    assert "<html" not in answer.text
    assert targets(plan) == {"Demos held": None, "New calls": 30}


def test_it_puts_an_activity_on_the_plan(as_, plan, theo):
    mails = ActivityKindFactory(
        organization=plan.organization, name="Mails", is_leading=False
    )
    assert post(as_(theo, htmx=True), plan, mails, "10").status_code == 200
    assert targets(plan)["Mails"] == 10


def test_empty_takes_it_off_the_plan(as_, plan, erin, calls):
    assert post(as_(erin, htmx=True), plan, calls, "", was="25").status_code == 200
    assert targets(plan) == {"Demos held": None}


def test_empty_leaves_the_leading_one_to_the_arithmetic(as_, plan, erin, demos):
    browser = as_(erin, htmx=True)
    post(browser, plan, demos, "4")
    assert targets(plan)["Demos held"] == 4
    post(browser, plan, demos, "", was="4")
    assert targets(plan)["Demos held"] is None


def test_without_htmx_it_goes_back_to_the_page(as_, plan, erin, calls):
    browser = as_(erin)
    answer = post(browser, plan, calls, "30", was="25")
    assert (answer.status_code, answer.url) == (302, plan.get_absolute_url())
    assert 'value="30"' in browser.get(answer.url).text


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("many", "Use a whole number"),
        ("2.5", "Use a whole number"),
        ("0", "Use 1 or more"),
        ("-3", "Use 1 or more"),
        ("501", "Use 500 or fewer"),
        ("9" * 5000, "Use a whole number"),
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_it_says_at_the_field_why_not(as_, plan, erin, calls, typed, reason, htmx):
    answer = post(as_(erin, htmx=htmx), plan, calls, typed, was="25")

    assert answer.status_code == 422
    saved = answer.text.split(f'id="saved-target-{calls.pk}"')[1].split("</div>")[0]
    assert reason in saved
    assert htmx or f'name="value" value="{typed}"' in answer.text
    assert targets(plan)["New calls"] == 25


def test_the_second_of_two_gets_both_targets(as_, plan, erin, theo, calls):
    post(as_(erin, htmx=True), plan, calls, "30", was="25")
    answer = post(as_(theo, htmx=True), plan, calls, "20", was="25")

    assert answer.status_code == 409
    assert "<q>30</q>" in answer.text
    assert "<q>20</q>" in answer.text
    assert targets(plan)["New calls"] == 30


def test_who_finds_it_taken_off_is_told(as_, plan, erin, theo, calls):
    post(as_(erin, htmx=True), plan, calls, "", was="25")
    answer = post(as_(theo), plan, calls, "20", was="25")
    assert answer.status_code == 409
    assert "It is empty now." in answer.text
    assert 'name="value" value="20"' in answer.text


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_put_it_on_once(as_, plan, erin, theo, at_once):
    mails = ActivityKindFactory(
        organization=plan.organization, name="Mails", is_leading=False
    )
    browsers = [(as_(erin, htmx=True), "10"), (as_(theo, htmx=True), "12")] * 6
    answers = at_once(
        *(lambda b=b, typed=typed: post(b, plan, mails, typed) for b, typed in browsers)
    )
    assert {answer.status_code for answer in answers} == {200, 409}
    assert Metric.objects.filter(kind=mails).count() == 1


def test_nobody_else_finds_it(as_, plan, bystander, calls):
    answer = post(as_(bystander, htmx=True), plan, calls, "1", was="25")
    assert answer.status_code == 404
    assert targets(plan)["New calls"] == 25


def test_only_what_the_organization_counts_is_set(as_, plan, erin, calls):
    of = {"organization": plan.organization}
    retired = ActivityKindFactory(name="Faxes", is_leading=False, is_retired=True, **of)
    for kind in (retired, ActivityKindFactory()):
        assert post(as_(erin), plan, kind, "3").status_code == 404


def test_looking_changes_nothing(as_, plan, erin, calls):
    url = reverse("plans:set_metric", args=[plan.pk, calls.pk])
    assert as_(erin).get(url).status_code == 405
