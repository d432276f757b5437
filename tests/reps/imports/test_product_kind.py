"""A file brings the price list up to date."""

from decimal import Decimal

import pytest

from reps.domain.files.fields import Kind
from reps.domain.files.questions import Asks
from reps.imports.answers import Answers
from reps.imports.column_questions import column_questions
from reps.imports.file_kind import Scope, Verdict
from reps.imports.look_at_file import look_at_file
from reps.imports.product_kind import ProductKind
from reps.models import Product
from tests.factories.reps import NOON, OrganizationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return OrganizationFactory(currency="EUR")


def looked_at(lines, answers):
    written = "\n".join(lines).encode()
    return look_at_file(
        lambda: iter([written]), answers, kinds=[Kind.PRODUCTS], today=NOON.date()
    )


def bring(office, *lines, **said):
    answers = Answers(**said)
    look = looked_at(lines, answers)
    assert column_questions(look, answers, "EUR") == []
    return ProductKind().bring_in(look, answers, Scope(office, NOON), iter)


def counts(came):
    return came.added, came.changed, came.same, came.absent_count


def test_products_are_added_changed_and_left_as_they_are(office):
    came = bring(
        office, "Produkt;Serie;Listenpreis", "GTX Pro;GTX;4.821,00", "MG;MG;55,50"
    )
    assert counts(came) == (2, 0, 0, 0)
    assert Product.objects.prices(office) == {"gtxpro": 4821, "mg": Decimal("55.5")}
    assert came.made["product"] == [
        product.pk for product in Product.objects.order_by("pk")
    ]

    again = "Product,Price", "mg,60", "GTK 500,26768", "GTX Pro,4821"
    came = bring(office, *again)
    assert counts(came) == (1, 1, 1, 0)
    assert [(one.row, one.verdict, one.cells) for one in came.shown] == [
        (2, Verdict.CHANGED, ["MG", "€60", "€55.50"]),
        (3, Verdict.NEW, ["GTK 500", "€26,768", ""]),
        (4, Verdict.SAME, ["GTX Pro", "€4,821", "€4,821"]),
    ]
    assert counts(bring(office, *again)) == (0, 0, 3, 0)


def test_what_is_not_in_the_file_stays_and_is_listed(office):
    bring(office, "Product,Price", "GTX Pro,4821", "MG,55")
    came = bring(office, "Product,Price", "MG,55")
    assert (came.absent_count, came.absent) == (1, ["GTX Pro"])
    assert Product.objects.count() == 2


def test_a_bad_row_is_named_and_the_others_come_in(office):
    came = bring(office, "Product,Price", "GTX Pro,on request", "MG,55", "MSX,9")
    assert counts(came) == (2, 0, 0, 0)
    assert [one.row for one in came.complaints] == [2]


def test_another_organizations_list_is_another(office):
    bring(OrganizationFactory(), "Product,Price", "MG,55")
    assert counts(bring(office, "Product,Price", "MG,60")) == (1, 0, 0, 0)


def test_prices_in_another_currency_are_asked_about(office):
    look = looked_at(["Product,Price", "MG,$55"], Answers())
    asked = column_questions(look, Answers(), "EUR")
    assert [one.asks for one in asked] == [Asks.CURRENCIES]
    assert ProductKind().matches(look, Answers(), Scope(office, NOON)) == []
    assert ProductKind().choices(Asks.STAGE, Scope(office, NOON)) == []
