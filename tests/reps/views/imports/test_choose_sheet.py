"""Which sheet of a workbook is read: the first with a table, until somebody says."""

import re

import pytest
from django.urls import reverse

from reps.models import ColumnMatch
from tests.factories.imports import FileImportFactory, reading

pytestmark = pytest.mark.django_db

SHEETS = {"sheet": "Summary", "sheets": ["Summary", "Deals"]}


@pytest.fixture
def workbook(organization, erin):
    """Of two sheets; somebody said already what a column of the first means."""
    return FileImportFactory(
        organization=organization,
        by=erin,
        state="asks",
        columns_agreed=False,
        reading=reading() | SHEETS,
        answers={"columns": {"Deal Name": "account"}},
    )


def post(browser, brought, sheet):
    return browser.post(reverse("reps:choose_sheet", args=[brought.pk]), sheet)


def test_the_sheets_stand_above_the_columns_and_the_one_that_is_read_is_chosen(
    browser, workbook
):
    page = browser.get(workbook.get_absolute_url()).text

    assert re.search(r'value="Summary"\s+selected', page)
    assert re.search(r'value="Deals"\s*>', page)


def test_of_one_sheet_or_of_a_text_nothing_is_asked(browser, brought):
    one = {"sheet": "Deals", "sheets": ["Deals"]}
    for told in (reading() | one, reading()):
        brought.reading = told
        brought.save()
        page = browser.get(f"{brought.get_absolute_url()}?step=columns").text
        assert "Which sheet" not in page


def test_another_is_read_anew_and_nothing_said_of_the_first_holds(browser, workbook):
    answer = post(browser, workbook, {"sheet": "Deals"})

    workbook.refresh_from_db()
    assert answer.url == workbook.get_absolute_url()
    assert workbook.answers == {"sheet": "Deals"}
    assert (workbook.columns_agreed, workbook.job) == (False, "read")
    assert not ColumnMatch.objects.exists()


@pytest.mark.parametrize("sent", [{"sheet": "Prices"}, {"sheet": ""}, {}])
def test_a_sheet_that_is_not_there_is_refused(browser, workbook, sent):
    answer = post(browser, workbook, sent)

    assert answer.status_code == 422
    workbook.refresh_from_db()
    assert workbook.job == ""


def test_what_is_said_of_its_columns_keeps_the_sheet_for_this_file_alone(
    browser, workbook
):
    workbook.answers = {"sheet": "Deals"}
    workbook.save()
    sent = {"fact_0": "owner", "fact_1": "stage", "fact_2": "title"}
    browser.post(reverse("reps:match_columns", args=[workbook.pk]), sent)

    workbook.refresh_from_db()
    assert workbook.answers["sheet"] == "Deals"
    assert "sheet" not in ColumnMatch.objects.get().answers


def test_what_is_being_worked_on_stays_as_it_is(browser, workbook):
    workbook.job = "read"
    workbook.save()

    page = browser.post(
        reverse("reps:choose_sheet", args=[workbook.pk]),
        {"sheet": "Deals"},
        follow=True,
    )

    assert "It is at another step by now." in page.text
    workbook.refresh_from_db()
    assert "sheet" not in workbook.answers
