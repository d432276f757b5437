"""How the stages are shown: the whole page, or for htmx the list alone."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render

from reps.forms.set_up.stage import ExitCriterionForm, StageForm
from reps.models import ExitCriterion, Stage
from reps.views.set_up_rows import admins_organization


@dataclass(frozen=True, slots=True)
class StageRow:
    """A column of the board, what it asks for, and the form a link has opened in it."""

    stage: Stage
    asked: list[ExitCriterion]
    retired: list[ExitCriterion]
    is_first: bool
    is_last: bool
    counts_from_here: bool
    can_go: bool
    form: ExitCriterionForm | None
    going: Stage | ExitCriterion | None  # of this row: whether it goes is asked
    is_changed: bool  # what was pressed is gone: the focus goes to the stage's name


def show_stages(request, *, form=None, criterion_form=None, going=None, **kwargs):
    """The whole page: the list, and beside it the form of a stage.

    `going` is the stage or the criterion of which it is asked whether it goes.
    """
    context = {
        "part": "stages",
        "rows": _rows(request.user, criterion_form, going=going),
        "form": form or StageForm(organization=admins_organization(request.user)),
    }
    return render(request, "reps/set_up/stages.html", context, **kwargs)


def show_change(request, words: str, *, changed: Stage | None = None):
    """What a small change did: said and shown in place, or on the page again."""
    if not request.htmx:
        messages.success(request, words)
        return redirect("reps:stages")
    return _show_list(request, said=words, changed=changed)


def show_criterion_form(request, form):
    """The words typed, and why they were not taken."""
    if not request.htmx:
        return show_stages(request, criterion_form=form, status=form.status)
    return _show_list(request, criterion_form=form, status=form.status)


def _show_list(request, *, criterion_form=None, said="", changed=None, **kwargs):
    context = {"rows": _rows(request.user, criterion_form, changed), "said": said}
    return render(request, "reps/set_up/_stage_list.html", context, **kwargs)


def _rows(user, form, changed=None, going=None) -> list[StageRow]:
    kept = Stage.objects.editable_by(user)
    stages = list(kept.in_order())
    unused = set(kept.never_used().values_list("pk", flat=True))
    criteria: dict[int, list[ExitCriterion]] = {stage.pk: [] for stage in stages}
    for criterion in ExitCriterion.objects.editable_by(user).order_by("order", "pk"):
        criteria[criterion.stage_id].append(criterion)
    first = next((stage.pk for stage in stages if stage.is_opportunity), None)
    return [
        StageRow(
            stage=stage,
            asked=[one for one in criteria[stage.pk] if not one.is_retired],
            retired=[one for one in criteria[stage.pk] if one.is_retired],
            is_first=place == 0,
            is_last=place == len(stages) - 1,
            counts_from_here=stage.pk == first,
            can_go=stage.pk in unused,
            form=form if form and form.stage.pk == stage.pk else None,
            going=going if going in (stage, *criteria[stage.pk]) else None,
            is_changed=stage == changed,
        )
        for place, stage in enumerate(stages)
    ]
