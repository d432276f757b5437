"""What a person says of a file: its columns, its words, and whose facts count.

Each is kept as soon as it is said, also for the next file with these headers; then the
file is read anew.
"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from reps.models import ColumnMatch, FileImport
from reps.tasks import work_on_imports_soon
from reps.views.imports.import_context import (
    columns_form,
    sheet_form,
    show_step,
    words_form,
)
from reps.views.imports.import_words import FURTHER_ALREADY

ONLY_HERE = (
    "sheet",
    "take",
    "take_all",
    "same_as",
)  # said of this file and its rows, not of headers
Job, State = FileImport.Job, FileImport.State
CAN_BE_MATCHED = {State.ASKS, State.READY}


@require_POST
def choose_sheet(request, import_id):
    """Which sheet of a workbook to read; nothing that was said of another holds."""
    file_import = _own_to_match(request, import_id)
    form = sheet_form(file_import, request.POST)
    if not form.is_valid():
        return show_step(request, file_import, "columns", sheets=form, status=422)
    begun = file_import.state in CAN_BE_MATCHED and file_import.ask_for(
        Job.READ,
        at=timezone.now(),
        answers=form.cleaned_data,
        columns_agreed=False,
    )
    return _onward(request, file_import, begun=begun)


@require_POST
def match_columns(request, import_id):
    """What each column means, and how it is written."""
    file_import = _own_to_match(request, import_id)
    form = columns_form(file_import, request.POST)
    if not form.is_valid():
        return show_step(request, file_import, "columns", form=form, status=422)
    said = {name: file_import.answers.get(name) for name in file_import.answers}
    said.pop("erase", None)
    return _read_anew(request, file_import, said | form.answers)


@require_POST
def match_words(request, import_id):
    """Which of ours each of their stages, owners and so on is."""
    file_import = _own_to_match(request, import_id)
    form = words_form(file_import, request.user, request.POST)
    if not form.is_valid():
        return show_step(request, file_import, "words", form=form, status=422)
    return _read_anew(request, file_import, file_import.answers | form.answers)


@require_POST
def choose_facts(request, import_id):
    """Whose facts count where ours and the file's differ, and which rows are twins."""
    file_import = _own_to_match(request, import_id)
    same_as = {}
    for twin in file_import.result.get("twins", ()):
        answer = request.POST.get(f"twin_{twin['key']}")
        if answer in {str(twin["id"]), "0"}:
            same_as[twin["key"]] = int(answer)
    said = {
        "take": request.POST.getlist("take"),
        "take_all": "take_all" in request.POST,
        "same_as": file_import.answers.get("same_as", {}) | same_as,
    }
    return _read_anew(request, file_import, file_import.answers | said)


def _own_to_match(request, import_id) -> FileImport:
    """One's own; what is known of it is there once it was read."""
    rows = FileImport.objects.editable_by(request.user).exclude(reading={})
    rows = rows.select_related("organization", "by", "progress")
    return get_object_or_404(rows, pk=import_id)


def _read_anew(request, file_import: FileImport, answers: dict):
    """Keep what was said, for such headers too, and have it read with that."""
    now = timezone.now()
    remembered = {name: said for name, said in answers.items() if name not in ONLY_HERE}
    begun = file_import.state in CAN_BE_MATCHED and file_import.ask_for(
        Job.READ, at=now, answers=answers, columns_agreed=True
    )
    if begun:
        ColumnMatch.objects.remember(
            file_import.organization,
            file_import.kind,
            file_import.reading["headers"],
            remembered,
            by=request.user,
            at=now,
        )
    return _onward(request, file_import, begun=begun)


def _onward(request, file_import: FileImport, *, begun: bool):
    if begun:
        work_on_imports_soon()
    else:
        messages.warning(request, FURTHER_ALREADY)
    return redirect(file_import)
