"""Products and their prices, which a file brings up to date.

What stands here and not in the file stays: a list may be of one line of products only.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from reps.domain.csv_table import key
from reps.domain.files.fields import Fact
from reps.domain.files.product_rows import ProductMatching, ProductRow, read_products
from reps.domain.files.questions import Asks, WordMatch
from reps.figure_style import exact_money
from reps.imports.answers import Answers
from reps.imports.column_questions import signs_of
from reps.imports.file_kind import (
    NAMED,
    SHOWN,
    BroughtIn,
    Progress,
    Scope,
    ShownRow,
    Verdict,
)
from reps.imports.look_at_file import FileLook
from reps.models import Product


class ProductKind:
    def matches(
        self, look: FileLook, answers: Answers, scope: Scope
    ) -> Sequence[WordMatch]:
        return []

    def choices(self, asks: Asks, scope: Scope) -> Sequence[tuple[str, str]]:
        return []

    def bring_in(
        self,
        look: FileLook,
        answers: Answers,
        scope: Scope,
        progress: Progress[ProductRow],
    ) -> BroughtIn:
        tenant = scope.organization
        came = BroughtIn(columns=[_("Product"), _("Price"), _("Price until now")])
        came.figures = [1, 2]
        signs = signs_of(look, answers, look.columns[Fact.PRICE])
        matching = ProductMatching(look.columns, signs)
        rows = look.rows(came.complaints)
        products = list(read_products(rows, matching, came.complaints))
        known = _known(tenant)
        added, changed = [], []
        for row in progress(products):
            product = known.pop(key(row.name), None)
            if product is None:
                verdict, was = Verdict.NEW, ""
                added.append(_product(tenant, row, scope.at))
            else:
                was = exact_money(product.price, tenant.currency)
                verdict = Verdict.SAME
                if product.price != row.price:
                    verdict = Verdict.CHANGED
                    product.price, product.updated_at = row.price, scope.at
                    changed.append(product)
            if len(came.shown) < SHOWN:
                name = product.name if product else row.name
                cells = [name, exact_money(row.price, tenant.currency), was]
                came.shown.append(ShownRow(row.row, verdict, cells))
        Product.objects.bulk_create(added)
        Product.objects.bulk_update(changed, ["price", "updated_at"], batch_size=1_000)
        came.added, came.changed = len(added), len(changed)
        came.same = len(products) - len(added) - len(changed)
        came.absent_count = len(known)
        came.absent = sorted(product.name for product in known.values())[:NAMED]
        came.made["product"] = [product.pk for product in added]
        return came


def _known(tenant) -> dict[str, Product]:
    """Those on the list by the key of their names, locked to the transaction's end."""
    products = Product.objects.filter(organization=tenant).order_by("pk")
    return {key(one.name): one for one in products.select_for_update(no_key=True)}


def _product(tenant, row: ProductRow, at) -> Product:
    return Product(organization=tenant, name=row.name, price=row.price, updated_at=at)
