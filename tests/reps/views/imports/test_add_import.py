"""Bring a file: chosen or pasted, kept byte for byte, with a job for a worker."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reps.models import FileImport, FilePiece, Product
from reps.models.file_piece import PIECE
from tests.factories.reps import NOON, OrganizationFactory

pytestmark = pytest.mark.django_db

DEALS = reverse("reps:add_import", args=["deals"])


def kept():
    brought = FileImport.objects.get()
    content = FilePiece.objects.content_of(brought, FilePiece.Part.FILE)
    return brought, list(content)


def test_a_chosen_file_is_kept_as_it_is_in_pieces(browser, erin):
    written = b"Owner,Stage\r\n" + b"Mira,Demo\r\n" * 120_000

    answer = browser.post(DEALS, {"file": SimpleUploadedFile("a b.csv", written)})

    brought, pieces = kept()
    assert answer.url == brought.get_absolute_url()
    assert b"".join(pieces) == written
    assert max(map(len, pieces)) == PIECE
    assert (brought.file_name, brought.size) == ("a b.csv", len(written))
    assert brought.sha256 == hashlib.sha256(written).hexdigest()
    assert (brought.by, brought.kind, brought.job) == (erin, "deals", "read")


def test_pasted_cells_are_a_file_too(browser):
    browser.post(DEALS, {"pasted": "Owner\tStage\nMira\tDemo\n"})

    brought, pieces = kept()
    assert pieces == [b"Owner\tStage\nMira\tDemo\n"]
    assert brought.file_name == "Pasted.tsv"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose a file, or paste the cells below."),
        ({"pasted": "  \n"}, "Choose a file, or paste the cells below."),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "There is nothing in it."),
        (
            {"file": SimpleUploadedFile("a.csv", b"x"), "pasted": "y"},
            "bring one or the other",
        ),
    ],
)
def test_nothing_and_both_are_refused_with_why(browser, sent, words):
    answer = browser.post(DEALS, sent)

    assert answer.status_code == 422
    assert words in answer.text
    assert not FileImport.objects.exists()


def test_a_file_that_is_too_large_is_refused(browser, monkeypatch):
    monkeypatch.setattr("reps.forms.imports.upload.MOST_BYTES", 10)

    answer = browser.post(DEALS, {"file": SimpleUploadedFile("a.csv", b"x" * 11)})

    assert "larger than 50 MB" in answer.text


def test_a_manager_brings_no_people_and_nobody_what_there_is_not(browser):
    for kind in ("people", "nonsense"):
        url = reverse("reps:add_import", args=[kind])
        assert browser.get(url).status_code == 404


def test_beside_a_file_of_products_stands_the_price_list(admin_client, organization):
    page = reverse("reps:add_import", args=["products"])
    assert "Your price list" not in admin_client.get(page).text
    for name, price in (("MG", "55.5"), ("GTX Pro", "4821")):
        Product.objects.create(
            organization=organization, name=name, price=price, updated_at=NOON
        )
    Product.objects.create(
        organization=OrganizationFactory(), name="Secret", price=1, updated_at=NOON
    )

    answer = admin_client.get(page)

    assert answer.context["price_list"] == [
        ("GTX Pro", "$4,821", NOON),
        ("MG", "$55.50", NOON),
    ]
    assert "Secret" not in answer.text
    assert "2 products" in admin_client.get(reverse("reps:set_up")).text
