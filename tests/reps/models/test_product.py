"""The price list of one organization, found by any spelling of a product's name."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from reps.models import Product
from tests.factories.reps import NOON, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db


def list_price(organization, name, price):
    return Product.objects.create(
        organization=organization, name=name, price=Decimal(price), updated_at=NOON
    )


def test_prices_are_by_the_key_of_the_name_and_ones_own():
    office, other = OrganizationFactory(), OrganizationFactory()
    list_price(office, "GTX Pro", "4821")
    list_price(other, "GTX Pro", "1")
    assert Product.objects.prices(office) == {"gtxpro": Decimal(4821)}
    assert Product.objects.prices(OrganizationFactory()) == {}


@pytest.mark.parametrize(("name", "price"), [("gtx  pro", "5"), ("MG", "-1")])
def test_a_name_stands_once_and_nothing_costs_less_than_nothing(name, price):
    office = OrganizationFactory()
    list_price(office, "GTX Pro", "4821")
    with pytest.raises(IntegrityError), transaction.atomic():
        list_price(office, name, price)


def test_only_an_admin_keeps_it():
    office = OrganizationFactory()
    product = list_price(office, "GTX Pro", "4821")
    admin = UserFactory(organization=office, is_admin=True)
    assert list(Product.objects.editable_by(admin)) == [product]
    for stranger in (UserFactory(organization=office), UserFactory(is_admin=True)):
        assert not Product.objects.editable_by(stranger).exists()
