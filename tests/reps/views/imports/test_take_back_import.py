"""Have an import taken back as a whole: by whoever brought it, or an admin."""

import pytest
from django.urls import reverse

from tests.factories.imports import BroughtInFactory
from tests.factories.reps import NOON

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("client", ["browser", "admin_client"])
def test_a_worker_is_to_take_it_back(client, request, brought):
    brought.end_job(state="brought_in", brought_in_at=NOON)

    client = request.getfixturevalue(client)
    client.post(reverse("reps:take_back_import", args=[brought.pk]))

    brought.refresh_from_db()
    assert brought.job == "take_back"
    assert brought.taken_back_by is not None


def test_only_the_last_one_that_is_in_can_be(browser, brought):
    brought.end_job(state="brought_in", brought_in_at=NOON)
    page = reverse("reps:import_detail", args=[brought.pk])
    button = reverse("reps:take_back_import", args=[brought.pk])
    assert button in browser.get(page).text
    BroughtInFactory(organization=brought.organization)

    assert button not in browser.get(page).text
    answer = browser.post(button, follow=True)

    assert "take that one back first" in answer.text
    brought.refresh_from_db()
    assert brought.job == ""


def test_the_page_says_what_is_gone_and_what_stays(browser, brought):
    told = {
        "said": ["2 deals are gone."],
        "stays_count": 1,
        "stays": [{"what": "Larkspur, Theo", "why": "Somebody worked on it since."}],
    }
    brought.end_job(
        state="taken_back",
        taken_back_at=NOON,
        taken_back_by=brought.by,
        result={"taken_back": told},
    )

    page = browser.get(reverse("reps:import_detail", args=[brought.pk])).text

    for words in (*told["said"], "1 stays as", *told["stays"][0].values()):
        assert words in page


def test_what_is_not_in_cannot_be_taken_back(browser, brought):
    browser.post(reverse("reps:take_back_import", args=[brought.pk]))

    brought.refresh_from_db()
    assert brought.job == ""
