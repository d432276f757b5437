"""A commitment shown to the manager, or kept to oneself again."""

import pytest
from django.urls import reverse

from tests.factories.plans import CommitmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def commitment(plan):
    return CommitmentFactory(plan=plan, words="Canary class")


def post(browser, commitment, share="yes"):
    url = reverse("plans:share_commitment", args=[commitment.pk])
    return browser.post(url, {"share": share})


def is_shared(commitment):
    commitment.refresh_from_db()
    return commitment.is_shared


@pytest.mark.parametrize("htmx", [True, False])
def test_the_manager_reads_it_from_then_on(as_, plan, theo, erin, commitment, htmx):
    answer = post(as_(theo, htmx=htmx), commitment)
    assert answer.status_code == 302
    assert answer.url == f"{plan.get_absolute_url()}#commitments"
    assert "Canary class" in as_(erin).get(plan.get_absolute_url()).text


def test_and_no_longer_once_it_is_kept_again(as_, plan, theo, erin, commitment):
    browser = as_(theo)
    post(browser, commitment)
    post(browser, commitment, share="no")
    assert not is_shared(commitment)
    assert "Canary class" not in as_(erin).get(plan.get_absolute_url()).text


@pytest.mark.parametrize("junk", ["", "maybe", "YES"])
def test_it_is_shared_only_by_a_clear_yes(as_, theo, commitment, junk):
    post(as_(theo), commitment, share=junk)
    assert not is_shared(commitment)


def test_the_same_twice_changes_nothing_more(as_, theo, commitment):
    browser = as_(theo)
    for _ in range(2):
        assert post(browser, commitment).status_code == 302
    assert is_shared(commitment)


def test_not_even_the_manager_shares_it(as_, erin, commitment):
    assert post(as_(erin), commitment).status_code == 404
    assert not is_shared(commitment)


def test_nobody_else_finds_it(as_, bystander, commitment):
    assert post(as_(bystander), commitment).status_code == 404


def test_looking_changes_nothing(as_, theo, commitment):
    url = reverse("plans:share_commitment", args=[commitment.pk])
    assert as_(theo).get(url).status_code == 405
