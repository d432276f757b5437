"""What a worker is asked to do with an import: bring it in, stop, take it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reps.models import FileImport
from reps.tasks import work_on_imports_soon
from reps.views.imports.import_words import FURTHER_ALREADY

Job, State = FileImport.Job, FileImport.State


@require_POST
def bring_in_file(request, import_id):
    """All its good rows, as they were shown. `without_bad_rows`: somebody saw them."""
    return _begin(
        request,
        _own(request, import_id),
        Job.BRING_IN,
        from_states={State.READY},
        leaves_bad_rows_out="without_bad_rows" in request.POST,
    )


@require_POST
def read_file_again(request, import_id):
    """After it was stopped, or failed on its way."""
    states = {State.NEW, State.ASKS, State.READY, State.UNREADABLE}
    return _begin(request, _own(request, import_id), Job.READ, from_states=states)


@require_POST
def stop_import(request, import_id):
    """Have the worker end at the next chance; what it did so far is undone."""
    file_import = _own(request, import_id)
    file_import.progress.ask_to_stop(timezone.now())
    return redirect(file_import)


@require_POST
def take_back_import(request, import_id):
    """As a whole, but for what somebody worked on since."""
    rows = FileImport.objects.visible_to(request.user)
    rows = rows.select_related("organization", "by", "progress")
    file_import = get_object_or_404(rows, pk=import_id)
    if file_import.state == State.BROUGHT_IN and not file_import.is_last_in:
        words = _("Another file came in after this one: take that one back first.")
        messages.warning(request, words)
        return redirect(file_import)
    return _begin(
        request,
        file_import,
        Job.TAKE_BACK,
        from_states={State.BROUGHT_IN},
        taken_back_by=request.user,
    )


def _own(request, import_id) -> FileImport:
    rows = FileImport.objects.editable_by(request.user)
    rows = rows.select_related("organization", "by", "progress")
    return get_object_or_404(rows, pk=import_id)


def _begin(request, file_import: FileImport, job, *, from_states, **changes):
    """Unless it is at another step by now, because somebody was faster."""
    may_begin = file_import.state in from_states
    if may_begin and file_import.ask_for(job, at=timezone.now(), **changes):
        work_on_imports_soon()
    else:
        messages.warning(request, FURTHER_ALREADY)
    return redirect(file_import)
