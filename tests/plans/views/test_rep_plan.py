"""The plan of a rep's quarter, as the rep's page loads it."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def region(browser, rep):
    return browser.get(reverse("plans:rep_plan", args=[rep.pk]))


def test_it_leads_to_the_plan_there_is(as_, plan, erin):
    answer = region(as_(erin, htmx=True), plan.rep)
    assert plan.get_absolute_url() in answer.text
    assert "Draft" in answer.text
    assert "<html" not in answer.text


def test_without_one_it_offers_to_start_it(as_, plan, erin, theo):
    plan.close(on=plan.quarter.ends_on, came_of_it="")
    start = reverse("plans:start_plan", args=[plan.rep.pk])
    assert start in region(as_(erin), plan.rep).text
    assert start in region(as_(theo), plan.rep).text


def test_a_leader_above_starts_none(as_, plan, lena):
    plan.close(on=plan.quarter.ends_on, came_of_it="")
    answer = region(as_(lena), plan.rep)
    assert answer.status_code == 200
    assert "Start a plan" not in answer.text


def test_it_is_not_there_for_others(as_, plan, outsider):
    assert region(as_(outsider), plan.rep).status_code == 404
