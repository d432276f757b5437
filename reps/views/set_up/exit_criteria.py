"""What a deal must show before it leaves a stage: asked for, reworded, retired."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reps.forms.set_up.stage import ExitCriterionForm
from reps.models import ExitCriterion, Stage
from reps.views.set_up.stage_list import show_change, show_criterion_form


@require_POST
def add_exit_criterion(request, stage_id):
    kept = Stage.objects.editable_by(request.user).select_related("organization")
    stage = get_object_or_404(kept, pk=stage_id)
    form = ExitCriterionForm(request.POST, stage=stage)
    if not form.save_if_valid():
        return show_criterion_form(request, form)
    words = _("%(name)s has one exit criterion more.") % {"name": stage.name}
    return show_change(request, words, changed=stage)


@require_POST
def edit_exit_criterion(request, criterion_id):
    """Say it in other words; the ticks it has stay."""
    criterion = _criterion(request, criterion_id)
    form = ExitCriterionForm(request.POST, instance=criterion, stage=criterion.stage)
    if not form.save_if_valid():
        return show_criterion_form(request, form)
    words = _("The new words are saved.")
    if criterion.is_retired:  # by somebody else, while the form was open
        words = _("The new words are saved. The exit criterion is retired by now.")
    return show_change(request, words, changed=criterion.stage)


@require_POST
def retire_exit_criterion(request, criterion_id):
    """Ask for it no longer; or, with `back`, again. Its ticks stay."""
    criterion = _criterion(request, criterion_id)
    criterion.is_retired = "back" not in request.POST
    criterion.save(update_fields=["is_retired"])
    words = _("The exit criterion of %(name)s is back.")
    if criterion.is_retired:
        words = _("The exit criterion of %(name)s is retired.")
    stage = criterion.stage
    return show_change(request, words % {"name": stage.name}, changed=stage)


def _criterion(request, criterion_id):
    kept = ExitCriterion.objects.editable_by(request.user)
    return get_object_or_404(
        kept.select_related("stage__organization"), pk=criterion_id
    )
