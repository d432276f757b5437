"""Their stages and people, matched to ours by a person."""

import pytest
from django.urls import reverse

from reps.models import ColumnMatch, Team
from tests.factories.imports import FileImportFactory, reading, word
from tests.factories.reps import StageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(organization, erin):
    """A stage and three people whom nobody could tell, and one who is known."""
    StageFactory(organization=organization, name="Demo")
    theo = organization.reps.get()
    words = [
        word("stage", "Shown"),
        word("owner", "Nora Newman"),
        word("owner", "Mira Bay"),
        word("owner", "T. Lindqvist", f"rep:{theo.pk}", answer=f"rep:{theo.pk}"),
    ]
    return FileImportFactory(
        organization=organization, by=erin, state="asks", reading=reading(words=words)
    )


def post(browser, brought, **sent):
    return browser.post(reverse("reps:match_words", args=[brought.pk]), sent)


def test_what_is_said_is_kept_and_remembered(browser, asked):
    team, theo = Team.objects.get(), asked.organization.reps.get()

    post(
        browser,
        asked,
        word_0="Demo",
        word_1=f"team:{team.pk}",
        word_2="",
        word_3=f"rep:{theo.pk}",
    )

    asked.refresh_from_db()
    assert asked.answers["stages"] == {"Shown": "Demo"}
    assert asked.answers["owners"] == {
        "Nora Newman": f"team:{team.pk}",
        "Mira Bay": "",
        "T. Lindqvist": f"rep:{theo.pk}",
    }
    assert asked.job == "read"
    assert ColumnMatch.objects.get().answers == asked.answers


def test_one_answer_does_for_all_whom_nobody_knows(browser, asked):
    team, theo = Team.objects.get(), asked.organization.reps.get()
    sent = {"word_0": "won", "word_1": "?", "word_2": f"rep:{theo.pk}"}

    post(browser, asked, **sent, word_3=f"rep:{theo.pk}", rest=f"team:{team.pk}")

    asked.refresh_from_db()
    assert asked.answers["owners"]["Nora Newman"] == f"team:{team.pk}"
    assert asked.answers["owners"]["Mira Bay"] == f"rep:{theo.pk}"


def test_what_nobody_said_is_asked_at_its_place(browser, asked):
    answer = post(browser, asked, word_0="?", word_1="", word_2="", word_3="")

    assert answer.status_code == 422
    assert answer.text.count("Choose what it is here, or leave it out.") == 1


def test_a_manager_is_offered_own_teams_only(browser, asked, organization, admin):
    Team.objects.create(organization=organization, name="East")

    page = browser.get(asked.get_absolute_url()).text

    assert "New rep in West" in page
    assert "New rep in East" not in page
