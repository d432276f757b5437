"""Two admins and their files: each acts on the own one, and nothing is done twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reps.imports.jobs import do_next_job
from reps.models import Deal, FileImport
from tests.factories.reps import (
    OrganizationFactory,
    RepFactory,
    StageFactory,
    TeamFactory,
    UserFactory,
)
from tests.forms import form_in

pytestmark = pytest.mark.django_db(transaction=True)

FILE = b"""Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date
101,Pilot,Closed Won,2026-11-02,Theo Lindqvist,12500.50,2026-09-01
"""


@pytest.fixture
def admins():
    """Ada's browser and Olaf's, of one office in which Theo sells."""
    office = OrganizationFactory()
    StageFactory(organization=office)
    team = TeamFactory(organization=office)
    RepFactory(organization=office, name="Theo Lindqvist", team=team)
    browsers = Client(), Client()
    for browser in browsers:
        browser.force_login(UserFactory(organization=office, is_admin=True))
    return browsers


def ready(browser) -> FileImport:
    """The file, brought, its columns agreed to as they were guessed."""
    file = SimpleUploadedFile("deals.csv", FILE)
    browser.post(reverse("reps:add_import", args=["deals"]), {"file": file})
    assert do_next_job()
    brought = FileImport.objects.latest("pk")
    if brought.state == "asks":
        url = reverse("reps:match_columns", args=[brought.pk])
        browser.post(url, form_in(browser.get(brought.get_absolute_url()), url))
        assert do_next_job()
        brought.refresh_from_db()
    assert brought.state == "ready"
    return brought


def bring_in(browser, brought):
    return browser.post(reverse("reps:bring_in_file", args=[brought.pk]))


def test_the_other_sees_a_file_and_does_not_bring_it_in(admins):
    ada, olaf = admins
    brought = ready(ada)

    page = olaf.get(brought.get_absolute_url())
    assert "Pilot" in page.text
    assert reverse("reps:bring_in_file", args=[brought.pk]) not in page.text
    assert bring_in(olaf, brought).status_code == 404
    assert not do_next_job()


def test_what_both_looked_at_comes_in_once(admins):
    files = [ready(browser) for browser in admins]
    for browser, brought in zip(admins, files, strict=True):
        assert brought.result["added"] == 1
        bring_in(browser, brought)
        assert do_next_job()
        brought.refresh_from_db()

    assert [brought.result["added"] for brought in files] == [1, 0]
    assert files[1].result["same"] == 1
    assert Deal.objects.count() == 1


def test_what_both_take_back_is_gone_once(admins):
    ada, olaf = admins
    brought = ready(ada)
    bring_in(ada, brought)
    assert do_next_job()

    for browser in admins:
        browser.post(reverse("reps:take_back_import", args=[brought.pk]))
    assert do_next_job()
    assert not do_next_job()

    brought.refresh_from_db()
    assert brought.state == "taken_back"
    assert not Deal.objects.exists()
    answer = olaf.post(reverse("reps:take_back_import", args=[brought.pk]), follow=True)
    assert answer.status_code == 200
    assert not do_next_job()
