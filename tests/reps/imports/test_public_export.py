"""The public CRM export, brought in on its pages: people, prices, then deals.

An admin says what two of its stages are here, and agrees to all the rest. The same is
there afterwards as when the command brings the export's four files.
"""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models import Count, Sum
from django.test import Client
from django.urls import reverse

from reps.create_organization import create_organization
from reps.imports.jobs import do_next_job
from reps.models import Deal, FileImport
from tests.factories.exports import CRM, needs_the_export, real_files
from tests.factories.reps import NOON, UserFactory
from tests.forms import form_in

pytestmark = [pytest.mark.django_db(transaction=True), needs_the_export]

OFFICE = "In the browser"
STAGES = {"Prospecting": "Qualified", "Engaging": "Needs agreed"}


@pytest.fixture
def browser():
    """Ada's, whose organization has our stages and nobody else in it."""
    office = create_organization(OFFICE, today=NOON.date())
    browser = Client()
    browser.force_login(UserFactory(organization=office, is_admin=True))
    return browser


def worked_on(brought):
    assert do_next_job()
    brought.refresh_from_db()


def brought_in(browser, kind, name) -> FileImport:
    """Step by step: what a page proposes is agreed to, and what it asks is said."""
    file = SimpleUploadedFile(name, (CRM / name).read_bytes())
    browser.post(reverse("reps:add_import", args=[kind]), {"file": file})
    brought = FileImport.objects.latest("pk")
    worked_on(brought)
    for step in ("match_columns", "match_words"):
        if brought.state != "asks":
            continue
        url = reverse(f"reps:{step}", args=[brought.pk])
        sent = form_in(browser.get(brought.get_absolute_url()), url)
        for place, word in enumerate(brought.reading["words"]):
            if step == "match_words" and word["answer"] is None:
                sent[f"word_{place}"] = STAGES[word["theirs"]]
        browser.post(url, sent)
        worked_on(brought)
    assert (brought.state, brought.result["bad"]) == ("ready", [])
    browser.post(reverse("reps:bring_in_file", args=[brought.pk]))
    worked_on(brought)
    assert brought.state == "brought_in"
    return brought


def attainment(name) -> list[str]:
    printed = StringIO()
    call_command("attainment", organization=name, stdout=printed)
    return printed.getvalue().splitlines()


def deals_of(name):
    """How many, and what they come to, by whose they are and how they ended."""
    deals = Deal.objects.filter(organization__name=name).order_by()
    by = deals.values_list("owner__name", "owner__team__name", "outcome")
    return sorted(by.annotate(Count("pk"), Sum("amount")))


def test_it_is_the_same_as_by_command(browser):
    brought_in(browser, "people", "sales_teams.csv")
    brought_in(browser, "products", "products.csv")
    deals = brought_in(browser, "deals", "sales_pipeline.csv")

    assert deals.result["added"] == 8_800
    call_command("import_deals", *real_files(), organization="By command")
    assert len(attainment(OFFICE)) == 121
    assert attainment(OFFICE) == attainment("By command")
    assert deals_of(OFFICE) == deals_of("By command")

    again = brought_in(browser, "deals", "sales_pipeline.csv")
    assert (again.result["added"], again.result["same"]) == (0, 8_800)
