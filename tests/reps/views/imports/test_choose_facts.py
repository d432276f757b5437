"""Whose facts count, ours or the file's; and which rows are something typed here."""

import pytest
from django.urls import reverse

from reps.models import ColumnMatch
from tests.factories.imports import FileImportFactory, result

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(organization, erin):
    """A fact somebody corrected, and a row that looks like a deal typed by hand."""
    kept = {
        "key": "D-1 amount",
        "row": 2,
        "about": "Larkspur",
        "fact": "amount",
        "ours": "$9,000",
        "theirs": "$8,000",
    }
    twin = {"key": "D-7", "row": 7, "theirs": "Quill", "ours": "Quill", "id": 42}
    told = result(kept=[kept], kept_count=1, twins=[twin])
    return FileImportFactory(organization=organization, by=erin, result=told)


def post(browser, brought, **sent):
    return browser.post(reverse("reps:choose_facts", args=[brought.pk]), sent)


def test_both_stand_on_the_page_with_what_to_say(browser, asked):
    page = browser.get(asked.get_absolute_url()).text

    assert "here $9,000, in the file $8,000" in page
    assert "Row 7, Quill, looks like something that was typed here." in page
    assert "It is Quill: let the file go on with it" in page


def test_what_is_said_is_kept_for_this_file_alone(browser, asked):
    post(browser, asked, **{"take": ["D-1 amount"], "twin_D-7": "42"})

    asked.refresh_from_db()
    assert asked.answers["take"] == ["D-1 amount"]
    assert asked.answers["same_as"] == {"D-7": 42}
    assert asked.job == "read"
    assert ColumnMatch.objects.get().answers == {}


def test_another_one_is_no_twin(browser, asked):
    post(browser, asked, **{"twin_D-7": "0", "take_all": "on"})

    asked.refresh_from_db()
    assert asked.answers["same_as"] == {"D-7": 0}
    assert asked.answers["take_all"] is True


def test_what_is_no_answer_to_it_is_none(browser, asked):
    post(browser, asked, **{"twin_D-7": "41", "twin_D-8": "42"})

    asked.refresh_from_db()
    assert asked.answers["same_as"] == {}
