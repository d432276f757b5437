"""What one can bring, and what was brought before."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reps.models import FileImport
from reps.views.imports.import_words import KINDS

SHOWN_AT_ONCE = 25


@require_safe
def imports(request):
    """Every kind of file this person may bring, and the imports they may see."""
    kinds = FileImport.objects.kinds_for(request.user)
    if not kinds:
        raise Http404
    rows = FileImport.objects.visible_to(request.user).latest_first()
    rows = rows.select_related("by", "organization")
    page = Paginator(rows, SHOWN_AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "part": "imports",
        "kinds": [KINDS[kind] for kind in kinds],
        "page": page,
    }
    return render(request, "reps/imports/imports.html", context)
