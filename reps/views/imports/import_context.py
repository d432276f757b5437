"""What the page of an import shows at each of its steps."""

from collections.abc import Mapping
from typing import Any

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reps.domain.files.questions import Asked, Asks
from reps.forms.imports.columns import ColumnsForm
from reps.forms.imports.sheet import SheetForm
from reps.forms.imports.words import WordsForm
from reps.imports.file_kind import Scope
from reps.imports.file_kinds import FILE_KINDS
from reps.imports.file_words import question
from reps.models import FileImport, FilePiece, Team

State = FileImport.State
STEPS = {
    "file": _("File"),
    "columns": _("Columns"),
    "words": _("Words"),
    "look": _("Look"),
    "done": _("Brought in"),
}
CAN_GO_BACK = {State.ASKS, State.READY}
VERDICTS = {
    "new": _("New"),
    "changed": _("Changed"),
    "same": _("As it was"),
    "left_out": _("Left out"),
}
REGION = "reps/imports/_import_step.html"


def step_of(file_import: FileImport, asked: str = "") -> str:
    """Where it stands: `file`, `columns`, `words`, `look`, `done`; or a worker is at it
    (`working`). `asked` is an earlier step that somebody goes back to."""
    if file_import.job:
        return "working"
    if file_import.state in CAN_GO_BACK and asked in {"columns", "words"}:
        return asked
    if file_import.state in {State.BROUGHT_IN, State.TAKEN_BACK}:
        return "done"
    if file_import.state in {State.NEW, State.UNREADABLE}:
        return "file"
    reading = file_import.reading
    if not file_import.columns_agreed or reading["asked"]:
        return "columns"
    if any(word["answer"] is None for word in reading["words"]):
        return "words"
    return "look"


def scope_of(file_import: FileImport, user) -> Scope:
    """Whose rows this person may bring: an admin everybody's."""
    teams = None
    if not user.is_admin:
        teams = frozenset(Team.objects.run_by(user).values_list("pk", flat=True))
    return Scope(file_import.organization, timezone.now(), by=user, teams=teams)


def columns_form(file_import: FileImport, data=None) -> ColumnsForm:
    return ColumnsForm(data, reading=file_import.reading, said=file_import.answers)


def sheet_form(file_import: FileImport, data=None) -> SheetForm:
    reading = file_import.reading
    return SheetForm(
        data, sheets=reading.get("sheets", ()), sheet=reading.get("sheet", "")
    )


def words_form(file_import: FileImport, user, data=None) -> WordsForm:
    kind, scope = FILE_KINDS[file_import.kind], scope_of(file_import, user)
    return WordsForm(
        data,
        words=file_import.reading["words"],
        choices=lambda asks: kind.choices(asks, scope),
    )


def show_step(request, file_import, step: str, *, form=None, sheets=None, status=200):
    """The page, or for htmx its region alone; with the forms that were filled in."""
    context = step_context(request, file_import, step, form)
    if sheets:
        context = {**context, "sheet_form": sheets}
    template = REGION if request.htmx else "reps/imports/import_detail.html"
    return render(request, template, context, status=status)


def step_context(request, file_import, step: str, form=None) -> Mapping[str, Any]:
    own = file_import.by_id == request.user.pk
    if form is None and step == "columns":
        form = columns_form(file_import)
    elif form is None and step == "words":
        form = words_form(file_import, request.user)
    at = {"working": "file", "done": "done"}.get(step, step)
    if step == "working" and file_import.state in CAN_GO_BACK:
        at = "look"
    names = list(STEPS)
    return {
        "part": "imports",
        "import": file_import,
        "step": step,
        "steps": [
            (STEPS[name], name == at, names.index(name) < names.index(at))
            for name in names
        ],
        "is_own": own,
        "form": form,
        "sheet_form": sheet_form(file_import),
        "reading": file_import.reading,
        "result": file_import.result,
        "shown": _shown(file_import.result),
        "currencies": _currencies(file_import.reading),
        "onward": _onward(file_import, request.user),
        "is_last_in": step == "done" and file_import.is_last_in,
        "has_file": file_import.pieces.filter(part=FilePiece.Part.FILE).exists(),
    }


def _currencies(reading: Mapping) -> list[str]:
    """What no answer helps with: another currency than the organization's."""
    return [
        question(Asked(**asked | {"fits": tuple(asked["fits"])}))
        for asked in reading.get("asked", ())
        if asked["asks"] in {Asks.CURRENCIES, Asks.TOO_MANY_VALUES}
    ]


def _onward(file_import: FileImport, user) -> list[tuple[str, str]]:
    """Where to see what came in: an admin who runs no team has no board."""
    if file_import.kind == FileImport.Kind.PEOPLE:
        return [(_("See your people"), reverse("reps:people"))]
    if file_import.kind == FileImport.Kind.QUOTAS:
        return [(_("See the quarters"), reverse("reps:quarters"))]
    if Team.objects.run_by(user).exists():
        return [(_("See your team board"), reverse("plans:team_board"))]
    return []


def _shown(result: Mapping) -> list[dict]:
    """The first rows as they will stand, each with what becomes of it in words."""
    return [
        {**row, "words": VERDICTS[row["verdict"]]} for row in result.get("shown", ())
    ]
