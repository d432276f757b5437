"""The end of a plan, with what came of it: it stays to be read."""

from datetime import date

import pytest
from django.urls import reverse

from plans.models import Plan
from tests.factories.plans import CommitmentFactory, agree

pytestmark = pytest.mark.django_db


def post(browser, plan, came_of_it="He is back, 20% over."):
    url = reverse("plans:close_plan", args=[plan.pk])
    return browser.post(url, {"came_of_it": came_of_it})


def test_it_is_closed_with_what_came_of_it(as_, plan, erin, theo):
    agree(plan)
    browser = as_(erin)
    answer = post(browser, plan)

    assert (answer.status_code, answer.url) == (302, plan.get_absolute_url())
    plan.refresh_from_db()
    assert (plan.status, plan.turn) == ("closed", "")
    assert plan.closed_on == date(2026, 11, 12)
    page = as_(theo).get(answer.url).text
    assert "He is back, 20% over." in page
    assert "Closed on 12 November 2026" in page
    assert "Revision 1, signed by both" in page


def test_nothing_on_it_is_changed_any_more(as_, plan, theo):
    CommitmentFactory(plan=plan)
    agree(plan)
    browser = as_(theo, htmx=True)
    assert post(browser, plan).status_code == 302
    page = browser.get(f"{plan.get_absolute_url()}?change=1").text
    for word in ("Suggest a change", "Close it", "Add one", "data-saves", "Remove"):
        assert word not in page


def test_what_was_private_is_still_called_so(as_, plan, theo):
    CommitmentFactory(plan=plan)
    browser = as_(theo)
    post(browser, plan)
    section = browser.get(plan.get_absolute_url()).text.split('id="commitments"')[1]
    assert "Private</span>" in section
    assert "Shared</span>" not in section


def test_the_day_is_that_of_whoever_closes(as_, plan, erin):
    erin.time_zone = "Pacific/Kiritimati"
    erin.save()
    post(as_(erin), plan)
    plan.refresh_from_db()
    assert plan.closed_on == date(2026, 11, 13)


def test_one_never_signed_is_closed_too_and_shown_as_it_was_written(
    as_, plan, erin, lena
):
    browser = as_(erin)
    post(browser, plan, "Not needed after all.")
    page = browser.get(plan.get_absolute_url()).text
    assert "Never signed by both" in page
    assert "A bounce-back quarter." in page
    assert "Not needed after all." in page
    for_the_leader = as_(lena).get(plan.get_absolute_url()).text
    assert "They closed it before both had signed." in for_the_leader
    assert "A bounce-back quarter." not in for_the_leader
    assert "Not needed after all." not in for_the_leader


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("", "Write something here."), ("x" * 401, "at most 400 letters")],
)
def test_it_says_at_the_field_why_not_and_keeps_the_words(
    as_, plan, erin, typed, reason
):
    agree(plan)
    answer = post(as_(erin), plan, typed)
    assert answer.status_code == 422
    assert reason in answer.text
    assert typed in answer.text
    assert "Suggest a change" in answer.text  # still the signed page around it
    assert Plan.objects.get().status == "active"


@pytest.mark.django_db(transaction=True)
def test_of_ten_at_once_the_first_ones_words_stay(as_, plan, erin, theo, at_once):
    agree(plan)
    said = [f"{number}" for number in range(10)]
    browsers = [as_(person) for person in (erin, theo) * 5]
    answers = at_once(
        *(
            lambda browser=browser, words=words: post(browser, plan, words)
            for browser, words in zip(browsers, said, strict=True)
        )
    )
    codes = [answer.status_code for answer in answers]
    assert sorted(codes) == [302] + 9 * [404]
    assert Plan.objects.get().came_of_it == said[codes.index(302)]


def test_nobody_else_finds_it(as_, plan, bystander):
    agree(plan)
    assert post(as_(bystander), plan).status_code == 404
    assert Plan.objects.get().status == "active"


def test_looking_changes_nothing(as_, plan, erin):
    url = reverse("plans:close_plan", args=[plan.pk])
    assert as_(erin).get(url).status_code == 405
