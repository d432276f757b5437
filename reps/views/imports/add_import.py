"""Bring a file: it is kept as it is, and a worker begins to read it."""

from datetime import datetime

from django.db.models.functions import Lower
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reps.figure_style import exact_money
from reps.forms.imports.upload import UploadForm
from reps.models import FileImport, Product
from reps.tasks import work_on_imports_soon
from reps.views.imports.import_words import KINDS

MOST_PRODUCTS = 1_000  # on a page


@require_http_methods(["GET", "HEAD", "POST"])
def add_import(request, kind):
    if kind not in FileImport.objects.kinds_for(request.user):
        raise Http404
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            file_import = form.save(kind=kind, by=request.user, at=timezone.now())
            work_on_imports_soon()
            return redirect(file_import)
    context = {"part": "imports", "kind": KINDS[kind], "form": form}
    if kind == FileImport.Kind.PRODUCTS:
        context["price_list"] = price_list(request.user)
    status = 422 if form.errors else 200
    return render(request, "reps/imports/add_import.html", context, status=status)


def price_list(user) -> list[tuple[str, str, datetime]]:
    """Each product by name, with its price, and since when it is that."""
    products = Product.objects.editable_by(user).order_by(Lower("name"), "pk")
    currency = user.organization.currency
    return [
        (product.name, exact_money(product.price, currency), product.updated_at)
        for product in products[:MOST_PRODUCTS]
    ]
