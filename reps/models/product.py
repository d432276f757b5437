"""What a product costs by the list: the worth of a deal of which nobody said more."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reps.domain.csv_table import key
from reps.models.one_spelling import OneSpelling
from reps.models.organization import Organization


class ProductQuerySet(models.QuerySet):
    def editable_by(self, user):
        """An admin keeps the price list."""
        own = self.filter(organization=user.organization_id)
        return own if user.is_admin else own.none()

    def prices(self, organization) -> Mapping[str, Decimal]:
        """Each product's price by the key of its name (`csv_table.key`)."""
        products = self.filter(organization=organization)
        prices = products.values_list("name", "price")
        return {key(name): price for name, price in prices}


class Product(models.Model):
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="products"
    )
    name = models.CharField(_("name"), max_length=120)
    price = models.DecimalField(_("price"), max_digits=15, decimal_places=2)
    updated_at = models.DateTimeField(_("updated at"))

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "id"], name="product_in_organization"
            ),
            models.UniqueConstraint(
                "organization", OneSpelling("name"), name="product_one_of_each_name"
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0), name="product_costs_no_less_than_nothing"
            ),
        ]

    def __str__(self):
        return self.name
