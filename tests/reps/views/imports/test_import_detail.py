"""One import, at whichever step it is."""

import re

import pytest
from django.urls import reverse

from reps.models import ColumnMatch, FileImport
from tests.factories.imports import FileImportFactory, reading, result, word
from tests.factories.reps import NOON, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(browser, organization, erin):
    """The page of a file of Erin's of these facts."""

    def show(query="", **facts):
        brought = FileImportFactory(organization=organization, by=erin, **facts)
        return browser.get(brought.get_absolute_url() + query).text

    return show


def test_while_a_worker_is_at_it_the_page_asks_again(show):
    page = show(job="read", state="new")

    assert 'hx-trigger="load delay:700ms"' in page
    assert "It waits for a worker." in page
    assert "Stop</button>" in page


def test_its_progress_is_told(browser, brought):
    FileImport.objects.update(job="bring_in")
    brought.progress.count_try(NOON)
    brought.progress.say("placing", 50, 200, at=NOON)

    page = browser.get(brought.get_absolute_url()).text

    assert 'value="25"' in page
    assert "Going through the rows" in page


def test_what_cannot_be_read_says_why(show):
    page = show(state="unreadable", why_ended="It is a PDF: export it as CSV.")

    assert "It is a PDF: export it as CSV." in page
    assert "Bring another file" in page


def test_the_columns_are_shown_with_their_values_until_somebody_agrees(show):
    page = show(state="asks", columns_agreed=False)

    assert "What do these columns mean?" in page
    assert "<span>Mira Bay</span>" in page
    assert re.search(r'value="owner"\s+selected', page)


def test_what_is_no_row_of_the_table_is_named_and_folded_away(show):
    ended = reading() | {"feet": [[43, "Grand Totals"], [47, "Copyright (c) 2026"]]}
    page = show(state="asks", columns_agreed=False, reading=ended)

    assert "Totals and the last lines of a report are left out" in page
    assert "Row 47: Copyright (c) 2026" in page


def test_who_brings_another_currency_hears_which_is_kept_here_and_an_admin_where(
    show, erin
):
    betrag = {"asks": "currencies", "about": "Betrag", "fits": ["EUR"]}
    told = reading(asked=[betrag | {"rows": 2, "lines": [2, 3]}])
    home = "Amounts here are in USD. That stays once the first quota or deal is there."

    assert home in show(state="asks", columns_agreed=False, reading=told)
    assert home not in show(state="asks", columns_agreed=False)
    change = reverse("reps:set_up") + "?edit"
    assert change not in show(state="asks", columns_agreed=False, reading=told)

    erin.is_admin = True
    erin.save()
    assert change in show(state="asks", columns_agreed=False, reading=told)


def test_then_come_the_words_that_nobody_could_tell(show):
    page = show(state="asks", reading=reading(words=[word("stage", "Shown")]))

    assert "Which of yours are these?" in page
    assert "Shown" in page


def test_what_would_happen_is_shown_before_it_does(show):
    page = show(result=result(bad_count=0, bad=[]))

    assert "This is what would happen" in page
    assert "Larkspur" in page
    assert "Bring it in</button>" in page


@pytest.mark.parametrize(("is_own", "is_said"), [(True, False), (False, True)])
def test_whose_matching_of_such_a_file_holds_is_said_to_others(
    show, organization, erin, is_own, is_said
):
    ada = UserFactory(organization=organization, name="Ada")
    ColumnMatch.objects.remember(
        organization, "deals", "f" * 64, {}, by=erin if is_own else ada, at=NOON
    )

    assert ("Ada said on" in show()) is is_said
    assert "said on" not in show(state="brought_in", brought_in_at=NOON)


def test_bad_rows_are_named_and_left_out_with_a_word(show):
    page = show()

    assert "row 3, Amount: won without an amount" in page
    assert "Bring in all but the 1 row with a problem" in page
    assert 'name="without_bad_rows"' in page


def test_one_can_go_back_to_an_earlier_step(show):
    assert "What do these columns mean?" in show("?step=columns")
    assert "Which of yours are these?" in show("?step=words")


def test_what_came_in_can_be_taken_back(show):
    page = show(state="brought_in", brought_in_at=NOON)

    assert f"Brought in on {NOON.day} November 2026" in page
    assert "Take it back" in page


def test_columns_of_which_no_row_says_anything_are_not_shown_and_figures_align(show):
    rows = [
        {"row": 2, "verdict": "new", "cells": ["Larkspur", "", "$480"]},
        {"row": 3, "verdict": "same", "cells": ["", "", "$90"]},
    ]
    table = result(columns=["Account", "Product", "Amount"], shown=rows, figures=[2])
    page = re.sub(r"<td>|</t[dh]>|\s", "", show(result=table))

    amount = 'class="is-figure">'
    assert f'<thscope="col">Account<thscope="col"{amount}Amount' in page
    assert "Product" not in page
    assert f"NewLarkspur<td{amount}$480" in page
    assert f"Asitwas<td{amount}$90" in page


@pytest.mark.parametrize(
    ("answers", "stays"),
    [
        ({}, ["Quill", "Larkspur", "Harrow"]),
        ({"take": ["A1:amount"]}, ["Larkspur", "Harrow"]),
        ({"take_all": True}, ["Harrow"]),
    ],
)
def test_what_came_in_names_what_stays_as_people_put_it_here(show, answers, stays):
    kept = [
        {
            "key": f"{key}:amount",
            "row": 2,
            "about": about,
            "fact": "Amount",
            "ours": "$1",
            "theirs": "$2",
            "may_take": about != "Harrow",
        }
        for key, about in [("A1", "Quill"), ("A2", "Larkspur"), ("A3", "Harrow")]
    ]
    page = show(
        state="brought_in",
        brought_in_at=NOON,
        answers=answers,
        result=result(kept=kept, kept_count=3),
    )
    named = re.findall(r"Row 2, (\w+), Amount: here \$1, in the file \$2", page)
    assert named == stays


@pytest.mark.parametrize(
    ("ended", "words"),
    [
        ("stopped", "It was stopped. Nothing of it came in."),
        ("died", "three times. Nothing of it came in."),
        ("failed", "Nothing of it came in, and what happened is in the log."),
    ],
)
def test_a_job_that_came_to_no_end_says_that_nothing_came_in(show, ended, words):
    page = show(ended=ended)

    assert words in page
    assert "Read it again" in page


def test_htmx_gets_the_region_alone(htmx_admin_client, brought):
    page = htmx_admin_client.get(brought.get_absolute_url()).text

    assert page.lstrip().startswith("<div")
    assert "<html" not in page
