"""Whose plan stands where, and who has none: for whoever runs a team."""

import pytest
from django.urls import reverse

from tests.factories.reps import RepFactory

pytestmark = pytest.mark.django_db
PLANS = reverse("plans:plans")


def test_it_lists_every_rep_with_the_plan_there_is(as_, plan, erin):
    RepFactory(team=plan.rep.team, name="Zoe")
    html = as_(erin).get(PLANS).text
    assert plan.get_absolute_url() in html
    assert html.index("Theo Lindqvist") < html.index("Zoe")


def test_a_plan_can_be_started_for_whoever_has_none(as_, plan, erin):
    zoe = RepFactory(team=plan.rep.team)
    html = as_(erin).get(PLANS).text
    assert reverse("plans:start_plan", args=[zoe.pk]) in html
    assert reverse("plans:start_plan", args=[plan.rep.pk]) not in html


def test_a_leader_above_sees_them_and_starts_none(as_, plan, lena):
    RepFactory(team=plan.rep.team)
    html = as_(lena).get(PLANS).text
    assert "Theo Lindqvist" in html
    assert "Start a plan" not in html


def test_it_is_not_there_for_who_runs_no_team(as_, plan, theo):
    assert as_(theo).get(PLANS).status_code == 404


@pytest.mark.parametrize("reps", [1, 9])
def test_it_costs_the_same_however_many(
    as_, plan, erin, reps, django_assert_num_queries
):
    RepFactory.create_batch(reps, team=plan.rep.team)
    browser = as_(erin)
    # Session, user, teams, quarter, plans, reps; the masthead.
    with django_assert_num_queries(7):
        browser.get(PLANS)
