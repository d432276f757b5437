"""A plan begun with a rep, by either of the two, once."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import Plan
from tests.factories.reps import (
    QuarterFactory,
    RepFactory,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("thursday_of_week_6", "quarter", "demos"),
]


@pytest.fixture
def next_quarter(rep):
    return QuarterFactory(
        organization=rep.organization,
        name="Q1 2027",
        starts_on=date(2027, 1, 4),
        ends_on=date(2027, 4, 4),
    )


def post(browser, rep, **asked):
    return browser.post(reverse("plans:start_plan", args=[rep.pk]), asked)


@pytest.mark.parametrize("htmx", [True, False])
def test_it_is_a_draft_of_this_quarter_with_the_leading_activity(as_, rep, htmx):
    manager = rep.team.manager
    answer = post(as_(manager, htmx=htmx), rep)

    plan = Plan.objects.get()
    assert (answer.status_code, answer.url) == (302, plan.get_absolute_url())
    assert (plan.rep, plan.quarter.name) == (rep, "Q4 2026")
    assert (plan.status, plan.turn, plan.started_by) == ("draft", "", manager)
    assert [metric.kind.name for metric in plan.metrics.all()] == ["Demos held"]


def test_the_rep_begins_as_well(as_, rep):
    post(as_(rep.user), rep)
    assert Plan.objects.get().started_by == rep.user


def test_it_leads_to_the_one_there_is(as_, rep):
    first, second = post(as_(rep.user), rep), post(as_(rep.team.manager), rep)
    assert first.url == second.url
    assert Plan.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_begin_one(as_, rep, at_once):
    browsers = [as_(rep.user), as_(rep.team.manager)] * 10
    answers = at_once(*(lambda b=b: post(b, rep) for b in browsers))
    plan = Plan.objects.get()
    assert {answer.url for answer in answers} == {plan.get_absolute_url()}
    assert plan.metrics.count() == 1


def test_next_quarters_is_begun_while_this_one_runs(as_, rep, next_quarter):
    browser = as_(rep.team.manager)
    post(browser, rep)
    Plan.objects.update(status="active")
    post(browser, rep, quarter=next_quarter.pk)
    quarters = Plan.objects.order_by("pk").values_list("quarter__name", flat=True)
    assert list(quarters) == ["Q4 2026", "Q1 2027"]


def test_a_second_one_follows_a_closed_one(as_, rep):
    browser = as_(rep.team.manager)
    post(browser, rep)
    Plan.objects.get().close(on=date(2026, 11, 12), came_of_it="Begun too early")
    post(browser, rep)
    assert Plan.objects.count() == 2


def test_a_quarter_that_is_over_takes_none(as_, rep):
    over = QuarterFactory(
        organization=rep.organization,
        name="Q3 2026",
        starts_on=date(2026, 7, 6),
        ends_on=date(2026, 10, 4),
    )
    assert post(as_(rep.user), rep, quarter=over.pk).status_code == 404


@pytest.mark.parametrize("junk", ["abc", "-1", "9" * 30, "0", "१२"])
def test_a_quarter_that_is_none_is_not_found(as_, rep, junk):
    assert post(as_(rep.user), rep, quarter=junk).status_code == 404


def test_another_organizations_quarter_is_not_found(as_, rep):
    assert post(as_(rep.user), rep, quarter=QuarterFactory().pk).status_code == 404


def test_without_a_quarter_it_says_so(as_):
    rep = RepFactory()
    browser = as_(rep.team.manager)
    answer = post(browser, rep)
    assert answer.url == reverse("plans:rep_detail", args=[rep.pk])
    assert "No quarter covers today" in browser.get(answer.url).text
    assert not Plan.objects.exists()


def test_nobody_else_begins_one(as_, rep, bystander):
    assert post(as_(bystander), rep).status_code == 404
    assert not Plan.objects.exists()


def test_looking_changes_nothing(as_, rep):
    url = reverse("plans:start_plan", args=[rep.pk])
    assert as_(rep.user).get(url).status_code == 405


def test_whoever_left_is_asked_for_no_plan(as_, rep):
    rep.left_on = date(2026, 11, 11)
    rep.save()
    assert post(as_(rep.team.manager), rep).status_code == 404
    assert not Plan.objects.exists()
