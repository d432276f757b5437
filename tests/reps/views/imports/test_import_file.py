"""The file as it was brought, for as long as it is kept."""

import pytest
from django.urls import reverse

from tests.factories.imports import FileImportFactory

pytestmark = pytest.mark.django_db


def test_it_comes_back_byte_for_byte_as_a_download(browser, organization, erin):
    written = b"<script>\xff\x00"
    brought = FileImportFactory(
        organization=organization, by=erin, file_name="a “b”.html", content=written
    )

    answer = browser.get(reverse("reps:import_file", args=[brought.pk]))

    assert answer.getvalue() == written
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''a")


def test_once_it_is_deleted_there_is_none(browser, brought):
    brought.pieces.all().delete()

    url = reverse("reps:import_file", args=[brought.pk])

    assert browser.get(url).status_code == 404
    assert "The file itself" not in browser.get(brought.get_absolute_url()).text
