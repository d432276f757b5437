"""One import: at which of its five steps it is, and what to say or do there."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from reps.models import FileImport
from reps.views.imports.import_context import show_step, step_of


@require_safe
def import_detail(request, import_id):
    """The page; or its region alone, while it is asked how far the worker is.

    `?step=` goes back to an earlier step.
    """
    rows = FileImport.objects.visible_to(request.user)
    rows = rows.select_related("organization", "by", "progress")
    file_import = get_object_or_404(rows, pk=import_id)
    step = step_of(file_import, request.GET.get("step", ""))
    return show_step(request, file_import, step)
