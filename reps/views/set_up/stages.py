"""The columns of the whiteboard: their order, and from which one deals count."""

from django.contrib import messages
from django.db.models import ProtectedError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reps.forms.set_up.stage import ExitCriterionForm, StageForm
from reps.models import ExitCriterion, Stage
from reps.views.set_up.stage_list import show_change, show_stages
from reps.views.set_up_rows import admins_organization, row_asked_for, save_or_show

LATER = "later"


@require_safe
def stages(request):
    """The stages with what each asks for. A link opens one form: of a stage
    (`?edit`), of a new criterion (`?ask`, by stage), of one there is (`?criterion`);
    or a question: whether a criterion is retired (`?retire`), a stage goes (`?remove`).
    """
    organization = admins_organization(request.user)
    kept = Stage.objects.editable_by(request.user).select_related("organization")
    criteria = ExitCriterion.objects.editable_by(request.user)
    stage = row_asked_for(request, "edit", kept)
    asking = row_asked_for(request, "ask", kept)
    criteria = criteria.select_related("stage__organization")
    said = row_asked_for(request, "criterion", criteria)
    form = StageForm(instance=stage, organization=organization)
    words = None
    if said or asking:
        words = ExitCriterionForm(instance=said, stage=said.stage if said else asking)
        words.focus()
    elif stage:
        form.focus()
    going = row_asked_for(request, "retire", criteria.asked()) or row_asked_for(
        request, "remove", kept.never_used()
    )
    return show_stages(request, form=form, criterion_form=words, going=going)


@require_POST
def add_stage(request):
    form = StageForm(request.POST, organization=admins_organization(request.user))
    said = _("%(name)s is added at the right of the board.")
    return save_or_show(request, form, said=said, page="reps:stages", show=show_stages)


@require_POST
def edit_stage(request, stage_id):
    """Change its name, its weight, or how long deals usually stay."""
    organization = admins_organization(request.user)
    stage = Stage.objects.editable_by(request.user).filter(pk=stage_id).first()
    if stage is None:
        form = StageForm.of_one_removed(request.POST, organization=organization)
        return show_stages(request, form=form, status=404)
    form = StageForm(request.POST, instance=stage, organization=organization)
    said = _("%(name)s is saved.")
    return save_or_show(request, form, said=said, page="reps:stages", show=show_stages)


@require_POST
def move_stage(request, stage_id):
    """Move it one place later on the board, or else one place earlier."""
    stage = _stage(request, stage_id)
    places = 1 if request.POST.get("to") == LATER else -1
    stage = Stage.objects.move(stage, places=places)
    facts = {"name": stage.name, "place": stage.order}
    return show_change(request, _("%(name)s is now in place %(place)d.") % facts)


@require_POST
def count_from_stage(request, stage_id):
    """Count deals as opportunities from this stage on."""
    stage = _stage(request, stage_id)
    Stage.objects.count_from(stage)
    words = _("Deals count as opportunities from %(name)s on.") % {"name": stage.name}
    return show_change(request, words, changed=stage)


@require_POST
def remove_stage(request, stage_id):
    """Take a stage off the board that no deal has ever stood in."""
    stage = _stage(request, stage_id)
    try:
        stage.remove()
    except ProtectedError:
        words = _("Deals have stood in %(name)s. It stays, with their history.")
        messages.warning(request, words % {"name": stage.name})
    else:
        messages.success(request, _("%(name)s is removed.") % {"name": stage.name})
    return redirect("reps:stages")


def _stage(request, stage_id):
    kept = Stage.objects.editable_by(request.user).select_related("organization")
    return get_object_or_404(kept, pk=stage_id)
