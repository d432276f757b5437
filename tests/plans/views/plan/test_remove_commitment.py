"""A commitment taken out by the rep whose own it is."""

import pytest
from django.urls import reverse

from plans.models import Commitment
from tests.factories.plans import CommitmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[True, False])
def commitment(request, plan):
    return CommitmentFactory(plan=plan, is_shared=request.param)


def post(browser, commitment):
    return browser.post(reverse("plans:remove_commitment", args=[commitment.pk]))


@pytest.mark.parametrize("htmx", [True, False])
def test_it_is_gone(as_, plan, theo, commitment, htmx):
    answer = post(as_(theo, htmx=htmx), commitment)
    assert answer.status_code == 302
    assert answer.url == f"{plan.get_absolute_url()}#commitments"
    assert not Commitment.objects.exists()


def test_twice_it_is_gone_once(as_, theo, commitment):
    browser = as_(theo)
    assert [post(browser, commitment).status_code for _ in range(2)] == [302, 404]


def test_not_even_the_manager_takes_it_out(as_, erin, commitment):
    assert post(as_(erin), commitment).status_code == 404
    assert Commitment.objects.exists()


def test_nobody_else_finds_it(as_, bystander, commitment):
    assert post(as_(bystander), commitment).status_code == 404
    assert Commitment.objects.exists()


def test_looking_changes_nothing(as_, theo, commitment):
    url = reverse("plans:remove_commitment", args=[commitment.pk])
    assert as_(theo).get(url).status_code == 405
