"""What the page of an import shows at each of its steps."""

from collections.abc import Mapping, Sequence
from itertools import compress
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
from reps.imports.people_kind import invitable_from
from reps.models import ColumnMatch, FileImport, FilePiece, Team

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
        teams = frozenset(Team.objects.imported_by(user).values_list("pk", flat=True))
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
        "said_by_another": _said_by_another(file_import, request.user, step),
        "table": _table(file_import.result),
        "stayed": _stayed(file_import) if step == "done" else [],
        "currencies": _currencies(file_import.reading),
        "home_currency": _home_currency(file_import),
        "onward": _onward(file_import, request.user),
        "invitable": _invitable(file_import, request.user) if step == "done" else 0,
        "is_last_in": step == "done" and file_import.is_last_in,
        "has_file": file_import.pieces.filter(part=FilePiece.Part.FILE).exists(),
    }


def _currencies(reading: Mapping) -> list[str]:
    """What no answer helps with, such as another currency than the organization's."""
    return [
        question(Asked(**asked | {"fits": tuple(asked["fits"])}))
        for asked in reading.get("asked", ())
        if asked["asks"] in {Asks.CURRENCIES, Asks.UNIT, Asks.TOO_MANY_VALUES}
    ]


def _home_currency(file_import: FileImport) -> str:
    """The organization's, where the file has amounts in another; else empty."""
    asked = {asked["asks"] for asked in file_import.reading.get("asked", ())}
    return file_import.organization.currency if Asks.CURRENCIES in asked else ""


def _said_by_another(file_import: FileImport, user, step: str) -> ColumnMatch | None:
    """Who said what the columns mean, where it is looked at by somebody else."""
    if step != "look":
        return None
    return ColumnMatch.objects.said_by_another(file_import, user)


def _onward(file_import: FileImport, user) -> list[tuple[str, str]]:
    """Where to see what came in: an admin who runs no team has no board."""
    ways = []
    if user.is_admin and user.organization.checklist_closed_at is None:
        ways.append((_("Go on with the list"), reverse("reps:set_up")))
    if file_import.kind == FileImport.Kind.PEOPLE:
        ways.append((_("See your people"), reverse("reps:people")))
    elif file_import.kind == FileImport.Kind.QUOTAS:
        ways.append((_("See the quarters"), reverse("reps:quarters")))
    elif Team.objects.run_by(user).exists():
        ways.append((_("See your team board"), reverse("plans:team_board")))
    return ways


def _invitable(file_import: FileImport, user) -> int:
    """How many who came new with a file of people may be sent a link."""
    if file_import.kind != FileImport.Kind.PEOPLE:
        return 0
    today = user.local_date(timezone.now())
    return invitable_from(file_import, by=user, today=today).count()


def _table(result: Mapping) -> Mapping[str, Any]:
    """The first rows as they will stand, each with what becomes of it in words.

    Without the columns of which none of them says anything. A heading and a cell are
    each its words, and whether it is a column of figures.
    """
    rows = result.get("shown", ())
    filled = [any(cells) for cells in zip(*(row["cells"] for row in rows), strict=True)]
    figures = result.get("figures", ())

    def told(words: Sequence[str]) -> list[tuple[str, bool]]:
        marked = ((word, place in figures) for place, word in enumerate(words))
        return list(compress(marked, filled))

    return {
        "columns": told(result.get("columns", ())),
        "rows": [
            {
                "row": row["row"],
                "words": VERDICTS[row["verdict"]],
                "cells": told(row["cells"]),
            }
            for row in rows
        ],
    }


def _stayed(file_import: FileImport) -> list[Mapping]:
    """What is as people put it here, though the file said otherwise, and came in."""
    answers = file_import.answers
    taken = set(answers.get("take", ()))
    return [
        kept
        for kept in file_import.result.get("kept", ())
        if not kept["may_take"] or not (answers.get("take_all") or kept["key"] in taken)
    ]
