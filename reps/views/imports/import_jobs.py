"""What a worker is asked to do with an import: bring it in, stop, take it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reps.models import FileImport
from reps.tasks import work_on_imports_soon

Job, State = FileImport.Job, FileImport.State


@require_POST
def bring_in_file(request, import_id):
    """All its good rows, as they were shown. `without_bad_rows`: somebody saw them."""
    file_import = _own(request, import_id, state=State.READY)
    return _begin(
        request,
        file_import,
        Job.BRING_IN,
        leaves_bad_rows_out="without_bad_rows" in request.POST,
    )


@require_POST
def read_file_again(request, import_id):
    """After it was stopped, or failed on its way."""
    states = [State.NEW, State.ASKS, State.READY, State.UNREADABLE]
    file_import = _own(request, import_id, state__in=states)
    return _begin(request, file_import, Job.READ)


@require_POST
def stop_import(request, import_id):
    """Have the worker end at the next chance; what it did so far is undone."""
    file_import = _own(request, import_id)
    file_import.progress.ask_to_stop(timezone.now())
    return redirect(file_import)


@require_POST
def take_back_import(request, import_id):
    """As a whole, but for what somebody worked on since."""
    rows = FileImport.objects.visible_to(request.user).filter(state=State.BROUGHT_IN)
    rows = rows.select_related("organization", "by", "progress")
    file_import = get_object_or_404(rows, pk=import_id)
    return _begin(request, file_import, Job.TAKE_BACK, taken_back_by=request.user)


def _own(request, import_id, **which) -> FileImport:
    rows = FileImport.objects.editable_by(request.user).filter(**which)
    rows = rows.select_related("organization", "by", "progress")
    return get_object_or_404(rows, pk=import_id)


def _begin(request, file_import: FileImport, job, **changes):
    if file_import.ask_for(job, at=timezone.now(), **changes):
        work_on_imports_soon()
    else:
        messages.warning(request, _("It is being worked on already: nothing changed."))
    return redirect(file_import)
