"""What the columns of a file mean, said by a person, and remembered."""

import pytest
from django.urls import reverse

from reps.models import ColumnMatch
from tests.factories.imports import FileImportFactory, column, reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(organization, erin):
    """A file whose columns somebody has to say."""
    return FileImportFactory(
        organization=organization, by=erin, state="asks", columns_agreed=False
    )


def post(browser, brought, **sent):
    return browser.post(reverse("reps:match_columns", args=[brought.pk]), sent)


def test_what_is_said_is_kept_remembered_and_read_anew(browser, asked):
    answer = post(browser, asked, fact_0="owner", fact_1="stage", fact_2="account")

    asked.refresh_from_db()
    columns = {"Deal owner": "owner", "Deal Stage": "stage", "Deal Name": "account"}
    assert answer.url == asked.get_absolute_url()
    assert asked.answers["columns"] == columns
    assert (asked.columns_agreed, asked.job) == (True, "read")
    remembered = ColumnMatch.objects.remembered(asked.organization, "deals", "f" * 64)
    assert remembered["columns"] == columns


def test_a_guess_taken_off_a_column_stays_off(browser, organization, erin):
    told = reading(
        column("Owner", "owner"),
        column("Stage", "stage"),
        column("Name", "title"),
        column("Value", "amount"),
    )
    brought = FileImportFactory(
        organization=organization, by=erin, state="asks", reading=told
    )

    post(browser, brought, fact_0="owner", fact_1="stage", fact_2="title", fact_3="")

    brought.refresh_from_db()
    assert brought.answers["columns"]["Value"] is None


def test_what_such_a_file_cannot_do_without_is_asked(browser, asked):
    answer = post(browser, asked, fact_0="owner", fact_1="", fact_2="title")

    assert answer.status_code == 422
    assert "Which column is the stage or status" in answer.text


def test_a_fact_is_said_once(browser, asked):
    answer = post(browser, asked, fact_0="owner", fact_1="stage", fact_2="owner")

    assert "“Deal owner” is that already" in answer.text


def test_two_readings_of_a_column_are_asked_with_an_example_of_each(
    browser, organization, erin
):
    ways = [["dmy", "03/04/2026", "2026-04-03"]]
    ways += [["mdy", "03/04/2026", "2026-03-04"]]
    told = reading(
        column("Owner", "owner"),
        column("Stage", "stage"),
        column("Name", "title"),
        column("Created", "opened_on", days=ways),
        asked=[{"asks": "days", "about": "Created", "fits": [], "rows": 0}],
    )
    brought = FileImportFactory(
        organization=organization, by=erin, state="asks", reading=told
    )
    page = browser.get(brought.get_absolute_url()).text
    assert "03/04/2026 is 3 April 2026" in page
    assert "03/04/2026 is 4 March 2026" in page
    facts = {"fact_0": "owner", "fact_1": "stage", "fact_2": "title"}
    facts["fact_3"] = "opened_on"

    refused = post(browser, brought, **facts)
    assert "Choose how it is written." in refused.text

    post(browser, brought, **facts, days_3="mdy")
    brought.refresh_from_db()
    assert brought.answers["days"] == {"Created": "mdy"}


def test_what_is_in_already_is_not_matched_any_more(browser, organization, erin):
    brought = FileImportFactory(organization=organization, by=erin, job="bring_in")

    sent = {"fact_0": "owner", "fact_1": "stage", "fact_2": "title"}
    answer = browser.post(
        reverse("reps:match_columns", args=[brought.pk]), sent, follow=True
    )

    assert "It is at another step by now." in answer.text
    brought.refresh_from_db()
    assert brought.answers == {}


@pytest.mark.parametrize(
    ("kind", "may"), [("quotas", True), ("quota_grid", True), ("activity_log", False)]
)
def test_empty_cells_may_take_away_a_quota_but_no_activity(
    browser, organization, erin, kind, may
):
    brought = FileImportFactory(
        organization=organization,
        by=erin,
        state="asks",
        columns_agreed=False,
        reading=reading(column("Rep", "owner"), kind=kind),
    )
    page = browser.get(brought.get_absolute_url()).text
    assert ("Empty cells take away what we know" in page) == may
